package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 11, 22, 13, 14, 15, 0, time.FixedZone("", 3600))

// File is a file of an archive.
type File struct {
	Name string
	Packed
}

// Write writes an archive.
func Write(to io.Writer, day time.Time, files []File) error {
	w := NewWriter(to, Edition(day))
	for _, f := range files {
		if err := w.Add(f.Name, f.Packed); err != nil {
			return err
		}
	}
	return w.Close()
}

func archive(t *testing.T, day time.Time, files ...File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, day, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchiveHoldsWhatWasPutInInOrder(t *testing.T) {
	long := strings.Repeat("Tell someone you trust. ", 1000)
	data := archive(t, day,
		File{"mimetype", Store([]byte("application/epub+zip"))},
		File{"z/é ع 中.txt", Deflate([]byte(long))},
		File{"a.txt", Deflate([]byte("x"))},
		File{"empty", Deflate(nil)})
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		name, text string
		method     uint16
	}{
		{"mimetype", "application/epub+zip", zip.Store},
		{"z/é ع 中.txt", long, zip.Deflate},
		{"a.txt", "x", zip.Store}, // compressing would make it larger
		{"empty", "", zip.Store},
	} {
		f := r.File[i]
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in) // compares the CRC too
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Name != want.name || string(text) != want.text || f.Method != want.method {
			t.Errorf("file %d is %s (%.20q, method %d), want %s (%.20q, method %d)", i, f.Name, text, f.Method, want.name, want.text, want.method)
		}
	}
	// EPUB readers look for the type at this place of the file (OCF 4.3).
	if got := string(data[30:58]); got != "mimetypeapplication/epub+zip" {
		t.Errorf("the archive begins with %q", got)
	}
}

// An entry has the time of its bytes in the edition. Nothing of the hour, the
// zone, the system or the owner gets in.
func TestHeadersAreFixed(t *testing.T) {
	contents := map[string][]byte{"a": []byte("x"), "b": bytes.Repeat([]byte("x"), 99)}
	for _, day := range []time.Time{day, time.Unix(0, 0).UTC(), time.Date(2107, 12, 31, 0, 0, 0, 0, time.UTC)} {
		data := archive(t, day, File{"a", Store(contents["a"])}, File{"b", Deflate(contents["b"])})
		r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.File {
			if want := Time(day, sha256.Sum256(contents[f.Name])); !f.Modified.Equal(want) {
				t.Errorf("%s of %s is dated %s, want %s", f.Name, day.Format(time.DateOnly), f.Modified, want)
			}
			if f.Flags != 0x800 || f.CreatorVersion != 20 || f.ReaderVersion != 20 || len(f.Extra) != 0 || f.ExternalAttrs != 0 || f.Comment != "" {
				t.Errorf("%s has other headers: %+v", f.Name, f.FileHeader)
			}
		}
	}
}

func TestSumMovesWithNamesAndContents(t *testing.T) {
	sum := func(files ...File) [sha256.Size]byte {
		w := NewWriter(io.Discard, Edition(day))
		for _, f := range files {
			if err := w.Add(f.Name, f.Packed); err != nil {
				t.Fatal(err)
			}
		}
		return w.Sum()
	}
	long := bytes.Repeat([]byte("1"), 99)
	files := []File{{"a", Store(long)}, {"b", Store([]byte("2"))}}
	want := sum(files...)
	if want != sum(File{"a", Deflate(long)}, files[1]) {
		t.Error("the same files have two sums")
	}
	a, b := files[0], files[1]
	for _, other := range [][]File{{a}, {b, a}, {a, {"b", Store([]byte("3"))}}, {a, {"c", b.Packed}}} {
		if want == sum(other...) {
			t.Errorf("%v has the sum of other files", other)
		}
	}
}

func TestSameFilesSameBytes(t *testing.T) {
	make := func(zone *time.Location) []byte {
		return archive(t, time.Date(2026, 11, 1, 0, 0, 0, 0, zone), File{"a", Deflate(bytes.Repeat([]byte("guide "), 5000))})
	}
	if !bytes.Equal(make(time.UTC), make(time.FixedZone("Kiritimati", 14*3600))) {
		t.Error("two archives of the same files differ")
	}
}

func TestTwoFilesOfOneNameAreAnError(t *testing.T) {
	err := Write(io.Discard, day, []File{{"en/a.html", Store(nil)}, {"en/a.html", Store(nil)}})
	if err == nil || !strings.Contains(err.Error(), "en/a.html") {
		t.Errorf("got %v; want an error that names the file", err)
	}
}

func TestAFullDiskIsAnError(t *testing.T) {
	full := errors.New("no space left")
	whole := archive(t, day, File{"a", Store(make([]byte, 9000))}, File{"b", Store(make([]byte, 9000))})
	for room := 0; room < len(whole); room += 1000 {
		if err := Write(&disk{room, full}, day, []File{{"a", Store(make([]byte, 9000))}, {"b", Store(make([]byte, 9000))}}); !errors.Is(err, full) {
			t.Errorf("with room for %d of %d bytes: %v", room, len(whole), err)
		}
	}
}

// disk has room for so many bytes.
type disk struct {
	room int
	err  error
}

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.room)
	if d.room -= n; n < len(p) {
		return n, d.err
	}
	return n, nil
}
