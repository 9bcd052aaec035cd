package judges

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fieldguide/build"
	"fieldguide/build/desk"

	"github.com/chromedp/chromedp"
)

// axe-core finds nothing on the pages for people who work on the site either, nor
// does any of them scroll sideways on a telephone.
func TestAxeOfTheDesk(t *testing.T) {
	axe, dir := axeCore(t), t.TempDir()
	pages := deskPages(t)
	ctx, c := tab(t), collect(t)
	if err := hold(ctx, axe); err != nil {
		t.Fatal(err)
	}
	for name, data := range pages {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
			t.Fatal(err)
		}
		for _, l := range []look{{320, true}, {1280, false}} {
			if err := l.wear(ctx); err != nil {
				t.Fatal(err)
			}
			found, err := ask[[]wrong](ctx, fmt.Sprintf(axeRun, axeAll))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range found {
				c.add(fmt.Sprintf("%s (%s)", name, l), w.Rule+": "+w.Help, w.Place+": "+why(w.Why))
			}
			if wide, err := ask[int](ctx, "document.documentElement.scrollWidth - innerWidth"); err != nil || wide > 0 {
				c.add(fmt.Sprintf("%s (%s)", name, l), "the page scrolls sideways", fmt.Sprint(wide, err))
			}
		}
	}
}

// deskPages are pages for people who work on the site, of a page that has changed.
func deskPages(t *testing.T) map[string][]byte {
	t.Helper()
	sources, shut, err := build.Sources(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut() })
	tr, err := build.OpenTranslators(root, sources)
	if err != nil {
		t.Fatal(err)
	}
	s := tr.Site()
	list, _, _, err := build.Translations(context.Background(), root, sources, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]byte{}
	put := func(name string, page []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = page
	}
	list[0].State, list[0].Changed = "stale", 2
	d := desk.NewDashboard(s, list)
	for i, name := range []string{"index.html", list[0].Language + "/index.html", list[0].Language + "/help.html"} {
		page, err := d.File(name)
		put(fmt.Sprintf("dashboard-%d.html", i), page, err)
	}
	for _, lang := range s.Languages[:2] {
		texts, err := tr.Read(s.Family(s.Help))
		if err != nil {
			t.Fatal(err)
		}
		b := tr.Beside(texts, lang)
		changes := &build.Difference{Path: b.Path, Language: lang.Code}
		for i, what := range []string{"changed", "added", "removed", "moved", "apart"} {
			r := &b.Rows[i]
			r.What, r.Old, r.OldKnown, r.Gone = what, "Former words", i != 2, i == 3
			changes.Changes = append(changes.Changes, build.Change{What: what, Kind: r.Kind,
				Old: r.Old, OldKnown: r.OldKnown, New: r.Source.Text, Own: r.Own.Text})
		}
		var twins []desk.Twin
		for _, twin := range s.Languages {
			twins = append(twins, desk.Twin{Language: twin, Here: twin == lang, What: "stale 2 of 9", Href: twin.Code + ".html"})
		}
		page, err := desk.Beside(s, b, desk.Around{Page: "page.html", Status: "index.html",
			WayOut: "fieldguide sync " + b.Path, Twins: twins})
		put("beside-"+lang.Code+".html", page, err)
		page, err = desk.Diff(s, changes)
		put("diff-"+lang.Code+".html", page, err)
		page, err = desk.Proof(s, lang, []desk.ProofPage{desk.ProofOf(s, texts, b)})
		put("proof-"+lang.Code+".html", page, err)
	}
	return pages
}
