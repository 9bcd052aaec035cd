package search

// What query_test.go shares with the index, as the script shares its table.
var (
	Digits  = digits
	Compare = compareKeys
)

// Token is a token of a query.
type Token struct {
	Word              string
	Dense, End, Alone bool
}

// Tokens splits a query.
func Tokens(text string) []Token {
	var list []Token
	eachToken(nil, text, func(word []byte, t token) {
		list = append(list, Token{string(word), t.dense, t.end, t.alone})
	})
	return list
}
