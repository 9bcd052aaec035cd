package markdown

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// A place is what a link can lead to: a heading, or a block. Its id is the same
// in every language: that of the source page.
type place struct {
	node    ast.Node
	kind    string // "h2", ":::tip": a place of a translation answers to one of its own kind
	written string // as {#id}
}

// places returns the headings and the blocks of a document, in reading order.
func (d *Doc) places() []place {
	if d.asked == nil {
		d.asked = d.findPlaces()
	}
	return d.asked
}

func (d *Doc) findPlaces() []place {
	list := make([]place, 0, 16) // most pages have fewer
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Heading:
				written := ""
				if id, ok := n.AttributeString("id"); ok {
					if bytes, isBytes := id.([]byte); isBytes {
						written = Anchor(string(bytes))
					}
				}
				list = append(list, place{n, "h" + strconv.Itoa(n.Level), written})
			case *Block:
				list = append(list, place{n, ":::" + n.Name, n.ID})
			}
		}
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindHeading || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return list
}

// ends reports whether the section of p ends before the place: a heading above
// it, or for a block the next section of the page.
func (p place) ends(other place) bool {
	heading, ok := p.node.(*ast.Heading)
	if !ok {
		return false
	}
	if inner, ok := other.node.(*ast.Heading); ok {
		return heading.Level < inner.Level
	}
	return heading.Level <= 2
}

// PlaceIDs returns an id for each heading and block of a source page, in
// reading order: the one written as {#id}, else one made of the words of the
// heading, or of the name of a block that has a heading; "" for a block without
// either. No two are the same, and none is one of taken, which stand elsewhere
// on the page.
func (d *Doc) PlaceIDs(blocks map[string]*site.Block, taken ...string) []string {
	list := d.places()
	ids := make([]string, len(list))
	used := map[string]int{} // by id: the number of the last place of that name
	for _, id := range taken {
		used[id] = 1
	}
	for i, p := range list { // first what is written: nothing takes its name away
		if p.written != "" && used[p.written] == 0 {
			ids[i] = p.written
			used[p.written] = 1
		}
	}
	for i, p := range list {
		if name := d.placeName(p, blocks); ids[i] == "" && name != "" {
			ids[i] = unique(name, used)
		}
	}
	return ids
}

// unique returns name, or the first of name-2, name-3 … that is not used.
func unique(name string, used map[string]int) string {
	id := name
	for used[id] > 0 {
		used[name]++
		id = name + "-" + strconv.Itoa(used[name])
	}
	used[id] = 1
	return id
}

// placeName returns what a place is called that says no id, "" for a block
// without a heading.
func (d *Doc) placeName(p place, blocks map[string]*site.Block) string {
	block, ok := p.node.(*Block)
	if !ok {
		if name := d.anchor(p.node); name != "" {
			return name
		}
		return "part"
	}
	spec := blocks[block.Name]
	if !block.hasHeading(spec) {
		return p.written // a second of that name
	}
	if title := block.Title(); title != nil && !spec.Label {
		if name := d.anchor(title); name != "" {
			return name
		}
	}
	return block.Name
}

// anchor returns the name that the words of a node give. It begins with a letter,
// as names in XML do.
func (d *Doc) anchor(n ast.Node) string {
	name := Anchor(string(unescape([]byte(d.PlainText(n)))))
	if first, _ := utf8.DecodeRuneInString(name); name != "" && !unicode.IsLetter(first) {
		name = "n-" + name
	}
	return name
}

// CarryIDs returns the ids of the headings and blocks of a translation: those
// of the source page, ids, as its PlaceIDs gave them. A place that writes an id
// of the source page has that one. Any other answers to the next of its kind
// after the place before it, so that one heading too many or too few moves none
// but its like. What the source page does not have is named by its own words.
//
// Where the source page has changed since, says tells by passage of the
// translation which passage of the source it says (below zero for none), and a
// place answers to one in that passage; nil where nothing is known to have
// moved.
func (d *Doc) CarryIDs(source *Doc, ids []string, says []int, blocks map[string]*site.Block, taken ...string) []string {
	theirs, ours := source.places(), d.places()
	fits := func(i, j int) bool { return theirs[j].kind == ours[i].kind }
	if says != nil {
		of, in := passageOf(d, ours), passageOf(source, theirs)
		fits = func(i, j int) bool { return theirs[j].kind == ours[i].kind && says[of[i]] == in[j] }
	}
	answers := make([]int, len(ours)) // the place of the source page that each answers to, -1 for none
	held := make([]bool, len(theirs))
	for i, p := range ours {
		answers[i] = -1
		if j := slices.Index(ids, p.written); p.written != "" && j >= 0 && !held[j] {
			answers[i], held[j] = j, true
		}
	}
	next := 0
	for i, p := range ours {
		if says != nil {
			next = 0 // passages may have moved
		}
		if answers[i] < 0 {
			for j := next; j < len(theirs) && (says != nil || !held[j] && !theirs[j].ends(p)); j++ {
				if !held[j] && fits(i, j) {
					answers[i], held[j] = j, true
					break
				}
			}
		}
		if answers[i] >= 0 {
			next = answers[i] + 1
		}
	}
	own := make([]string, len(ours))
	used := map[string]int{}
	for _, id := range slices.Concat(taken, ids) {
		used[id] = 1
	}
	for i, p := range ours {
		if answers[i] >= 0 {
			own[i] = ids[answers[i]]
		} else if name := d.placeName(p, blocks); name != "" {
			own[i] = unique(name, used)
		}
	}
	return own
}

// passageOf returns the number of the passage that each place stands in.
func passageOf(d *Doc, places []place) []int {
	number := map[ast.Node]int{}
	for _, p := range d.Passages() {
		if p.Node != nil {
			number[p.Node] = len(number)
		}
	}
	list := make([]int, len(places))
	for i, p := range places {
		n := p.node
		for n.Parent() != d.Root {
			n = n.Parent()
		}
		list[i] = number[n]
	}
	return list
}

// WrittenIDs returns the ids that headings and blocks of a document write, with
// the node of each, in reading order.
func (d *Doc) WrittenIDs() (ids []string, nodes []ast.Node) {
	for _, p := range d.places() {
		if p.written != "" {
			ids, nodes = append(ids, p.written), append(nodes, p.node)
		}
	}
	return ids, nodes
}
