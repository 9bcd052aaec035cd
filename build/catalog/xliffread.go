package catalog

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"fieldguide/build/site"
)

// ReadXLIFF reads a file of XLIFF 1.2, as programs of translators write it. Their
// own elements and those that only mark words are read through.
func ReadXLIFF(file string, data []byte) (*Came, []site.Finding) {
	r := &xliffReader{coming: newComing(file), d: xml.NewDecoder(bytes.NewReader(data))}
	for {
		token, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, _ := r.d.InputPos()
			r.find(line, "export the file again from the program that wrote it",
				"this is no XML that can be read: %s", inXML(err))
			break
		}
		r.token(token)
	}
	if len(r.findings) == 0 && !r.isXLIFF {
		r.find(1, `it begins with <xliff version="1.2">`, "this is no file of XLIFF 1.2")
	}
	r.wantUnits()
	return r.came, r.findings
}

// inXML returns what package xml says is wrong, without its name for it.
func inXML(err error) string {
	if bad := (*xml.SyntaxError)(nil); errors.As(err, &bad) {
		if bad.Msg == "unexpected EOF" {
			return "it ends too early"
		}
		return bad.Msg
	}
	return err.Error()
}

type xliffReader struct {
	coming
	d       *xml.Decoder
	isXLIFF bool
	open    []string // names of the elements that are open
	page    string   // path of the page
	blob    string
	ownBlob string
	unit    *xliffUnit
	to      *strings.Builder // where words go
}

type xliffUnit struct {
	id             string
	line           int
	state          State
	source, target strings.Builder
	places         bool // the source has placeholders
}

func (r *xliffReader) token(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		name := token.Name.Local
		if token.Name.Space != xliffNamespace && token.Name.Space != "" {
			name = "" // somebody's own
		}
		r.start(name, attrs(token.Attr))
		r.open = append(r.open, name)
	case xml.EndElement:
		name := r.open[len(r.open)-1]
		r.open = r.open[:len(r.open)-1]
		r.end(name)
	case xml.CharData:
		if r.to != nil && !isNative(r.parent()) {
			r.to.Write(token)
		}
	}
}

// isNative reports whether an element holds a placeholder's own words.
func isNative(name string) bool {
	return name == "ph" || name == "bpt" || name == "ept" || name == "it"
}

func attrs(list []xml.Attr) map[string]string {
	m := map[string]string{}
	for _, a := range list {
		m[a.Name.Local] = a.Value
	}
	return m
}

// parent returns the name of the element that is open.
func (r *xliffReader) parent() string {
	if len(r.open) == 0 {
		return ""
	}
	return r.open[len(r.open)-1]
}

func (r *xliffReader) start(name string, attr map[string]string) {
	line, _ := r.d.InputPos()
	switch name {
	case "xliff":
		r.isXLIFF = attr["version"] == "1.2" || attr["version"] == "1.1"
	case "file":
		r.came.Target = strings.ToLower(strings.ReplaceAll(attr["target-language"], "_", "-"))
		r.page, r.blob, r.ownBlob = attr["original"], "", ""
	case "external-file":
		switch r.parent() {
		case "skl":
			r.blob = attr["uid"]
		case "reference":
			r.ownBlob = attr["uid"]
		}
	case "trans-unit":
		r.unit = &xliffUnit{id: attr["id"], line: line, state: Translated}
		if attr["approved"] == "yes" {
			r.unit.state = Reviewed
		}
	case "source":
		if r.unit != nil && r.parent() == "trans-unit" {
			r.to = &r.unit.source
		}
	case "target":
		if r.unit != nil && r.parent() == "trans-unit" {
			r.to, r.unit.line = &r.unit.target, line
			switch state := attr["state"]; {
			case state == "new" || strings.HasPrefix(state, "needs-"):
				r.unit.state = Behind
			case state == "final" || state == "signed-off":
				r.unit.state = Reviewed
			case state == "translated":
				r.unit.state = Translated
			}
		}
	case "x", "ph", "bx", "ex", "bpt", "ept", "it":
		if r.to != nil {
			r.to.WriteString("\x00" + attr["id"] + "\x01")
			r.unit.places = r.unit.places || r.to == &r.unit.source
		}
	}
}

func (r *xliffReader) end(name string) {
	switch name {
	case "source", "target":
		if r.parent() == "trans-unit" {
			r.to = nil
		}
	case "trans-unit":
		r.add()
		r.unit, r.to = nil, nil
	}
}

// add takes a unit over.
func (r *xliffReader) add() {
	u := r.unit
	if u == nil {
		return
	}
	if u.id == "" {
		r.find(u.line, "export the file again: it writes one for each",
			"this unit has no id, so nobody can tell where it belongs")
		return
	}
	if !r.isFirst(u.id, u.line) {
		return
	}
	page, _, _ := strings.Cut(u.id, "#")
	blob, ownBlob := r.blob, r.ownBlob
	if !strings.HasSuffix(strings.TrimSuffix(r.page, path.Ext(r.page)), page) {
		blob, ownBlob = "", "" // of another page
	}
	s := &Said{ID: u.id, Page: page, Blob: blob, OwnBlob: ownBlob, Source: u.message(u.source.String()),
		Target: u.message(u.target.String()), Line: u.line, State: u.state}
	if s.Target == "" {
		s.State = Behind
	}
	r.came.Units = append(r.came.Units, s)
}

// message gives a text the form of Unit.Message.
func (u *xliffUnit) message(text string) string {
	if u.places {
		text = doubled.Replace(text)
	}
	return strings.NewReplacer("\x00", "{", "\x01", "}").Replace(text)
}
