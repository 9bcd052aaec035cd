package cache

import "encoding/binary"

// Encoder writes values one after the other: numbers as unsigned varints, texts
// and lists with their length before them. Its zero value is empty.
type Encoder struct{ Data []byte }

// Int writes a number that is not negative.
func (e *Encoder) Int(n int) { e.Data = binary.AppendUvarint(e.Data, uint64(n)) }

// Byte writes a byte.
func (e *Encoder) Byte(b byte) { e.Data = append(e.Data, b) }

// Bool writes a truth.
func (e *Encoder) Bool(b bool) {
	if b {
		e.Byte(1)
	} else {
		e.Byte(0)
	}
}

// Text writes a text.
func (e *Encoder) Text(s string) {
	e.Int(len(s))
	e.Data = append(e.Data, s...)
}

// Bytes writes bytes, as Text does.
func (e *Encoder) Bytes(b []byte) {
	e.Int(len(b))
	e.Data = append(e.Data, b...)
}

// Fixed writes bytes without their length.
func (e *Encoder) Fixed(b []byte) { e.Data = append(e.Data, b...) }

// Int64 writes a number in eight bytes.
func (e *Encoder) Int64(n int64) { e.Data = binary.LittleEndian.AppendUint64(e.Data, uint64(n)) }

// Texts writes a list of texts.
func (e *Encoder) Texts(list []string) {
	e.Int(len(list))
	for _, s := range list {
		e.Text(s)
	}
}

// Decoder reads what an Encoder wrote. Whatever the bytes are, it ends, takes no
// more memory than they are large, and says Bad when they are none of an Encoder's
// in that order; values are then zero.
type Decoder struct {
	Data []byte // what is left
	Bad  bool
}

// Int reads a number.
func (d *Decoder) Int() int {
	n, size := binary.Uvarint(d.Data)
	if size <= 0 || n > 1<<40 {
		d.Bad, d.Data = true, nil
		return 0
	}
	d.Data = d.Data[size:]
	return int(n)
}

// Count reads the length of a list, each of whose parts takes at least a byte.
func (d *Decoder) Count() int {
	n := d.Int()
	if n > len(d.Data) {
		d.Bad, d.Data = true, nil
		return 0
	}
	return n
}

// Byte reads a byte.
func (d *Decoder) Byte() byte {
	if len(d.Data) == 0 {
		d.Bad = true
		return 0
	}
	b := d.Data[0]
	d.Data = d.Data[1:]
	return b
}

// Bool reads a truth.
func (d *Decoder) Bool() bool { return d.Byte() != 0 }

// Text reads a text.
func (d *Decoder) Text() string { return string(d.Bytes()) }

// Bytes reads bytes. They are a part of Data.
func (d *Decoder) Bytes() []byte {
	n := d.Count()
	b := d.Data[:n:n]
	d.Data = d.Data[n:]
	return b
}

// Fixed reads so many bytes, which stand there without their length.
func (d *Decoder) Fixed(n int) []byte {
	if n > len(d.Data) {
		d.Bad, d.Data = true, nil
		return nil
	}
	b := d.Data[:n:n]
	d.Data = d.Data[n:]
	return b
}

// Int64 reads eight bytes.
func (d *Decoder) Int64() int64 {
	if b := d.Fixed(8); b != nil {
		return int64(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// Texts reads a list of texts.
func (d *Decoder) Texts() []string {
	var list []string
	for range d.Count() {
		list = append(list, d.Text())
	}
	return list
}

// Done reports whether all was read and nothing was bad.
func (d *Decoder) Done() bool { return !d.Bad && len(d.Data) == 0 }
