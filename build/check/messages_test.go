package check_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every message that a check or the loading of a site can raise is raised by an archive or stands in a test, so that
// somebody has read it where it belongs: a new one without a case fails here. testdata/unraised.tsv lists those that
// no archive can raise, each with the reason.
func TestEveryMessageIsRaisedSomewhere(t *testing.T) {
	said := raised(t)
	excused := unraised(t)
	for _, m := range messages(t) {
		_, is := excused[m.format]
		switch ok := m.isIn(said); {
		case !ok && !is:
			t.Errorf("%s: nothing raises %q: add a case to an archive in testdata", m.place, m.format)
		case ok && is:
			t.Errorf("%s: testdata/unraised.tsv excuses %q, which is raised", m.place, m.format)
		}
		delete(excused, m.format)
	}
	for format := range excused {
		t.Errorf("testdata/unraised.tsv: no code says %q any more", format)
	}
}

// message is a format that some finding is made with.
type message struct{ place, format string }

var verb = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z]`)

// unsigned takes away what a message and a test may write in two ways.
var unsigned = strings.NewReplacer("%%", "%", `\`, "")

// isIn reports whether a line says the message: all its own words, in their order.
func (m message) isIn(lines []string) bool {
	var parts []string
	for _, part := range verb.Split(m.format, -1) {
		parts = append(parts, unsigned.Replace(part))
	}
	return slices.ContainsFunc(lines, func(line string) bool {
		for _, part := range parts {
			_, after, found := strings.Cut(line, part)
			if !found {
				return false
			}
			line = after
		}
		return true
	})
}

// roots are the folders whose code makes findings.
var roots = []string{".", "../content", "../render", "../bundle", "../translate"}

// called are the names of fields, variables and results in which a message is on its way to a finding.
var called = []string{"Message", "Problem", "message", "cause"}

// messages returns what the code can say: what stands where a function wants its format, and what is called a message.
func messages(t *testing.T) (list []message) {
	c := &collection{files: token.NewFileSet(), formats: map[string]int{}, fields: map[string]int{}}
	var parsed []*ast.File
	for _, dir := range roots {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no code in %s: %v", dir, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(c.files, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
	}
	each(parsed, c.declares)
	each(parsed, c.says)
	if len(c.list) < 250 {
		t.Errorf("the code holds %d messages and had more than 250: they are not found any more", len(c.list))
	}
	return c.list
}

type collection struct {
	files   *token.FileSet
	formats map[string]int // where functions have their format, by name; of methods with a point before it
	fields  map[string]int // where types have what is called a message, where no key says so
	list    []message
}

// declares notes where functions and types have their messages.
func (c *collection) declares(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if i := place(n.Type.Params, "format"); i >= 0 {
			c.formats[c.in(n.Name, n.Recv != nil)] = i
		}
	case *ast.AssignStmt: // find := func(hint, format string, args ...any)
		if f, ok := n.Rhs[0].(*ast.FuncLit); ok {
			if i := place(f.Type.Params, "format"); i >= 0 {
				c.formats[c.inFile(n.Lhs[0].(*ast.Ident))] = i
			}
		}
	case *ast.TypeSpec:
		if s, ok := n.Type.(*ast.StructType); ok {
			if i := place(s.Fields, called...); i >= 0 {
				c.fields[n.Name.Name] = i
			}
		}
	}
}

// in is a name with the package that knows it.
func (c *collection) in(name *ast.Ident, isMethod bool) string {
	dir := filepath.Dir(c.files.Position(name.Pos()).Filename)
	if isMethod {
		return dir + "." + name.Name
	}
	return dir + " " + name.Name
}

// inFile is the name of a function that only one file knows.
func (c *collection) inFile(name *ast.Ident) string {
	return c.files.Position(name.Pos()).Filename + " " + name.Name
}

// says collects the messages of a node.
func (c *collection) says(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if i, known := c.format(n.Fun); known && i < len(n.Args) {
			c.add(n.Args[i])
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if name, ok := to.(*ast.Ident); ok && slices.Contains(called, name.Name) && i < len(n.Rhs) {
				c.add(n.Rhs[i])
			}
		}
	case *ast.FuncDecl:
		if i := place(n.Type.Results, called...); i >= 0 && n.Body != nil {
			ast.Inspect(n.Body, func(n ast.Node) bool {
				if r, ok := n.(*ast.ReturnStmt); ok && i < len(r.Results) {
					c.add(r.Results[i])
				}
				return true
			})
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains(called, key.Name) {
			c.add(n.Value)
		}
	case *ast.CompositeLit:
		c.saysValue(n)
	}
}

// saysValue collects the messages of a value whose fields have no keys.
func (c *collection) saysValue(n *ast.CompositeLit) {
	if list, ok := n.Type.(*ast.ArrayType); ok {
		if s, ok := list.Elt.(*ast.StructType); ok {
			for _, x := range n.Elts {
				if one, ok := x.(*ast.CompositeLit); ok {
					c.addField(one, place(s.Fields, called...))
				}
			}
		}
	}
	if name, ok := n.Type.(*ast.Ident); ok {
		if i, known := c.fields[name.Name]; known {
			c.addField(n, i)
		}
	}
}

func (c *collection) addField(n *ast.CompositeLit, i int) {
	if i >= 0 && i < len(n.Elts) {
		c.add(n.Elts[i])
	}
}

func (c *collection) format(fun ast.Expr) (int, bool) {
	switch f := fun.(type) {
	case *ast.Ident:
		if i, known := c.formats[c.inFile(f)]; known {
			return i, true
		}
		i, known := c.formats[c.in(f, false)]
		return i, known
	case *ast.SelectorExpr:
		if f.Sel.Name == "Find" { // of site.Place
			return 3, true
		}
		i, known := c.formats[c.in(f.Sel, true)]
		return i, known
	}
	return 0, false
}

// add collects the text of x, and that of the format when x is a call of fmt.Sprintf.
func (c *collection) add(x ast.Expr) {
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) > 0 {
		x = call.Args[0]
	}
	text, ok := literal(x)
	if ok && strings.Trim(verb.ReplaceAllString(text, ""), " :%") != "" {
		c.list = append(c.list, message{c.files.Position(x.Pos()).String(), text})
	}
}

func each(files []*ast.File, visit func(ast.Node)) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool { visit(n); return true })
	}
}

// place returns which of the fields, parameters or results has one of the names, -1 for none.
func place(fields *ast.FieldList, names ...string) int {
	i := 0
	if fields == nil {
		return -1
	}
	for _, field := range fields.List {
		for _, name := range field.Names {
			if slices.Contains(names, name.Name) {
				return i
			}
			i++
		}
	}
	return -1
}

// literal returns the text of a string that stands in the code, joined of several or not.
func literal(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(x.Value)
		return text, err == nil && x.Kind == token.STRING
	case *ast.BinaryExpr:
		a, aOK := literal(x.X)
		b, bOK := literal(x.Y)
		return a + b, aOK && bOK && x.Op == token.ADD
	}
	return "", false
}

// says is a finding in an archive.
var says = regexp.MustCompile(`: (?:error|warning): `)

// raised returns the lines of archives and tests that say a finding.
func raised(t *testing.T) (lines []string) {
	err := filepath.WalkDir("../..", func(name string, e fs.DirEntry, err error) error {
		is := strings.HasSuffix(name, ".txtar") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".tsv")
		if err != nil || e.IsDir() || !is || e.Name() == "unraised.tsv" {
			return err
		}
		data, err := os.ReadFile(name)
		for line := range strings.Lines(string(data)) {
			if says.MatchString(line) || !strings.HasSuffix(name, ".txtar") || strings.Contains(name, "fieldguide") {
				lines = append(lines, unsigned.Replace(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// unraised returns the reasons why messages cannot be raised by an archive, by their format.
func unraised(t *testing.T) map[string]string {
	data, err := os.ReadFile("testdata/unraised.tsv")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for line := range strings.Lines(string(data)) {
		format, why, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !ok || why == "" {
			t.Errorf("testdata/unraised.tsv: %q has no reason; want the format, a tab and why", line)
		}
		list[format] = why
	}
	return list
}
