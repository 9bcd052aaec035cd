package site

import (
	"crypto/sha256"
	"strings"
)

// referenceSigns are what the name of a page is told in by telephone or on paper: no
// two of them look or sound alike in most alphabets, and they make no words.
const referenceSigns = "23456789bcdfghjkmnpqrstvwxz"

// Reference returns the short code by which readers name a page: what stands for its
// path, its language and the edition, such as "k7qd-en-202611". Pages keep theirs as a
// site grows; of some thousands, two may share one.
func (s *Site) Reference(f *Family, l *Language) string {
	code := pathCode(f.Path) + "-" + l.Code
	if edition := strings.Map(plainSign, strings.ToLower(s.Edition)); edition != "" {
		code += "-" + edition
	}
	return code
}

// Referred returns the pages that a code may stand for, of whatever language and
// edition, however it is written.
func (s *Site) Referred(code string) []*Family {
	code, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(code)), "-")
	var list []*Family
	for _, f := range s.Families {
		if pathCode(f.Path) == code {
			list = append(list, f)
		}
	}
	return list
}

// pathCode stands for a path.
func pathCode(path string) string {
	sum := sha256.Sum256([]byte(path))
	n := uint(sum[0])<<16 | uint(sum[1])<<8 | uint(sum[2])
	var code [4]byte
	for i := range code {
		code[i] = referenceSigns[n%uint(len(referenceSigns))]
		n /= uint(len(referenceSigns))
	}
	return string(code[:])
}

// plainSign keeps digits and small letters.
func plainSign(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
