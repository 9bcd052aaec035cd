// Package zim writes and reads ZIM files, the books of Kiwix: each is a whole site in one file.
// Kiwix opens them on a phone or serves them to a school.
//
// # What is promised
//
// The same book and entries, in whatever order they come, give the same bytes.
// Entries that name the same Cluster are compressed together and apart from
// others, so that an edit changes few bytes beyond the directory. Entries have
// no times in this format; the UUID is new whenever a byte is. What is wrong
// with a book is said before a byte of it is written: see Check.
//
// # What a file holds
//
// A header; the MIME types; the directory, sorted by namespace and path, and
// where its records begin; where the clusters begin; the clusters, compressed
// with zstd unless their content is compressed already; an MD5 sum. This is
// version 6.1 of https://wiki.openzim.org/wiki/ZIM_file_format. Its namespaces:
//
//	C  the entries, and suggestions
//	M  what the book says of itself
//	W  mainPage, which leads to the main page
//	X  listing/titleOrdered/v0 and v1: the order by title, of everything and of front pages
//
// # How pages are suggested
//
// To a reader who types, Kiwix suggests the titles of front pages that begin
// with just these bytes: what more it can do needs an index of Xapian's. So a
// file lists each front page several times, as readers type its title and the
// words in it. These are redirects with paths below "~/"; suggest.go makes them.
// Kiwix counts them as articles and draws from them too when it picks a page by
// chance.
package zim

import (
	"bufio"
	"crypto/md5"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"

	"fieldguide/build/letters"
	"fieldguide/build/output"
)

// Book is what a ZIM file says of itself.
type Book struct {
	Name         string // the same for all editions, such as fieldguide_mul_all
	Title        string // at most 30 characters
	Description  string // at most 80 characters
	Language     string // ISO 639-3, several with commas between: ara,eng
	Date         string // of the edition, YYYY-MM-DD
	Creator      string // who wrote it
	Publisher    string // who made the file
	License      string // may be empty, as may all below but Illustration and Main
	Flavour      string // which of several files of the same name and date
	Tags         string // with semicolons between
	Scraper      string // the program that made the file
	Illustration Picture
	Main         string // path of the main page
}

// Entry is a file in the book, or a redirect to one.
type Entry struct {
	Path     string // as links have it, but from the root; nothing is below "~/"
	Title    string // the path when empty
	MIME     string
	Content  []byte
	Size     int                    // of what Open returns
	Open     func() ([]byte, error) // in place of Content, when it is wanted
	Front    bool                   // a page in its own right: suggested, and drawn by chance
	Letters  *letters.Facts         // of the language of its title; nil for none
	Cluster  string                 // entries with the same name are compressed together
	Pieces   bool                   // those of the cluster change often: in pieces, as pack.DeflatePieces does
	Redirect string                 // the path that it leads to, in place of MIME, Content and Cluster
}

// size returns how many bytes the content has.
func (e *Entry) size() int {
	if e.Open != nil {
		return e.Size
	}
	return len(e.Content)
}

// content returns the bytes, of as many as size says.
func (e *Entry) content() ([]byte, error) {
	if e.Open == nil {
		return e.Content, nil
	}
	data, err := e.Open()
	if err == nil && len(data) != e.Size {
		err = fmt.Errorf("%s has %d bytes and was to have %d", e.Path, len(data), e.Size)
	}
	return data, err
}

// Write writes the book to w. When something is wrong with it, nothing is
// written and the error is of type Problems. Clusters wait in scratch until
// all of them are compressed, because what comes before them says where they
// begin; of their contents only as many are in memory as there are cores.
func Write(w io.Writer, b Book, entries []Entry, scratch *output.Scratch) error {
	if problems := Check(b, entries); len(problems) > 0 {
		return problems
	}
	if err := assemble(w, b, entries, scratch); err != nil {
		return fmt.Errorf("writing a ZIM file: %w", err)
	}
	return nil
}

func assemble(w io.Writer, b Book, entries []Entry, scratch *output.Scratch) error {
	// The book is compressed before there are suggestions: both take much memory.
	dir := newDirectory(b, entries)
	clusters := dir.clusters(nil)
	if err := compress(clusters, scratch); err != nil {
		return err
	}
	book := len(clusters)
	dir, listings := dir.suggest().list()
	clusters = listings.clusters(clusters)
	if err := compress(clusters[book:], scratch); err != nil {
		return err
	}
	h := header{
		entries:  uint32(len(dir)),
		clusters: uint32(len(clusters)),
		main:     dir.index('W', mainPage),
	}
	// The header names the sum of all that follows it, which is written twice for it:
	// a directory is too large to keep both as records and as bytes.
	unique := sha256.New()
	if err := writeRest(unique, dir, clusters, scratch, &h); err != nil {
		return err
	}
	h.uuid = uuid(unique.Sum(nil))
	sum := md5.New()
	out := io.MultiWriter(w, sum)
	if _, err := out.Write(h.append(nil)); err != nil {
		return err
	}
	if err := writeRest(out, dir, clusters, scratch, &h); err != nil {
		return err
	}
	_, err := w.Write(sum.Sum(nil))
	return err
}

// writeRest writes all that follows the header, and fills in where it is.
func writeRest(w io.Writer, dir directory, clusters []cluster, scratch *output.Scratch, h *header) error {
	out := bufio.NewWriter(w)
	h.pathPointers, h.clusterPointers = dir.writeTo(out)
	h.size = h.clusterPointers + 8*uint64(len(clusters))
	var pointer []byte
	titles := dir[dir.index('X', listingAll)].cluster
	for i, c := range clusters {
		if uint32(i) == titles { // as its first content
			h.titles = h.size + uint64(c.first)
		}
		pointer = binary.LittleEndian.AppendUint64(pointer[:0], h.size)
		out.Write(pointer)
		h.size += uint64(c.span.Size())
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return copyClusters(w, clusters, scratch)
}

func copyClusters(w io.Writer, clusters []cluster, scratch *output.Scratch) error {
	for _, c := range clusters {
		data, err := scratch.Read(c.span)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}
