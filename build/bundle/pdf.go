package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"fieldguide/build/site"
)

// pdfFormat makes of a unit what Chromium prints of its one-file HTML: A4,
// tagged, with an outline and its language set. Its bytes depend on the browser,
// its fonts and the hour, so no promise of identical bytes holds for it.
var pdfFormat = &Format{Name: "pdf", Media: "application/pdf", Moody: true, Make: makePDF, Ready: func() error {
	_, err := browser()
	return err
}}

// browsers are the programs that can print, the first one found is taken.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// printing is how long one PDF may take.
const printing = 2 * time.Minute

// browser returns the program that prints PDFs. The error says what to
// install.
func browser() (string, error) {
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("PDFs are printed by a browser, and none was found: install %s", strings.Join(browsers[:2], " or "))
}

func makePDF(p *Press, u *site.Unit, to io.Writer) (err error) {
	program, err := browser()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "fieldguide-pdf-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in, out := filepath.Join(dir, "in.html"), filepath.Join(dir, "out.pdf")
	page, err := os.OpenFile(in, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(p.oneFile(u, page, true, false), page.Close()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(p.Context, printing)
	defer cancel()
	args := []string{"--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + out}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it refuses to run as root otherwise; the page is ours and has no script
	}
	said, err := exec.CommandContext(ctx, program, append(args, "file://"+filepath.ToSlash(in))...).CombinedOutput()
	switch {
	case p.Context.Err() != nil:
		return context.Cause(p.Context)
	case ctx.Err() != nil:
		return fmt.Errorf("%s did not print within %v; run it again, or leave pdf out of --bundles", program, printing)
	case err != nil:
		return fmt.Errorf("%s could not print: %w: %s", program, err, lastLine(said))
	}
	printed, err := os.Open(out)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, printed)
	return errors.Join(err, printed.Close())
}

func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
