package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/sitetest"

	"go.yaml.in/yaml/v3"
)

// TestForges does what forges do with a change, in a git repository with an origin: it runs the lines of the action,
// the workflow and the template for GitLab as they stand there, and the hook for git. Only what forges bring
// themselves, such as a checkout, the test does in their stead.
func TestForges(t *testing.T) {
	if testing.Short() {
		t.Skip("forges build the program anew for each job")
	}
	for _, tool := range []string{"git", "sh", "sed", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	f := newForge(t)
	t.Run("GitHub", func(t *testing.T) { f.T = t; f.github() })
	t.Run("GitLab", func(t *testing.T) { f.T = t; f.gitlab() })
	t.Run("pre-commit", func(t *testing.T) { f.T = t; f.preCommit() })
}

// forge is a repository at a forge, and a clone of it.
type forge struct {
	*testing.T
	root string // of this repository, which has the scripts
	dir  string // the clone
	env  []string
	path string // in it
}

const forgePage = "---\ntitle: %s\nsummary: %[1]s.\n---\n## %[1]s\n\n%s\n"

func newForge(t *testing.T) *forge {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	home, origin := t.TempDir(), t.TempDir()
	f := &forge{t, root, t.TempDir(), nil, home + string(os.PathListSeparator) + os.Getenv("PATH")}
	// The program lies in the repository of the guide, where this test has the one that it stands in. It is built once.
	real, _ := exec.LookPath("go")
	shim := fmt.Sprintf(`#!/bin/sh -e
[ "$1 $2 $4" = "build -o ./cmd/fieldguide" ]
[ -x '%[1]s/fieldguide' ] || (cd '%[2]s' && '%[3]s' build -o '%[1]s/' ./cmd/fieldguide)
mkdir -p "$3"
[ '%[1]s/' = "$3" ] || cp '%[1]s/fieldguide' "$3"
`, home, root, real)
	if err := os.WriteFile(filepath.Join(home, "go"), []byte(shim), 0o755); err != nil {
		t.Fatal(err)
	}
	f.env = append(os.Environ(), "PATH="+f.path, "XDG_CACHE_HOME="+home,
		"GIT_CONFIG_GLOBAL="+filepath.Join(home, "config"), "GIT_CONFIG_NOSYSTEM=1")
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} { // not in the cache folder of the test
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		f.env = append(f.env, name+"="+strings.TrimSpace(string(out)))
	}
	f.git("config", "--global", "user.name", "Somebody")
	f.git("config", "--global", "user.email", "somebody@example.org")
	f.git("config", "--global", "url."+origin+".insteadOf", "https://records:token@forge.example/a/guide.git")
	f.git("init", "-q", "--bare", "-b", "main", origin)
	f.git("clone", "-q", origin, ".")
	f.git("checkout", "-q", "-b", "main")
	for name, file := range sitetest.Base() {
		f.write(name, string(file.Data))
	}
	f.write("content/en/page.md", fmt.Sprintf(forgePage, "A page", "Words."))
	f.write("content/fr/page.md", fmt.Sprintf(forgePage, "Une page", "Des mots."))
	if err := os.CopyFS(filepath.Join(f.dir, ".ci"), os.DirFS(filepath.Join(root, ".ci"))); err != nil {
		t.Fatal(err)
	}
	f.git("config", "core.excludesFile", filepath.Join(home, "ignored"))
	if err := os.WriteFile(filepath.Join(home, "ignored"), []byte("/public/\n/.bin/\n/.public.*\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	f.sh(0, nil, `go build -o "$BIN/" ./cmd/fieldguide`, "BIN="+home)
	f.sh(0, nil, "fieldguide sync page --lang fr")
	f.commit("A guide")
	f.git("push", "-q", "origin", "main")
	return f
}

func (f *forge) write(name, text string) {
	f.Helper()
	name = filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		f.Fatal(err)
	}
}

// sh runs lines in the clone, wants an exit status, and returns what they print.
func (f *forge) sh(want int, env []string, script string, more ...string) string {
	f.Helper()
	cmd := exec.Command("sh", "-e", "-c", script)
	cmd.Dir, cmd.Env = f.dir, slices.Concat(f.env, env, more)
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != want {
		f.Fatalf("%s\nexit status %d, want %d\n%s", script, got, want, out)
	}
	return string(out)
}

func (f *forge) git(args ...string) string {
	f.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = f.dir, f.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		f.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (f *forge) commit(message string) {
	f.Helper()
	f.git("add", "-A")
	f.git("commit", "-q", "-m", message)
}

// branch begins a change, in which somebody edits one page in the browser.
func (f *forge) branch(name, file, text, message string) (base, head string) {
	f.Helper()
	f.git("checkout", "-q", "main")
	f.git("pull", "-q", "origin", "main")
	base = f.git("rev-parse", "HEAD")
	f.git("checkout", "-q", "-b", name)
	f.write(file, text)
	f.commit(message)
	f.git("push", "-q", "origin", name)
	return base, f.git("rev-parse", "HEAD")
}

// merge puts a change into the main branch of the origin, and checks that out anew.
func (f *forge) merge(name string, how ...string) {
	f.Helper()
	f.git("checkout", "-q", "main")
	f.git(append([]string{"merge", "-q"}, append(how, name)...)...)
	if slices.Contains(how, "--squash") {
		f.git("commit", "-q", "-m", name)
	}
	f.git("push", "-q", "origin", "main")
}

// records returns what the origin has on a branch.
func (f *forge) records(branch string) string {
	f.Helper()
	f.git("fetch", "-q", "origin")
	return f.git("show", "origin/"+branch+":content/fr/records.txt")
}

func (f *forge) wants(text string, parts ...string) {
	f.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			f.Errorf("this lacks %q:\n%s", part, text)
		}
	}
}

