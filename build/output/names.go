package output

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// NameError says that some system cannot hold a file of a name.
type NameError struct {
	Name   string
	Reason string
}

func (e *NameError) Error() string { return fmt.Sprintf("%q %s", e.Name, e.Reason) }

// CollisionError says that two files want one path.
type CollisionError struct {
	Name  string // the file that was refused
	Other string // what was put before; a folder ends in a slash
}

func (e *CollisionError) Error() string {
	if e.Name == e.Other {
		return fmt.Sprintf("%s is made twice; two files cannot have one path", e.Name)
	}
	return fmt.Sprintf("%s and %s cannot both be made: on some systems they are one path", e.Name, e.Other)
}

// claim is a path of the tree as it is spelled.
type claim struct {
	name   string
	folder bool
}

func (c claim) String() string {
	if c.folder {
		return c.name + "/"
	}
	return c.name
}

// longestName is how many characters a path has at most: Windows unpacks none of
// more than 260, with the folder that somebody unpacks it in.
const longestName = 200

// CheckName refuses names that leave the tree and names that FAT32, the file
// system of memory cards, or Windows cannot hold: with a *NameError.
func CheckName(name string) error {
	no := func(format string, args ...any) error { return &NameError{name, fmt.Sprintf(format, args...)} }
	if !fs.ValidPath(name) || name == "." {
		return no("is not a path inside the site; want one like en/index.html")
	}
	if i := strings.IndexFunc(name, forbidden); i >= 0 {
		return no("cannot be written to a memory card: the character %q is not allowed in names there", name[i])
	}
	if n := utf8.RuneCountInString(name); n > longestName {
		return no("cannot be unpacked on Windows: with its folders it has %d characters, and %d is the most", n, longestName)
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return no("cannot be written to a memory card: no name may end in a dot or a space there")
		}
		if base, _, _ := strings.Cut(part, "."); device(base) {
			return no("cannot be written on Windows: %s is the name of a device there", base)
		}
	}
	return nil
}

func forbidden(r rune) bool {
	switch r {
	case '"', '*', ':', '<', '>', '?', '\\', '|':
		return true
	}
	return r < ' '
}

func device(name string) bool {
	if len(name) == 3 {
		return slices.Contains([]string{"con", "prn", "aux", "nul"}, strings.ToLower(name))
	}
	if len(name) != 4 || name[3] < '0' || name[3] > '9' {
		return false
	}
	return strings.EqualFold(name[:3], "com") || strings.EqualFold(name[:3], "lpt")
}

// fold gives two names the same key when some file system takes one for the
// other: canonical caseless matching, Unicode chapter 3.13.
func fold(name string) string {
	for i := range len(name) {
		if name[i] >= 0x80 {
			return norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
		}
	}
	return strings.ToLower(name)
}
