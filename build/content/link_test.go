package content

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/site"
)

var _ = flag.Bool("update", false, "accepted as in other packages; there are no expected files here")

func TestResolve(t *testing.T) {
	s := &site.Site{Glossary: "glossary", Terms: []string{"grooming"}, Static: []string{"files/card.pdf", "files/a b.pdf"}, Resources: []site.Resource{{ID: "convention"}},
		Families: []*site.Family{{Path: "index"}, {Path: "help/index"}, {Path: "glossary"}, {Path: "children/under-9/our-kite"}, {Path: "children/under-9/index"}}}
	s.Index()
	kite := s.Family("children/under-9/our-kite")
	for _, test := range []struct{ dest, want string }{
		{"index.md", "page children/under-9/index"},
		{"./index.md", "page children/under-9/index"},
		{"../../help/index.md#now", "page help/index#now"},
		{"/help/index.md", "page help/index"},
		{"/index.md", "page index"},
		{"#now", "page children/under-9/our-kite#now"},
		{"", "problem leads nowhere, write the name of a page, or an address"},
		{"#", "problem leads nowhere"},
		{"mailto:nobody", "problem is not an e-mail address, write mailto:somebody@example.org"},
		{"mailto:?to=a@example.org", "address mailto:?to=a@example.org"},
		{"tel:", "problem has no number to dial, write tel: and its digits, of 0-9"},
		{"sms:?body=1", "problem has no number to dial"},
		{"term:grooming", "page glossary#grooming"},
		{"source:convention", "page children/under-9/our-kite#source.convention, source convention"},
		{"SOURCE:convention", "page children/under-9/our-kite#source.convention, source convention"},
		{"source:conventoin", "problem names no record of content/data/resources.yaml, did you mean convention?"},
		{"source:", "problem names no record of content/data/resources.yaml, it can be convention"},
		{"/files/card.pdf", "file files/card.pdf"},
		{"../../files/a%20b.pdf", "file files/a b.pdf"},
		{"https://example.org/a?b=c#d", "address https://example.org/a?b=c#d"},
		{"HTTPS://example.org", "address HTTPS://example.org"},
		{"mailto:a@example.org", "address mailto:a@example.org"},
		{"tel:+41", "address tel:+41"},
		{"sms:85258", "address sms:85258"},
		{"https://ru.wikipedia.org/wiki/ЮНИСЕФ?a=1&b=%20#é", "address https://ru.wikipedia.org/wiki/%D0%AE%D0%9D%D0%98%D0%A1%D0%95%D0%A4?a=1&b=%20#%C3%A9"},
		{"https://пример.рф:8080/путь", "address https://xn--e1afmkfd.xn--p1ai:8080/%D0%BF%D1%83%D1%82%D1%8C"},
		{"https://example.org/[a]|{b}", "address https://example.org/%5Ba%5D%7C%7Bb%7D"},
		{"mailto:имя@example.org", "address mailto:%D0%B8%D0%BC%D1%8F@example.org"},
		{"help/index.md", "problem leads nowhere"},
		{"../../../index.md", "problem leads nowhere"},
		{"../our-kite", "problem leads nowhere"},
		{"Index.md", "problem leads nowhere"},
		{"%zz.md", "problem leads nowhere"},
		{"www.example.org", "problem leads nowhere, an address elsewhere: write https://www.example.org"},
		{"example.org/form", "problem leads nowhere, an address elsewhere: write https://example.org/form"},
		{"//example.org/a", "problem is not a path of this site, an address elsewhere: write https://example.org/a"},
		{"www.example.org/?a=b", "problem is not a path of this site, an address elsewhere: write https://www.example.org/?a=b"},
		{"someone@example.org", "problem leads nowhere, an e-mail address: write mailto:someone@example.org"},
		{"+41-22 123 45", "problem leads nowhere, a telephone number: write tel:+412212345"},
		{"https：//example.org", "problem leads nowhere, write signs of an address as : / . # @, not full-width"},
		{"/help/", "problem leads nowhere, a folder's page is its index: write ../../help/index.md"},
		{"/help", "problem leads nowhere, a folder's page is its index: write ../../help/index.md"},
		{"index.html", "problem leads nowhere, pages end in .md: write index.md"},
		{`..\our-kite.md`, `problem is not a path of this site, folders are separated by /: write ../our-kite.md`},
		{"tel:+41 44 1", "problem holds a space or a character that nobody sees, write tel:+41441"},
		{"term:groom", "problem names no term of the glossary"},
		{"https:", "problem is not a whole address"},
		{"https:///a", "problem is not a whole address"},
		{"https://:80/", "problem is not a whole address"},
		{"https://example.org/a b", "problem holds a space or a character that nobody sees"},
		{"https://example.org/a\u00a0b", "problem holds a space or a character that nobody sees"},
		{"https://example.org/a\tb", "problem holds a space or a character that nobody sees"},
		{"https://example.org/\u202egro.live", "problem holds a space or a character that nobody sees"},
		{"tel:1\n2", "problem holds a space or a character that nobody sees"},
		{"//example.org", "problem is not a path of this site"},
		{`\\example.org`, "problem is not a path of this site"},
		{"index.md?a=b", "problem is not a path of this site"},
		{"javascript:alert(1)", "problem has an address that browsers may run or that is not safe to follow"},
		{"JAVASCRIPT:alert(1)", "problem has an address that browsers may run or that is not safe to follow"},
		{" javascript:alert(1)", "problem has an address that browsers may run or that is not safe to follow"},
		{"java\nscript:alert(1)", "problem leads nowhere"},
		{"\x01javascript:alert(1)", "problem leads nowhere"},
		{"data:text/html,x", "problem has an address that browsers may run or that is not safe to follow"},
	} {
		got := ""
		switch target := Resolve(s, kite, test.dest); {
		case target.Problem != "":
			got = "problem " + target.Problem
			if strings.HasPrefix(test.want, got+", ") {
				got += ", " + target.Hint
			}
		case target.Family != nil:
			got = "page " + target.Family.Path
			if target.Fragment != "" {
				got += "#" + target.Fragment
			}
			if target.Source != "" {
				got += ", source " + target.Source
			}
		case target.Static != "":
			got = "file " + target.Static
		default:
			got = "address " + target.URL
		}
		if got != test.want {
			t.Errorf("%q: got %s; want %s", test.dest, got, test.want)
		}
	}
}

