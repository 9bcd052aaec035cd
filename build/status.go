package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/content"
	"fieldguide/build/parallel"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Translation says how a page stands in a language other than the source's.
type Translation struct {
	Path     string          `json:"path"`
	Language string          `json:"language"`
	Set      string          `json:"set,omitempty"`
	Band     string          `json:"band,omitempty"`
	State    translate.State `json:"state"`
	Stage    string          `json:"stage,omitempty"`   // of its record: machine, translated, reviewed
	Changed  int             `json:"changed,omitempty"` // passages that the source has changed since …
	Of       int             `json:"of,omitempty"`      // … of so many
	From     string          `json:"from,omitempty"`    // of a moved page: the path that its record has
	File     string          `json:"file,omitempty"`    // of the translation, "" for none
	Hidden   bool            `json:"hidden,omitempty"`  // readers get the source page in its place
	Urgency  int             `json:"urgency"`           // 0 for help, 1 for pages of a band, 2 for others
}

// More states than a text can have: those of pages and records that found no
// partner.
const (
	Moved  translate.State = "moved"  // its record stands under another path, of the same source text
	Orphan translate.State = "orphan" // its source page does not exist
)

// Done reports whether nothing is left to do.
func (t *Translation) Done() bool { return t.State == translate.InStep }

// Translations says how every page of the site below fsys, which lies in dir, stands in every
// language: by language, then in the order in which they are best done, help
// first, then the pages of bands, then the shortest. Findings say why there may be
// none; the error is the machine's.
func Translations(ctx context.Context, dir string, fsys fs.FS, memory *Memory) ([]Translation, *site.Site,
	[]site.Finding, error) {
	if memory != nil {
		memory.Files.Load(memory.Store, filesOf(dir))
	}
	b, err := memory.texts(fsys)
	if err != nil || b.site == nil || b.site.Family("index") == nil {
		return nil, b.site, b.findings, err
	}
	s := b.site
	k, err := newKept(memory, fsys, b)
	if err != nil {
		return nil, s, nil, err
	}
	list, fresh := make([][]Translation, len(s.Families)), make([]bool, len(s.Families))
	err = parallel.Each(ctx, 0, len(s.Families), func() func(i int) error {
		return func(i int) (err error) {
			list[i], fresh[i], err = k.states(fsys, s.Families[i])
			return err
		}
	})
	if err != nil {
		return nil, s, nil, err
	}
	if k.store != nil && slices.Contains(fresh, true) && memory.stillAre(fsys, b.sources) {
		for i, f := range s.Families {
			if fresh[i] {
				k.keepStates(k.textKey(f), list[i])
			}
		}
	}
	all := slices.Concat(list...)
	for _, file := range s.Orphans {
		code, path, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md"), "/")
		all = append(all, Translation{Path: path, Language: code, State: Orphan, File: file, Urgency: others})
	}
	if err := findMoved(fsys, s, all); err != nil {
		return nil, s, nil, err
	}
	place := map[string]int{}
	for i, lang := range s.Languages {
		place[lang.Code] = i
	}
	slices.SortStableFunc(all, func(a, b Translation) int {
		return cmp.Or(cmp.Compare(place[a.Language], place[b.Language]), cmp.Compare(a.Urgency, b.Urgency),
			cmp.Compare(a.Of, b.Of))
	})
	return all, s, b.findings, nil
}

// How urgent a page is.
const (
	forHelp = iota
	forBands
	others
)

func urgency(s *site.Site, f *site.Family) int {
	switch {
	case s.IsHelp(f):
		return forHelp
	case s.BandFor(f) != nil:
		return forBands
	}
	return others
}

