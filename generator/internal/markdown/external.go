package markdown

import (
	"bytes"
	"regexp"
	"strings"
)

// A page that loads something from another host tells that host of every visit. It
// may be meant, so it is a warning, once a host.

// loading are attributes, beside src, of what a browser loads by itself.
var loading = map[string]bool{"poster": true, "srcset": true, "data": true, "background": true, "style": true}

var (
	hostIn = regexp.MustCompile(`(?i)(?:^|[\s,("'])(?:https?:)?//([^/\s"'()<>?#,]+)`)
	inCSS  = regexp.MustCompile(`(?i)(?:url\(|@import)\s*["']?\s*(?:https?:)?//([^/\s"'()<>?#,]+)`)
)

// noteRequests notes that a browser loads what is at an address, or at those that a text
// holds: of a style sheet, the ones that it names.
func (r *reading) noteRequests(offset int, text []byte, css bool) {
	if !bytes.Contains(text, []byte("//")) || !css && hasScheme(string(bytes.TrimSpace(text)), "data") {
		return
	}
	in := hostIn
	if css {
		in = inCSS
	}
	for _, m := range in.FindAllSubmatchIndex(text, -1) {
		host := strings.ToLower(string(text[m[2]:m[3]]))
		if r.hosts[host] {
			continue
		}
		if r.hosts == nil {
			r.hosts = map[string]bool{}
		}
		r.hosts[host] = true
		r.warnf(r.at(offset), "external", "put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit",
			"opening the page asks another host: %s", host)
	}
}
