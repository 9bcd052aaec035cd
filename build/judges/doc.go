// Package judges has the repository's own site judged by tools that others wrote.
//
// It holds tests only. They build the site once, hand its pages to the tools and
// read the verdicts:
//
//	axe_test.go       axe-core: WCAG 2.2 A and AA, contrast AAA, best practice
//	overflow_test.go  nothing scrolls sideways on a narrow screen
//	requests_test.go  one request a page, no complaint, nothing stored
//	walk_test.go      every link leads somewhere, from a server and from a folder
//	noscript_test.go  every word without scripts and styles; keyboard and focus
//	rtl_test.go       foreign runs are isolated in right-to-left pages
//	weight_test.go    bytes as sent, style and its hash
//	print_test.go     what stands on paper
//	html_test.go      the Nu HTML checker
//	old_test.go       PhantomJS: WebKit as of 2014; stray styles in today's browser
//	chromium_test.go  Chromium of 2018: answers that fold open, on the screen and on paper
//	netsurf_test.go   NetSurf: an engine that skips what is newer than CSS 2.1
//	dillo_test.go     Dillo: an engine that knows no element of HTML 5
//	textbrowsers_test.go  w3m and lynx: every word, and answers told from what one chooses
//	firefox_test.go   Firefox ESR, on small screens and on paper
//	painting_test.go  what pictures tell of words: contrast as painted, letters cut off
//	paint_test.go     the first words on slow 2G
//	taken_test.go     bundles: the same bytes from two builds, and how many
//	same_test.go      every page says the same in the site and in all bundles
//	zip_test.go       unzip; unpacked, every link leads somewhere, from the disk
//	stale_test.go     unzip, rsync and nginx never go on with former pages
//	serving_test.go   nginx, Apache, Caddy and lighttpd with the settings operators get
//	flip_test.go      nobody meets half of two releases
//	wire_test.go      what rsync and zsync fetch after an edit
//	object_test.go    rclone keeps a release in object storage, which s3_test.go plays
//	made_test.go      a small site made to be hard to show: wide tables, long words, answers
//	media_test.go     pictures and sounds, in pages and in bundles
//	onefile_test.go   one file has all it needs, in the sandbox of Kolibri too
//	epub_test.go      EPUBCheck and Ace
//	zim_test.go       zimcheck; kiwix-serve shows all pages and finds them
//	catalog_test.go   gettext, translate-toolkit and po4a read and write what translators get
//
// Plain go test needs Go alone: a test whose tool is missing says which, and
// skips. install.sh installs the tools. With FIELDGUIDE_TOOLS=required, as in
// make test, a missing tool is a failure. With -short one page of each kind in
// each language stands for all.
//
// testdata/faults.yaml names what has gone wrong for readers with old engines: each
// engine's judge must refuse its own.
//
// A judge that reads no words sees one page of each markup: markup_test.go. When
// all are done, cost_test.go says how long each took, and for how many pages.
//
// A test collects its complaints, each with a page, a rule and the place, and
// shows them by rule:
//
//	t.Complain(page, "color-contrast", "p.small > a")
package judges
