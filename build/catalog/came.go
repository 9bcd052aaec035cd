package catalog

import "fieldguide/build/site"

// Came is a file that came back.
type Came struct {
	Target string // code of its language, "" where the file does not say it
	Units  []*Said
}

// coming is a file while it is read.
type coming struct {
	file     string
	came     *Came
	seen     map[string]int // lines of units, by id
	findings []site.Finding
}

func newComing(file string) coming {
	return coming{file: file, came: &Came{}, seen: map[string]int{}}
}

func (c *coming) find(line int, hint, format string, args ...any) {
	c.findings = append(c.findings, site.Place{File: c.file, Line: line}.Find(site.Error, check, hint, format, args...))
}

// wantUnits names a file in which nothing is to be taken over.
func (c *coming) wantUnits() {
	if len(c.findings) == 0 && len(c.seen) == 0 {
		c.find(1, "export it again, or give the file that the program saved", "the file holds no unit of a page")
	}
}

// isFirst reports whether no unit of an id came before the one in a line; a second one it names.
func (c *coming) isFirst(id string, line int) bool {
	if first := c.seen[id]; first > 0 {
		c.find(line, "keep one of the two", "%s is there twice, first in line %d", id, first)
		return false
	}
	c.seen[id] = line
	return true
}
