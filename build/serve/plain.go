package serve

import (
	"bytes"
	_ "embed"
	"html/template"
)

// plainCSS dresses the pages that are ours and not the site's.
//
//go:embed plain.css
var plainCSS string

var plainTemplate = template.Must(template.New("plain").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src {{.Hash}}">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>{{.Title}}</title>
<style>{{.CSS}}</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{range .Problems}}<pre dir="auto">{{.}}</pre>
{{end}}</main>
</body>
</html>
`))

// waitingPage is shown at every address while there has been no good build; it reloads itself once there is one.
func (st *state) waitingPage() []byte {
	if !st.built {
		return plainPage("The site is being built", nil)
	}
	return plainPage("The site cannot be built yet", st.texts())
}

// plainPage makes a page of a title and blocks of plain text.
func plainPage(title string, problems []string) []byte {
	var page bytes.Buffer
	err := plainTemplate.Execute(&page, struct {
		Title    string
		Hash     string
		CSS      template.CSS
		Problems []string
	}{title, hash(plainCSS), template.CSS(plainCSS), problems})
	if err != nil {
		return []byte(template.HTMLEscapeString(title)) // cannot be: the template is ours and a buffer takes everything
	}
	return page.Bytes()
}
