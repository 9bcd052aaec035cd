// Package fault says in words for people what a machine failed at.
//
// The standard library speaks to programmers: "open x.key: no such file or directory",
// "json: cannot unmarshal array into Go value of type …". Words keeps what we wrote round
// such an error and says the error itself again: what is not there, who does not answer.
package fault

import (
	"cmp"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Words returns what err says, with the errors of the system, the network and package json that it wraps in words.
// What it does not know stays as it is.
func Words(err error) string {
	said := err.Error()
	walk(err, func(part error) bool {
		words := inWords(part)
		if words == "" {
			return false
		}
		said = strings.Replace(said, part.Error(), words, 1)
		if file := (*fs.PathError)(nil); errors.As(part, &file) { // which those who read it have named already
			name := path.Clean(file.Path)
			said = strings.Replace(said, name+": "+name+": ", name+": ", 1)
		}
		return true
	})
	return said
}

// walk calls known for err and what it wraps, from the outside in, and goes no further where it reports true.
func walk(err error, known func(error) bool) {
	if err == nil || known(err) {
		return
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		walk(e.Unwrap(), known)
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			walk(part, known)
		}
	}
}

// inWords returns the words for one error as it stands, "" when there are none.
func inWords(err error) string {
	switch e := err.(type) {
	case *fs.PathError:
		return ofFile(e.Op, e.Path, e.Err)
	case *os.LinkError:
		if _, err := os.Lstat(e.Old); errors.Is(err, fs.ErrNotExist) {
			return ofFile(e.Op, e.Old, e.Err)
		}
		return ofFile(e.Op, e.New, e.Err)
	case *url.Error:
		if words := ofNetwork(e.Err); words != "" {
			return words
		}
		return e.URL + ": " + Words(e.Err)
	case *net.OpError:
		return ofNetwork(e)
	case *json.SyntaxError:
		if strings.HasPrefix(e.Error(), "unexpected end") {
			return "it is JSON that ends too early"
		}
		return fmt.Sprintf("it is no JSON from byte %d on", e.Offset)
	case *json.UnmarshalTypeError:
		if e.Field == "" {
			return fmt.Sprintf("another thing stands there, of kind %s", e.Value)
		}
		return fmt.Sprintf("%s cannot be of kind %s", e.Field, e.Value)
	case hex.InvalidByteError:
		return "a sign stands among its digits of hexadecimal that is none"
	case *time.ParseError:
		return fmt.Sprintf("%q is no time such as 2026-11-28T10:00:00Z", e.Value)
	case syscall.Errno:
		if words := ofSystem(e); words != "" {
			return words
		}
	}
	switch name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); {
	case unknown:
		return "nobody knows " + name + " there"
	case err == io.ErrUnexpectedEOF:
		return "it ends too early"
	case err == fs.ErrNotExist:
		return "there is no such file"
	}
	return ""
}

// ofFile returns what failed with a file or folder.
func ofFile(op, name string, err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		// A name in a rooted folder cannot be looked for from here.
		for up := filepath.Dir(name); !strings.HasSuffix(op, "at") && up != filepath.Dir(up); up = filepath.Dir(up) {
			if _, err := os.Stat(up); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			if _, err := os.Stat(filepath.Dir(up)); err == nil {
				return "there is no folder " + up
			}
		}
		return "there is no file or folder " + name
	}
	name = path.Clean(filepath.ToSlash(name))
	return name + ": " + cmp.Or(ofSystem(err), Words(err))
}

// ofSystem returns what the system refuses, "" for what is not known here.
func ofSystem(err error) string {
	for _, is := range []struct {
		err  error
		said string
	}{
		{fs.ErrPermission, "you are not permitted to do so"},
		{fs.ErrExist, "it is there already"},
		{fs.ErrNotExist, "it is not there"},
		{syscall.EISDIR, "it is a folder; a file is wanted"},
		{syscall.ENOTDIR, "a file stands where a folder is wanted"},
		{syscall.ENOSPC, "the disk is full"},
		{syscall.EROFS, "the disk can only be read"},
		{syscall.ENAMETOOLONG, "the name is too long"},
		{syscall.ELOOP, "its links go in a circle"},
		{syscall.EMFILE, "too many files are open; raise the limit of your system (ulimit -n)"},
	} {
		if errors.Is(err, is.err) {
			return is.said
		}
	}
	return ""
}

// ofNetwork returns why nobody could be asked, "" for what is not known here.
func ofNetwork(err error) string {
	at := "the server"
	if op := (*net.OpError)(nil); errors.As(err, &op) && op.Addr != nil {
		at = op.Addr.String()
	}
	var name *net.DNSError
	var timeout net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no server called " + name.Name + ", or this computer is not connected"
	case errors.As(err, &name):
		return "nobody tells where the server " + name.Name + " is; look whether this computer is connected"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "no server answers at " + at
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF):
		return at + " ended the connection before it had answered"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "no way leads to " + at + "; look whether this computer is connected"
	case errors.As(err, &certificate):
		return fmt.Sprintf("the server cannot prove who it is: %v", certificate.Err)
	case errors.As(err, &timeout) && timeout.Timeout():
		return at + " does not answer in time"
	}
	return ""
}
