package search

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a page's text as results show it, with its headings apart too.
type plain struct {
	text     strings.Builder
	headings []string
}

// read takes the text out of HTML that package markdown wrote, which is why a
// small scanner will do. Numbers and foreign words that the page isolates
// stay isolated, by characters in place of elements.
func (p *plain) read(body string) {
	heading := -1 // where the open heading began
	for body != "" {
		i := strings.IndexByte(body, '<')
		if i < 0 {
			p.write(body)
			break
		}
		p.write(body[:i])
		j := strings.IndexByte(body[i:], '>')
		if j < 0 {
			break
		}
		tag := body[i+1 : i+j]
		body = body[i+j+1:]
		name, rest, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
		shuts := tag != "" && tag[0] == '/'
		switch name {
		case "bdi":
			if shuts {
				p.text.WriteString("\u2069")
			} else {
				p.text.WriteString("\u2066")
			}
		case "svg":
			_, body, _ = strings.Cut(body, "</svg>")
		case "sup": // the mark of a note
			_, body, _ = strings.Cut(body, "</sup>")
		case "img", "span":
			p.write(alternative(rest))
		case "h1", "h2", "h3", "h4", "h5", "h6", "dt":
			if shuts && heading >= 0 {
				p.headings = append(p.headings, p.text.String()[heading:])
				heading = -1
			}
			p.stop()
			if !shuts && !strings.Contains(rest, `class="label"`) {
				heading = p.text.Len()
			}
		case "p", "li", "div", "section", "details", "summary", "td", "th", "tr", "dd", "ul", "ol", "dl", "table", "blockquote", "pre", "br", "hr":
			p.stop()
		}
	}
}

// alternative returns the text that stands for an image.
func alternative(attributes string) string {
	for _, name := range []string{`aria-label="`, `alt="`} {
		if _, value, ok := strings.Cut(attributes, name); ok {
			value, _, _ = strings.Cut(value, `"`)
			return " " + value + " "
		}
	}
	return ""
}

// write adds running text, each white space as one space.
func (p *plain) write(text string) {
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(text)
	}
	from := 0
	for i := range len(text) {
		c := text[i]
		if c != ' ' && c != '\n' && c != '\t' || c == ' ' && i > from && i+1 < len(text) && text[i+1] > ' ' {
			continue
		}
		p.text.WriteString(text[from:i])
		p.space()
		from = i + 1
	}
	p.text.WriteString(text[from:])
}

func (p *plain) space() {
	if s := p.text.String(); s != "" && s[len(s)-1] != ' ' {
		p.text.WriteByte(' ')
	}
}

// stop ends a block: with a dot between, when no mark says that a sentence
// has ended.
func (p *plain) stop() {
	s := strings.TrimRight(p.text.String(), " ")
	last, _ := utf8.DecodeLastRuneInString(s)
	p.space()
	if unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.IsMark(last) || last == ')' {
		p.text.WriteString("· ")
	}
}

// String returns the text.
func (p *plain) String() string { return strings.TrimRight(p.text.String(), " ·") }
