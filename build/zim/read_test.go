package zim

import (
	"bytes"
	"crypto/md5"
	"strings"
	"testing"
)

// resum gives a file that was changed on purpose the sum that it needs.
func resum(data []byte) []byte {
	if len(data) < md5.Size {
		return data
	}
	body := data[:len(data)-md5.Size]
	sum := md5.Sum(body)
	return append(body, sum[:]...)
}

func TestReadRefusesDamage(t *testing.T) {
	b, entries := small(t)
	file := write(t, b, entries)
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 1
		if _, _, err := Read(damaged); err == nil {
			t.Fatalf("byte %d of %d is wrong and nobody noticed", i, len(file))
		}
		if _, _, err := Read(file[:i]); err == nil {
			t.Fatalf("of %d bytes only %d are there and nobody noticed", len(file), i)
		}
	}
	damaged := bytes.Clone(file)
	damaged[len(damaged)-1] ^= 1
	_, _, err := Read(damaged)
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("the message does not help: %v", err)
	}
}

// With a right sum, whatever else is wrong, Read does not panic.
func FuzzRead(f *testing.F) {
	b, entries := small(f)
	file := write(f, b, entries)
	f.Add(0, []byte{}, len(file))
	for at := 4; at < headerSize; at += 4 {
		f.Add(at, []byte{0xFF, 0xFF, 0xFF, 0xFF}, len(file))
		f.Add(at, []byte{1, 0, 0, 0}, len(file))
	}
	f.Fuzz(func(t *testing.T, at int, change []byte, size int) {
		damaged := bytes.Clone(file)
		if at >= 0 && at < len(damaged) {
			copy(damaged[at:], change)
		}
		if size >= 0 && size < len(damaged) {
			damaged = damaged[:size]
		}
		Read(resum(damaged))
	})
}
