package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// sample is a manifest of n files, the second of a history.
func sample(n int) *Manifest {
	d := &Draft{Plan: Plan{Edition: "2026-11", Day: day, Lasts: 400 * 24 * time.Hour}}
	d.Former = d.Manifest(sampleFiles(n, "1"))
	clock := d.Clock("00.zip")
	clock("00.html", sha256.Sum256([]byte("a copy")))
	return d.Manifest(sampleFiles(n, "2"))
}

func sampleFiles(n int, text string) (list []File) {
	for i := range n {
		name := fmt.Sprintf("%02d.html", i)
		if i == n-1 {
			name = "00.zip"
		}
		list = append(list, File{Name: name, Size: 1, SHA256: sha256.Sum256([]byte(text))})
	}
	if n > 1 { // the ZIP stands second
		list = append([]File{list[0], list[n-1]}, list[1:n-1]...)
	}
	return list
}

func TestManifestIsReadAsWritten(t *testing.T) {
	m := sample(5)
	data := m.Bytes()
	read, err := Parse(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if read.Serial != 2 || !read.Released.Equal(m.Released) || !Same(read.Files, m.Files) || len(read.File("00.zip").Entries) != 1 {
		t.Errorf("read %+v", read)
	}
	if !strings.HasPrefix(string(data), "{\n\"format\": 1,\n\"serial\": 2,\n") || !IsManifest(data) {
		t.Errorf("it begins with %.40q", data)
	}
	if lines := bytes.Count(data, []byte("\n")); lines != 8+5+2 {
		t.Errorf("it has %d lines:\n%s", lines, data)
	}
}

// What could be read in two ways, or would lead out of a folder, is refused.
func TestOtherManifestsAreRefused(t *testing.T) {
	good := string(sample(3).Bytes())
	for what, swap := range map[string][2]string{
		"another format":        {`"format": 1`, `"format": 2`},
		"a format twice":        {`"serial"`, "\"format\": 1,\n\"serial\""},
		"an unknown key":        {`"serial"`, "\"serious\": 1,\n\"serial\""},
		"a key in capitals":     {`"edition"`, `"Edition"`},
		"no serial":             {`"serial": 2`, `"serial": 0`},
		"an odd second":         {`Z","was"`, `.5Z","was"`},
		"a name that leads out": {`"01.html"`, `"../01.html"`},
		"a name from the root":  {`"01.html"`, `"/01.html"`},
		"a name of Windows":     {`"01.html"`, `"c:01.html"`},
		"another order":         {`"00.zip"`, `"99.zip"`},
		"a name twice":          {`"01.html"`, `"00.zip"`},
		"itself":                {`"01.html"`, `"release.json"`},
		"its signature":         {`"01.html"`, `"Release.json.minisig"`},
		"a size below zero":     {`"size":1`, `"size":-1`},
		"a short hash":          {`"sha256":"`, `"sha256":"00`},
		"more behind it":        {"]\n}\n", "]\n}\n{}"},
		"spaces":                {"]\n}\n", "]\n}\n "},
		"a bad next key":        {`"files"`, "\"next\": \"RWx\",\n\"files\""},
	} {
		bad := strings.Replace(good, swap[0], swap[1], 1)
		if bad == good {
			t.Errorf("%s: nothing to swap in\n%s", what, good)
		} else if _, err := Parse([]byte(bad)); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// Whatever is read is written as it was, and names nothing outside its folder.
func FuzzParse(f *testing.F) {
	f.Add(sample(1).Bytes())
	f.Add(sample(3).Bytes())
	f.Add([]byte("{\n\"format\": 1}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			return
		}
		m.raw = nil
		if !bytes.Equal(m.Bytes(), data) {
			t.Errorf("read as\n%s", m.Bytes())
		}
		for _, f := range m.Files {
			if strings.HasPrefix(f.Name, "/") || strings.Contains("/"+f.Name+"/", "/../") {
				t.Errorf("the name %q leads out", f.Name)
			}
		}
	})
}

// A file is written as package json writes it.
func TestFileAsJSON(t *testing.T) {
	list := sample(9).Files
	for _, name := range []string{"a/b c.html", "é.html", "a&b", "<", `"`, `\`, "\x7f", "\u2028", "~!#$%'()+,;=@[]^`{|}"} {
		list = append(list, File{Name: name, Size: 1 << 40, Time: time.Date(2026, 11, 29, 9, 8, 6, 0, time.UTC)})
	}
	list = append(list, File{Entries: []Entry{}}, File{Was: &Part{1}})
	for _, f := range list {
		want, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.appendJSON(nil); string(got) != string(want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
