package judges

import (
	"os"
	"os/exec"
	"testing"
)

// need returns the path of a tool: a program, or a file of node_modules when
// it names a folder. Without it the test skips, or fails where tools are
// required.
func need(t *testing.T, tool string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err == nil {
		return path
	}
	if _, err = os.Stat(tool); err == nil {
		return tool
	}
	missing := "%s is missing (build/judges/install.sh installs it)"
	if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
		t.Fatalf(missing, tool)
	}
	t.Skipf(missing, tool)
	return ""
}
