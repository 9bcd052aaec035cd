package catalog_test

import (
	"bytes"
	"testing"

	"fieldguide/build/catalog"
	"fieldguide/build/content"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// again returns what came as a catalog.
func again(came *catalog.Came) *catalog.Catalog {
	p := &catalog.Page{Path: "a", File: "content/en/a.md"}
	for _, s := range came.Units {
		u := &catalog.Unit{ID: s.ID, Source: catalog.Text{{Words: s.Source}}, State: s.State}
		if s.Target != "" {
			u.Target = catalog.Text{{Words: s.Target}}
		}
		p.Units = append(p.Units, u)
	}
	return &catalog.Catalog{Title: "A", Source: "en", Target: came.Target, Pages: []*catalog.Page{p}}
}

func same(t *testing.T, came, back *catalog.Came, findings []site.Finding) {
	if len(findings) > 0 || len(back.Units) != len(came.Units) {
		t.Fatalf("%d units came back of %d: %v", len(back.Units), len(came.Units), findings)
	}
	for i, s := range came.Units {
		if b := back.Units[i]; b.ID != s.ID || b.Source != s.Source || b.Target != s.Target {
			t.Errorf("%+v came back as %+v", s, b)
		}
	}
}

// FuzzPO reads anything. What it could read it writes in a form that says the same.
func FuzzPO(f *testing.F) {
	f.Add(sample().PO())
	f.Add([]byte("msgctxt \"a#1 p\"\nmsgid\"A\"\nmsgstr\"B\"\n#~ msgid \"C\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		came, findings := catalog.ReadPO("a.po", data)
		if len(findings) == 0 {
			back, findings := catalog.ReadPO("b.po", again(came).PO())
			same(t, came, back, findings)
		}
	})
}

// FuzzXLIFF does the same with XLIFF.
func FuzzXLIFF(f *testing.F) {
	f.Add(sample().XLIFF())
	f.Add([]byte(`<xliff version="1.2"><file><body><trans-unit id="a"><source>A <ph id="1">b</ph></source>` +
		`</trans-unit></body></file></xliff>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		came, findings := catalog.ReadXLIFF("a.xliff", data)
		if len(findings) == 0 && len(came.Units) > 0 {
			back, findings := catalog.ReadXLIFF("b.xliff", again(came).XLIFF())
			same(t, came, back, findings)
		}
	})
}

// FuzzWeave takes over any words for a unit of any page: they are refused, or the
// page has the same passages as its source. As it is, a translation stays as it is.
func FuzzWeave(f *testing.F) {
	f.Add("# A\n\n- b\n- [ ] c `d`\n\n| e | f |\n|---|---|\n| g | [h](i.md) |\n",
		"# B\n\n* c\n* [ ] d `d`\n\n| e | f |\n|--|--|\n| g | [h](i.md) |\n", "x", uint8(3))
	f.Add(":::a b\nc\n\nd\n:::\n\n> e\n\nf[^1]\n\n[^1]: g\n",
		":::a b\nc d\n:::\n\n> e\n\nf[^1]\n\n[^1]: g\n", "x\n\ny", uint8(1))
	f.Add("a\n\nb\n\nc\n", "a\r\n\r\nb\r\n", "- x", uint8(2))
	f.Fuzz(func(t *testing.T, source, own, words string, n uint8) {
		const head = "---\ntitle: T\nsummary: S\n---\n"
		if len(source)+len(own) > 2000 {
			return
		}
		text := func(body string) (translate.Text, bool) {
			raw := []byte(body)
			page, doc := content.ParsePage("a.md", raw, site.Limits{})
			whole := bytes.Equal(doc.Src, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
			return translate.Text{Page: page, Doc: doc, Raw: raw}, whole
		}
		from, ok1 := text(head + source)
		to, ok2 := text(head + own)
		if !ok1 || !ok2 { // bytes that are no text, of which a check speaks
			return
		}
		record := &translate.Record{Blob: translate.Blob(from.Raw), Stage: "machine",
			Passages: translate.PassagesOf(from.Page, from.Doc)}
		st := translate.Of(record.Line(), from, to)
		if st.State != translate.InStep {
			return
		}
		page := catalog.NewPage("a", catalog.Files{Name: "en/a.md", Source: from.Raw, OwnName: "fr/a.md", Own: to.Raw}, st)
		said := map[string]*catalog.Said{}
		for _, u := range page.Units {
			said[u.ID] = &catalog.Said{ID: u.ID, Page: "a",
				Source: u.Message(u.Source), Target: u.Message(u.Target), State: u.State}
		}
		taken, findings := page.Take("a.po", said, nil)
		if len(findings) > 0 || taken.Touched() {
			t.Fatalf("as it is: %v", findings)
		}
		if got := taken.Text(); len(taken.Pending) == 0 && !bytes.Equal(got, to.Raw) {
			t.Fatalf("as it is: %q became %q", to.Raw, got)
		}
		if len(page.Units) == 0 {
			return
		}
		u := page.Units[int(n)%len(page.Units)]
		said[u.ID].Target, said[u.ID].State = words, catalog.Translated
		taken, findings = page.Take("a.po", said, nil)
		if len(findings) > 0 || !taken.Ready() {
			return
		}
		now, whole := text(string(taken.Text()))
		if !whole {
			return
		}
		if at, want, is := translate.Parts(from.Doc, now.Doc); at != translate.NoPassage {
			t.Fatalf("%s: %q made of passage %d %s, where the source has %s: %q", u.ID, words, at+1, is, want, now.Raw)
		}
	})
}
