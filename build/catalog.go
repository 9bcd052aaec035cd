package build

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build/catalog"
	"fieldguide/build/content"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Export returns the units of families for a language. Pages whose words cannot be
// laid beside those of their source are left out, and findings say why.
func (t *Translators) Export(families []*site.Family, lang *site.Language) (*catalog.Catalog, []site.Finding, error) {
	c := &catalog.Catalog{Title: t.site.Source.Title, Source: t.site.Source.Code, Target: lang.Code}
	var findings []site.Finding
	for _, f := range families {
		texts, err := t.readOne(f, lang)
		if err != nil {
			return nil, nil, err
		}
		if found := t.unfit(texts, lang); found != nil {
			findings = append(findings, *found)
			continue
		}
		p := t.units(texts, lang, t.sourceText(texts), t.own(texts, lang))
		p.Explain(t.site.Source, lang, t.site.Terms)
		c.Pages = append(c.Pages, p)
	}
	return c, findings, nil
}

// readOne reads a source page and one of its translations.
func (t *Translators) readOne(f *site.Family, lang *site.Language) (*content.Texts, error) {
	two := *f
	two.Pages = make([]*site.Page, len(f.Pages))
	for _, i := range []int{t.site.Source.Index, lang.Index} {
		two.Pages[i] = f.Pages[i]
	}
	two.Fallen = slices.DeleteFunc(slices.Clone(f.Fallen), func(f site.Fallen) bool { return f.Language != lang })
	return t.Read(&two)
}

// unfit says why the words of a translation cannot be laid beside those of its
// source, nil when they can.
func (t *Translators) unfit(texts *content.Texts, lang *site.Language) *site.Finding {
	file := "content/" + lang.Code + "/" + texts.Path + ".md"
	find := func(place site.Place, hint, why string) *site.Finding {
		found := place.Find(site.Warning, "import", hint, "%s, so it stays as it is", why)
		return &found
	}
	st := texts.Standings[lang.Index]
	switch {
	case t.site.Drafts[file]:
		return find(site.Place{File: file}, "finish it, or take the file away", "the page is a draft")
	case st == nil:
	case st.State == translate.Differs:
		doc := texts.Docs[lang.Index]
		line, col := doc.Position(doc.Passage(st.At))
		return find(site.Place{File: file, Line: line, Col: col}, "mend it first: see `fieldguide help sync`",
			"the page has other passages than its record says it was made from")
	case st.Record != nil && st.Record.Free:
		return find(site.Place{File: file}, "", "the page has other passages than its source, and is right so")
	case st.Record == nil && !slices.ContainsFunc(st.Source, func(j int) bool { return j != translate.NoPassage }):
		return find(site.Place{File: file}, "see `fieldguide sync "+texts.Path+" --lang "+lang.Code+"`",
			"the page has other passages than its source")
	}
	return nil
}

// own returns a translation with its text; without a page where there is none.
func (t *Translators) own(texts *content.Texts, lang *site.Language) (own translate.Text) {
	if p := texts.Pages[lang.Index]; p != nil {
		own = translate.Text{Page: p, Doc: texts.Docs[lang.Index], Raw: texts.Raw(p)}
	}
	return own
}

// units returns the units of a page.
func (t *Translators) units(texts *content.Texts, lang *site.Language, source, own translate.Text) *catalog.Page {
	files := catalog.Files{Name: source.Page.File, Source: source.Raw}
	if own.Page == nil {
		return catalog.NewPage(texts.Path, files, nil)
	}
	st := texts.Standings[lang.Index]
	if source.Doc != texts.Docs[t.site.Source.Index] || own.Doc != texts.Docs[lang.Index] { // of a former time
		st = translate.Of(texts.Pages[lang.Index].Record, source, own)
	}
	files.OwnName, files.Own = own.Page.File, own.Raw
	if st.State == translate.Stale {
		files.Old, _ = translate.Git{Dir: t.Dir}.File(st.Record.Blob)
	}
	return catalog.NewPage(texts.Path, files, st)
}

// Credit says who answers for a translation: see translate.Record.
type Credit struct{ Stage, By, On string }