// step is a step of a job, or of an action.
type step struct {
	If, Uses, Run, Shell string
	Dir                  string `yaml:"working-directory"`
	Env, With            map[string]string
}

var expression = regexp.MustCompile(`\$\{\{ (.*?) \}\}`)

// evaluate puts the values of expressions in their places. Each must be known.
func (f *forge) evaluate(text string, values map[string]string) string {
	f.Helper()
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		value, ok := values[expression.FindStringSubmatch(e)[1]]
		if !ok {
			f.Fatalf("the test knows no %s", e)
		}
		return value
	})
}

func (f *forge) yaml(name string, v any) {
	f.Helper()
	data, err := os.ReadFile(filepath.Join(f.root, name))
	if err == nil {
		err = yaml.Unmarshal(data, v)
	}
	if err != nil {
		f.Fatal(err)
	}
}

// job runs a job of the workflow, and returns what it prints and the summary.
func (f *forge) job(want int, name string, values map[string]string) (out, summary string) {
	f.Helper()
	var workflow struct {
		Jobs map[string]struct{ Steps []step }
	}
	f.yaml(".github/workflows/guide.yml", &workflow)
	if len(workflow.Jobs[name].Steps) < 2 {
		f.Fatalf("there is no job %s", name)
	}
	file := filepath.Join(f.TempDir(), "summary")
	for _, s := range workflow.Jobs[name].Steps {
		switch {
		case strings.HasPrefix(s.Uses, "actions/checkout@"):
			f.evaluate(s.With["ref"], values)
		case s.Uses == "./.github/actions/fieldguide":
			inputs := map[string]string{}
			for key, value := range s.With {
				inputs[key] = f.evaluate(value, values)
			}
			if out += f.action(want, inputs, "GITHUB_STEP_SUMMARY="+file); want != 0 {
				return out, read(file) // a job ends where it fails
			}
		default:
			f.Fatalf("a job does %v itself", s)
		}
	}
	return out, read(file)
}

// read returns what a file holds, nothing when it is not there.
func read(file string) string {
	data, _ := os.ReadFile(file)
	return string(data)
}

