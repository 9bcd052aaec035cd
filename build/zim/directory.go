package zim

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	mainPage     = "mainPage"
	illustration = "Illustration_48x48@1"
	listingAll   = "listing/titleOrdered/v0"
	listingFront = "listing/titleOrdered/v1"
	textMIME     = "text/plain;charset=utf-8"
	listingMIME  = "application/octet-stream+zimlisting"
	redirectMIME = 0xFFFF // what redirects have for the number of a MIME type
)

// directory is what a file holds, sorted by namespace and path.
type directory []dirent

// dirent is a record of the directory: an entry, or a suggestion of one. Most
// are suggestions, so these are kept small.
type dirent struct {
	space byte // the namespace
	*Entry
	path, title   string // those of the entry, or of the suggestion
	cluster, blob uint32 // where the content is
}

// newDirectory returns the records of a book but for suggestions and listings.
func newDirectory(b Book, entries []Entry) directory {
	var dir directory
	add := func(space byte, e *Entry) {
		dir = append(dir, dirent{space: space, Entry: e, path: e.Path, title: e.Title})
	}
	for i := range entries {
		add('C', &entries[i])
	}
	for _, f := range b.fields() {
		if *f.value != "" {
			add('M', &Entry{Path: f.name, MIME: textMIME, Content: []byte(*f.value)})
		}
	}
	add('M', &Entry{Path: "Counter", MIME: textMIME, Content: counter(entries)})
	add('M', &Entry{Path: illustration, MIME: "image/png", Content: b.Illustration.png})
	add('W', &Entry{Path: mainPage, Redirect: b.Main})
	dir.sort()
	return dir
}

func (dir directory) sort() {
	slices.SortFunc(dir, func(a, b dirent) int { return a.compare(b.space, b.path) })
}

// list adds the listings of all records and of front pages, which it returns too: they come last.
func (dir directory) list() (all, listings directory) {
	for _, path := range []string{listingAll, listingFront} {
		dir = append(dir, dirent{space: 'X', Entry: &Entry{Path: path, MIME: listingMIME}, path: path})
	}
	dir.sort()
	listings = dir[len(dir)-2:]
	listings[0].Content = dir.listing(func(*dirent) bool { return true })
	listings[1].Content = dir.listing(func(d *dirent) bool { return d.Front })
	return dir, listings
}

func (d *dirent) compare(space byte, path string) int {
	return cmp.Or(cmp.Compare(d.space, space), strings.Compare(d.path, path))
}

// redirect returns the path that the record leads to, or "".
func (d *dirent) redirect() string {
	if d.path != d.Entry.Path { // a suggestion
		return d.Entry.Path
	}
	return d.Entry.Redirect
}

// index returns the place of a path that is in the directory.
func (dir directory) index(space byte, path string) uint32 {
	i, _ := slices.BinarySearchFunc(dir, path, func(d dirent, path string) int { return d.compare(space, path) })
	return uint32(i)
}

// listing gives the places of the records that are wanted, in the order of
// their titles.
func (dir directory) listing(wanted func(*dirent) bool) []byte {
	var places []uint32
	for i := range dir {
		if wanted(&dir[i]) {
			places = append(places, uint32(i))
		}
	}
	slices.SortFunc(places, func(i, j uint32) int {
		a, b := &dir[i], &dir[j]
		return cmp.Or(cmp.Compare(a.space, b.space), strings.Compare(a.name(), b.name()), cmp.Compare(i, j))
	})
	list := make([]byte, 0, 4*len(places))
	for _, i := range places {
		list = binary.LittleEndian.AppendUint32(list, i)
	}
	return list
}

// name is what the record is listed by.
func (d *dirent) name() string { return cmp.Or(d.title, d.path) }

// counter gives how many entries there are of each MIME type.
func counter(entries []Entry) []byte {
	count := map[string]int{}
	for _, e := range entries {
		if e.Redirect == "" {
			count[e.MIME]++
		}
	}
	var list []string
	for _, mime := range slices.Sorted(maps.Keys(count)) {
		list = append(list, fmt.Sprintf("%s=%d", mime, count[mime]))
	}
	return []byte(strings.Join(list, ";"))
}

// writeTo writes the MIME types, the records and where these are, and returns how many bytes come before the last of
// these parts, and with it. The file's header lies before them. Errors are those of w, which Flush returns.
func (dir directory) writeTo(w *bufio.Writer) (pathPointers, end uint64) {
	le := binary.LittleEndian
	number := map[string]uint16{}
	for i := range dir {
		number[dir[i].MIME] = 0
	}
	delete(number, "") // redirects
	at := uint64(headerSize)
	write := func(b []byte) {
		w.Write(b)
		at += uint64(len(b))
	}
	var b []byte // is used again
	for i, mime := range slices.Sorted(maps.Keys(number)) {
		number[mime] = uint16(i)
		write(appendString(b[:0], mime))
	}
	write([]byte{0})

	pointers := make([]byte, 0, 8*len(dir))
	for i := range dir {
		d := &dir[i]
		pointers = le.AppendUint64(pointers, at)
		if to := d.redirect(); to != "" {
			b = le.AppendUint16(b[:0], redirectMIME)
			b = append(b, 0, d.space, 0, 0, 0, 0)
			b = le.AppendUint32(b, dir.index('C', to))
		} else {
			b = le.AppendUint16(b[:0], number[d.MIME])
			b = append(b, 0, d.space, 0, 0, 0, 0) // no parameters; revision 0
			b = le.AppendUint32(b, d.cluster)
			b = le.AppendUint32(b, d.blob)
		}
		b = appendString(b, d.path)
		if d.title == d.path { // an empty title says so
			b = appendString(b, "")
		} else {
			b = appendString(b, d.title)
		}
		write(b)
	}
	pathPointers = at
	write(pointers)
	return pathPointers, at
}

func appendString(b []byte, s string) []byte {
	return append(append(b, s...), 0)
}
