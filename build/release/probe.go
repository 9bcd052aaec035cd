package release

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"fieldguide/build/fault"
)

// What a mirror is found to be.
const (
	Fresh       = "fresh"       // it shows the newest release known, and what was looked at is right
	Stale       = "stale"       // it shows an older one
	Bad         = "bad"         // it shows what nobody has published: see its problems
	Unreachable = "unreachable" // it does not answer
)

// Mirror is what Probe found out about a mirror.
type Mirror struct {
	Report
	State   string        `json:"state"`
	Age     time.Duration `json:"age"`    // since its release was made, in nanoseconds
	Advice  []string      `json:"advice"` // on how it is served
	Error   string        `json:"error,omitzero"`
	Sampled []string      `json:"sampled"` // files whose bytes were looked at

	known *Memory
	by    Key
}

// Prober looks at mirrors, at a few files of each, one after the other.
type Prober struct {
	Verifier
	Sample  int           // how many files of each mirror are read
	Largest int64         // the largest file to be read, in bytes
	Each    time.Duration // how long one mirror may take
	Pause   time.Duration // between two requests to one mirror
	At      int           // how many mirrors at a time
}

// Probe looks at mirrors. What is wrong with one is in what it says of it; the
// error is that of what is remembered.
func (p *Prober) Probe(ctx context.Context, addresses []string) ([]Mirror, error) {
	list := make([]Mirror, len(addresses))
	slots := make(chan bool, max(1, p.At))
	var all sync.WaitGroup
	for i, address := range addresses {
		slots <- true
		all.Go(func() {
			defer func() { <-slots }()
			list[i] = p.mirror(ctx, address)
		})
	}
	all.Wait()
	return list, p.compare(list)
}

// mirror looks at one mirror.
func (p *Prober) mirror(ctx context.Context, address string) (m Mirror) {
	ctx, cancel := context.WithTimeoutCause(ctx, p.Each, fmt.Errorf("it takes longer than %v", p.Each))
	defer cancel()
	m = Mirror{Report: Report{Place: address, Problems: []Problem{}, Unknown: []string{}}, Advice: []string{}, Sampled: []string{}}
	s, err := newSite(address, nil)
	if err == nil {
		defer s.Close()
		err = p.look(ctx, s, &m)
	}
	switch {
	case err != nil:
		m.State, m.Error = Unreachable, fault.Words(err)
		if cause := context.Cause(ctx); cause != nil {
			m.Error = cause.Error()
		}
	case m.Good():
		m.State = Fresh
	default:
		m.State = Bad
	}
	return m
}

func (p *Prober) look(ctx context.Context, s *site, m *Mirror) error {
	r, known, by, err := p.papers(ctx, s)
	if err != nil {
		return err
	}
	m.Report, m.known, m.by = *r, known, by
	if m.manifest == nil {
		return nil
	}
	m.Age = p.Now.Sub(m.Released)
	page := ""
	for _, f := range p.sample(m.manifest) {
		got, size, err := hash(ctx, s, f)
		if err != nil && context.Cause(ctx) != nil {
			return err
		}
		m.Files++
		m.Bytes += size
		m.Sampled = append(m.Sampled, f.Name)
		switch newest := known.Newest().File(f.Name); {
		case err != nil:
			m.find(Missing, f.Name, "cannot be had: %s", fault.Words(err))
		case got == f.SHA256 && size == f.Size:
			if strings.HasSuffix(f.Name, ".html") && page == "" {
				page = f.Name
			}
		case newest != nil && newest.SHA256 == got, f.Was != nil && *f.Was == Part(got[:8]):
			m.find(Mixed, f.Name, "is that of another release")
		default:
			m.find(Changed, f.Name, "has other bytes than were published")
		}
		p.pause(ctx)
	}
	if page != "" {
		return m.served(ctx, s, page)
	}
	return nil
}

func (p *Prober) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(p.Pause):
	}
}

// sample returns some files to be read, others each time, pages before all.
func (p *Prober) sample(m *Manifest) (list []*File) {
	var rest []*File
	for _, i := range rand.Perm(len(m.Files)) {
		switch f := &m.Files[i]; {
		case f.Size > p.Largest:
		case len(list) < (p.Sample+1)/2 && strings.HasSuffix(f.Name, ".html") || f.Name == sumsName:
			list = append(list, f)
		default:
			rest = append(rest, f)
		}
	}
	return append(list, rest...)[:min(p.Sample, len(list)+len(rest))]
}

// served looks at how a page is served.
func (m *Mirror) served(ctx context.Context, s *site, page string) error {
	resp, err := s.get(ctx, page, http.Header{"Accept-Encoding": {"gzip"}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body := io.Reader(resp.Body)
	f := m.manifest.File(page)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(body); err != nil {
			m.find(Changed, page, "is no gzip, which it is called")
			return nil
		}
	} else if f.Size > 1000 {
		m.advise("pages are sent uncompressed")
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(body, f.Size+1)); err != nil || Sum(h.Sum(nil)) != f.SHA256 {
		m.find(Changed, page, "has other bytes than were published, compressed")
	}
	head := resp.Header
	if !strings.HasPrefix(head.Get("Content-Type"), "text/html") {
		m.advise("a page has the type %q; want text/html", head.Get("Content-Type"))
	}
	if !strings.Contains(head.Get("Cache-Control"), "no-cache") {
		m.advise("pages lack Cache-Control: no-cache, so browsers guess how long they are good")
	}
	if head.Get("X-Content-Type-Options") != "nosniff" {
		m.advise("X-Content-Type-Options: nosniff is missing")
	}
	if head.Get("Set-Cookie") != "" {
		m.advise("it sets a cookie; readers are not to be known again")
	}
	again := http.Header{"Accept-Encoding": {"gzip"}}
	if tag := head.Get("ETag"); tag != "" {
		again.Set("If-None-Match", tag)
	} else if at := head.Get("Last-Modified"); at != "" {
		again.Set("If-Modified-Since", at)
	} else {
		m.advise("pages have neither ETag nor Last-Modified, so they are sent whole each time")
		return nil
	}
	second, err := s.get(ctx, page, again)
	if err != nil {
		return err
	}
	second.Body.Close()
	if second.StatusCode != http.StatusNotModified {
		m.advise("a page that has not changed is sent again (%d; want 304)", second.StatusCode)
	}
	return nil
}

func (m *Mirror) advise(format string, args ...any) {
	m.Advice = append(m.Advice, fmt.Sprintf(format, args...))
}

// compare calls those stale that show an older release than another, or than one
// that was seen before, and remembers the newest.
func (p *Prober) compare(list []Mirror) error {
	var newest *Mirror
	for i := range list {
		if m := &list[i]; m.State == Fresh && (newest == nil || m.Serial > newest.Serial) {
			newest = m
		}
	}
	var errs []error
	for i := range list {
		m := &list[i]
		behind := newest != nil && m.Serial < newest.Serial
		if m.State == Fresh && behind {
			m.find(Frozen, "", "it shows release %d, and %s release %d", m.Serial, newest.Place, newest.Serial)
		}
		old := false
		for _, problem := range m.Problems {
			if problem.Kind == RolledBack || problem.Kind == Frozen {
				old = true
			} else if !problem.Kind.Warns() {
				old = false
				break
			}
		}
		if old {
			m.State = Stale
		}
		if m.State == Fresh && p.Key != nil && p.Memory != "" {
			known, err := Recall(p.Memory, *p.Key) // that of a mirror before it, by now
			if err == nil {
				err = known.remember(p.Memory, *p.Key, m.by, m.Place, m.manifest, p.Now)
			}
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
