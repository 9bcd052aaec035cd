package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Translators change the records of a site on disk: what each translation was
// made from.
type Translators struct {
	Dir  string // of the site
	fsys fs.FS
	site *site.Site

	records map[*site.Language]translate.Records
	changed map[*site.Language]bool
}

// NoSiteError says that a site cannot be read, and why.
type NoSiteError struct{ Findings []site.Finding }

// Error implements error.
func (e *NoSiteError) Error() string { return "the site cannot be read: run `fieldguide check`" }

// OpenTranslators reads the site in dir, whose files are in fsys.
func OpenTranslators(dir string, fsys fs.FS) (*Translators, error) {
	s, findings, err := content.Load(fsys, nil)
	if err != nil {
		return nil, err
	}
	noRecords := func(f site.Finding) bool { // nor can there be any
		of := func(lang *site.Language) bool { return f.File == translate.RecordsPath(lang) }
		return f.Check == "paths" && slices.ContainsFunc(s.Languages, of)
	}
	if s == nil || s.Family("index") == nil || slices.ContainsFunc(findings, noRecords) {
		return nil, &NoSiteError{findings}
	}
	return NewTranslators(dir, fsys, s), nil
}

// NewTranslators returns those of a site that was read from the files in fsys,
// which are those of dir.
func NewTranslators(dir string, fsys fs.FS, s *site.Site) *Translators {
	return &Translators{dir, fsys, s, map[*site.Language]translate.Records{}, map[*site.Language]bool{}}
}

// Site returns the site as it was read.
func (t *Translators) Site() *site.Site { return t.site }

// Language returns one of the languages that are translated into, nil for none
// of that code.
func (t *Translators) Language(code string) *site.Language {
	for _, lang := range t.site.Languages {
		if lang.Code == code && lang != t.site.Source {
			return lang
		}
	}
	return nil
}

// Read reads a family, also those of its translations that readers do not see.
func (t *Translators) Read(f *site.Family) (*content.Texts, error) {
	whole := *f
	whole.Pages = slices.Clone(f.Pages)
	for _, fallen := range f.Fallen {
		whole.Pages[fallen.Language.Index] = fallen.Page
	}
	texts, _, err := content.Read(t.fsys, t.site, &whole)
	return texts, err
}

// Records returns those of a language; who changes one says so with Set.
func (t *Translators) Records(lang *site.Language) (translate.Records, error) {
	if t.records[lang] == nil {
		records, err := ReadRecords(t.fsys, lang)
		if err != nil {
			return nil, err
		}
		t.records[lang] = records
	}
	return t.records[lang], nil
}

// Set puts a record in the place of that of a page, nil for none.
func (t *Translators) Set(lang *site.Language, path string, r *translate.Record) error {
	records, err := t.Records(lang)
	if err != nil {
		return err
	}
	if r == nil {
		delete(records, path)
	} else {
		records[path] = r
	}
	t.changed[lang] = true
	return nil
}

// Save writes the records that were changed, each file at once.
func (t *Translators) Save() error {
	for _, lang := range t.site.Languages {
		if !t.changed[lang] {
			continue
		}
		if err := replaceFile(filepath.Join(t.Dir, translate.RecordsPath(lang)), t.records[lang].Format()); err != nil {
			return fmt.Errorf("writing the records of %s: %w", lang.Code, err)
		}
	}
	return nil
}

// replaceFile puts a file in the place of a former one, whole or not at all.
func replaceFile(name string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Chmod(0o644)
	}
	if err == nil {
		err = temp.Sync()
	}
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		os.Remove(temp.Name())
	}
	return err
}

// PartError says that a translation has other passages than its source page.
type PartError struct {
	Places []site.Place
	Says   []string // what is otherwise there
}

// Error implements error, a line for each place.
func (e *PartError) Error() string {
	var lines []string
	for i, place := range e.Places {
		lines = append(lines, fmt.Sprintf("%s: %s", place, e.Says[i]))
	}
	return strings.Join(lines, "\n")
}

// InStep records that a translation says what its source page says today. It
// refuses, with a PartError, one that has other passages, unless free is given:
// it is right so. Who said so, and when, goes with the stage.
func (t *Translators) InStep(texts *content.Texts, lang *site.Language, stage, by, on string, free bool) error {
	return t.inStep(texts.Path, lang, t.sourceText(texts), texts.Docs[lang.Index], stage, by, on, free)
}

// sourceText returns the source page of a family with its text.
func (t *Translators) sourceText(texts *content.Texts) translate.Text {
	page := texts.Pages[t.site.Source.Index]
	return translate.Text{Page: page, Doc: texts.Docs[t.site.Source.Index], Raw: texts.Raw(page)}
}

func (t *Translators) inStep(path string, lang *site.Language, source translate.Text, own *markdown.Doc,
	stage, by, on string, free bool) error {
	records, err := t.Records(lang)
	if err != nil {
		return err
	}
	gaps := gapsOf(records[path], source.Doc, own)
	if gaps != nil && !free {
		return gaps
	}
	return t.Set(lang, path, &translate.Record{Blob: translate.Blob(source.Raw), Stage: stage, By: by, On: on,
		Updated: source.Page.Updated, Free: gaps != nil, Passages: translate.PassagesOf(source.Page, source.Doc)})
}

// gapsOf returns where a translation has other passages than its source page, nil
// for nowhere.
func gapsOf(r *translate.Record, source, own *markdown.Doc) *PartError {
	gaps := translate.Gaps(r, source, own)
	if len(gaps) == 0 {
		return nil
	}
	e := &PartError{}
	for _, gap := range gaps {
		line, col := own.Position(own.Passage(gap.Own))
		e.Places = append(e.Places, site.Place{File: own.File, Line: line, Col: col})
		e.Says = append(e.Says, gap.Tell(source))
	}
	return e
}

// FromGit makes the record of a translation again from what git knows: the
// source page as it was when the translation was changed last. It reports
// whether git knew.
func (t *Translators) FromGit(texts *content.Texts, lang *site.Language) (bool, error) {
	g := translate.Git{Dir: t.Dir}
	revision, ok := g.LastChange(texts.Pages[lang.Index].File)
	if !ok {
		return false, nil
	}
	blob, ok := g.BlobAt(revision, texts.Pages[t.site.Source.Index].File)
	if !ok {
		return false, nil
	}
	raw, ok := g.File(blob)
	if !ok {
		return false, nil
	}
	page, doc := content.ParsePage(texts.Pages[t.site.Source.Index].File, raw, t.site.Limits)
	return true, t.Set(lang, texts.Path, &translate.Record{Blob: translate.Blob(raw), Stage: translate.Stages[0],
		Updated: page.Updated, Passages: translate.PassagesOf(page, doc)})
}
