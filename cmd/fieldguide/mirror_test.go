package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
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
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/mirrors",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("MIRRORS", "http://"+address)
			for _, name := range []string{"mirror-update", "refresh"} {
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
			"listening": func(ts *testscript.TestScript, _ bool, _ []string) { // waits for the server
				for range 600 {
					if c, err := net.Dial("tcp", address); err == nil {
						c.Close()
						return
					}
					time.Sleep(50 * time.Millisecond)
				}
				ts.Fatalf("nginx does not answer")
			},
		},
	})
}
