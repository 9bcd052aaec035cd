package output

import (
	"encoding/binary"
	"io/fs"
	"time"

	"fieldguide/build/pack"
)

// time returns the time of a file that takes the place of a former one, nil for
// none. It is later than the former's: some servers and copiers take nothing
// that is not newer. How much later, the bytes say again, because two builds
// may begin with the same former folder. The zero time is that of writing.
func (s *stage) time(f File, former fs.FileInfo) time.Time {
	if s.date.IsZero() {
		return time.Time{}
	}
	at := pack.Time(s.date, f.SHA256)
	if former == nil || at.After(former.ModTime()) {
		return at
	}
	more := 1 + time.Duration(binary.BigEndian.Uint16(f.SHA256[4:])) // at most a day and a half
	return former.ModTime().Truncate(pack.Step).Add(pack.Step * more)
}
