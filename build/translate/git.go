package translate

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
)

// Git asks git about the repository that a folder lies in, offline. What git
// cannot say, because there is no git, no repository or not enough of its
// history, is absent.
type Git struct{ Dir string }

// ask runs git and returns what it printed, false when it failed.
func (g Git) ask(args ...string) ([]byte, bool) {
	cmd := exec.Command("git", append([]string{"-C", g.Dir}, args...)...)
	cmd.Env = append(cmd.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	out, err := cmd.Output()
	return out, err == nil
}

// File returns the content of a blob.
func (g Git) File(blob string) ([]byte, bool) { return g.ask("cat-file", "blob", blob) }

// BlobAt returns the id that a file below the folder had at a revision.
func (g Git) BlobAt(revision, file string) (string, bool) {
	out, ok := g.ask("rev-parse", "--verify", "--quiet", revision+":./"+file)
	return strings.TrimSpace(string(out)), ok
}

// LastChange returns the last revision that changed a file below the folder.
func (g Git) LastChange(file string) (string, bool) {
	out, ok := g.ask("log", "-1", "--format=%H", "--", file)
	revision := strings.TrimSpace(string(out))
	return revision, ok && revision != ""
}

// ChangedSince returns the files below the folder that differ from those of a
// revision. The error says that git does not know it.
func (g Git) ChangedSince(revision string) ([]string, error) {
	out, ok := g.ask("diff", "--name-only", "--no-renames", "-z", "--relative", revision, "--")
	if !ok {
		return nil, fmt.Errorf("git knows no revision %q here", revision)
	}
	var files []string
	for name := range bytes.SplitSeq(out, []byte{0}) {
		if len(name) > 0 {
			files = append(files, string(name))
		}
	}
	return files, nil
}