// action runs the action.
func (f *forge) action(want int, with map[string]string, env ...string) (out string) {
	f.Helper()
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct{ Steps []step }
	}
	f.yaml(".github/actions/fieldguide/action.yml", &action)
	at := filepath.Join(f.root, ".github/actions/fieldguide")
	values := map[string]string{"github.action_path": at, "github.sha": "1", "github.run_id": "1"}
	for name, input := range action.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range with {
		if _, ok := action.Inputs[name]; !ok {
			f.Fatalf("the action has no input %q", name)
		}
		values["inputs."+name] = value
	}
	path := filepath.Join(f.TempDir(), "path")
	env = append(env, "GITHUB_ACTION_PATH="+at, "GITHUB_PATH="+path, "RUNNER_TEMP="+f.TempDir())
	for i, s := range action.Runs.Steps {
		for _, value := range s.With {
			f.evaluate(value, values)
		}
		if s.Run == "" {
			continue
		}
		if strings.Contains(s.Run, "${{") || s.Shell != "sh" || strings.Contains(s.Run, "\n") {
			f.Errorf("step %d wants one line for sh, without expressions: %s", i, s.Run)
		}
		own := append(slices.Clone(env), "PATH="+strings.TrimSpace(read(path))+string(os.PathListSeparator)+f.path)
		for name, value := range s.Env {
			own = append(own, name+"="+f.evaluate(value, values))
		}
		status := 0
		if i == slices.IndexFunc(action.Runs.Steps, func(s step) bool { return strings.Contains(s.Run, "$TASK") }) {
			status = want
		}
		out += f.sh(status, own, `cd "${DIR:-.}" && `+s.Run, "DIR="+f.evaluate(s.Dir, values))
	}
	return out
}

func (f *forge) github() {
	change := func(base, head, labels string) map[string]string {
		return map[string]string{
			"github.event.pull_request.base.sha || github.event.before": base,
			"github.event.pull_request.base.ref":                        "main",
			"github.event.pull_request.base.sha":                        base,
			"github.event.pull_request.head.sha":                        head,
			"join(github.event.pull_request.labels.*.name, ',')":        labels,
		}
	}
	// An editor makes a fault, and mends it as the job says.
	base, _ := f.branch("edit", "content/en/page.md", fmt.Sprintf(forgePage, "A page", "** More ** words."), "More words")
	out, summary := f.job(1, "check", change(base, "", ""))
	f.wants(out, `::error file=content/en/page.md,line=7,col=1,title=leftover::"**" is left in the text%0A`,
		"write **More**")
	f.wants(summary, "### Translations\n\n| page | fr | ar |\n|---|---|---|\n| page | stale 1 of 4 | missing |\n")
	f.sh(0, nil, "fieldguide fix")
	f.commit("As fix has it")
	if out, _ = f.job(0, "check", change(base, "", "")); strings.Contains(out, "::") {
		f.Errorf("a good change has annotations:\n%s", out)
	}
	_, summary = f.job(0, "check", change(strings.Repeat("0", 40), "", ""))
	if !strings.Contains(summary, "| page | stale 1 of 4") {
		f.Errorf("a branch that nobody knew before has the summary\n%s", summary)
	}
	f.merge("edit", "--no-ff")
	f.job(0, "build", nil)
	if _, err := os.Stat(filepath.Join(f.dir, "public/index.html")); err != nil {
		f.Error(err)
	}
	// A translator follows. Without a label nothing is recorded.
	before := f.records("main")
	base, head := f.branch("follow", "content/fr/page.md", fmt.Sprintf(forgePage, "Une page", "**Plus** de mots."),
		"Le français suit\n\nTranslated-by: Amina K. <amina@example.org>")
	f.merge("follow", "--squash")
	f.job(0, "sync", change(base, head, "good first issue"))
	if now := f.records("main"); now != before {
		f.Errorf("without a label, records become\n%s", now)
	}
	f.git("checkout", "-q", "main")
	f.git("branch", "-q", "-D", "follow") // as with a fork, main does not have its commits
	f.job(0, "sync", change(base, head, "help,sync"))
	f.wants(f.records("main"), " translated by=Amina_K. on=")
	f.git("checkout", "-q", "main")
	f.git("pull", "-q", "origin", "main")
	f.sh(0, nil, "fieldguide status --lang fr --under page --strict")
	// A typo: translations need no change.
	base, head = f.branch("typo", "content/en/page.md", fmt.Sprintf(forgePage, "A page", "**More** words!"), "A sign")
	f.merge("typo", "--squash")
	f.sh(1, nil, "fieldguide status --lang fr --under page --strict")
	f.job(0, "sync", change(base, head, "minor"))
	f.wants(f.records("main"), " translated by=Amina_K. on=")
	f.git("checkout", "-q", "main")
	f.git("pull", "-q", "origin", "main")
	f.sh(0, nil, "fieldguide status --lang fr --under page --strict")
	// A translation with other passages is refused.
	before = f.records("main")
	base, head = f.branch("less", "content/fr/page.md", fmt.Sprintf(forgePage, "Une page", ""), "Moins")
	f.merge("less", "--no-ff")
	out, _ = f.job(1, "sync", change(base, head, "sync"))
	f.wants(out, "content/fr/page.md:", "1 translation refused")
	if now := f.records("main"); now != before {
		f.Errorf("what is refused is recorded:\n%s", now)
	}
	f.git("checkout", "-q", "main")
	f.git("revert", "-m", "1", "--no-edit", "HEAD")
	f.git("push", "-q", "origin", "main")
}