// Import is a file that came back, and how it is taken over.
type Import struct {
	File     string // its name, for findings
	Came     *catalog.Came
	Language *site.Language
	Credit   Credit
	Force    bool // its words count also where somebody has changed the page since it was exported
}

// Imported is what came of an import.
type Imported struct {
	Written []string // files of pages
	InStep  int      // pages that say now what their source says
	Behind  []Waits  // pages of which something is still to be done
	Dropped int      // passages that the source has no more
	Named   int      // pages that somebody answers for now
	Unnamed int      // pages of which nothing is left to look at, and nobody says so
	Edits   Edits    // to be written
}

// Waits is a page of which units have no words, or are behind.
type Waits struct {
	Path        string
	Pending, Of int
	Lacks       bool // there is no page until all its units have words
}

// Import works out what a file that came back changes. With findings that are
// errors nothing is to be written.
func (t *Translators) Import(i Import) (*Imported, []site.Finding, error) {
	im := &Imported{Edits: Edits{}}
	var findings []site.Finding
	var pages []string
	units := map[string]map[string]*catalog.Said{}
	for _, s := range i.Came.Units {
		if units[s.Page] == nil {
			units[s.Page] = map[string]*catalog.Said{}
			pages = append(pages, s.Page)
		}
		units[s.Page][s.ID] = s
	}
	for _, path := range pages {
		first := i.Came.Units[slices.IndexFunc(i.Came.Units, func(s *catalog.Said) bool { return s.Page == path })]
		f := t.site.Family(path)
		if f == nil {
			findings = append(findings, site.Place{File: i.File, Line: first.Line}.Find(site.Error, "import",
				"msgctxt or id begins with the path of a page: help/index#title", "there is no page %q", path))
			continue
		}
		found, err := t.importPage(im, i, f, units[path])
		if err != nil {
			return nil, nil, err
		}
		findings = append(findings, found...)
	}
	if t.changed[i.Language] {
		name, now := translate.RecordsPath(i.Language), t.records[i.Language].Format()
		if was, err := fs.ReadFile(t.fsys, name); err != nil || !bytes.Equal(was, now) {
			im.Edits[name] = now
		}
	}
	return im, site.Sort(findings), nil
}

func (t *Translators) importPage(im *Imported, i Import, f *site.Family, said map[string]*catalog.Said) ([]site.Finding,
	error) {
	lang := i.Language
	texts, err := t.readOne(f, lang)
	if err != nil {
		return nil, err
	}
	if found := t.unfit(texts, lang); found != nil {
		found.Level = site.Error
		return []site.Finding{*found}, nil
	}
	source, own := t.sourceText(texts), t.own(texts, lang)
	blob, ownBlob := blobs(said)
	if blob != "" && blob != translate.Blob(source.Raw) { // it was made from what the source said then
		if raw, known := (translate.Git{Dir: t.Dir}).File(blob); known {
			page, doc := content.ParsePage(source.Page.File, raw, t.site.Limits)
			source = translate.Text{Page: page, Doc: doc, Raw: raw}
		}
	}
	page := t.units(texts, lang, source, own)
	var former *catalog.Page
	problem := ""
	if blob != "" && !i.Force {
		former, problem = t.exported(texts, lang, source, own, ownBlob)
	}
	if problem != "" {
		place := site.Place{File: "content/" + lang.Code + "/" + texts.Path + ".md"}
		return []site.Finding{place.Find(site.Error, "import", "export the page again, or say --force", "%s", problem)}, nil
	}
	taken, findings := page.Take(i.File, said, former)
	if len(findings) > 0 {
		return findings, nil
	}
	return t.weave(im, texts, lang, source, own, taken, i.Credit)
}

// exported returns a page as it was exported when its translation has changed since,
// or why it is not known.
func (t *Translators) exported(texts *content.Texts, lang *site.Language, source, own translate.Text,
	blob string) (was *catalog.Page, problem string) {
	switch {
	case own.Page == nil && blob == "", own.Page != nil && blob == translate.Blob(own.Raw):
		return nil, ""
	case own.Page == nil:
		return nil, "the page has been taken away since it was exported"
	case blob == "": // there was none
		return t.units(texts, lang, source, translate.Text{}), ""
	}
	raw, known := translate.Git{Dir: t.Dir}.File(blob)
	if !known {
		return nil, "the page has changed since it was exported, and git does not have it as it was"
	}
	page, doc := content.ParsePage(own.Page.File, raw, t.site.Limits)
	page.File = own.Page.File
	return t.units(texts, lang, source, translate.Text{Page: page, Doc: doc, Raw: raw}), ""
}

