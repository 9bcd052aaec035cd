package build_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// What the check of helplines says first of a record that is kept out for a reason.
var whyKeptOut = map[string]string{
	"none":         "fewer than two sources",
	"one":          "fewer than two sources",
	"undated":      "has no date here",
	"old":          "was last confirmed on",
	"no-authority": "none is the service or a public authority",
	"disagree":     "the passage does not hold",
}

// Each helpline that was looked for and is not listed is kept out by the rule
// that listed ones keep, for the reason that the table gives, and by no other
// list: what holds is listed.
func TestHelplinesSought(t *testing.T) {
	s, _, err := content.Load(build.Over(os.DirFS("..")), &cache.Files{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../content/data/helplines-sought.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var sought []struct {
		site.Helpline `yaml:",inline"`
		Why           string `yaml:"why"`
	}
	if err := yaml.Unmarshal(data, &sought); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, h := range s.Helplines {
		for _, number := range h.Numbers {
			listed = append(listed, h.Country+" "+site.Digits(number))
		}
	}
	count := map[string]int{}
	for _, h := range sought {
		name := h.Country + " " + h.Name
		count[h.Why]++
		if n := len(h.Publishers()); h.Why == "none" && n != 0 || h.Why == "one" && n != 1 {
			t.Errorf("%s: %q, but it has %d publishers", name, h.Why, n)
		}
		for _, number := range h.Numbers {
			if slices.Contains(listed, h.Country+" "+site.Digits(number)) {
				t.Errorf("%s: %s is listed and kept out", name, number)
			}
		}
		h.Helpline.Confirmed = site.Published
		s.Helplines = []site.Helpline{h.Helpline}
		var said string
		for _, f := range check.Site(s, nil, nil) {
			if f.Check == "helplines" && !strings.Contains(f.Message, "neither a number nor an address") {
				said = f.Message
				break
			}
		}
		switch want, ok := whyKeptOut[h.Why]; {
		case !ok:
			t.Errorf("%s: nothing is kept out for %q", name, h.Why)
		case said == "":
			t.Errorf("%s holds: list it in helplines.yaml", name)
		case !strings.Contains(said, want):
			t.Errorf("%s: kept out for %q, but the check says: %s", name, h.Why, said)
		}
	}
	t.Logf("%d looked for and kept out, %d listed: %v", len(sought), len(listed), count)
}