func (f *forge) gitlab() {
	type job struct {
		Rules     []struct{ Variables map[string]string }
		Variables map[string]string
		Before    []string `yaml:"before_script"`
		Script    []string
	}
	jobs := map[string]job{}
	f.yaml(".ci/gitlab-ci.yml", &jobs)
	// run does a job of a pipeline, by the rule of a number, with the variables of GitLab.
	run := func(want int, name string, rule int, known map[string]string) string {
		known["CI_PROJECT_DIR"] = f.dir
		var env []string
		for _, variables := range []map[string]string{known, jobs[name].Rules[rule].Variables, jobs[name].Variables} {
			for key, value := range variables {
				env = append(env, key+"="+os.Expand(value, func(name string) string {
					if _, ok := known[name]; !ok {
						f.Fatalf("the test knows no $%s", name)
					}
					return known[name]
				}))
			}
		}
		return f.sh(want, env, strings.Join(append(slices.Clone(jobs[".guide"].Before), jobs[name].Script...), "\n"))
	}
	base, head := f.branch("gitlab", "content/en/page.md", fmt.Sprintf(forgePage, "A page", "Other words."), "Others")
	f.git("checkout", "-q", "--detach")
	mergeRequest := map[string]string{"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
	run(0, "check", 0, mergeRequest)
	f.wants(read(filepath.Join(f.dir, "translations.md")), "| page | stale 1 of 4 | missing |")
	if err := os.Remove(filepath.Join(f.dir, "translations.md")); err != nil {
		f.Fatal(err)
	}
	run(0, "build", 0, map[string]string{})
	// The label is given while the merge request is open, so records go to its branch. A second time nothing is left to
	// do.
	for range 2 {
		run(0, "sync", 0, map[string]string{"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": head,
			"CI_MERGE_REQUEST_LABELS": "minor,other", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "gitlab", "RECORDS_TOKEN": "token",
			"CI_SERVER_HOST": "forge.example", "CI_PROJECT_PATH": "a/guide"})
		f.git("fetch", "-q", "origin")
		if got := f.git("log", "--format=%s", base+"..origin/gitlab"); got != "Records of what translations say\nOthers" {
			f.Fatalf("the branch has\n%s", got)
		}
		f.git("checkout", "-q", "--detach", "origin/gitlab")
		head = f.git("rev-parse", "HEAD")
		f.sh(0, nil, "fieldguide status --lang fr --under page --strict")
	}
}

func (f *forge) preCommit() {
	f.git("checkout", "-q", "main")
	hook := filepath.Join(f.git("rev-parse", "--absolute-git-dir"), "hooks/pre-commit")
	if err := os.Symlink("../../.ci/pre-commit", hook); err != nil {
		f.Fatal(err)
	}
	good, bad := fmt.Sprintf(forgePage, "A page", "Words."), fmt.Sprintf(forgePage, "A page", "** Words **.")
	f.write("content/en/page.md", bad)
	f.git("add", "content/en/page.md")
	f.write("content/en/page.md", good) // what is committed counts
	f.wants(f.sh(1, nil, "git commit -q -m Bad"), "content/en/page.md:7:1: error", "fieldguide fix mends 1 of them")
	f.git("add", "content/en/page.md")
	f.write("content/en/page.md", bad)
	f.sh(0, nil, "git commit -q -m Good")
	f.write("notes.txt", "Not of the guide.")
	f.git("add", "notes.txt")
	f.sh(0, nil, "git commit -q -m Notes")
}
