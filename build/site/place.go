package site

import "fmt"

// SettingsFile is the file that says what a site is.
const SettingsFile = "content/site.yaml"

// Place is where something is written.
type Place struct {
	File string // below the site's folder
	Line int    // from 1; 0 when the whole file is meant
	Col  int    // in characters, from 1; 0 when the whole line is meant
}

// String returns file:line:col, as far as it is known.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Find returns a finding at the place.
func (p Place) Find(level Level, check, hint, format string, args ...any) Finding {
	return Finding{File: p.File, Line: p.Line, Col: p.Col, Level: level, Check: check,
		Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Outline says where the values of a YAML file stand.
type Outline struct {
	Key   Place // of what names the value; the value's own where it has no key, as in lists
	Value Place
	Parts map[string]*Outline // what lies in it, by key or number
}

// Outlines are the outlines of files, by name. A file that does not exist or
// is no YAML has none; one that exists and must not be read has nil.
type Outlines map[string]*Outline

// part follows a path of keys and numbers as far as something is written.
func (o *Outline) part(path []any) (part *Outline, whole bool) {
	for _, step := range path {
		next := o.Parts[fmt.Sprint(step)]
		if next == nil {
			return o, false
		}
		o = next
	}
	return o, true
}

// At returns the place of the value that a path of keys and numbers leads to:
// At("sets", 2, "help"). Where none is written, it is the place of what lacks
// it.
func (o *Outline) At(path ...any) Place {
	if part, whole := o.part(path); !whole {
		return part.Key
	} else {
		return part.Value
	}
}

// At returns the place of a value in a file, as an outline does.
func (o Outlines) At(file string, path ...any) Place {
	if outline := o[file]; outline != nil {
		return outline.At(path...)
	}
	return Place{File: file}
}

// Key returns the place of the key that a path ends with.
func (o Outlines) Key(file string, path ...any) Place {
	if outline := o[file]; outline != nil {
		part, _ := outline.part(path)
		return part.Key
	}
	return Place{File: file}
}

// Has reports whether something is written where a path leads, even if it is
// wrong and was not stored.
func (o Outlines) Has(file string, path ...any) bool {
	outline := o[file]
	if outline == nil {
		return false
	}
	_, whole := outline.part(path)
	return whole
}
