package pack

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Clock says the time of a file of an archive, by its name and the SHA-256 of its
// bytes.
type Clock func(name string, sum [sha256.Size]byte) time.Time

// Edition returns the Clock by which files have their Time in an edition.
func Edition(day time.Time) Clock {
	return func(_ string, sum [sha256.Size]byte) time.Time { return Time(day, sum) }
}

// Step is the finest difference that ZIP and FAT32, the file system of memory
// cards, can tell.
const Step = 2 * time.Second

// ZIP can write the times of 24 days that begin with one of these or between.
var first, last = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2107, 12, 1, 0, 0, 0, 0, time.UTC)

// Time returns the time of a file of an edition that has bytes with this sum,
// in the folder and in archives alike. The edition is a day.
//
// It comes from the bytes because it must move whenever they do, and nobody
// else can move it: rsync, servers and browsers take a file of the same size
// and time for the same, so that after one digit of a phone number was mended
// they would go on with the old one. A build on a fresh checkout knows no
// former release and must give the same times as any other. So 20 bits of the
// sum count steps from the edition's day, for 24 days: two versions of a file
// have the same time once in a million. What such times cannot do is rise from
// one version to the next, so who takes only what is newer (unzip -u) would miss
// half of what changed: where the former release is known, see package release.
func Time(edition time.Time, sum [sha256.Size]byte) time.Time {
	day := time.Date(edition.Year(), edition.Month(), edition.Day(), 0, 0, 0, 0, time.UTC)
	if day.Before(first) {
		day = first
	} else if day.After(last) {
		day = last
	}
	return day.Add(Step * time.Duration(binary.BigEndian.Uint32(sum[:])>>12))
}
