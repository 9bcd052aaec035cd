package zim

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"fieldguide/build/output"
)

// Each change to a good book has its own complaint, and no other.
func TestCheck(t *testing.T) {
	type book = *Book
	type list = *[]Entry
	set := func(field func(book) *string, value string) func(book, list) {
		return func(b book, _ list) { *field(b) = value }
	}
	title := func(b book) *string { return &b.Title }
	description := func(b book) *string { return &b.Description }
	languages := func(b book) *string { return &b.Language }
	date := func(b book) *string { return &b.Date }
	put := func(e Entry) func(book, list) {
		return func(_ book, entries list) { *entries = append(*entries, e) }
	}
	show := func(picture []byte) func(book, list) {
		return func(b book, _ list) { b.Illustration = NewPicture(picture) }
	}
	content := []byte("x")
	for _, c := range []struct {
		want   string
		change func(book, list)
	}{
		{"", func(book, list) {}},
		{"Title: is missing", set(title, "")},
		{"Title: is missing", set(title, " \n")},
		{"Title: has 31 characters; Kiwix has room for 30", set(title, strings.Repeat("é", 31))},
		{"", set(title, strings.Repeat("e\u0301", 30))},
		{"", set(title, strings.Repeat("بَّ", 30))},
		{"Description: has 81 characters; Kiwix has room for 80", set(description, strings.Repeat("x", 81))},
		{"", set(description, strings.Repeat("字", 80))},
		{"Description: is missing", set(description, "")},
		{"Name: is missing", set(func(b book) *string { return &b.Name }, "")},
		{"Creator: is missing", set(func(b book) *string { return &b.Creator }, "")},
		{"Publisher: is missing", set(func(b book) *string { return &b.Publisher }, "")},
		{"", set(func(b book) *string { return &b.License }, "")},
		{"Language: is missing", set(languages, "")},
		{"Language: \"fr\" is not its code in ISO 639-3; that is fra", set(languages, "eng,fr")},
		{"Language: \" fra\" is not a code of ISO 639-3, such as eng; several have commas and no spaces between", set(languages, "eng, fra")},
		{"Language: \"english\" is not a code of ISO 639-3, such as eng; several have commas and no spaces between", set(languages, "english")},
		{"Language: eng stands there twice", set(languages, "eng,ara,eng")},
		{"", set(languages, "ara,zho,eng,fra,rus,spa,swa")},
		{"Date: is missing", set(date, "")},
		{"Date: \"2026-11\" is not a date such as 2026-11-20", set(date, "2026-11")},
		{"Date: \"2026-02-30\" is not a date such as 2026-11-20", set(date, "2026-02-30")},
		{"Illustration: is missing: a PNG of 48 by 48 pixels", show(nil)},
		{"Illustration: has 47 by 47 pixels; Kiwix wants 48 by 48", show(picture(t, 47))},
		{"Illustration: is not a PNG that can be read", show([]byte("<svg width='48' height='48'/>"))},
		{"Illustration: is not a PNG that can be read", show(picture(t, 48)[:70])},
		{"Main: is missing: the path of the page to begin with", set(func(b book) *string { return &b.Main }, "")},
		{"Main: there is no entry \"home.html\"", set(func(b book) *string { return &b.Main }, "home.html")},
		{"icon.png: this path is there twice", put(Entry{Path: "icon.png", MIME: "image/png", Content: content})},
		{": an entry has no path", put(Entry{MIME: "text/html", Content: content})},
		{"~/1: paths below ~/ are for suggestions", put(Entry{Path: "~/1", MIME: "text/html", Content: content})},
		{"a: it has no MIME type", put(Entry{Path: "a", Content: content})},
		{"a: it is empty", put(Entry{Path: "a", MIME: "text/html"})},
		{"a: path, title and MIME type are text in UTF-8 without zero bytes", put(Entry{Path: "a", Title: "b\x00", MIME: "text/html", Content: content})},
		{"a\xff: path, title and MIME type are text in UTF-8 without zero bytes", put(Entry{Path: "a\xff", MIME: "text/html", Content: content})},
		{"a: a redirect has neither content nor a MIME type", put(Entry{Path: "a", Redirect: "index.html", Content: content})},
		{"a: a redirect has neither content nor a MIME type", put(Entry{Path: "a", Redirect: "index.html", MIME: "text/html"})},
		{"a: it leads to \"b\", which is not there", put(Entry{Path: "a", Redirect: "b"})},
		{"a: it leads round in a circle", put(Entry{Path: "a", Redirect: "a"})},
		{"a: it leads round in a circle\nb: it leads round in a circle", func(_ book, entries list) {
			*entries = append(*entries, Entry{Path: "b", Redirect: "a"}, Entry{Path: "a", Redirect: "b"})
		}},
		{"", put(Entry{Path: "a", Redirect: "old.html"})},
	} {
		b, entries := small(t)
		c.change(&b, &entries)
		if got := Check(b, entries).Error(); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
		var buf bytes.Buffer
		err := Write(&buf, b, entries, &output.Scratch{})
		var problems Problems
		if c.want != "" && (!errors.As(err, &problems) || problems.Error() != c.want || buf.Len() > 0) {
			t.Errorf("Write wrote %d bytes and returned %v, want nothing and %q", buf.Len(), err, c.want)
		}
		if c.want == "" && err != nil {
			t.Errorf("Write returned %v", err)
		}
	}
}

func TestCheckTellsAll(t *testing.T) {
	problems := Check(Book{}, []Entry{{Path: "b"}, {Path: "a"}})
	if n := len(problems); n != 7+2+2 {
		t.Errorf("%d complaints:\n%v", n, problems)
	}
	var err error = Write(io.Discard, Book{}, nil, &output.Scratch{})
	if err == nil {
		t.Error("a book of nothing was written")
	}
}
