package judges

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// Slow 2G is a phone at the edge of the network: 50 kbit/s and two seconds there
// and back; its processor is six times slower than ours. The first words of a
// page are to be seen there within 2.8 seconds. How long that takes here
// depends on what else this computer does, so seconds are counted, not measured:
// two for the page's one request (see TestRequests), the bytes that must come
// before words are seen, and the time that the processor gives the browser's
// work, which stands still while others have it.
const (
	latency    = 2 * time.Second
	throughput = 50_000 / 8 // bytes a second
	slower     = 6          // times
	firstWords = 2800 * time.Millisecond
	beginning  = 3000 // bytes that must be enough to show words
)

// painted is when the first words were seen.
const painted = `new Promise(done => new PerformanceObserver((list, o) => {
	for (const e of list.getEntriesByName("first-contentful-paint")) { o.disconnect(); done(e.startTime) }
}).observe({type: "paint", buffered: true}))`

// The beginning of a page is enough to show its first words, and soon. The best
// of five counts: a busy processor forgets what it had at hand.
func TestPaint(t *testing.T) {
	g, c := the(t), collect(t)
	const network = latency + beginning*time.Second/throughput
	longest := time.Duration(0)
	eachPage(t, g.sample(g.Source.Code, "ar"), func(ctx context.Context, p *page) error {
		data, best := gzipped(p.data), firstWords
		for range 5 {
			work, err := paint(ctx, data[:min(len(data), beginning)], len(data))
			if err != nil {
				return err
			}
			if best = min(best, network+slower*work); best < firstWords {
				break
			}
		}
		if longest = max(longest, best); best >= firstWords {
			c.add(p.name, "the first words come late", best.String())
		}
		return nil
	})
	t.Logf("the first words are seen after %v at most", longest)
}

// Words behind too many bytes are not seen, and neither is much work on them
// free.
func TestPaintSees(t *testing.T) {
	ctx := tab(t)
	soon, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if _, err := paint(soon, gzipped([]byte("<title>a</title><style></style><body>")), 1e6); soon.Err() == nil {
		t.Errorf("a page without words shows some: %v", err)
	}
	heavy := gzipped([]byte("<title>a</title>" + strings.Repeat("<table><td>", 300) + strings.Repeat("<p>words", 20_000)))
	if work, err := paint(tab(t), heavy, len(heavy)); err != nil || slower*work < firstWords-latency {
		t.Errorf("of a page with much work the judge says %v: %v", work, err)
	}
}

// paint shows the beginning of a compressed page, of which nothing more comes,
// and returns how long the browser worked until it showed words.
func paint(ctx context.Context, data []byte, whole int) (time.Duration, error) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(whole))
		w.Write(data)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	defer server.CloseClientConnections()
	if err := (look{width: 320}).wear(ctx); err != nil {
		return 0, err
	}
	if _, err := chromedp.Call(ctx, performance.Disable, cdp.Empty{}); err != nil {
		return 0, err
	}
	ticks := performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}
	if _, err := chromedp.Call(ctx, performance.Enable, ticks); err != nil {
		return 0, err
	}
	if _, err := chromedp.Call(ctx, devtools.Navigate, devtools.NavigateParams{URL: server.URL}); err != nil {
		return 0, err
	}
	if _, err := ask[float64](ctx, painted); err != nil {
		return 0, err
	}
	metrics, err := chromedp.Call(ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	for _, m := range metrics.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second)), nil
		}
	}
	return 0, errors.New("the browser does not say how long it worked")
}
