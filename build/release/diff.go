package release

// Changes is what a mirror of one release has to do to become one of the next.
type Changes struct {
	Changed []string `json:"changed"`
	New     []string `json:"new"`
	Gone    []string `json:"gone"`
	Bytes   int64    `json:"bytes"` // of what is changed and new: who copies differences fetches less
	All     int64    `json:"all"`   // of all files of the next one
}

// Compare returns what changes from one release to the next; was is nil for none.
func Compare(was, is *Manifest) Changes {
	c := Changes{Changed: []string{}, New: []string{}, Gone: []string{}}
	for _, f := range is.Files {
		c.All += f.Size
		switch former := was.File(f.Name); {
		case former == nil:
			c.New = append(c.New, f.Name)
		case former.SHA256 != f.SHA256:
			c.Changed = append(c.Changed, f.Name)
		default:
			continue
		}
		c.Bytes += f.Size
	}
	if was != nil {
		for _, f := range was.Files {
			if is.File(f.Name) == nil {
				c.Gone = append(c.Gone, f.Name)
			}
		}
	}
	return c
}
