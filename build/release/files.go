package release

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build/fault"
)

// files holds all files of a copy against the manifest.
func (r *Report) files(ctx context.Context, c Copy, other *Manifest, beside bool) error {
	m := r.manifest
	if other != nil && other.Serial == m.Serial {
		other = nil
	}
	sums, err := r.otherSums(ctx, c)
	if err != nil {
		return err
	}
	list := make([]*File, 0, len(m.Files)+1)
	for i := range m.Files {
		if m.Files[i].Name != sumsName {
			list = append(list, &m.Files[i])
		}
	}
	one := ""
	if f, is := c.(folder); is && f.only != "" {
		one = f.only
		list = slices.DeleteFunc(list, func(f *File) bool { return f.Name != one })
		if len(list) == 0 {
			r.find(Extra, one, "does not belong to the release")
		}
	} else if f := m.File(sumsName); f != nil {
		list = append(list, f) // the others tell whose it is
	}
	for _, f := range list {
		got, size, err := hash(ctx, c, f)
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			switch {
			case errors.Is(err, fs.ErrNotExist):
				r.find(Missing, f.Name, "is not there")
			case errors.Is(err, errNoFile), errors.Is(err, errDamaged):
				r.find(Changed, f.Name, "has other bytes than were published: %s", fault.Words(err))
			default:
				r.find(Unreadable, f.Name, "cannot be read: %s", fault.Words(err))
			}
			continue
		}
		r.Files++
		r.Bytes += size
		was := other.File(f.Name)
		switch {
		case got == f.SHA256 && size == f.Size:
		case was != nil && was.SHA256 == got:
			r.find(Mixed, f.Name, "is that of release %d", other.Serial)
		case f.Was != nil && *f.Was == Part(got[:8]):
			r.find(Mixed, f.Name, "is still that of an earlier release")
		case sums[f.Name] == got:
			r.find(Mixed, f.Name, ofOtherSums)
		case f.Name == sumsName && slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Message == ofOtherSums }):
			r.find(Mixed, f.Name, "is that of another release")
		default:
			r.find(Changed, f.Name, "has other bytes than were published")
		}
	}
	// Who shows an older release with pages of the newest has not gone back, but has
	// stopped half way.
	isMixed := func(p Problem) bool { return p.Kind == Mixed }
	if other != nil && other.Serial > m.Serial && slices.ContainsFunc(r.Problems, isMixed) {
		r.Problems = slices.DeleteFunc(r.Problems, func(p Problem) bool { return p.Kind == RolledBack || p.Kind == Frozen })
	}
	if one != "" {
		r.cannot("only this file was looked at")
		return nil
	}
	return r.beside(ctx, c, other, beside)
}

// sumsName is the file that names all others, too, for sha256sum.
const sumsName = "SHA256SUMS"

const ofOtherSums = "is that of another release, whose " + sumsName + " is here too"

// otherSums reads SHA256SUMS when it is that of another release.
func (r *Report) otherSums(ctx context.Context, c Copy) (map[string]Sum, error) {
	f := r.manifest.File(sumsName)
	if f == nil {
		return nil, nil
	}
	data, err := read(ctx, c, sumsName, 2*f.Size+1<<20)
	if err != nil || sha256.Sum256(data) == f.SHA256 {
		return nil, context.Cause(ctx) // what is amiss with it is found with the other files
	}
	sums := map[string]Sum{}
	for line := range strings.Lines(string(data)) {
		digits, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		var sum Sum
		if sum.UnmarshalText([]byte(digits)) != nil {
			return nil, nil // damaged, not another one
		}
		sums[name] = sum
	}
	return sums, nil
}

// beside finds what does not belong to the release.
func (r *Report) beside(ctx context.Context, c Copy, other *Manifest, allowed bool) error {
	names, err := c.Names()
	if err != nil {
		return err
	}
	if names == nil {
		r.cannot("a server does not list its files: whether there are more shows only where they lie")
	}
	slices.Sort(names)
	for i, name := range names {
		twice := i > 0 && names[i-1] == name
		switch {
		case twice:
			r.find(Extra, name, "is there twice")
		case name == ManifestName || name == SignatureName || r.manifest.File(name) != nil:
		case other.File(name) != nil:
			f := other.File(name)
			if got, size, err := hash(ctx, c, f); err == nil && got == f.SHA256 && size == f.Size {
				r.find(Mixed, name, "is left over from release %d", other.Serial)
				continue
			}
			fallthrough
		default:
			if !allowed {
				r.find(Extra, name, "does not belong to the release")
			}
		}
	}
	return nil
}

// hash reads a file of a copy, and no more of it than one byte too many.
func hash(ctx context.Context, c Copy, f *File) (sum Sum, size int64, err error) {
	in, err := c.Open(ctx, f.Name)
	if err != nil {
		return sum, 0, err
	}
	defer in.Close()
	h := sha256.New()
	size, err = io.Copy(h, io.LimitReader(in, f.Size+1))
	return Sum(h.Sum(nil)), size, err
}

var errEndless = errors.New("it does not end")

// read reads a small file of a copy.
func read(ctx context.Context, c Copy, name string, most int64) ([]byte, error) {
	in, err := c.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var b bytes.Buffer
	if n, err := io.Copy(&b, io.LimitReader(in, most+1)); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	} else if n > most {
		return nil, fmt.Errorf("reading %s: %w", name, errEndless)
	}
	return b.Bytes(), nil
}
