package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// nginxConf shows the folder mirrors as Debian's nginx would.
const nginxConf = `daemon off; master_process off; error_log stderr; pid pid; events {}
http { access_log off; types { text/html html; application/json json; }
client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
server { listen %s; root %s; } }
`

// TestMirrors runs the scripts of releases and their mirrors, behind a real server.
func TestMirrors(t *testing.T) {
	t.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin") // where Debian has servers
	for _, tool := range []string{"nginx", "rsync"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/mirrors",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			address, port, err := freeAddresses()
			if err != nil {
				return err
			}
			e.Setenv("MIRRORS", "http://"+address)
			e.Setenv("ADDRESS", address)
			e.Setenv("PORT", port)
			e.Setenv("REPOSITORY", repository)
			for _, name := range []string{"mirror-update", "mirror-fetch", "mirror-sums", "refresh"} {
				script, err := os.ReadFile("../../build/mirror/" + name)
				if err == nil {
					err = os.WriteFile(filepath.Join(e.WorkDir, name), script, 0o777)
				}
				if err != nil {
					return err
				}
			}
			conf := fmt.Sprintf(nginxConf, address, filepath.Join(e.WorkDir, "mirrors"))
			if err := os.WriteFile(filepath.Join(e.WorkDir, "nginx.conf"), []byte(conf), 0o666); err != nil {
				return err
			}
			return laySite(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"listening": listening, "recipe": recipe,
		},
	})
}

// freeAddresses returns an address and the port of another one where nobody listens.
func freeAddresses() (address, port string, err error) {
	for _, to := range []*string{&address, &port} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", "", err
		}
		defer l.Close()
		*to = l.Addr().String()
	}
	_, port, err = net.SplitHostPort(port)
	return address, port, err
}

// listening waits for a server: listening ADDRESS.
func listening(ts *testscript.TestScript, _ bool, args []string) {
	for range 600 {
		if c, err := net.Dial("tcp", args[0]); err == nil {
			c.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("nobody answers at %s", args[0])
}

// recipe runs the commands that a part of build/mirror/README.md shows, in the folder
// here, with /etc in the folder of the test: recipe PART HOW-MANY.
func recipe(ts *testscript.TestScript, _ bool, args []string) {
	readme := ts.ReadFile(filepath.Join(ts.Getenv("REPOSITORY"), "build/mirror/README.md"))
	_, part, _ := strings.Cut(readme, "\n## "+args[0]+"\n")
	part, _, _ = strings.Cut(part, "\n## ")
	lines := regexp.MustCompile(`(?m)^ {4}\S.*$`).FindAllString(part, -1)
	if strconv.Itoa(len(lines)) != args[1] {
		ts.Fatalf("%q shows %d commands, want %s", args[0], len(lines), args[1])
	}
	ts.Check(ts.Chdir("here"))
	for _, line := range lines {
		line = strings.ReplaceAll(line, "/etc/", ts.Getenv("WORK")+"/etc/")
		ts.Logf("%s", line)
		ts.Check(ts.Exec("sh", "-e", "-c", line))
	}
	ts.Check(ts.Chdir(".."))
}
