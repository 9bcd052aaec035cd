package serve

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Handler answers requests for the state of the moment; Run serves it. Alone it shows nothing but a page that waits.
func (s *Server) Handler() http.Handler {
	return guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == reloadPath {
			s.stream(w, r)
			return
		}
		if r.URL.Path == findingsPath {
			s.current().findings(w)
			return
		}
		if name, is := strings.CutPrefix(r.URL.Path, deskPath); is && s.current().desk != nil {
			s.current().serveDesk(w, name)
			return
		}
		s.current().serve(w, r)
	}))
}

// deskPath is reserved: pages for people who work on the site.
const deskPath = "/-/"

// serveDesk answers with a page for people who work on the site.
func (st *state) serveDesk(w http.ResponseWriter, name string) {
	overlay := ""
	if st.broken {
		overlay = st.overlay("")
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	page, err := st.desk(name)
	switch {
	case err == nil:
		st.send(w, http.StatusOK, page, overlay)
	case errors.Is(err, fs.ErrNotExist):
		st.notFound(w)
	default:
		st.send(w, http.StatusInternalServerError, plainPage("This page cannot be made", []string{err.Error()}), overlay)
	}
}

// serve answers with the file that the URL names, its folder's index, or a page that says what is the matter.
func (st *state) serve(w http.ResponseWriter, r *http.Request) {
	if st.read == nil {
		st.send(w, http.StatusServiceUnavailable, st.waitingPage(), "")
		return
	}
	name, ok := fileName(r.URL)
	if !ok {
		st.notFound(w)
		return
	}
	data, err := st.read(name)
	switch {
	case err == nil:
		st.sendFile(w, r, name, data)
	case !errors.Is(err, fs.ErrNotExist):
		st.send(w, http.StatusInternalServerError, plainPage("This file cannot be read", []string{err.Error()}), st.overlay(name))
	case st.has(name + "/index.html"):
		to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	default:
		st.notFound(w)
	}
}

// fileName gives the name of the file that u asks for. It is false for a path that no link of a site has: one with
// dot segments, empty ones, backslashes, NUL or an encoded slash.
func fileName(u *url.URL) (string, bool) {
	name := strings.TrimPrefix(u.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	odd := strings.ContainsAny(name, "\\\x00") || strings.Contains(strings.ToLower(u.RawPath), "%2f")
	return name, !odd && name != "." && fs.ValidPath(name)
}

func (st *state) has(name string) bool {
	_, err := st.read(name)
	return err == nil
}

// sendFile sends a file of the site, or the range of it that was asked for.
func (st *state) sendFile(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	kind := contentType(name)
	w.Header().Set("Content-Type", kind)
	if strings.HasPrefix(kind, "text/html") {
		data = st.inject(data, st.overlay(name))
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// notFound shows the site's own page for this, or a plain one, which lists what may have kept the page from being made.
// Either reloads once there is something to see.
func (st *state) notFound(w http.ResponseWriter) {
	page, err := st.read("404.html")
	switch {
	case slices.ContainsFunc(st.problems, func(p Problem) bool { return p.Error }):
		st.send(w, http.StatusNotFound, plainPage("There is no such page, or it could not be made", st.texts()), "")
		return
	case err != nil:
		page = plainPage("There is no such page", nil)
	}
	st.send(w, http.StatusNotFound, page, st.overlay(""))
}

// findings lists all findings.
func (st *state) findings(w http.ResponseWriter) {
	title := "All findings"
	if len(st.problems) == 0 {
		title = "No findings"
	}
	st.send(w, http.StatusOK, plainPage(title, st.texts()), "")
}

// send sends a whole HTML page; net/http leaves out the body for HEAD.
func (st *state) send(w http.ResponseWriter, status int, page []byte, overlay string) {
	page = st.inject(page, overlay)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	w.Write(page)
}
