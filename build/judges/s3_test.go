package judges

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// store is object storage with one bucket that speaks as much of S3 as clients need
// that keep a folder in it. It believes everybody, and lists a few objects at a time.
type store struct {
	address string

	mu      sync.Mutex
	objects map[string]object
	calls   []call
	clock   int
}

type object struct {
	data   []byte
	header http.Header // as it was put, and with it the object is sent
}

// call is a change that a client has asked for, and when: no two moments are the same.
type call struct {
	method, name string
	from, till   int
}

const bucket, listed = "guide", 5

func newStore(t *testing.T) *store {
	s := &store{objects: map[string]object{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.address = server.URL
	return s
}

func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.clock++
	from := s.clock
	s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock++

	at, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	o, found := s.objects[name]
	switch {
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
	case at != bucket:
		refuse(w, http.StatusNotFound, "NoSuchBucket")
	case name == "" && r.Method == http.MethodGet:
		s.list(w, r)
	case name == "": // it is there
	case r.Method == http.MethodPut:
		s.put(w, name, body, r.Header)
		s.calls = append(s.calls, call{r.Method, name, from, s.clock})
	case !found:
		refuse(w, http.StatusNotFound, "NoSuchKey")
	case r.Method == http.MethodDelete:
		delete(s.objects, name)
		s.calls = append(s.calls, call{r.Method, name, from, s.clock})
		w.WriteHeader(http.StatusNoContent)
	default:
		maps.Copy(w.Header(), o.header)
		w.Header().Set("Content-Length", strconv.Itoa(len(o.data)))
		if r.Method == http.MethodGet {
			w.Write(o.data)
		}
	}
}

func (s *store) put(w http.ResponseWriter, name string, data []byte, sent http.Header) {
	sum := md5.Sum(data)
	header := http.Header{"Etag": {`"` + hex.EncodeToString(sum[:]) + `"`},
		"Last-Modified": {time.Now().UTC().Format(http.TimeFormat)}}
	for key, values := range sent {
		switch key {
		case "Content-Type", "Content-Encoding", "Cache-Control":
			header[key] = values
		}
		if strings.HasPrefix(key, "X-Amz-Meta-") {
			header[key] = values
		}
	}
	s.objects[name] = object{data, header}
	w.Header().Set("ETag", header.Get("Etag"))
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	xml.NewEncoder(w).EncodeElement(struct{ Code string }{code}, xml.StartElement{Name: xml.Name{Local: "Error"}})
}

// list answers ListObjectsV2. A token is the last name of the page before.
func (s *store) list(w http.ResponseWriter, r *http.Request) {
	type contents struct {
		Key, ETag, LastModified string
		Size                    int
	}
	type folder struct{ Prefix string }
	var answer struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string `xml:",omitempty"`
		Contents              []contents
		CommonPrefixes        []folder
	}
	q := r.URL.Query()
	prefix, delimiter, last := q.Get("prefix"), q.Get("delimiter"), q.Get("continuation-token")
	for _, name := range slices.Sorted(maps.Keys(s.objects)) {
		rest, fits := strings.CutPrefix(name, prefix)
		shown := name
		if first, _, deeper := strings.Cut(rest, delimiter); delimiter != "" && deeper {
			shown = prefix + first + delimiter
		}
		if !fits || shown <= last {
			continue
		}
		if len(answer.Contents)+len(answer.CommonPrefixes) == listed {
			answer.IsTruncated, answer.NextContinuationToken = true, last
			break
		}
		last = shown
		if shown != name {
			answer.CommonPrefixes = append(answer.CommonPrefixes, folder{shown})
			continue
		}
		o := s.objects[name]
		when, _ := http.ParseTime(o.header.Get("Last-Modified"))
		answer.Contents = append(answer.Contents,
			contents{name, o.header.Get("Etag"), when.Format(time.RFC3339), len(o.data)})
	}
	xml.NewEncoder(w).Encode(answer)
}
