package sitetest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"fieldguide/build/zim"
)

// Listing returns what is in a bundle, in the order in which it lies there,
// and whether the file is one.
func Listing(name string, data []byte) (text string, isBundle bool) {
	var b strings.Builder
	switch path.Ext(name) {
	case ".zip", ".epub":
		for _, f := range archive(data).File {
			fmt.Fprintln(&b, f.Name)
		}
	case ".zim":
		book, entries, err := zim.Read(data)
		if err != nil {
			return err.Error() + "\n", true
		}
		fmt.Fprintf(&b, "%s: %s\n%s\n%s, %s, %s\n", book.Name, book.Title, book.Description, book.Language, book.Date, book.Creator)
		for _, e := range entries {
			fmt.Fprintln(&b, strings.TrimSpace(e.Path+" "+e.Title))
		}
	default:
		return "", false
	}
	return b.String(), true
}

// Inside returns the files in a bundle, by name. ext is ".zip", ".epub" or
// ".zim".
func Inside(ext string, data []byte) map[string][]byte {
	files := map[string][]byte{}
	if ext == ".zim" {
		_, entries, _ := zim.Read(data)
		for _, e := range entries {
			files[e.Path] = e.Content
		}
		return files
	}
	for _, f := range archive(data).File {
		r, err := f.Open()
		if err != nil {
			files[f.Name] = []byte(err.Error())
			continue
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			files[f.Name] = []byte(err.Error())
		}
		r.Close()
	}
	return files
}

// archive opens a ZIP; one that is broken holds nothing.
func archive(data []byte) *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return &zip.Reader{}
	}
	return r
}
