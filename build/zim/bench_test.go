package zim

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"fieldguide/build/output"
)

// large returns a book of 600 pages of 6 kB in six languages and four sets. As
// in ours, a third of a page is the same for all.
func large() (Book, []Entry) {
	r := rand.New(rand.NewPCG(7, 8))
	words := make([]string, 4000)
	for i := range words {
		for range 2 + r.IntN(4) {
			words[i] += string("bcdfgklmnprstvz"[r.IntN(15)]) + string("aeiouy"[r.IntN(6)])
		}
	}
	text := func(size int) string {
		var b strings.Builder
		for b.Len() < size {
			b.WriteString(words[int(r.ExpFloat64()*400)%len(words)])
			b.WriteByte(' ')
		}
		return b.String()
	}
	head := "<!doctype html><title>t</title><style>" + text(2000) + "</style>"
	var entries []Entry
	for i := range 600 {
		part := fmt.Sprintf("l%d/s%d", i%6, i/6%4)
		entries = append(entries, Entry{
			Path:    fmt.Sprintf("%s/page-%d.html", part, i),
			Title:   "A " + strings.TrimSpace(text(20)),
			MIME:    "text/html",
			Content: []byte(head + "<p>" + text(4000)),
			Front:   true,
			Cluster: part,
		})
	}
	return Book{
		Name: "large", Title: "Large", Description: "A large book", Language: "eng", Date: "2026-11-20",
		Creator: "The authors", Publisher: "The makers", Main: entries[0].Path,
	}, entries
}

func BenchmarkWrite(b *testing.B) {
	book, entries := large()
	book.Illustration = NewPicture(picture(b, 48))
	var size int64
	for _, e := range entries {
		size += int64(len(e.Content))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		must(b, Write(io.Discard, book, entries, &output.Scratch{}))
	}
}

func BenchmarkRead(b *testing.B) {
	book, entries := large()
	book.Illustration = NewPicture(picture(b, 48))
	var file bytes.Buffer
	must(b, Write(&file, book, entries, &output.Scratch{}))
	b.ReportAllocs()
	b.ReportMetric(float64(file.Len()), "file-bytes")
	for b.Loop() {
		_, _, err := Read(file.Bytes())
		must(b, err)
	}
}
