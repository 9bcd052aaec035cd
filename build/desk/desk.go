// Package desk makes the pages for people who work on a site: they are no part of it.
//
//	Diff       what a source page says otherwise since it was translated
//	Beside     a page beside its source page, in the preview
//	Dashboard  how every translation stands, as a folder of pages
//	Proof      pages with their source to check on paper
//
// Each page is one file that needs nothing else and holds under a policy of its
// own; only Beside has a script, and can do without. The words are English, but
// those of Proof, which native readers read: they come from ui.yaml.
package desk

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/translate"
)

//go:embed *.html
var layouts embed.FS

//go:embed desk.css
var deskCSS string

//go:embed proof.css
var proofCSS string

//go:embed beside.js
var besideScript string

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"words":    translate.CompareWords,
	"kindName": markdown.KindName,
}).ParseFS(layouts, "*.html"))

// head is what a page says before its body.
type head struct {
	Lang, Dir, Title string
	CSS              template.CSS
	Script           template.JS // "" for none
}

// english is the head of a page in the words of this package.
func english(title string) head {
	return head{Lang: "en", Dir: "ltr", Title: title, CSS: template.CSS(deskCSS)}
}

// Policy allows what the page holds and nothing else.
func (h head) Policy() string {
	policy := "default-src 'none'; img-src data:; style-src " + hash(string(h.CSS))
	if h.Script != "" {
		policy += "; script-src " + hash(string(h.Script))
	}
	return policy
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func write(name string, data any) ([]byte, error) {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, data); err != nil {
		return nil, fmt.Errorf("writing a page for people who work on the site: %w", err)
	}
	return page.Bytes(), nil
}

// root is the way from a page to the folder that holds all pages.
func root(name string) string { return strings.Repeat("../", strings.Count(name, "/")) }
