package judges

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const vnuFile = "node_modules/vnu-jar/build/dist/vnu.jar"

// allowed are warnings of the Nu HTML checker that we know better, by their
// beginning, with the reason.
var allowed = map[string]string{
	"Resource violates Content Security Policy (meta tag): external script “": "the checker knows no file: in a policy; " +
		"TestRequestsFromDisk shows that browsers do",
	"Resource violates Content Security Policy (meta tag): media “": "the same; TestMedia shows that browsers play it",
	"Resource violates Content Security Policy (meta tag): image “": "the same; TestMedia shows that browsers show it",
}

// checker returns a function that makes the command of the Nu HTML checker. Java
// would spend more on making it fast than it has to do, and the stack that it
// then has is too small.
func checker(t *testing.T) func(args ...string) *exec.Cmd {
	t.Helper()
	java, jar := need(t, "java"), need(t, vnuFile)
	fixed := []string{"-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", jar, "--stdout", "--exit-zero-always"}
	return func(args ...string) *exec.Cmd { return exec.Command(java, append(fixed, args...)...) }
}

// The Nu HTML checker has nothing to say about any page, or any unit in one
// file. It is quick enough to see each.
func TestHTML(t *testing.T) {
	t.Parallel() // it keeps one core busy
	check := checker(t)
	g, c := the(t), collect(t)
	judged(t, len(g.pages), "page")
	var out, stderr bytes.Buffer
	cmd := check("--skip-non-html", "--format", "json", g.dir)
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the Nu HTML checker: %v\n%s", err, &stderr)
	}
	var said struct {
		Messages []struct {
			Type, SubType, Message, URL, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		t.Fatalf("the Nu HTML checker said no JSON: %v\n%s%s", err, &out, &stderr)
	}
	for _, m := range said.Messages {
		if m.Type == "info" && isAllowed(m.Message) {
			continue
		}
		_, name, _ := strings.Cut(m.URL, filepath.Base(g.dir)+"/")
		c.add(name, strings.TrimSpace(m.Type+" "+m.SubType)+": "+m.Message, fmt.Sprintf("line %d: %s", m.LastLine, strings.Join(strings.Fields(m.Extract), " ")))
	}
}

// The checker itself is alive: it finds what is wrong.
func TestHTMLJudgeSees(t *testing.T) {
	cmd := checker(t)("-")
	cmd.Stdin = strings.NewReader("<!DOCTYPE html><html lang=en><title>a</title><p><div></div></p>")
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("error")) {
		t.Errorf("the Nu HTML checker let a faulty page pass: %v\n%s", err, out)
	}
}

func isAllowed(message string) bool {
	for start := range allowed {
		if strings.HasPrefix(message, start) {
			return true
		}
	}
	return false
}
