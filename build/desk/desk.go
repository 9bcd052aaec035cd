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
	"regexp"
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
	"written":  written,
	"kindName": markdown.KindName,
	"flags":    flags,
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

// signs are what stands in a text for the machine alone: addresses, ids and the
// fences of blocks. Among letters that run to the left they would be torn apart.
var signs = regexp.MustCompile(`(?m)\]\([^()\n]*\)|\{#[^}\n]*\}|^:::.*$`)

// written cuts a text as it is written: parts with a sign are for the machine.
func written(text string) (parts []translate.Part) {
	at := 0
	for _, m := range signs.FindAllStringIndex(text, -1) {
		from := m[0]
		if text[from] == ']' {
			from++ // which closes the words of the link
		}
		parts = append(parts, translate.Part{Text: text[at:from]}, translate.Part{Sign: '#', Text: text[from:m[1]]})
		at = m[1]
	}
	return append(parts, translate.Part{Text: text[at:]})
}

// flags cuts a command before its flags: a line breaks there, not within one.
func flags(command string) []string { return strings.Split(command, " --") }

// root is the way from a page to the folder that holds all pages.
func root(name string) string { return strings.Repeat("../", strings.Count(name, "/")) }
