package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

var syncCommand = &command{
	name:  "sync",
	args:  "[PAGE…] --lang CODE [--translated-by NAME | --reviewed-by NAME] [--force] | --minor | --from-git | --withdraw N",
	short: "record that translations say what their source pages say today",
	long: `
A translator says so when the work on a page is done; without PAGE, of all pages
of the language that have the passages of their source. One whose passages
differ is refused, unless --force says that it is right so.
  --minor        after a typo was mended in PAGE: carries all languages over that were in step with it as git has it
                 in HEAD, because they need no change
  --from-git     makes records that are lost again: a translation was made from the source page of its own last change
  --withdraw N   takes passage N of the translation, as diff counts, away from readers until it is in step again
Nobody is named who is not named here: --translated-by and --reviewed-by want
their consent.`,
	run: runSync,
}

type syncFlags struct {
	langs, translated, reviewed, on *string
	force, minor, fromGit, all      *bool
	withdraw                        *int
}

func runSync(e *env, args []string) error {
	flags := flag.NewFlagSet("sync", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	f := syncFlags{
		langs:      flags.String("lang", "", "languages to record, `CODE`s with commas between"),
		translated: flags.String("translated-by", "", "`NAME` answers for the translation"),
		reviewed:   flags.String("reviewed-by", "", "`NAME` has read the translation against its source"),
		on:         flags.String("on", "", "`DATE` of that, 2026-11-28; today when somebody is named"),
		force:      flags.Bool("force", false, "the translation has other passages than its source page, and is right so"),
		minor:      flags.Bool("minor", false, "the change of the source needs none in the translations"),
		fromGit:    flags.Bool("from-git", false, "make records that are missing from what git knows"),
		all:        flags.Bool("all", false, "all pages, also those that have a record"),
		withdraw:   flags.Int("withdraw", 0, "take passage `N` of the translation away from readers"),
	}
	pages, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	t, shut, err := e.translators(*dir)
	if err != nil {
		return err
	}
	defer shut()
	langs, err := f.languages(t)
	if err != nil {
		return err
	}
	families, err := familiesOf(t.Site(), pages)
	if err != nil {
		return err
	}
	n, refused := 0, 0
	for _, family := range families {
		for _, lang := range langs {
			done, err := f.sync(e, t, family, lang, len(pages) > 0)
			var parts *build.PartError
			switch {
			case errors.As(err, &parts):
				fmt.Fprintln(e.stderr, parts)
				refused++
			case err != nil:
				return err
			case done:
				n++
			}
		}
	}
	if err := t.Save(); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s recorded\n", count(n, "translation"))
	if refused > 0 {
		fmt.Fprintf(e.stderr, "%s refused: translate what is missing, or say --force if it is right so\n", count(refused, "translation"))
		return errFindings
	}
	return nil
}

// languages returns those that are named, or all where that is meant.
func (f *syncFlags) languages(t *build.Translators) ([]*site.Language, error) {
	codes, err := wantedLanguages(t.Site(), *f.langs)
	if err != nil {
		return nil, err
	}
	if codes == nil && !*f.minor && !*f.fromGit {
		return nil, usageError{errors.New("say of which language: --lang fr")}
	}
	if err := checkDate(*f.on); err != nil {
		return nil, err
	}
	var list []*site.Language
	for _, lang := range t.Site().Languages {
		if lang != t.Site().Source && (codes == nil || slices.Contains(codes, lang.Code)) {
			list = append(list, lang)
		}
	}
	return list, nil
}

// sync records one translation, and reports whether it did.
func (f *syncFlags) sync(e *env, t *build.Translators, family *site.Family, lang *site.Language, named bool) (bool, error) {
	texts, err := t.Read(family)
	if err != nil {
		return false, err
	}
	st := texts.Standings[lang.Index]
	records, err := t.Records(lang)
	if err != nil {
		return false, err
	}
	old := records[family.Path]
	switch {
	case st == nil && named && !*f.minor:
		file := "content/" + lang.Code + "/" + family.Path + ".md"
		if t.Site().Drafts[file] {
			return false, usageError{fmt.Errorf(
				"%s is a draft: when its words are written, take its line draft: true away first", file)}
		}
		return false, usageError{fmt.Errorf("there is no %s; fieldguide new %s %s begins it", file, lang.Code, family.Path)}
	case st == nil, st.State == translate.Untranslated && !named:
		return false, nil
	case *f.fromGit:
		if old != nil && !*f.all {
			return false, nil
		}
		known, err := t.FromGit(texts, lang)
		if err == nil && !known {
			fmt.Fprintf(e.stderr, "%s: git does not know from what it was made\n", texts.Pages[lang.Index].File)
		}
		return known, err
	case *f.withdraw != 0:
		return f.take(t, texts, lang, st)
	case *f.minor:
		before, known := translate.Git{Dir: t.Dir}.BlobAt("HEAD", texts.Pages[t.Site().Source.Index].File)
		if !known {
			return false, usageError{fmt.Errorf("git has no content/%s/%s.md in HEAD, so nobody can tell who was in step with it",
				t.Site().Source.Code, family.Path)}
		}
		if old == nil || old.Blob != before || len(old.Passages) == 0 {
			return false, nil
		}
		return true, t.InStep(texts, lang, old.Stage, old.By, old.On, *f.force || old.Free)
	}
	stage, by, on := translate.Stages[0], "", ""
	if old != nil && st.State == translate.InStep { // the same work, said again
		stage, by, on = old.Stage, old.By, old.On
	}
	for i, name := range []string{*f.translated, *f.reviewed} {
		if name != "" {
			stage, by, on = translate.Stages[i+1], name, *f.on
			if on == "" {
				on = time.Now().Format(time.DateOnly)
			}
		}
	}
	if moved := movedFrom(records, t, family, texts.Raw(texts.Pages[t.Site().Source.Index])); moved != "" && old == nil {
		r := records[moved]
		if *f.translated == "" && *f.reviewed == "" {
			stage, by, on = r.Stage, r.By, r.On
		}
		if err := t.Set(lang, moved, nil); err != nil {
			return false, err
		}
	}
	return true, t.InStep(texts, lang, stage, by, on, *f.force)
}

// movedFrom returns the path of a record that was of the same source text and is of
// no page any more, "" for none.
func movedFrom(records translate.Records, t *build.Translators, family *site.Family, raw []byte) string {
	blob := translate.Blob(raw)
	for _, path := range records.Paths() {
		if path != family.Path && records[path].Blob == blob && t.Site().Family(path) == nil {
			return path
		}
	}
	return ""
}

// take withdraws a passage of a translation.
func (f *syncFlags) take(t *build.Translators, texts *content.Texts, lang *site.Language, st *translate.Standing) (bool, error) {
	if st.Record == nil {
		return false, usageError{fmt.Errorf("%s has no record: say first what it was made from, fieldguide sync %s --lang %s",
			texts.Pages[lang.Index].File, texts.Path, lang.Code)}
	}
	if *f.withdraw < 1 || *f.withdraw > len(st.Recorded) || len(st.Recorded[*f.withdraw-1]) == 0 {
		return false, usageError{fmt.Errorf("%s has no passage %d; it has %d", texts.Pages[lang.Index].File, *f.withdraw, len(st.Recorded))}
	}
	return true, t.Set(lang, texts.Path, st.Record.Withdraw(st.Recorded[*f.withdraw-1]))
}

// parsePages parses flags that may stand before, between and after the names of pages.
func (e *env) parsePages(flags *flag.FlagSet, args []string) (pages []string, err error) {
	for len(args) > 0 {
		if !strings.HasPrefix(args[0], "-") {
			pages, args = append(pages, args[0]), args[1:]
			continue
		}
		if err := e.parse(flags, args, 0, len(args)); err != nil {
			return nil, err
		}
		args = flags.Args()
	}
	if err := e.parse(flags, nil, 0, 0); err != nil {
		return nil, err
	}
	return pages, nil
}
