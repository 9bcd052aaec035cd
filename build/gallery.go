package build

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/media"
	"fieldguide/build/output"
	"fieldguide/build/site"
)

// gallery makes pictures, sounds and videos when a page first shows them, each once, on the goroutine that asks. What is
// opened at a time takes no more memory than limits.picture-opened, however many ask. Where the site's builds remember,
// what came of a file is kept under its bytes and the limits.
type gallery struct {
	fsys   fs.FS
	site   *site.Site
	tree   *output.Tree
	memory *Memory // nil for none
	limits media.Limits
	room   *room

	mu    sync.Mutex
	known map[string]*exhibit // by name
	stray bool                // some file was read with other bytes than it was looked at
	err   error               // the machine's, the first
}

// exhibit is what came of a file.
type exhibit struct {
	once    sync.Once
	made    *media.Made // without its bytes
	problem *media.Problem
	files   []output.File // in the order of made.Files
	bring   func(i int) ([]byte, error)
}

func newGallery(fsys fs.FS, s *site.Site, tree *output.Tree, m *Memory) *gallery {
	l := media.Limits{Width: s.Limits.PictureWidth, Bytes: s.Limits.Picture, Opened: s.Limits.PictureOpened,
		Sound: s.Limits.Sound,
		Video: s.Limits.Video}
	g := &gallery{fsys: fsys, site: s, tree: tree, limits: l, known: map[string]*exhibit{}, room: newRoom(l.Opened)}
	if m != nil && m.Store != nil {
		g.memory = m
	}
	return g
}

// media is what content.Texts.Media wants.
func (g *gallery) media(name string) (*media.Made, *media.Problem) {
	e := g.exhibit(name)
	return e.made, e.problem
}

// medium is what bundle.New wants.
func (g *gallery) medium(name string) (*bundle.Medium, error) {
	e := g.exhibit(name)
	if err := g.failed(); err != nil || e.made == nil {
		return nil, err
	}
	return &bundle.Medium{Made: e.made, Files: e.files, Bytes: e.bring}, nil
}

// exhibit returns what comes of a file.
func (g *gallery) exhibit(name string) *exhibit {
	g.mu.Lock()
	e := g.known[name]
	if e == nil {
		e = &exhibit{problem: &media.Problem{}}
		g.known[name] = e
	}
	g.mu.Unlock()
	e.once.Do(func() {
		if err := g.make(name, e); err != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			if g.err == nil {
				g.err = fmt.Errorf("making %s: %w", g.site.SourceOf(name), err)
			}
		}
	})
	return e
}

// failed returns the first failure of the machine.
func (g *gallery) failed() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// strayed reports whether some file was edited after it was looked at.
func (g *gallery) strayed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.stray
}

func (g *gallery) make(name string, e *exhibit) error {
	file := g.site.SourceOf(name)
	head, size, err := begin(g.fsys, file)
	if err != nil {
		return err
	}
	if problem := media.Heavy(head, size, g.limits); problem != nil {
		e.problem = problem
		return nil
	}
	defer g.room.take(int(size) + media.Weight(head))()
	var hash, key cache.Key
	if g.memory != nil {
		if hash, err = g.memory.Files.Hash(g.fsys, file); err != nil {
			return err
		}
		if key = g.key(hash); g.recall(name, key, e) {
			return nil
		}
	}
	data, err := fs.ReadFile(g.fsys, file)
	if err != nil {
		return err
	}
	if g.memory != nil {
		if read := cache.Key(sha256.Sum256(data)); read != hash {
			key = g.key(read)
			g.mu.Lock()
			g.stray = true
			g.mu.Unlock()
		}
	}
	made, err := media.Make(data, g.limits)
	if problem, bad := err.(*media.Problem); bad {
		e.problem = problem
	} else {
		e.problem = nil
		e.made = made
	}
	return g.keep(name, key, e)
}

