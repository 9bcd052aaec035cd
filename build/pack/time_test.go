package pack

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"
)

var edition = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// The time comes from the edition's day and the bytes, not from the hour or the
// zone, and ZIP and memory cards can hold it.
func TestTime(t *testing.T) {
	early, late := time.Unix(0, 0), time.Date(2107, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, e := range []time.Time{edition, early, late, late.AddDate(100, 0, 0)} {
		for n := range 1000 {
			sum := sha256.Sum256(fmt.Append(nil, n))
			got := Time(e, sum)
			if got != Time(time.Date(e.Year(), e.Month(), e.Day(), 23, 59, 58, 0, time.FixedZone("", -9*3600)), sum) {
				t.Fatalf("of %v: the hour or the zone counts", e)
			}
			if got.Year() < 1980 || got.Year() > 2107 || got.Unix()%2 != 0 || got.Location() != time.UTC {
				t.Fatalf("of %v: %v cannot be written", e, got)
			}
			if e.Equal(edition) && (got.Year() != 2026 || got.Month() != time.November) {
				t.Fatalf("%v is not in the month of the edition", got)
			}
		}
	}
}

// Texts that differ in a digit have times of their own.
func TestTimeMovesWithTheBytes(t *testing.T) {
	times := map[time.Time]bool{}
	for n := range 1000 {
		times[Time(edition, sha256.Sum256(fmt.Appendf(nil, "call %04d", n)))] = true
	}
	if len(times) < 998 { // 1,000 of a million: one or two pairs can be
		t.Errorf("1000 texts have %d times", len(times))
	}
}