// An address in a YAML file follows the rule for links, and its finding stands
// where it is written. It goes no further.
func TestAddressesInYAML(t *testing.T) {
	type data struct {
		Exit site.Exit         `yaml:"exit"`
		Help []site.Helpline   `yaml:"help"`
		Use  []site.Resource   `yaml:"use"`
		Text map[string]string `yaml:"text"`
	}
	for _, address := range []string{
		"https://example.org/a?b=c#d", "HTTP://example.org", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
		" javascript:x", "java\tscript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"//example.org", "/\\example.org", "example.org", "help.md", "#now", "term:grooming", "tel:1",
		"mailto:a@example.org", "https:example.org", "https://", "https://example.org/a b",
	} {
		safe := address == "https://example.org/a?b=c#d" || address == "HTTP://example.org"
		var in data
		text := fmt.Sprintf("exit:\n  url: %[1]q\nhelp:\n"+
			"- {url: %[1]q, country: CH, name: A, confirmed: called}\n"+
			"use: [{url: %[1]q, id: a, owner: A, kind: a}]\ntext: {url: %[1]q}\n", address)
		d := &decoder{check: "data", file: "a.yaml"}
		if ok := d.decode([]byte(text), &in); ok != safe {
			t.Errorf("%q: taken %v, want %v", address, ok, safe)
		}
		want, places := address, ""
		if !safe {
			want, places = "", "a.yaml:2:8 a.yaml:4:9 a.yaml:5:13 "
		}
		for _, f := range d.findings {
			places, _ = strings.CutPrefix(places, f.Place().String()+" ")
		}
		stored := []string{in.Exit.URL, in.Help[0].URL, in.Use[0].URL, in.Text["url"]}
		if places != "" || !slices.Equal(stored, []string{want, want, want, address}) {
			t.Errorf("%q: %v, not found at %s; read %+v", address, d.findings, places, in)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"index", "index", "index"},
		{"index", "help/index", "help/index"},
		{"help/index", "index", "../index"},
		{"help/index", "help/under-9", "under-9"},
		{"children/under-9/our-kite", "help/index", "../../help/index"},
		{"children/under-9/our-kite", "children/index", "../index"},
		{"children/under-9/our-kite", "children/under-9x/our-kite", "../under-9x/our-kite"},
		{"a/b", "a", "../a"},
		{"a", "a/b", "a/b"},
	} {
		if got := Relative(test.from, test.to); got != test.want {
			t.Errorf("from %s to %s: got %s; want %s", test.from, test.to, got, test.want)
		}
	}
}

func TestOverIsAFileSystemThatHidesAndMerges(t *testing.T) {
	upper := fstest.MapFS{"a.txt": {Data: []byte("upper")}, "folder/new.txt": {Data: []byte("n")}}
	lower := fstest.MapFS{"a.txt": {Data: []byte("lower")}, "folder/old.txt": {Data: []byte("o")}, "deep/er/c.txt": {Data: []byte("c")}}
	over := Over(upper, lower)
	if err := fstest.TestFS(over, "a.txt", "folder/new.txt", "folder/old.txt", "deep/er/c.txt"); err != nil {
		t.Error(err)
	}
	data, err := over.(interface {
		ReadFile(string) ([]byte, error)
	}).ReadFile("a.txt")
	if string(data) != "upper" || err != nil {
		t.Errorf("a.txt is %q (%v); want the upper one", data, err)
	}
}

func TestCounts(t *testing.T) {
	for text, want := range map[string]site.Count{"2": {Min: 2, Max: 2}, "0-1": {Min: 0, Max: 1}, "1+": {Min: 1, Max: -1}} {
		if got, err := parseCount(text); got != want || err != nil {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-", "+", "2-1", "a", "1-", "-1", "1 "} {
		if got, err := parseCount(text); err == nil {
			t.Errorf("%q is no count; got %v", text, got)
		}
	}
}
