package pack_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"log"
	"time"

	"fieldguide/build/pack"
)

func Example() {
	page := pack.Deflate(bytes.Repeat([]byte("Tell someone you trust. "), 100))
	edition := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

	var file bytes.Buffer
	w := pack.NewWriter(&file, pack.Edition(edition))
	for _, name := range []string{"en/index.html", "fr/index.html"} {
		if err := w.Add(name, page); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	r, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.File {
		fmt.Println(f.Name, f.UncompressedSize64, f.Modified.Format(time.DateOnly))
	}
	// Output:
	// en/index.html 2400 2026-11-10
	// fr/index.html 2400 2026-11-10
}
