package judges

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience is how long one page may keep a test busy.
const patience = time.Minute

// chromium is the browser that has no window. It shows pages as Chromium does,
// in half the time: nothing else is to be drawn.
const chromium = "chromium-headless-shell"

// browser is one Chromium for all tests, with a profile of its own.
var browser = sync.OnceValues(func() (context.Context, error) {
	profile, err := os.MkdirTemp("", "judges-chromium")
	if err != nil {
		return nil, err
	}
	atEnd(func() { os.RemoveAll(profile) })
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("site-per-process", true), // as with a window: TestSandbox wants frames that stand alone
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	atEnd(func() {
		soon, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		chromedp.Cancel(soon)
		stop()
	})
	return ctx, chromedp.Do(ctx)
})

// tab opens a tab for the test.
func tab(t *testing.T) context.Context {
	t.Helper()
	need(t, chromium)
	ctx, err := browser()
	if err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	ctx, shut := chromedp.NewContext(ctx)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	return ctx
}

// visit is what a test does with one page in one tab.
type visit func(ctx context.Context, p *page) error

// eachPage visits pages in as many tabs as there are cores, in two at least.
func eachPage(t *testing.T, pages []*page, v visit) {
	t.Helper()
	eachTab(t, pages, func(context.Context) (visit, error) { return v, nil })
}

// eachTab is eachPage with a visit of its own for each tab.
func eachTab(t *testing.T, pages []*page, prepare func(ctx context.Context) (visit, error)) {
	t.Helper()
	judged(t, len(pages), "page")
	c := collect(t)
	work := make(chan *page, len(pages))
	for _, p := range pages {
		work <- p
	}
	close(work)
	var tabs sync.WaitGroup
	for range min(len(pages), max(2, runtime.GOMAXPROCS(0))) {
		ctx := tab(t)
		visit, err := prepare(ctx)
		if err != nil {
			t.Fatalf("preparing a tab: %v", err)
		}
		tabs.Go(func() {
			for p := range work {
				soon, cancel := context.WithTimeout(ctx, patience)
				if err := visit(soon, p); err != nil {
					c.add(p.name, "the browser failed", err.Error())
				}
				cancel()
			}
		})
	}
	tabs.Wait()
}

// look says how the browser shows a page.
type look struct {
	width int64
	dark  bool
}

func (l look) String() string {
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	return fmt.Sprintf("%s, %d px", scheme, l.width)
}

// wear makes a tab show pages so. Scroll bars take no room, as on a phone.
func (l look) wear(ctx context.Context) error {
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	if _, err := chromedp.Call(ctx, emulation.SetScrollbarsHidden, emulation.SetScrollbarsHiddenParams{Hidden: true}); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	}); err != nil {
		return err
	}
	return widen(ctx, l.width)
}

// widen changes how wide the screen is, and nothing else.
func widen(ctx context.Context, width int64) error {
	screen := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1}
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, screen)
	return err
}

// ask evaluates a JavaScript expression, a promise's too, and returns its
// value.
func ask[T any](ctx context.Context, expression string) (T, error) {
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}
