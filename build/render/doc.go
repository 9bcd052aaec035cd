// Package render makes pages: it fills layouts with the texts of a site and gives HTML.
//
//	r, findings, err := render.New(s, fsys)
//	body := r.Body(worker, texts, lang) // what a page says
//	page, err := r.Page(worker, family, lang, body, render.Setting{})
//	err = r.Root(worker, put) // language chooser, 404, sitemap
//
// The rest of this comment is the manual for people who write layouts. Layouts place things, this package decides
// things: what a layout asks for comes ready, addresses and typeset words included.
//
// # Files
//
// A site's own files lie over those of package defaults, name by name. Layouts are templates of Go's html/template.
// In a file of a built-in name a site says only the parts that it wants otherwise, an empty one to show nothing: a
// layouts/parts.html of {{define "footer"}}{{end}} takes the footer away and leaves all other parts as they are.
//
//	layouts/base.html       defines "base", the frame around every page
//	layouts/parts.html      defines parts that layouts share, "link", "sources" and "taken" among them
//	layouts/story.html      what site.yaml names as the layout of a kind: it defines "main", which stands in the frame
//	layouts/chooser.html    defines "base" for index.html, where readers choose a language
//	layouts/not-found.html  defines "base" for 404.html, of the root and of each language
//	layouts/moved.html      … for what stands where a page was that has another path now,
//	layouts/cover.html      … for the first page of a bundle,
//	layouts/book.html       … for a bundle in one file, to send or to print,
//	layouts/away.html       … for what stands in a bundle in place of a page that it does not hold
//	static/style/           rules: base.css, drawing.css where one can stand, the layout's (story.css), those that
//	                        the kind names, band-under-9.css, leave.css where the page can be left, script-arab.css,
//	                        print.css. What is there of these goes into the page, in this order; page-table.css
//	                        after page.css where the text of a page has a <table>. epub.css is that
//	                        of e-books. palette.css declares the colours, --ink: #123, which the others use as
//	                        var(--ink): pages get the colours themselves. A site declares those that it wants otherwise
//	static/drawings/        plain SVG: shapes only, no text, no style, no id
//
// This package itself asks for these parts: "base" of every layout; "main" alone, in books; and those of parts.html
// that show what stands in a text: "sources", "helplines" (any block with data: helplines) and "taken" (what a bundle
// says of itself).
//
// # An example
//
// The frame, in base.html:
//
//	{{define "base"}}<!DOCTYPE html>
//	<html lang="{{.Code}}" dir="{{.Dir}}">
//	<head>
//	<meta charset="utf-8">
//	<meta name="viewport" content="width=device-width, initial-scale=1">
//	<title>{{.Title}}</title>
//	{{with .Policy}}<meta http-equiv="Content-Security-Policy" content="{{.}}">
//	{{end}}<meta name="description" content="{{.Description}}">
//	<link rel="icon" href="data:,">
//	{{.Style}}
//	</head>
//	<body class="{{.Audience}}">
//	{{.Once "header"}}
//	<main{{if .Fallback}} lang="{{.Words.Code}}" dir="{{.Words.Dir}}"{{end}}>
//	{{template "main" .}}</main>
//	{{with .Next}}<a rel="next" href="{{.Href}}">{{.Name}}</a>
//	{{end}}</body>
//	</html>
//	{{end}}
//
// Parts, in parts.html:
//
//	{{define "header"}}<header>{{range .Crumbs}}{{template "link" .}} {{end}}</header>{{end}}
//
//	{{define "link"}}{{if .Href}}<a href="{{.Href}}"{{with .Lang}} lang="{{.Code}}" dir="{{.Dir}}"{{end}}>{{.Name}}</a>
//	{{- else}}{{.Name}}{{end}}{{end}}
//
// A layout, in index.html, for the page of a folder:
//
//	{{define "main"}}<h{{.H 1}}>{{.Name}}</h{{.H 1}}>
//	{{.Body}}
//	{{with .Children}}<h{{$.H 2}} id="{{$.ID "more"}}">{{$.T "in-this-part"}}</h{{$.H 2}}>
//	<ul>
//	{{range .}}<li>{{template "link" .}}<p>{{.Summary}}</p></li>
//	{{end}}</ul>
//	{{end}}{{end}}
//
// # Rules
//
//   - A text wants HTML and an attribute plain words: <p>{{.T "help"}}</p>, but aria-label="{{.Word "help"}}".
//   - Name interface words and parts for Once outright, not through a variable: a check reads the layouts to know which
//     words ui.yaml must have. What stands in {{with .Rights}} needs its words only where a page has rights, and so on.
//   - Within range and with, the page is $: {{$.T "help"}}. A part sees what it is handed: {{template "link" .}}.
//   - Headings in "main" are <h{{.H 2}}>: in a document of many pages they go down.
//   - An id in "main" is id="{{.ID "more"}}", and a link to it href="#{{.ID "more"}}": another page may have the same.
//   - Links to pages go through a part like "link": in a book a page may not be there, and its words stay without an
//     address.
//   - "main" is well-formed XML, because e-books are made of it: close every element in order (<br/>), give every
//     attribute its value (hidden=""), use no names for signs but &amp; &lt; &gt; &quot;.
//   - On a page that falls back to another language, what "main" adds to the text is still the reader's:
//     {{if .Fallback}} lang="{{.Code}}" dir="{{.Dir}}"{{end}}.
//   - What is the same for all pages of a folder goes through {{.Once "header"}}: it is drawn once, which is quicker.
//   - The content policy of a page refuses style attributes, scripts, frames and whatever comes from elsewhere. Rules
//     go to static/style. Nothing on a page may need a script.
//   - Style by start and end, not by left and right, and set what runs the other way apart with <bdi>.
//   - A mistake in a layout is a finding, with its line.
//
// # Frame
//
// What every layout and part can ask for, whatever is drawn:
//
//	.Code .Dir .Script      of the reader's language: "ar", "rtl", "arab"
//	.Language               the language itself: .Language.Name is "العربية"; see site.Language
//	.T "help"               an interface word of ui.yaml, as HTML
//	.Word "help"            the same, plain, for attributes
//	.Optional "standing"    an interface word that a site may do without, as HTML, "" without it
//	.Gap "source"           the space after that word, none after a full-width mark
//	.Fill "edition" "edition" .Site.Edition
//	                        an interface word with {edition} filled in, as HTML
//	.Count "minutes" 5      a counted word of ui.yaml in the form that the number takes, plain
//	.Number 1200            a number as readers write it, plain
//	.SayDate "2026-11"      a date as readers say it, plain
//	.Address .URL           a plain address as HTML, in one piece, that a line can break in
//	.Typeset "text"         plain words of the reader's language as HTML, with their quotes, spaces and numbers set
//	.Site                   what is the same everywhere: .Site.Edition, .Site.URL, .Site.Licence.Name; see site.Site
//	.SiteTitle              the site's title, as HTML
//	.Multilingual           whether there is another language to go to
//	.Drawing "kite"         a drawing as an ornament, "" when there is none of this name
//	.H 2                    the level of a heading, deeper in a document of many pages
//	.Search                 the address of the search page, "" without one
//	.Copy                   whether the page lies in a copy: no menu of languages, no search
//	.TextOnly               whether words stand for pictures and sounds
//	.NoVideos               whether links to videos lead to the published site
//	.Downloads              what the page offers to take away; Shelves has them ready
//	.Book                   the document of many pages that the page stands in, nil in a file of its own
//
// # View
//
// A page, as "base" and "main" see it: all that a Frame has, and
//
//	.Name                   its title, for the h1
//	.Title                  its title and the site's, plain, for <title>
//	.Summary                as HTML
//	.Description            its summary, plain, for <meta name="description">
//	.Body                   its text, with the sources that it cites
//	.X                      the keys that the page has below x: in its front matter, which are the site's own:
//	                        {{with .X.badge}}…{{end}}. Words are strings, plain, true and false are what they say, a
//	                        whole number is one; lists and groups hold them. A translation has those of its source
//	                        page, but for keys that it says itself. .Site.X, .Family.Set.X and .Family.Band.X are those
//	                        of site.yaml and of its sets and bands
//	.Words                  the language of title, summary and text: the reader's, unless the page falls back
//	.Fallback               whether it does
//	.Behind                 what to say when the source page has changed since this was translated, nil else:
//	                        .Since, when that was; .Original, where it is; .Language, which one; see part "state",
//	                        which says this and .Fallback
//	.Family                 the page in all languages: .Family.Path, .Family.Kind.ID, .Family.Picture, .Family.IsIndex …;
//	                        nil for the language chooser and 404; see site.Family
//	.Style .Policy          the <style> that it needs, and the content policy that allows it; no policy on paper
//	.Own                    attributes that mark words in the reader's language where the text is in another:
//	                        <h2{{.Own}}>{{.T "downloads"}}</h2>
//	.Audience               classes that name its kind, set and band: "story set-children band-under-9"
//	.ID "more"              the id of a place of the page
//	.Once "header"          a part that is drawn once for all pages of a folder; it sees a Section
//	.Crumbs                 Links from the home page to the page above
//	.Prev .Next             Links to its neighbours in the section, nil for none
//	.Near                   the pages around it in the section and itself, each a Neighbour; as many as limits.near
//	                        says after it, none without neighbours
//	.Parts                  Links to the parts of its text, where it has as many as limits.parts says
//	.Languages              Links to the page in every language; empty in a copy, and where there is one only
//	.Help .Exit             Links to the help page for these readers and out of here, nil for none
//	.Ages                   "Ages 9–12", "" outside the bands
//	.Minutes .Groups        of an activity: how long it takes ("" when it does not say), and who does it, a list
//	.Rights                 names of the rights that it is about, a list
//	.Adults                 Links for the adult beside these readers
//	.Official               the official text for the page's set, a Resource, nil for none
//	.Sources                in the part "sources": what the text cites, each a Source
//	.Shelves .Sums          what can be taken away here, each a Shelf; where the checksums of all files are
//	.Date                   of the edition, 2026-11-01, "" when it names none
//
// Lists, for pages that are one:
//
//	.Children               Links to the pages of a folder that its text does not link to
//	.Doors .Common          Links to the entrances of the home page, and to pages that belong to no set
//	.Glossary               the terms from A to Z, each letter a Letter
//	.Resources              the records of resources.yaml, each a Resource
//	.Helplines              the regions of the world that have helplines, each a World, in the order of the alphabet
//	.Numbers .MoreNumbers   the Helplines that a text shows, as many as limits.numbers allows; whether there are more
//	.AZ                     all pages and terms from A to Z, each letter a Letter
//	.SearchFolder           where the index of the search lies, for the script
//	.Static "search.js"     the address of a file of static/
//
// For the published site:
//
//	.Alternates             Links with the page's whole address in every language that has it, and for all others
//	                        ("x-default"); none without url: in site.yaml
//	.Feed                   the address of the language's feed, "" without url:
//
// For what stands where a page was:
//
//	.To                     a Link to where it is now
//
// For the language chooser and 404, and for bundles:
//
//	.Choosers false         all languages, each a Chooser; with true, at addresses that hold at any depth
//	.Cover                  what the first page of a bundle shows, a Cover
//	.Online                 the page's address in the published site, "" without url:
//	.Newer                  where there may be a newer edition, "" without url:
//	.Begin                  the address of the first page of the bundle
//
// # Section
//
// What pages of a folder have in common, as a part that is drawn once sees it: all that a Frame has, and
//
//	.Crumbs                 Links from the home page to the page above these
//	.Help                   a Link to the help page for these readers, nil for none
//	.Exit                   whether they show the link to leave
//	.Languages              Links to the page itself in every language, whichever page it is
//	.Place .Reference       where the page itself is, as HTML, and the short code by which readers name it
//	.Name .Title            fail: there is no page. The language's name is .Language.Name, the site's title .SiteTitle
//
// # Link
//
//	.Href                   its address, "" in a book that does not hold the page: then its words stand alone
//	.Name                   its words: the page's title, in crumbs its short name
//	.Lang                   the language of the words, nil when it is the reader's:
//	                        {{with .Lang}} lang="{{.Code}}" dir="{{.Dir}}"{{end}}
//	.Current                it leads to the page itself
//
// In lists of pages also
//
//	.Summary .Drawing       of the page
//	.Ages                   of the band whose folder it is, "" for none
//
// and in lists of languages
//
//	.Code .Dir              of the language that it leads to
//	.Missing                that language has no translation
//
// # Neighbour
//
// A Link (.Href .Name .Lang), with
//
//	.Current                it is the page itself, and has no address
//	.Prev .Next             whether it is right before or after the page
//	.Rel                    "prev", "next" or ""
//
// # Term
//
//	.ID                     of its place: id="{{.ID}}"
//	.Term .Meaning          as HTML
//
// # Resource
//
//	.Title .Note            what it is and why to read it, in the reader's language
//	.URL .Owner .Year       plain, the year 0 when unknown
//	.Kind .Cost             words for them, as HTML, "" when it does not say
//	.Ages                   of its readers, "" for adults or anyone
//	.Speaks                 its languages, each by its own name
//
// and as in resources.yaml: .ID .Languages .Age .Cited .Set .Line.
//
// # Source
//
// A Resource that the text cites, with
//
//	.At                     the id of its place, to which the text links
//
// # World
//
//	.Name                   of the region, in the reader's language
//	.Countries              each a Country, those first where the language is official
//
// # Country
//
//	.Code                   "ch", for the place: id="{{$.ID .Code}}"
//	.Name                   in the reader's language
//	.Helplines              each a Helpline
//
// # Helpline
//
// As in helplines.yaml, plain: .Country .Name .Numbers .URL .Hours .Languages .Free .Official .Confirmed .CalledOn; and
//
//	.Calls                  its numbers, each a Call
//	.Address                its URL, as .Address of a Frame has it
//	.Land                   its country, in the reader's language
//	.Speaks                 its languages, each by its own name
//	.Dated                  from when its age counts
//	.Sources                each a Quote, plain: .Passage .URL .Publisher .By (service, authority or other) .Date
//	.Publishers             of its sources, each once
//
// # Call
//
//	.Number                 as it is written
//	.Dial                   the address that calls it
//
// # Letter
//
//	.Name                   "A"
//	.ID                     for the place: id="{{.ID}}"
//	.List .Terms            Links to what stands under it; in the glossary, the terms, each a Term
//
// # Shelf
//
//	.ID .Title              of what there is to take away
//	.Offers                 the files, the smallest first, each an Offer
//
// # Offer
//
//	.Href                   where the file is
//	.Words .Label           what its format is good for, and that with what the file holds, plain
//	.Size .Seconds          of the file, and how long it takes on a slow network
//	.Unit .Title .Name .Format .File .Bytes
//	                        what it holds, as HTML and plain, and which file it is
//
// # Cover
//
//	.Title                  what the bundle holds, plain
//	.Contents               its table of contents, a list of Content
//	.Parts                  in one file: the pages themselves, each a Part
//	.Paper                  it is to be printed
//	.Exit .Covers           in one file: where the link to leave it leads, "" for none, and whether that is a place
//	                        in the file, which covers the rest
//
// # Content
//
// A Link, with
//
//	.Link                   the link itself, to hand it to a part
//	.Under                  the lines below it, each a Content
//
// # Part
//
//	.ID                     of the page in the file: id="{{.ID}}"
//	.Class                  the page's kind
//	.Code                   the short code by which readers name the page, "" for the one that they leave to
//	.Lang                   the language of its words, nil when it is the file's
//	.Body                   what the page says: its "main"
//
// # Chooser
//
// A language (.Code .Dir, .Language.Name), with
//
//	.Href .Help     of its home page and of its help page, "" without one
//	.Title .Tagline of the site in it
//	.T "not-found"  an interface word of it, ready to stand as text
package render
