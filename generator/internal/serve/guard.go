package serve

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
)

// guard answers only requests that name this server. A browser sends the name
// that it looked up; a page on the web whose name was made to point here still
// sends its own. An address in numbers cannot be made to point anywhere.
func guard(listening net.Addr, asked string, next http.Handler) http.Handler {
	host, _, _ := net.SplitHostPort(listening.String())
	ip := net.ParseIP(host)
	loopback := ip == nil || ip.IsLoopback()
	names := map[string]bool{"localhost": true}
	if name, _, err := splitAddr(asked); err == nil {
		names[strings.ToLower(name)] = true
	}
	if own, err := os.Hostname(); err == nil && !loopback {
		own = strings.ToLower(own)
		names[own], names[own+".local"] = true, true
	}
	allowed := func(host string) bool {
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
		if ip := net.ParseIP(host); ip != nil {
			return !loopback || ip.IsLoopback()
		}
		return names[host] || strings.HasSuffix(host, ".localhost")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		switch {
		case !allowed(r.Host):
			http.Error(w, fmt.Sprintf("This is a playbook being written on %s, not %q.\nTo open it to others, start it with --addr and that name.", listening, r.Host), http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "Pages can only be read.", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
