package render_test

import (
	"go/doc/comment"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/render"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// manual returns the headings of the package comment with what stands below
// each: the words, and the code one after the other.
func manual(t *testing.T) (text map[string]string, code map[string][]string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	text, code = map[string]string{}, map[string][]string{}
	heading := ""
	for _, block := range new(comment.Parser).Parse(file.Doc.Text()).Content {
		doc := &comment.Doc{Content: []comment.Block{block}}
		switch block := block.(type) {
		case *comment.Heading:
			heading = strings.TrimSpace(strings.TrimPrefix(string(new(comment.Printer).Text(doc)), "#"))
			continue
		case *comment.Code:
			code[heading] = append(code[heading], block.Text)
		}
		text[heading] += string(new(comment.Printer).Comment(doc))
	}
	return text, code
}

// The manual names every field and method that a layout can ask for, but for
// those of site.Language, which it points to.
func TestManualNamesAll(t *testing.T) {
	text, _ := manual(t)
	above := map[string]string{"View": "Frame", "Section": "Frame", "Source": "Resource", "Content": "Link"}
	for _, of := range []reflect.Type{
		reflect.TypeFor[render.Frame](), reflect.TypeFor[render.View](), reflect.TypeFor[render.Section](),
		reflect.TypeFor[render.Link](), reflect.TypeFor[render.Term](), reflect.TypeFor[render.Resource](),
		reflect.TypeFor[render.Source](), reflect.TypeFor[render.World](), reflect.TypeFor[render.Country](), reflect.TypeFor[render.Helpline](),
		reflect.TypeFor[render.Call](),
		reflect.TypeFor[render.Letter](), reflect.TypeFor[render.Shelf](), reflect.TypeFor[render.Offer](),
		reflect.TypeFor[render.Cover](), reflect.TypeFor[render.Content](), reflect.TypeFor[render.Part](),
		reflect.TypeFor[render.Chooser](),
	} {
		said := text[of.Name()] + text[above[of.Name()]]
		for _, name := range names(of) {
			if !regexp.MustCompile(`\.` + name + `\b`).MatchString(said) {
				t.Errorf("the manual does not say what .%s of a %s is", name, of.Name())
			}
		}
	}
}

// names are the fields and methods of a type that templates see, without those
// of site.Language.
func names(of reflect.Type) []string {
	var list []string
	for _, f := range reflect.VisibleFields(of) {
		if f.IsExported() && !f.Anonymous && !slices.Contains(path(of, f.Index), reflect.TypeFor[site.Language]()) {
			list = append(list, f.Name)
		}
	}
	methods := reflect.PointerTo(of)
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		if _, promoted := reflect.TypeFor[*site.Language]().MethodByName(name); !promoted {
			list = append(list, name)
		}
	}
	return list
}

// path returns the types that a field lies in.
func path(of reflect.Type, index []int) []reflect.Type {
	list := []reflect.Type{of}
	for _, i := range index[:len(index)-1] {
		if of = of.Field(i).Type; of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		list = append(list, of)
	}
	return list
}

// The layouts of the manual work.
func TestManualsExample(t *testing.T) {
	_, code := manual(t)
	example := code["An example"]
	if len(example) != 3 {
		t.Fatalf("the example has %d pieces of code, want a frame, parts and a layout", len(example))
	}
	fsys := sitetest.Over("-- content/en/children/kite.md --\n---\ntitle: Our kite\nsummary: A story.\n---\nIt flies.\n" +
		"-- content/en/ui.yaml + --\n  in-this-part: In this part\n" +
		"-- layouts/base.html --\n" + example[0] + "-- layouts/parts.html + --\n" + example[1] +
		"-- layouts/index.html --\n" + example[2])
	res, tree := sitetest.Build(t, fsys)
	for _, f := range res.Findings {
		if f.Check == "layouts" || strings.HasPrefix(f.File, "layouts/") {
			t.Error(f)
		}
	}
	page, err := tree.ReadFile("en/children/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<header><a href="../index.html">Home</a> </header>`, `<h1>Children</h1>`,
		`<body class="index set-children">`, `<h2 id="page.more">In this part</h2>`,
		`<li><a href="kite.html">Our kite</a><p>A story.</p></li>`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
}
