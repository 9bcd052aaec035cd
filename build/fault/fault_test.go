package fault_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldguide/build/fault"
)

// Each error is one that the standard library made, and nothing of its own words is left.
func TestWords(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "note.txt")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var shape struct {
		On   time.Time `json:"on"`
		Size int       `json:"size"`
	}
	for _, c := range []struct {
		err  error
		want string // %s is dir
	}{
		{opening(filepath.Join(dir, "no.key")), "there is no file or folder %s/no.key"},
		{opening(filepath.Join(dir, "a", "b", "no.key")), "there is no folder %s/a"},
		{opening(filepath.Join(file, "x")), "%s/note.txt/x: a file stands where a folder is wanted"},
		{reading(dir), "%s: it is a folder; a file is wanted"},
		{os.Mkdir(dir, 0o755), "%s: it is there already"},
		{os.Rename(filepath.Join(dir, "no"), filepath.Join(dir, "new")), "there is no file or folder %s/no"},
		{opening(filepath.Join(dir, strings.Repeat("n", 300))), "%s/" + strings.Repeat("n", 300) + ": the name is too long"},
		{&os.PathError{Op: "write", Path: "public", Err: syscall.ENOSPC}, "public: the disk is full"},
		{&os.PathError{Op: "mkdir", Path: "public", Err: syscall.EROFS}, "public: the disk can only be read"},
		{&os.PathError{Op: "open", Path: "public", Err: syscall.EACCES}, "public: you are not permitted to do so"},
		{&os.PathError{Op: "openat", Path: "content/a.md", Err: syscall.ENOENT}, "there is no file or folder content/a.md"},
		{json.Unmarshal([]byte(`{"size":`), &shape), "it is JSON that ends too early"},
		{json.Unmarshal([]byte("source: en"), &shape), "it is no JSON from byte 1 on"},
		{json.Unmarshal([]byte("[]"), &shape), "another thing stands there, of kind array"},
		{json.Unmarshal([]byte(`{"size":"x"}`), &shape), "size cannot be of kind string"},
		{json.Unmarshal([]byte(`{"on":"tomorrow"}`), &shape), `"tomorrow" is no time such as 2026-11-28T10:00:00Z`},
		{fmt.Errorf("reading public: %w", &os.PathError{Op: "open", Path: "./public", Err: syscall.EACCES}),
			"reading public: you are not permitted to do so"},
		{unhex("0g"), "a sign stands among its digits of hexadecimal that is none"},
		{unknown(`{"sise":1}`, &shape), `nobody knows "sise" there`},
		{asking(t, "http://127.0.0.1:1/"), "no server answers at 127.0.0.1:1"},
		{&net.DNSError{Name: "no.example", IsNotFound: true, Err: "no such host"}, ""},
		{errors.New("one of ours"), "one of ours"},
	} {
		if c.want == "" {
			c.err, c.want = &net.OpError{Op: "dial", Net: "tcp", Err: c.err},
				"there is no server called no.example, or this computer is not connected"
		}
		want := "trying: " + strings.ReplaceAll(c.want, "%s", dir)
		if got := fault.Words(fmt.Errorf("trying: %w", c.err)); filepath.ToSlash(got) != filepath.ToSlash(want) {
			t.Errorf("%v\nis said as %q\nand wants   %q", c.err, got, want)
		}
	}
}

func opening(name string) error { _, err := os.Open(name); return err }
func reading(name string) error { _, err := os.ReadFile(name); return err }

func unhex(text string) error { _, err := hex.DecodeString(text); return err }

func unknown(text string, v any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

func asking(t *testing.T, address string) error {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = http.DefaultClient.Do(r)
	return err
}
