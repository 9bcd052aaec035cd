package render

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
)

// escapers write a value as html/template does, by the names that it gives to
// how a value is escaped where it stands. What is not plainly one of the usual
// values it does itself.
var escapers = map[string]func(out *[]byte, v any){
	"htmlescaper": func(out *[]byte, v any) {
		if html, is := v.(template.HTML); is {
			*out = append(*out, html...)
			return
		}
		escapeText(out, v, asText)
	},
	"rcdataescaper":  func(out *[]byte, v any) { escapeText(out, v, asTitle) },
	"attrescaper":    func(out *[]byte, v any) { escapeText(out, v, asValue) },
	"htmlnamefilter": escapeName,
	"urlfilter urlnormalizer attrescaper": func(out *[]byte, v any) {
		if url, is := v.(template.URL); is && strings.Trim(string(url), urlSigns) == "" {
			*out = append(*out, url...)
			return
		}
		asAddress.write(out, v)
	},
}

// urlSigns stand in an address as they are, whatever is around them.
const urlSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/#:?=@"

func escapeText(out *[]byte, v any, other place) {
	switch v := v.(type) {
	case string:
		*out = appendText(*out, v)
	case int:
		*out = strconv.AppendInt(*out, int64(v), 10)
	default:
		other.write(out, v)
	}
}

func escapeName(out *[]byte, v any) {
	switch v := v.(type) {
	case template.HTMLAttr:
		*out = append(*out, v...)
	case int:
		*out = strconv.AppendInt(*out, int64(v), 10)
	default:
		panic(leftToTemplate{})
	}
}

func appendText(out []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		escaped := ""
		switch text[i] {
		case 0:
			escaped = "\uFFFD"
		case '"':
			escaped = "&#34;"
		case '&':
			escaped = "&amp;"
		case '\'':
			escaped = "&#39;"
		case '+':
			escaped = "&#43;"
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		default:
			continue
		}
		out = append(append(out, text[from:i]...), escaped...)
		from = i + 1
	}
	return append(out, text[from:]...)
}

// place lets html/template write a value where it escapes it in one way.
type place struct {
	t             *template.Template
	before, after int // bytes around the value
}

var (
	asText    = newPlace("", "")
	asTitle   = newPlace("<title>", "</title>")
	asValue   = newPlace(`<p title="`, `">`)
	asAddress = newPlace(`<a href="`, `">`)
)

func newPlace(before, after string) place {
	return place{template.Must(template.New("").Parse(before + "{{.}}" + after)), len(before), len(after)}
}

func (x place) write(out *[]byte, v any) {
	var b bytes.Buffer
	if err := x.t.Execute(&b, v); err != nil {
		panic(leftToTemplate{})
	}
	*out = append(*out, b.Bytes()[x.before:b.Len()-x.after]...)
}
