package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
)

// pack is a file of entries, one after the other, with the list of them at its
// end. It is written once.
//
//	entry   seal, then the bytes, compressed
//	list    of each entry: key, where it begins, how long it is; in the order of keys
//	end     how many entries, the hash of the list
type pack struct {
	name string
	file *os.File
	size int64
	at   map[Key]span // while it is written
	most int64        // bytes that it may take
	list []byte       // once it is: as in the file
	lost map[Key]bool // entries that are damaged
	used bool
	time time.Time // when it was used last, to a day
}

type span struct{ at, size int64 }

const (
	ending   = ".pack"
	sealed   = sha256.Size
	listed   = sha256.Size + 16
	endSize  = 8 + sha256.Size
	mostOpen = 24 // packs; more are made one
)

// seal is the hash that an entry carries: of its bytes under its key, so that
// one that was moved or copied is not taken for another.
func seal(key Key, data []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write(data)
	return [sha256.Size]byte(h.Sum(nil))
}

// ours are the names of packs, and of those that are being written.
var ours = regexp.MustCompile(`^[0-9a-f]{16}\.(pack|part)$`)

// find opens the packs of the folder, the one used last first.
func (s *Store) find() (packs []*pack) {
	dir, err := s.root.Open(".")
	if err != nil {
		return nil
	}
	defer dir.Close()
	entries, _ := dir.ReadDir(-1)
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !info.Mode().IsRegular() || !ours.MatchString(e.Name()):
		case strings.HasSuffix(e.Name(), ending):
			if p := s.open(e.Name()); p != nil {
				p.time = info.ModTime()
				packs = append(packs, p)
			} else {
				s.root.Remove(e.Name()) // damaged
			}
		case time.Since(info.ModTime()) > day:
			s.root.Remove(e.Name()) // of a process that was killed
		}
	}
	slices.SortFunc(packs, lastUsed)
	return packs
}

func lastUsed(a, b *pack) int { return b.time.Compare(a.time) }

// open opens a pack and reads its list, nil when it is none.
func (s *Store) open(name string) *pack {
	f, err := s.root.Open(name)
	if err != nil {
		return nil
	}
	p := &pack{name: name, file: f}
	if !p.readList() {
		f.Close()
		return nil
	}
	return p
}

func (p *pack) readList() bool {
	size, err := p.file.Seek(0, io.SeekEnd)
	if err != nil || size < endSize {
		return false
	}
	end := make([]byte, endSize)
	if _, err := p.file.ReadAt(end, size-endSize); err != nil {
		return false
	}
	n := binary.LittleEndian.Uint64(end)
	if n > uint64(size)/listed {
		return false
	}
	list := make([]byte, n*listed)
	begin := size - endSize - int64(len(list))
	if begin < 0 {
		return false
	}
	if _, err := p.file.ReadAt(list, begin); err != nil || sha256.Sum256(list) != [sha256.Size]byte(end[8:]) {
		return false
	}
	p.size, p.list = size, list
	return true
}

// find returns where an entry is, and whether it is there.
func (p *pack) find(key Key) (e span, known bool) {
	if p.at != nil {
		e, known = p.at[key]
		return e, known
	}
	n := len(p.list) / listed
	i := sort.Search(n, func(i int) bool { return bytes.Compare(p.list[i*listed:i*listed+len(key)], key[:]) >= 0 })
	if i == n || p.lost[key] {
		return e, false
	}
	at, e := p.entry(i)
	return e, at == key && e.at >= 0 && e.size >= sealed && e.size <= p.size-e.at
}

// entry returns the i-th line of the list.
func (p *pack) entry(i int) (Key, span) {
	d := Decoder{Data: p.list[i*listed:]}
	return Key(d.Fixed(sha256.Size)), span{d.Int64(), d.Int64()}
}

// lose forgets an entry that is damaged.
func (p *pack) lose(key Key) {
	delete(p.at, key)
	if p.lost == nil {
		p.lost = map[Key]bool{}
	}
	p.lost[key] = true
}

