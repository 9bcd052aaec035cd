package serve

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
)

// AddressError says why an address is not one to listen on: it is wrongly
// written, taken, or one that other computers could reach.
type AddressError struct{ reason string }

// Error implements error.
func (e *AddressError) Error() string { return e.reason }

func addressError(format string, args ...any) error {
	return &AddressError{fmt.Sprintf(format, args...)}
}

// listen opens addr if only this computer can reach it. Drafts are nobody else's business, and a preview open to the
// network is a way into the computer.
func listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, addressError("the preview address %q is not host:port; write 127.0.0.1:8080", addr)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return nil, addressError("the preview address %q has no port from 0 to 65535; write 127.0.0.1:8080", addr)
	}
	if !isLoopback(host) {
		return nil, addressError("the preview address %q could be reached from other computers; write 127.0.0.1:%s instead", addr, port)
	}
	ln, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, addressError("something else listens on %s already, perhaps another preview; end it, "+
			"or name another address, such as --addr %s:0", addr, host)
	case err != nil:
		return nil, fmt.Errorf("opening the preview address: %w", err)
	}
	if a, ok := ln.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() { // a hosts file can call anything localhost
		ln.Close()
		return nil, addressError("the preview address %q leads to %s, which other computers can reach; write 127.0.0.1:%s instead", addr, ln.Addr(), port)
	}
	return ln, nil
}

// isLoopback reports whether host is "localhost" or a loopback IP, without asking a name server.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// guard answers only this computer's own browser asking for our own pages, and sets the headers all answers share.
// A page of another site can make the browser ask us, under its own name (DNS rebinding) or ours; see
// gohugoio/hugo #14869, evanw/esbuild #4171 and vitejs/vite #19378.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin") // no <img> or <script> of another site either
		switch {
		case !ourHost(r):
			http.Error(w, "this preview answers only to localhost and its own port", http.StatusForbidden)
		case !ourOrigin(r):
			http.Error(w, "this preview answers only its own pages", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "this preview can only be read", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// ourHost reports whether the request names this computer and the port it came in by.
func ourHost(r *http.Request) bool {
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		host, port = strings.Trim(r.Host, "[]"), "80"
	}
	if !isLoopback(host) {
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return !ok || port == fmt.Sprint(local.Port) // no address: a test that calls the handler itself
}

// ourOrigin reports whether the request comes from one of our pages, or from none: typed, or a link that was followed.
func ourOrigin(r *http.Request) bool {
	for _, o := range r.Header.Values("Origin") {
		if !strings.EqualFold(o, "http://"+r.Host) {
			return false
		}
	}
	if r.URL.Path != reloadPath {
		return true
	}
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "" || site == "same-origin" || site == "none"
}
