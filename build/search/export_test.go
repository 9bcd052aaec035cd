package search

// What tests see of the index.
var Compare = compareKeys

// Tokens splits a text.
func Tokens(text string) (list []string) {
	eachToken(nil, text, func(word []byte, t token) { list = append(list, string(word)) })
	return list
}

// Run stands for a run of characters.
const Run = run
