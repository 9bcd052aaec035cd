package judges

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"
)

// costs is what the judges took. It is shown when all are done, the dearest
// first, so that one sees where the minutes go.
var costs = struct {
	mu   sync.Mutex
	bill map[string]*cost // by judge, which is a test, its subtests included
}{bill: map[string]*cost{}}

// cost is what one judge took, and how many things of a kind it judged.
type cost struct {
	began  time.Time
	took   time.Duration
	judged map[string]int
	of     map[string]int // where one stands for several
}

// bill has the time from now until the end of a test counted.
func bill(t testing.TB) {
	judge, _, _ := strings.Cut(t.Name(), "/")
	costs.mu.Lock()
	defer costs.mu.Unlock()
	c := costs.bill[judge]
	if c == nil {
		c = &cost{began: time.Now(), judged: map[string]int{}, of: map[string]int{}}
		costs.bill[judge] = c
	}
	t.Cleanup(func() { c.took = time.Since(c.began) })
}

// spent adds a line to the bill for what no judge takes alone.
func spent(on string, took time.Duration) {
	costs.mu.Lock()
	defer costs.mu.Unlock()
	costs.bill[on] = &cost{took: took}
}

// judged notes how many things a test judges.
func judged(t testing.TB, n int, thing string) { note(t, n, n, thing) }

// spared notes how many things a test need not judge, because they are like one
// that it judges.
func spared(t testing.TB, n int, thing string) { note(t, 0, n, thing) }

func note(t testing.TB, n, of int, thing string) {
	bill(t)
	judge, _, _ := strings.Cut(t.Name(), "/")
	costs.mu.Lock()
	defer costs.mu.Unlock()
	costs.bill[judge].judged[thing] += n
	costs.bill[judge].of[thing] += of
}

// showCosts writes a line for each judge.
func showCosts(out io.Writer) {
	order := slices.SortedFunc(maps.Keys(costs.bill), func(a, b string) int {
		return cmp.Or(cmp.Compare(costs.bill[b].took, costs.bill[a].took), strings.Compare(a, b))
	})
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, judge := range order {
		c := costs.bill[judge]
		fmt.Fprintf(w, "%.1f s\t  %s\n", c.took.Seconds(), strings.Join(append([]string{judge}, c.counts()...), ", "))
	}
	w.Flush()
}

func (c *cost) counts() []string {
	var list []string
	for _, thing := range slices.Sorted(maps.Keys(c.judged)) {
		s := plural(c.judged[thing], thing)
		if n := c.of[thing]; n != c.judged[thing] {
			s = fmt.Sprintf("%d of %s", c.judged[thing], plural(n, thing))
		}
		list = append(list, s)
	}
	return list
}

func TestMain(m *testing.M) {
	os.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin") // where Debian has servers
	code := m.Run()
	for _, end := range slices.Backward(endings.list) {
		end()
	}
	showCosts(os.Stdout)
	os.Exit(code)
}

func TestCosts(t *testing.T) {
	t.Run("a part", func(t *testing.T) { judged(t, 2, "page"); spared(t, 3, "page") })
	t.Run("another", func(t *testing.T) { judged(t, 1, "page"); judged(t, 1, "book") })
	if got, want := strings.Join(costs.bill["TestCosts"].counts(), ", "), "1 book, 3 of 6 pages"; got != want {
		t.Errorf("the bill says %q, want %q", got, want)
	}
	delete(costs.bill, "TestCosts")
}
