package judges

import (
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
)

// Dillo 3.0 knows little of CSS 2.1 and no element that came later, main, details
// and svg among them. Its window has nothing but the page. It is served its pages:
// for files it starts a server of its own, which stays.

// TestDillo shows pages to Dillo, which does not shape Arabic.
func TestDillo(t *testing.T) {
	need(t, "dillo")
	need(t, "Xvfb")
	g := the(t)
	pages := g.oldPages(t, g.Source.Code, "zh")
	judged(t, len(pages), "page")
	g.inDillo(t)(collect(t), g.asIs(pages))
}

func TestDilloSees(t *testing.T) {
	need(t, "dillo")
	need(t, "Xvfb")
	refuses(t, "Dillo", the(t).inDillo(t))
}

// inDillo returns a judge of what Dillo paints.
func (g *guide) inDillo(t *testing.T) func(c *complaints, list []variant) {
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
			return exec.Command("dillo", "-f", "-g", fmt.Sprintf("%dx%d+0+0", screenWidth, paintHeight), server.URL+file)
		}
		eachPainted(t, c, list, screenWidth, false, show, func(v variant, picture *image.RGBA) {
			p := painting{picture, seen[v.name]}
			complain := func(rule, place string) { c.add(v.name, rule, place) }
			const bar = 20 // at the end of a screen that scrolls sideways
			if y := p.cutAt(0, paintHeight-bar); p.Rect.Dy() == paintHeight && y >= 0 {
				complain("the page scrolls sideways", "")
				return
			}
			p.judgeWords(0, complain)
			if y := p.cutAt(screenWidth-1, 0); y >= 0 {
				complain("something is cut off at the right edge", fmt.Sprintf("%d px down", y))
			}
		})
	}
}
