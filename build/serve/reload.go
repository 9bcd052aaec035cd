package serve

import (
	_ "embed"
	"fmt"
	"net/http"
)

// reloadPath is reserved: open pages listen here for the word to reload.
const reloadPath = "/-/reload"

// reloadScript listens at reloadPath for the version in its own data-version, and closes the box of findings.
// It is the same on every page, so that one hash allows it.
//
//go:embed reload.js
var reloadScript string

// stream is an event stream (HTML Standard §9.2) that says one thing: something else is shown by now than the version
// the page was made from. So a page reloads too if the change came before its stream was open, or the server
// was started anew in between.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	fmt.Fprint(w, "retry: 500\n\n")
	if http.NewResponseController(w).Flush() != nil {
		return
	}

	st := s.current()
	stale := st.built && r.URL.Query().Get("v") != st.version
	if !stale {
		select {
		case <-st.over:
		case <-r.Context().Done():
			return
		}
	}
	fmt.Fprintf(w, "data: %s\n\n", s.current().version)
}