// read returns the bytes of an entry, and whether they are as they were put.
func (p *pack) read(key Key, at span) ([]byte, bool) {
	kept := make([]byte, at.size)
	if _, err := p.file.ReadAt(kept, at.at); err != nil {
		return nil, false
	}
	sum := seal(key, kept[sealed:])
	if !bytes.Equal(kept[:sealed], sum[:]) {
		return nil, false
	}
	return unpack(kept[sealed:])
}

// begin begins a pack, nil when the disk refuses.
func (s *Store) begin() *pack {
	name := hex.EncodeToString(randomly(make([]byte, 8)))
	f, err := s.root.OpenFile(name+".part", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil
	}
	return &pack{name: name, file: f, at: map[Key]span{}, most: s.most, time: time.Now()}
}

// write adds an entry with its seal. One that is there already, for which there is no
// room or that the disk does not take is not kept.
func (p *pack) write(key Key, entry []byte) {
	if _, known := p.at[key]; known || p.size+int64(len(entry)+listed*(len(p.at)+1)+endSize) > p.most {
		return
	}
	if _, err := p.file.WriteAt(entry, p.size); err != nil {
		return
	}
	p.at[key] = span{p.size, int64(len(entry))}
	p.size += int64(len(entry))
}

// place ends a pack that was written and puts it in place.
func (s *Store) place(p *pack) {
	var list Encoder
	for _, key := range slices.SortedFunc(maps.Keys(p.at), func(a, b Key) int { return bytes.Compare(a[:], b[:]) }) {
		list.Fixed(key[:])
		list.Int64(p.at[key].at)
		list.Int64(p.at[key].size)
	}
	n := len(list.Data)
	sum := sha256.Sum256(list.Data)
	list.Int64(int64(len(p.at)))
	list.Fixed(sum[:])
	_, err := p.file.WriteAt(list.Data, p.size)
	p.size += int64(len(list.Data))
	p.at, p.list = nil, list.Data[:n]
	part := p.name + ".part"
	if p.name += ending; err != nil || s.root.Rename(part, p.name) != nil {
		s.root.Remove(part)
		p.size = 0
	}
}

// day is how precisely it is known when a pack was used last.
const day = 24 * time.Hour

// tidy puts what was kept in place, notes what was used, makes one of many packs,
// and takes out those that were not used for longest.
func (s *Store) tidy() {
	if s.own != nil {
		s.place(s.own)
		s.packs = slices.Insert(s.packs, 0, s.own)
	}
	for _, p := range s.packs {
		if now := time.Now(); p.used && now.Sub(p.time) > day {
			s.root.Chtimes(p.name, now, now)
			p.time = now
		}
	}
	slices.SortStableFunc(s.packs, lastUsed)
	s.join()
	var all int64
	for _, p := range s.packs {
		if all += p.size; all > s.most {
			s.root.Remove(p.name)
		}
		p.file.Close()
	}
}

// join makes the smaller packs one when there are many. An entry that two of them
// hold stays once.
func (s *Store) join() {
	if len(s.packs) <= mostOpen {
		return
	}
	small := slices.SortedFunc(slices.Values(s.packs), func(a, b *pack) int { return int(a.size - b.size) })
	small = small[:len(small)-mostOpen/4]
	one := s.begin()
	if one == nil {
		return
	}
	for _, p := range s.packs { // the newest first
		if !slices.Contains(small, p) {
			continue
		}
		for i := range len(p.list) / listed {
			key, _ := p.entry(i)
			e, known := p.find(key)
			if !known {
				continue
			}
			entry := make([]byte, e.size)
			if _, err := p.file.ReadAt(entry, e.at); err == nil {
				one.write(key, entry)
			}
		}
	}
	s.place(one)
	if one.size == 0 {
		return
	}
	for _, p := range small {
		s.root.Remove(p.name)
		p.file.Close()
	}
	s.packs = slices.DeleteFunc(s.packs, func(p *pack) bool { return slices.Contains(small, p) })
	s.packs = slices.Insert(s.packs, 0, one)
}
