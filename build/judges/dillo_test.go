package judges

import (
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Dillo 3.0 knows little of CSS 2.1 and no element that came later, main, details
// and svg among them. Its window has nothing but the page. It is served its pages:
// for files it starts a server of its own, which stays.

// TestDillo shows pages to Dillo, which does not shape Arabic, on both screens.
func TestDillo(t *testing.T) {
	need(t, "dillo")
	need(t, "Xvfb")
	g := the(t)
	pages := g.oldPages(t, g.Source.Code, "zh")
	start := time.Now()
	for _, width := range []int{screenWidth, tinyWidth} {
		judged(t, len(pages), "page")
		g.inDillo(t, width)(collect(t), g.asIs(pages))
	}
	t.Logf("Dillo took %.1f s for %s on two screens", time.Since(start).Seconds(), plural(len(pages), "page"))
}

func TestDilloSees(t *testing.T) {
	need(t, "dillo")
	need(t, "Xvfb")
	refuses(t, "Dillo", the(t).inDillo(t, screenWidth))
}

// inDillo returns a judge of what Dillo paints on a screen of a width.
func (g *guide) inDillo(t *testing.T, width int) func(c *complaints, list []variant) {
	return func(c *complaints, list []variant) {
		t.Helper()
		seen := g.today(t, list)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, v := range list {
				if r.URL.Path != v.file {
					continue
				}
				data, err := os.ReadFile(v.file)
				if err != nil {
					t.Error(err)
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Write(data)
			}
		}))
		defer server.Close()
		show := func(file string) *exec.Cmd {
			return exec.Command("dillo", "-f", "-g", fmt.Sprintf("%dx%d+0+0", width, paintHeight), server.URL+file)
		}
		eachPainted(t, c, list, width, false, show, func(v variant, picture *image.RGBA) {
			p := painting{picture, seen[v.name]}
			complain := func(rule, place string) { c.add(fmt.Sprintf("%s (%d px)", v.name, width), rule, place) }
			p.judgeWords(0, complain)
			if y := p.cutAt(width-1, 0); y >= 0 {
				complain("something is cut off at the right edge", fmt.Sprintf("%d px down", y))
			}
			if helpLink(v.root) == nil {
				return
			}
			// The skip link, which has the same colour, is always seen.
			if help := p.block(p.block(0, 10), 10); help < 0 || help > screenHeight {
				complain("no way to help on the first screen", fmt.Sprintf("it ends at %d px", help))
			}
		})
	}
}
