package output

import (
	"sync"

	"github.com/klauspost/compress/gzip"
)

var deflaters = sync.Pool{New: func() any {
	// Level 6 costs a third of what the standard library takes, for 1.3 % more
	// bytes, but only when writers are used again.
	w, err := gzip.NewWriterLevel(nil, 6)
	if err != nil {
		panic(err) // 6 is a level
	}
	return w
}}

// DeflatedSize returns how many bytes a server that compresses with gzip sends
// for data.
func DeflatedSize(data []byte) int {
	w := deflaters.Get().(*gzip.Writer)
	defer deflaters.Put(w)
	var n counter
	w.Reset(&n)
	w.Write(data) // a counter cannot fail
	w.Close()
	return int(n)
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