// statesOf says how the translations of a family stand.
func statesOf(s *site.Site, t *content.Texts) []Translation {
	var list []Translation
	for i, lang := range s.Languages {
		if lang == s.Source {
			continue
		}
		tr := Translation{Path: t.Path, Language: lang.Code, State: translate.Missing, Urgency: urgency(s, t.Family)}
		if set := t.Set; set != nil {
			tr.Set = set.ID
		}
		if band := s.BandFor(t.Family); band != nil {
			tr.Band = band.ID
		}
		if source := t.Docs[s.Source.Index]; source != nil {
			tr.Of = translate.CountOf(t.Pages[s.Source.Index], source)
		}
		file := "content/" + lang.Code + "/" + t.Path + ".md"
		if s.Drafts[file] {
			tr.State, tr.File = translate.Draft, file
		}
		if st := t.Standings[i]; st != nil {
			tr.State, tr.Changed, tr.Of, tr.File = st.State, st.Changed, st.Of, t.Pages[i].File
			if st.Record != nil {
				tr.Stage = st.Record.Stage
			}
		}
		for _, fallen := range t.Fallen {
			if fallen.Language == lang {
				tr.State, tr.File, tr.Hidden = translate.State(fallen.State), fallen.Page.File, true
			}
		}
		list = append(list, tr)
	}
	return list
}

// HowItStands says how a page stands in a language other than the source's. Texts are
// as Translators.Read has them.
func HowItStands(s *site.Site, t *content.Texts, lang *site.Language) Translation {
	for _, tr := range statesOf(s, t) {
		if tr.Language == lang.Code {
			return tr
		}
	}
	return Translation{Path: t.Path, Language: lang.Code, State: translate.Missing}
}

// states returns how the translations of a family stand, kept or else read afresh, and
// whether it may be kept: as read from the files that were looked at.
func (k *kept) states(fsys fs.FS, f *site.Family) (list []Translation, fresh bool, err error) {
	if k.store != nil {
		if data, known := k.store.Get(statePart.of(k.textKey(f), 0)); known {
			d := cache.Decoder{Data: data}
			for range d.Count() {
				list = append(list, Translation{Path: f.Path, Language: d.Text(), Set: d.Text(), Band: d.Text(),
					State: translate.State(d.Text()), Stage: d.Text(), Changed: d.Int(), Of: d.Int(), File: d.Text(),
					Hidden: d.Bool(), Urgency: d.Int()})
			}
			if d.Done() {
				return list, false, nil
			}
		}
	}
	texts, _, err := content.Read(fsys, k.site, f)
	if err != nil {
		return nil, false, err
	}
	return statesOf(k.site, texts), k.looked(f, texts), nil
}

func (k *kept) keepStates(text cache.Key, list []Translation) {
	var e cache.Encoder
	e.Int(len(list))
	for _, t := range list {
		for _, word := range []string{t.Language, t.Set, t.Band, string(t.State), t.Stage} {
			e.Text(word)
		}
		e.Int(t.Changed)
		e.Int(t.Of)
		e.Text(t.File)
		e.Bool(t.Hidden)
		e.Int(t.Urgency)
	}
	k.store.Put(statePart.of(text, 0), e.Data)
}

// findMoved finds translations without a record whose source text has one under
// a path that is no page any more.
func findMoved(fsys fs.FS, s *site.Site, list []Translation) error {
	var sources map[string]string // blob to path
	for _, lang := range s.Languages {
		if lang == s.Source {
			continue
		}
		records, err := ReadRecords(fsys, lang)
		if err != nil {
			return err
		}
		for _, old := range records.Paths() {
			if f := s.Family(old); f != nil && f.Pages[lang.Index] != nil {
				continue
			}
			if sources == nil {
				sources = map[string]string{}
				for _, f := range s.Families {
					raw, err := fs.ReadFile(fsys, f.Pages[s.Source.Index].File)
					if err != nil {
						return fmt.Errorf("reading %s: %w", f.Path, err)
					}
					sources[translate.Blob(raw)] = f.Path
				}
			}
			now := sources[records[old].Blob]
			for i := range list {
				t := &list[i]
				if t.Path == now && t.Language == lang.Code && now != old && (t.State == translate.Unknown || t.State == translate.Missing) {
					t.State, t.From, t.Stage = Moved, old, records[old].Stage
				}
			}
		}
	}
	return nil
}

// ReadRecords reads the records of a language; those that cannot be read are not
// there.
func ReadRecords(fsys fs.FS, lang *site.Language) (translate.Records, error) {
	file := translate.RecordsPath(lang)
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return translate.Records{}, nil
		}
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	records, _ := translate.Parse(file, text)
	return records, nil
}
