package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fieldguide/build/site"
)

// A PDF is the one-file HTML of a unit as Chromium prints it: A4, tagged, with
// an outline and its language set. Its bytes depend on the browser, its fonts
// and the hour, so PDF is not among Formats and no promise of identical bytes
// holds for it.

// browsers are the programs that can print, the first one found is taken.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// printing is how long one PDF may take.
const printing = 2 * time.Minute

// Browser returns the program that prints PDFs. The error says what to
// install.
func Browser() (string, error) {
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("PDFs are printed by a browser, and none was found: install %s", strings.Join(browsers[:2], " or "))
}

func (p *press) pdf(u *site.Unit) (data []byte, err error) {
	page, err := p.html(u)
	if err != nil {
		return nil, err
	}
	browser, err := Browser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "fieldguide-pdf-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// The file of a moment needs no policy, and its paper is A4.
	page = bytes.Replace(policy.ReplaceAll(page, nil), []byte("</style>"), []byte("@page{size:A4}</style>"), 1)
	in, out := filepath.Join(dir, "in.html"), filepath.Join(dir, "out.pdf")
	if err := os.WriteFile(in, page, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), printing)
	defer cancel()
	args := []string{"--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + out}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it refuses to run as root otherwise; the page is ours and has no script
	}
	if said, err := exec.CommandContext(ctx, browser, append(args, "file://"+filepath.ToSlash(in))...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s could not print: %w: %s", browser, err, lastLine(said))
	}
	return os.ReadFile(out)
}

func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
