package bundle

import (
	"io"

	"fieldguide/build/pack"
	"fieldguide/build/site"
)

// zipFormat makes a unit a folder to unpack and open.
var zipFormat = &Format{Name: "zip", Media: "application/zip", All: true, Make: makeZIP}

func makeZIP(p *Press, u *site.Unit, to io.Writer) error {
	files, err := p.Files(u)
	if err != nil {
		return err
	}
	w := pack.NewWriter(to, p.tree.Clock(p.FileName(u, p.Language, "zip")))
	for _, f := range files {
		packed, err := f.Packed()
		if err == nil {
			err = w.Add(f.Name, packed)
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}
