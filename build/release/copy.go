package release

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Copy is a copy of a release: a folder, an archive or what a server shows.
type Copy interface {
	// Place names the copy, the same each time.
	Place() string
	// Open opens a file. The error is fs.ErrNotExist where there is none.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Names lists all files; nil where nobody can know.
	Names() ([]string, error)
	// Close ends the use of the copy.
	Close() error
}

// What stands where a file should be: something else, or what is left of it.
var (
	errNoFile  = errors.New("it is no file")
	errDamaged = errors.New("it is damaged")
)

// OpenCopy opens a folder, a ZIP of a release or an address of the web. A ZIP that
// holds none is one of the files of a release, whose manifest lies beside it or in
// the folder above.
func OpenCopy(name string) (Copy, error) {
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		return newSite(name, nil)
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		return folder{root, abs, ""}, err
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, fmt.Errorf("%s is neither the folder of a site, nor a ZIP that is whole, "+
			"nor an address with http:// or https://", name)
	}
	if a := newArchive(z, abs); a.files[ManifestName] != nil {
		return a, nil
	}
	z.Close()
	for _, above := range []string{filepath.Dir(abs), filepath.Dir(filepath.Dir(abs))} {
		if _, err := os.Stat(filepath.Join(above, ManifestName)); err == nil {
			root, err := os.OpenRoot(above)
			below, _ := filepath.Rel(above, abs)
			return folder{root, abs, filepath.ToSlash(below)}, err
		}
	}
	return nil, fmt.Errorf("%s holds no %s, and none lies beside it: "+
		"lay the publisher's there, with %s", name, ManifestName, SignatureName)
}

// folder is a copy on a disk.
type folder struct {
	*os.Root
	place string
	only  string // the one file that is asked for; "" for all
}

func (f folder) Place() string { return f.place }

func (f folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	name = filepath.FromSlash(name)
	info, err := f.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // a pipe would never open
		return nil, errNoFile
	}
	return f.Root.Open(name)
}

func (f folder) Names() (list []string, err error) {
	err = fs.WalkDir(f.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, name)
		}
		return err
	})
	return list, err
}

// archive is a ZIP that holds a release, at its root or in one folder.
type archive struct {
	*zip.ReadCloser
	place, top string
	files      map[string]*zip.File
	names      []string
}

func newArchive(z *zip.ReadCloser, place string) *archive {
	a := &archive{ReadCloser: z, place: place, files: map[string]*zip.File{}}
	for _, f := range z.File {
		if top, is := strings.CutSuffix(f.Name, ManifestName); is && strings.Count(top, "/") <= 1 && (a.top == "" || top == "") {
			a.top = top
		}
	}
	for _, f := range z.File {
		name, in := strings.CutPrefix(f.Name, a.top)
		if !in {
			name = "../" + f.Name
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		a.names = append(a.names, name) // one that stands there twice is listed twice
		if a.files[name] == nil {
			a.files[name] = f
		}
	}
	return a
}

func (a *archive) Place() string { return a.place }

func (a *archive) Open(_ context.Context, name string) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	if !f.Mode().IsRegular() {
		return nil, errNoFile
	}
	in, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return packed{in}, nil
}

// packed is a file of a ZIP, which can be damaged where no disk is at fault.
type packed struct{ io.ReadCloser }

func (p packed) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	return n, damaged(err)
}

func damaged(err error) error {
	var corrupt flate.CorruptInputError
	for _, known := range []error{zip.ErrChecksum, zip.ErrFormat, zip.ErrAlgorithm, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) || errors.As(err, &corrupt) {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
	}
	return err
}

func (a *archive) Names() ([]string, error) { return slices.Clone(a.names), nil }

// site is a copy that a server shows.
type site struct {
	at      *url.URL
	client  *http.Client
	silence time.Duration
}

// silence is how long a server may say nothing.
const silence = 30 * time.Second

func newSite(address string, client *http.Client) (*site, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if path.Base(at.Path) == "index.html" {
		at.Path = path.Dir(at.Path)
	}
	if !strings.HasSuffix(at.Path, "/") {
		at.Path += "/"
	}
	at.RawQuery, at.Fragment = "", ""
	if client == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.DisableCompression = true
		client = &http.Client{Transport: transport}
	}
	return &site{at, client, silence}, nil
}

func (s *site) Place() string { return s.at.String() }

func (s *site) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	resp, err := s.get(ctx, name, nil)
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusNotFound, http.StatusGone:
		resp.Body.Close()
		return nil, fs.ErrNotExist
	}
	resp.Body.Close()
	return nil, fmt.Errorf("the server says %s", resp.Status)
}

// get asks for a file. Whoever is silent for too long has answered.
func (s *site) get(ctx context.Context, name string, header http.Header) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.at.JoinPath(name).String(), nil)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	if header != nil {
		r.Header = header
	}
	r.Header.Set("User-Agent", "fieldguide")
	timer := time.AfterFunc(s.silence, func() { cancel(fmt.Errorf("the server has been silent for %v", s.silence)) })
	resp, err := s.client.Do(r)
	if err != nil {
		timer.Stop()
		err = errors.Join(context.Cause(ctx), err)
		cancel(nil)
		return nil, err
	}
	resp.Body = &patient{resp.Body, ctx, cancel, timer, s.silence}
	return resp, nil
}

// patient is a body that gives up when nothing comes for a while.
type patient struct {
	io.ReadCloser
	ctx     context.Context
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	silence time.Duration
}

func (p *patient) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	if n > 0 {
		p.timer.Reset(p.silence)
	}
	if cause := context.Cause(p.ctx); err != nil && err != io.EOF && cause != nil {
		err = cause
	}
	return n, err
}

func (p *patient) Close() error {
	p.timer.Stop()
	p.cancel(nil)
	return p.ReadCloser.Close()
}

func (s *site) Names() ([]string, error) { return nil, nil }

func (s *site) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