// key names what comes of a file with some bytes.
func (g *gallery) key(hash cache.Key) cache.Key {
	l := g.limits
	return cache.NewKey("picture or sound").Key(hash).Int(l.Width).Int(l.Bytes).Int(l.Opened).Int(l.Sound).
		Int(l.Video).Sum()
}

// begin reads the first bytes of a file, which say what it takes to open it.
func begin(fsys fs.FS, file string) (head []byte, size int64, err error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	head, err = io.ReadAll(io.LimitReader(f, 256<<10))
	return head, info.Size(), err
}

// describe says which files an exhibit is published as.
func (e *exhibit) describe(name string, data func(i int) []byte) {
	for i, f := range e.made.Files {
		e.files = append(e.files, output.Describe(e.made.Name(name, f), data(i)))
	}
}

// keep lets the bytes of an exhibit wait until they are wanted.
func (g *gallery) keep(name string, key cache.Key, e *exhibit) error {
	var enc cache.Encoder
	e.encode(&enc)
	if e.made != nil {
		e.describe(name, func(i int) []byte { return e.made.Files[i].Data })
		scratch, err := g.tree.Scratch()
		if err != nil {
			return err
		}
		var spans []output.Span
		for i := range e.made.Files {
			f := &e.made.Files[i]
			span, err := scratch.Keep(f.Data)
			if err != nil {
				return err
			}
			spans = append(spans, span)
			enc.Fixed(e.files[i].SHA256[:])
			if g.memory != nil {
				g.memory.Store.Put(sizePart.of(key, i), f.Data)
			}
			f.Data = nil
		}
		e.bring = func(i int) ([]byte, error) { return scratch.Read(spans[i]) }
	}
	if g.memory != nil {
		g.memory.Store.Put(key, enc.Data)
	}
	return nil
}

// encode writes what came of a file, without its bytes.
func (e *exhibit) encode(enc *cache.Encoder) {
	enc.Bool(e.made != nil)
	if e.made == nil {
		enc.Texts([]string{e.problem.Message, e.problem.Hint})
		return
	}
	enc.Texts([]string{e.made.Kind.Name, e.made.Is.Name})
	enc.Int(e.made.Seconds)
	enc.Bool(e.made.Moves)
	enc.Int(len(e.made.Files))
	for _, f := range e.made.Files {
		enc.Int(f.Width)
		enc.Int(f.Height)
		enc.Int(f.Size)
	}
}

// recall returns whether it is known what came of a file.
func (g *gallery) recall(name string, key cache.Key, e *exhibit) bool {
	store := g.memory.Store
	data, known := store.Get(key)
	if !known {
		return false
	}
	d := cache.Decoder{Data: data}
	if !d.Bool() {
		words := d.Texts()
		if len(words) == 2 && d.Done() {
			e.problem = &media.Problem{Message: words[0], Hint: words[1]}
			return true
		}
		return false
	}
	kinds := d.Texts()
	if len(kinds) != 2 {
		return false
	}
	made := &media.Made{Kind: media.Named(kinds[0]), Is: media.Named(kinds[1]), Seconds: d.Int(), Moves: d.Bool()}
	for range d.Count() {
		made.Files = append(made.Files, media.File{Width: d.Int(), Height: d.Int(), Size: d.Int()})
	}
	if made.Kind == nil || made.Is == nil || d.Bad {
		return false
	}
	var files []output.File
	var bring []func() ([]byte, bool)
	for i, f := range made.Files {
		later, known := store.Later(sizePart.of(key, i))
		file := output.File{Name: made.Name(name, f), Size: int64(f.Size)}
		copy(file.SHA256[:], d.Fixed(len(file.SHA256)))
		if !known {
			return false
		}
		files, bring = append(files, file), append(bring, later)
	}
	if !d.Done() {
		return false
	}
	e.made, e.problem, e.files = made, nil, files
	e.bring = func(i int) ([]byte, error) {
		data, whole := bring[i]()
		if !whole {
			return nil, fmt.Errorf("%s was lost while the site was built; build again", files[i].Name)
		}
		return data, nil
	}
	return true
}
