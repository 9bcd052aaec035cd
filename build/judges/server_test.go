package judges

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// server is a program that shows a folder, with the snippet that operators get.
type server struct {
	name, program string
	snippet       string // in build/mirror/
	// settle makes of the snippet, which shows root at an address, the settings of a
	// program of its own in a folder.
	settle func(snippet, address, own string) string
	args   []string // with OWN for the folder
	br     bool     // it sends Brotli
}

// settings is what the file is called that settle makes.
const settings = "settings"

var servers = []server{
	{"nginx", "nginx", "nginx.conf", func(snippet, address, own string) string {
		load := ""
		if strings.Contains(snippet, "brotli_static on") {
			load = "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;\n"
		}
		return load + "daemon off; master_process off; error_log stderr; pid pid; events {}\n" +
			"http { access_log off; client_body_temp_path b; proxy_temp_path p;\n" +
			"fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;\n" +
			strings.NewReplacer("listen 80", "listen "+address, "mime.types", "/etc/nginx/mime.types").Replace(snippet) + "}\n"
	}, []string{"-p", "OWN", "-e", "stderr", "-c", settings}, true},
	{"Apache", "apache2", "apache.conf", func(snippet, address, own string) string {
		var load strings.Builder
		for _, module := range []string{"mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "filter", "deflate", "setenvif"} {
			fmt.Fprintf(&load, "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", module, module)
		}
		return load.String() + fmt.Sprintf("Listen %s\nServerName localhost\nPidFile %s/pid\nErrorLog %s/errors\n"+
			"TypesConfig /etc/mime.types\nUser www-data\nGroup www-data\n", address, own, own) +
			strings.Replace(snippet, "*:80", address, 1)
	}, []string{"-X", "-f", "OWN/" + settings}, true},
	{"Caddy", "caddy", "Caddyfile", func(snippet, address, own string) string {
		return "{\n\tadmin off\n\tauto_https off\n\tstorage file_system " + own + "\n}\n" +
			strings.Replace(snippet, "\nguide.example.org {", "\nhttp://"+address+" {", 1)
	}, []string{"run", "--adapter", "caddyfile", "--config", "OWN/" + settings}, true},
	{"lighttpd", "lighttpd", "lighttpd.conf", func(snippet, address, own string) string {
		_, port, _ := net.SplitHostPort(address)
		return strings.NewReplacer("server.port = 80", "server.bind = \"127.0.0.1\"\nserver.port = "+port,
			"/var/cache/lighttpd/guide", own+"/cache").Replace(snippet)
	}, []string{"-D", "-f", "OWN/" + settings}, true},
}

// start shows a folder as a mirror would, until the test ends, and returns its
// address.
func (s server) start(t *testing.T, dir string) string {
	t.Helper()
	snippet, err := os.ReadFile("../mirror/" + s.snippet)
	if err != nil {
		t.Fatal(err)
	}
	return s.run(t, strings.ReplaceAll(string(snippet), "/srv/mirror/current", dir))
}

// run starts the server with a snippet.
func (s server) run(t *testing.T, snippet string) string {
	t.Helper()
	need(t, s.program)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	own := t.TempDir()
	if err := os.WriteFile(filepath.Join(own, settings), []byte(s.settle(snippet, address, own)), 0o666); err != nil {
		t.Fatal(err)
	}
	args := make([]string, len(s.args))
	for i, arg := range s.args {
		args[i] = strings.ReplaceAll(arg, "OWN", own)
	}
	var said bytes.Buffer
	cmd := exec.Command(s.program, args...)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), "HOME="+own, "XDG_CONFIG_HOME="+own, "XDG_DATA_HOME="+own)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan bool)
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			cmd.Process.Kill()
			<-ended
		}
		if t.Failed() {
			t.Logf("%s said: %s", s.name, &said)
		}
	})
	for range 1200 { // a minute
		select {
		case <-ended:
			t.Fatalf("%s ended: %s", s.name, &said)
		default:
		}
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address + "/"
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer", s.name)
	return ""
}

// plains are settings that do nothing but show a folder.
var plains = map[string]string{
	"nginx":    "server { listen 80; root %s; }",
	"Apache":   "<VirtualHost *:80>\nDocumentRoot %[1]s\n<Directory %[1]s>\nRequire all granted\n</Directory>\n</VirtualHost>\n",
	"Caddy":    "\nguide.example.org {\nroot * %s\nfile_server\n}\n",
	"lighttpd": "server.port = 80\nserver.document-root = \"%s\"\nmimetype.assign = (\".html\" => \"text/html\")\n",
}

// plain shows a folder as the program does without any settings.
func (s server) plain(t *testing.T, dir string) string {
	t.Helper()
	return s.run(t, fmt.Sprintf(plains[s.name], dir))
}

// openFolder returns a new folder where a server that is not root may look.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "fieldguide-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