// blobs returns from which states of the two pages a file was made.
func blobs(said map[string]*catalog.Said) (source, own string) {
	for _, s := range said {
		if s.Blob != "" {
			return s.Blob, s.OwnBlob
		}
	}
	return "", ""
}

// weave puts what was taken over into the page and its record.
func (t *Translators) weave(im *Imported, texts *content.Texts, lang *site.Language, source, own translate.Text,
	taken *catalog.Taken, credit Credit) ([]site.Finding, error) {
	records, err := t.Records(lang)
	if err != nil {
		return nil, err
	}
	old := records[texts.Path]
	var st *translate.Standing
	if own.Page != nil {
		st = translate.Of(texts.Pages[lang.Index].Record, source, own)
	}
	if !taken.Ready() {
		im.Behind = append(im.Behind, Waits{texts.Path, len(taken.Pending), len(taken.Units), own.Page == nil})
		if own.Page == nil || !taken.Touched() {
			return nil, nil
		}
		return nil, t.weavePart(im, texts, lang, source, own, st, taken)
	}
	named := credit.By != "" && taken.ToLookAt == 0
	better := named && (old == nil ||
		slices.Index(translate.Stages, old.Stage) < slices.Index(translate.Stages, credit.Stage))
	if !named && taken.ToLookAt == 0 && (old == nil || old.Stage == translate.Stages[0]) {
		im.Unnamed++
	}
	if !taken.Touched() && !better && (st == nil || st.State != translate.Stale) {
		return nil, nil
	}
	stage, by, on := translate.Stages[0], "", ""
	if old != nil && st != nil && st.State == translate.InStep {
		stage, by, on = old.Stage, old.By, old.On
	}
	if named {
		stage, by, on = credit.Stage, credit.By, credit.On
		im.Named++
	}
	name := "content/" + lang.Code + "/" + texts.Path + ".md"
	raw := taken.Text()
	_, doc := content.ParsePage(name, raw, t.site.Limits)
	if err := t.inStep(texts.Path, lang, source, doc, stage, by, on, false); err != nil {
		return nil, fmt.Errorf("putting %s together: %w", name, err)
	}
	im.InStep++
	im.Dropped += taken.Dropped()
	im.write(name, raw, own.Raw)
	return nil, nil
}

// weavePart puts what is done of a page into it, and records that this is in step.
func (t *Translators) weavePart(im *Imported, texts *content.Texts, lang *site.Language, source, own translate.Text,
	st *translate.Standing, taken *catalog.Taken) error {
	raw := taken.Text()
	if st.Record != nil {
		r := taken.Record(st, translate.PassagesOf(source.Page, source.Doc))
		_, doc := content.ParsePage(own.Page.File, raw, t.site.Limits)
		again := translate.Of(r.Line(), source, translate.Text{Page: own.Page, Doc: doc, Raw: raw})
		if again.State == translate.Differs {
			return fmt.Errorf("putting a part of %s together: passage %d is not what it was", own.Page.File, again.At+1)
		}
		if err := t.Set(lang, texts.Path, r); err != nil {
			return err
		}
	}
	im.write(own.Page.File, raw, own.Raw)
	return nil
}

func (im *Imported) write(name string, now, was []byte) {
	if string(now) != string(was) {
		im.Written = append(im.Written, name)
		im.Edits[name] = now
	}
}

// CatalogFormats are the formats of Export, by their names.
func CatalogFormats() []string { return []string{"po", "xliff"} }

// ReadCatalog reads a file that came back, in the format that it has.
func ReadCatalog(name string, data []byte) (*catalog.Came, []site.Finding) {
	if strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(string(data[:min(len(data), 512)]), "\uFEFF")), "<") {
		return catalog.ReadXLIFF(name, data)
	}
	return catalog.ReadPO(name, data)
}
