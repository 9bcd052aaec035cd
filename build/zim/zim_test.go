package zim

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/output"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func picture(t testing.TB, size int) []byte {
	img := image.NewGray(image.Rect(0, 0, size, size))
	for i := range size {
		img.Set(i, i, color.White)
	}
	var buf bytes.Buffer
	must(t, png.Encode(&buf, img))
	return buf.Bytes()
}

// small returns a book that has some of everything.
func small(t testing.TB) (Book, []Entry) {
	b := Book{
		Name:         "fieldguide_mul_all",
		Title:        "Field guide",
		Description:  "A guide for the test",
		Language:     "ara,eng,fra",
		Date:         "2026-11-20",
		Creator:      "The authors",
		Publisher:    "The makers",
		License:      "CC BY 4.0",
		Tags:         "_ftindex:no;children",
		Illustration: NewPicture(picture(t, 48)),
		Main:         "index.html",
	}
	entries := []Entry{
		{Path: "index.html", Title: "Field guide", MIME: "text/html", Front: true, Content: document(
			`<a href="en/kite.html">1</a> <a href="fr/ecole.html">2</a> <a href="ar/jaiza.html">3</a> <a href="old.html">4</a>`)},
		{Path: "en/kite.html", Title: "Our kite", MIME: "text/html", Front: true, Cluster: "en", Content: document(`<img src="../icon.png" alt="">`)},
		{Path: "en/plain.html", Title: "Plain", MIME: "text/html", Cluster: "en", Content: document("not a page in its own right")},
		{Path: "fr/ecole.html", Title: "L’école à la maison", MIME: "text/html", Front: true, Cluster: "fr", Content: document(`<a href="../en/kite.html">1</a>`)},
		{Path: "ar/jaiza.html", Title: "جَائِزَةُ الْبَبَّغَاءِ", MIME: "text/html", Front: true, Letters: &facts, Cluster: "ar", Content: document("3")},
		{Path: "style.css", MIME: "text/css", Content: []byte("p{}")},
		{Path: "icon.png", MIME: "image/png", Content: picture(t, 16)},
		{Path: "old.html", Title: "Kite of old", Redirect: "older.html"},
		{Path: "older.html", Redirect: "en/kite.html"},
	}
	return b, entries
}

func document(body string) []byte {
	return []byte("<!doctype html><title>t</title><p>" + body)
}

func write(t testing.TB, b Book, entries []Entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	must(t, Write(&buf, b, entries, &output.Scratch{}))
	return buf.Bytes()
}

func byPath(a, b Entry) int { return strings.Compare(a.Path, b.Path) }

func TestReadGivesWhatWasWritten(t *testing.T) {
	b, entries := small(t)
	big := bytes.Repeat([]byte("0123456789 is more than a cluster "), clusterSize/16)
	entries = append(entries,
		Entry{Path: "big.txt", Title: "big.txt", MIME: "text/plain", Content: big},
		Entry{Path: "é.txt", MIME: "text/plain", Content: []byte("beyond the suggestions")},
		Entry{Path: "big.bin", MIME: "application/zip", Content: big, Front: true})
	gotBook, got, err := Read(write(t, b, entries))
	must(t, err)
	if !reflect.DeepEqual(gotBook, b) {
		t.Errorf("read book %+v\nwrote %+v", gotBook, b)
	}
	slices.SortFunc(entries, byPath)
	for i := range entries {
		e := &entries[i]
		e.Cluster, e.Letters = "", nil
		if e.Title == e.Path {
			e.Title = ""
		}
	}
	if !reflect.DeepEqual(got, entries) {
		t.Errorf("read %d entries, which are not the %d that were written", len(got), len(entries))
		for i := range min(len(got), len(entries)) {
			if !reflect.DeepEqual(got[i], entries[i]) {
				t.Errorf("read %.200v\nwrote %.200v", got[i], entries[i])
			}
		}
	}
}

func TestSameEntriesSameBytes(t *testing.T) {
	b, entries := large()
	b.Illustration = NewPicture(picture(t, 48))
	want := write(t, b, entries)
	r := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		r.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		if !bytes.Equal(write(t, b, entries), want) {
			t.Fatal("entries in another order make another file")
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(write(t, b, entries), want) {
		t.Error("another number of cores makes another file")
	}
}

func TestWriteLeavesEntriesAlone(t *testing.T) {
	b, entries := small(t)
	_, want := small(t)
	write(t, b, entries)
	if !reflect.DeepEqual(entries, want) {
		t.Error("the entries are not as they were")
	}
}

// An edit changes the UUID, and the bytes of its own cluster only.
func TestEditTouchesOneCluster(t *testing.T) {
	b, entries := large()
	b.Illustration = NewPicture(picture(t, 48))
	pack := func() (packed []string) {
		clusters, scratch := newDirectory(b, entries).clusters(nil), &output.Scratch{}
		must(t, compress(clusters, scratch))
		for _, c := range clusters {
			data, err := scratch.Read(c.span)
			must(t, err)
			packed = append(packed, string(data))
		}
		return packed
	}
	was, old := pack(), write(t, b, entries)
	entries[100].Content = append([]byte("new words"), entries[100].Content...)
	is, edited := pack(), write(t, b, entries)
	changed := 0
	for i := range was {
		if was[i] != is[i] {
			changed++
		}
	}
	if len(was) != len(is) || changed != 1 {
		t.Errorf("%d of %d clusters changed, and now there are %d", changed, len(was), len(is))
	}
	if bytes.Equal(old[8:24], edited[8:24]) {
		t.Error("two different files have one UUID")
	}
}

func TestClustersKeepApart(t *testing.T) {
	b, entries := large()
	for i, c := range newDirectory(b, entries).clusters(nil) {
		size := 0
		for _, d := range c.dirents {
			size += len(d.Content)
			if d.Cluster != c.dirents[0].Cluster || d.space != c.dirents[0].space || d.kept() != c.kept {
				t.Errorf("cluster %d has %c/%s and %c/%s", i, d.space, d.Path, c.dirents[0].space, c.dirents[0].Path)
			}
		}
		if size > clusterSize && len(c.dirents) > 1 {
			t.Errorf("cluster %d has %d bytes", i, size)
		}
	}
}

// full fails like a disk without room.
type full struct{ room int }

var errFull = errors.New("no space left")

func (w *full) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteSaysWhatWentWrong(t *testing.T) {
	b, entries := small(t)
	size := len(write(t, b, entries))
	for room := 0; room < size; room += 41 {
		if err := Write(&full{room}, b, entries, &output.Scratch{}); !errors.Is(err, errFull) {
			t.Fatalf("with room for %d of %d bytes: %v", room, size, err)
		}
	}
	must(t, Write(&full{size}, b, entries, &output.Scratch{}))
}
