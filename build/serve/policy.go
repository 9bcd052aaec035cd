package serve

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"slices"
	"strings"
)

// hash gives the source expression that allows an inline script or style with this text (CSP3 §2.3.1).
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// splicePolicy gives what to change in a meta tag that holds a policy, so that it allows what inject adds.
// It is false for any other meta tag.
func splicePolicy(tag []byte, overlay bool) (splice, bool) {
	equiv, _, _ := findAttr(tag, "http-equiv")
	if !strings.EqualFold(equiv, "Content-Security-Policy") {
		return splice{}, false
	}
	policy, from, to := findAttr(tag, "content")
	if from == to {
		return splice{}, false
	}
	policy = allow(policy, hash(reloadScript), "script-src", "script-src-elem")
	policy = allow(policy, "'self'", "connect-src", "connect-src")
	if overlay {
		policy = allow(policy, hash(overlayCSS), "style-src", "style-src-elem")
	}
	return splice{from, to, `"` + strings.NewReplacer("&", "&amp;", `"`, "&#34;").Replace(policy) + `"`}, true
}

// allow gives the policy with source added to the directive that decides on it: the finer one, else name, else
// default-src, whose sources then move into a directive of their own. A policy with none of them allows everything.
func allow(policy, source, name, finer string) string {
	directives := strings.Split(policy, ";")
	for _, want := range []string{finer, name, "default-src"} {
		i := slices.IndexFunc(directives, func(d string) bool {
			f := strings.Fields(d)
			return len(f) > 0 && strings.EqualFold(f[0], want)
		})
		if i < 0 {
			continue
		}
		sources := strings.Fields(directives[i])[1:]
		switch {
		case allowed(sources, source):
			return policy
		case want == "default-src":
			added := append([]string{name}, slices.DeleteFunc(sources, isNone)...)
			return strings.TrimRight(policy, "; \t\r\n") + "; " + strings.Join(added, " ") + " " + source
		case slices.ContainsFunc(sources, isNone):
			directives[i] = " " + want + " " + source
		default:
			directives[i] = strings.TrimRight(directives[i], " \t\r\n") + " " + source
		}
		return strings.Join(directives, ";")
	}
	return policy
}

// allowed reports whether the sources allow source already. 'unsafe-inline' does, for what is inline, and a hash next to
// it would take that back from the page's own scripts.
func allowed(sources []string, source string) bool {
	if slices.Contains(sources, source) {
		return true
	}
	named := slices.ContainsFunc(sources, func(s string) bool {
		return strings.HasPrefix(s, "'sha") || strings.HasPrefix(s, "'nonce-")
	})
	return source != "'self'" && slices.Contains(sources, "'unsafe-inline'") && !named
}

func isNone(source string) bool { return strings.EqualFold(source, "'none'") }

// findAttr gives the value of a tag's attribute, unescaped, and its place in the tag, quotes included; from and to are
// equal if there is none. The tokenizer of x/net/html knows values but not their places.
func findAttr(tag []byte, name string) (value string, from, to int) {
	const space = " \t\r\n\f"
	s := strings.TrimSuffix(string(tag), ">")
	skip := func(i int, set string) int { return len(s) - len(strings.TrimLeft(s[i:], set)) }
	until := func(i int, set string) int {
		if n := strings.IndexAny(s[i:], set); n >= 0 {
			return i + n
		}
		return len(s)
	}
	for i := until(0, space+"/"); i < len(s); {
		start := skip(i, space+"/")
		i = until(start, space+"/=")
		key := s[start:i]
		if i = skip(i, space); i == len(s) || s[i] != '=' {
			continue
		}
		from = skip(i+1, space)
		inner, end := from, until(from, space)
		to = end
		if from < len(s) && (s[from] == '"' || s[from] == '\'') {
			inner = from + 1
			end = until(inner, s[from:inner])
			to = min(end+1, len(s))
		}
		if strings.EqualFold(key, name) {
			return html.UnescapeString(s[inner:end]), from, to
		}
		i = to
	}
	return "", 0, 0
}
