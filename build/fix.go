package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/fix"
	"fieldguide/build/output"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Fixed is what becomes of a site when a machine mends what it can.
type Fixed struct {
	Edits   Edits
	Before  map[string][]byte // the bytes of edited files
	Mended  []site.Finding
	Refused []RefusedMend
	Left    []site.Finding // of the wanted findings, those that are left
}

// Write makes the edits in the site folder dir, as Edits.Write does. It refuses when somebody has changed one of the
// files since it was read.
func (r *Fixed) Write(dir string) error {
	for _, name := range r.Edits.Names() {
		now, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("reading %s again: %w", name, err)
		}
		if !bytes.Equal(now, r.Before[name]) {
			return refuse("%s was changed meanwhile; nothing was written: run it again", name)
		}
	}
	return r.Edits.Write(dir)
}

// RefusedMend is a finding that has a mend which is not made, and why.
type RefusedMend struct {
	Finding site.Finding
	Why     string
}

// Fix works out how the wanted findings of the site below fsys are mended, and the records of translations that follow
// what is mended in their source pages. Where mending would make an error that is not there now, what a check finds in
// a line, or in a page in all its languages, stays as it is. Nothing is written, and to fix what is fixed changes
// nothing. Errors are the machine's.
func Fix(ctx context.Context, fsys fs.FS, memory *Memory, wanted func(site.Finding) bool) (*Fixed, error) {
	layers := content.Layers(fsys)
	x := &fixing{ctx: ctx, memory: memory, below: layers[:len(layers)-1], own: layers[len(layers)-1], wanted: wanted,
		refused: map[unit]string{}}
	first, err := x.check(nil)
	if err != nil {
		return nil, err
	}
	x.first, x.site, x.counts = first, first.Site, counted(first.Findings)
	for {
		settled, err := x.settle(func(f site.Finding, edits Edits) bool { return x.why(f, edits) == "" })
		if err != nil {
			return nil, err
		}
		worse := x.worse(settled)
		if len(worse) == 0 {
			return x.fixed(settled), nil
		}
		if err := x.refuse(settled, worse); err != nil {
			return nil, err
		}
	}
}

// fixing is a Fixed while it is worked out.
type fixing struct {
	ctx     context.Context
	memory  *Memory
	below   []fs.FS
	own     fs.FS // the layer whose files are mended
	wanted  func(site.Finding) bool
	first   *Result
	site    *site.Site           // as it was read last; nil while nobody can
	counts  map[site.Finding]int // of what was found first
	refused map[unit]string      // why
}

// settled is what comes of mending, round after round, until nothing is left that may be mended.
type settled struct {
	edits    Edits
	mended   []site.Finding
	findings []site.Finding
	opened   map[string]bool // files of which more was read than before; "" stands for all
}

func counted(findings []site.Finding) map[site.Finding]int {
	counts := map[site.Finding]int{}
	for _, f := range findings {
		counts[f.Same()]++
	}
	return counts
}

// check builds the site with other bytes in some of its files.
func (x *fixing) check(edits Edits) (*Result, error) {
	var fsys fs.FS
	for i, layer := range append(slices.Clone(x.below), fix.Over(x.own, edits)) {
		if i == 0 {
			fsys = layer
		} else {
			fsys = content.Over(layer, fsys)
		}
	}
	res, err := Build(x.ctx, fsys, output.Names(), Options{Memory: x.memory})
	if err == nil && x.ctx.Err() != nil {
		err = context.Cause(x.ctx)
	}
	return res, err
}

// mostRounds ends mending that makes itself more to do: each round mends all that it can, in long paragraphs one of a
// kind.
const mostRounds = 100

// settle mends what is wanted and may be.
func (x *fixing) settle(may func(site.Finding, Edits) bool) (*settled, error) {
	s := &settled{edits: Edits{}, opened: map[string]bool{}, findings: x.first.Findings}
	for range mostRounds {
		before := len(s.mended)
		for file, findings := range byFile(s.findings, func(f site.Finding) bool {
			return f.Mend != nil && x.wanted(f) && x.isText(f.File) && may(f, s.edits)
		}) {
			chosen, edits := fix.Choose(findings)
			text, err := x.text(file, s.edits)
			if err != nil {
				return nil, err
			}
			if s.edits[file], err = fix.Apply(text, edits); err != nil {
				return nil, fmt.Errorf("mending %s: %w", file, err)
			}
			s.mended = append(s.mended, chosen...)
			if slices.ContainsFunc(chosen, func(f site.Finding) bool { return f.Mend.Opens }) {
				s.opened[file] = true
				s.opened[""] = s.opened[""] || path.Ext(file) != ".md" // settings and words, which all rests on
			}
		}
		if len(s.mended) == before {
			break
		}
		if err := x.follow(s.edits); err != nil {
			return nil, err
		}
		res, err := x.check(s.edits)
		if err != nil {
			return nil, err
		}
		if s.findings = res.Findings; res.Site != nil {
			x.site = res.Site
		}
	}
	return s, nil
}

func byFile(findings []site.Finding, keep func(site.Finding) bool) map[string][]site.Finding {
	files := map[string][]site.Finding{}
	for _, f := range findings {
		if keep(f) {
			files[f.File] = append(files[f.File], f)
		}
	}
	return files
}

// text returns the bytes of a file by now.
func (x *fixing) text(file string, edits Edits) ([]byte, error) {
	if text, ok := edits[file]; ok {
		return text, nil
	}
	text, err := fs.ReadFile(x.own, file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return text, nil
}

// isText reports whether places in a file of the site can be told from its bytes.
func (x *fixing) isText(file string) bool {
	text, err := fs.ReadFile(x.own, file)
	return err == nil && content.IsText(text)
}

// follow lets the records of translations that are in step with a source page be so when it is mended.
func (x *fixing) follow(edits Edits) error {
	s := x.site
	if s == nil {
		return nil
	}
	var w rewording
	for _, f := range s.Families {
		page := f.Pages[s.Source.Index]
		if page == nil || edits[page.File] == nil {
			continue
		}
		before, err := fs.ReadFile(x.own, page.File)
		if err != nil {
			return fmt.Errorf("reading %s: %w", page.File, err)
		}
		w.note(f.Path, before, edits[page.File], s.Limits)
	}
	for _, lang := range s.Languages {
		name := translate.RecordsPath(lang)
		text, err := fs.ReadFile(x.own, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		records, torn := translate.Parse(name, text)
		if len(torn) > 0 {
			continue // they count as unknown until somebody mends them
		}
		before := records.Format()
		for path := range w.said {
			if records[path] != nil {
				w.follow(path, records[path])
			}
		}
		if after := records.Format(); !bytes.Equal(after, before) {
			edits[name] = after
		}
	}
	return nil
}

// fixed says what was worked out.
func (x *fixing) fixed(s *settled) *Fixed {
	r := &Fixed{Edits: s.edits, Before: map[string][]byte{}, Mended: site.Sort(s.mended)}
	for name, after := range s.edits {
		before, err := fs.ReadFile(x.own, name)
		if err == nil && bytes.Equal(before, after) {
			delete(r.Edits, name)
		} else {
			r.Before[name] = before
		}
	}
	for _, f := range s.findings {
		if !x.wanted(f) {
			continue
		}
		r.Left = append(r.Left, f)
		if f.Mend == nil {
			continue
		}
		why := x.why(f, s.edits)
		switch {
		case why != "":
		case !x.isText(f.File):
			why = "the file is no text in UTF-8: save it as that first"
		default:
			why = "mending it does not take it away"
		}
		r.Refused = append(r.Refused, RefusedMend{f, why})
	}
	return r
}
