package site

// Kind says which layout shows a page and which blocks it is made of.
type Kind struct {
	ID     string
	Layout string
	Style  []string         // further style files, beside base and the layout's own
	Blocks map[string]Count // how often each block stands in such a page
	Only   bool             // no other blocks than these
	Tasks  Count            // how many task list items it has
	Exit   bool             // shows the link to leave the page first
	Hidden bool             // stands in no list and no reading order
	Online bool             // stands in no bundle
	Apart  bool             // is never printed with the other pages of its part: notes and answers for adults
	Shared bool             // shows data that changes in all such pages at once, so bundles hold these together, last
	Whole  bool             // is read from its beginning to its end: it lists no parts of itself
}

// Count is how often something may occur. Max below zero means any number.
type Count struct{ Min, Max int }

// Has reports whether n is within the count.
func (c Count) Has(n int) bool { return n >= c.Min && (c.Max < 0 || n <= c.Max) }

// Block is one fenced container, `:::name`.
type Block struct {
	ID      string
	Element string // div, section or details
	Heading int    // level of its label, or else its title, as a heading; 0 makes it a paragraph
	Label   bool   // shows the label that ui.yaml gives for it
	Title   bool   // takes title words after its name
	Data    string // data rows shown in it: "helplines"
	Sound   bool   // its title leads to a sound, and its text is what the sound says
}
