package markdown

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"playbook/generator/internal/diag"
)

// A guest's front matter is read for what Playbook knows, whichever notation it is
// written in: YAML, TOML between two lines "+++", or a JSON object. Where it is broken,
// what can be told from single lines is taken, and in doubt the page is held back.

// fields are keys with their values as texts. A value that is no text or list of texts
// has none.
type fields map[string][]string

func (f fields) text(key string) string {
	if len(f[key]) == 0 {
		return ""
	}
	return f[key][0]
}

// lines reads keys and values line by line, up to a line that begins a part with keys
// of its own: `title = "x"`, `tags: [a, b]`.
func looseFields(block []byte, separator string) fields {
	f := fields{}
	for line := range bytes.Lines(block) {
		text := strings.TrimSpace(string(line))
		if separator == "=" && strings.HasPrefix(text, "[") {
			break // a table
		}
		key, value, ok := strings.Cut(text, separator)
		if key = strings.Trim(strings.TrimSpace(key), `"'`); !ok || key == "" || strings.HasPrefix(key, "#") || f[key] != nil {
			continue
		}
		if lower := strings.ToLower(key); slices.Contains(heldKeys, lower) { // other generators ignore the case
			key = lower
		}
		f[key] = looseValues(strings.TrimSpace(value))
	}
	return f
}

func looseValues(s string) []string {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, _, _ = strings.Cut(inner, "]")
		all := []string{}
		for part := range strings.SplitSeq(inner, ",") {
			if part = looseText(strings.TrimSpace(part)); part != "" {
				all = append(all, part)
			}
		}
		return all
	}
	return []string{looseText(s)}
}

func looseText(s string) string {
	if s == "" {
		return ""
	}
	if q := s[0]; q == '"' || q == '\'' {
		if end := strings.LastIndexByte(s, q); end > 0 {
			if text, err := strconv.Unquote(s[:end+1]); err == nil && q == '"' {
				return text
			}
			return s[1:end]
		}
	}
	if i := strings.Index(s, " #"); i >= 0 {
		s = strings.TrimSpace(s[:i])
	}
	return s
}

// jsonFields reads a JSON object at the beginning of a text, and returns where it ends.
func jsonFields(src []byte) (f fields, end int, ok bool) {
	if !bytes.HasPrefix(src, []byte("{")) {
		return nil, 0, false
	}
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	var all map[string]any
	if d.Decode(&all) != nil || len(all) == 0 {
		return nil, 0, false
	}
	end = int(d.InputOffset())
	if rest, _, _ := bytes.Cut(src[end:], []byte{'\n'}); len(bytes.TrimSpace(rest)) > 0 {
		return nil, 0, false
	}
	f = fields{}
	for key, v := range all {
		list, isList := v.([]any)
		if !isList {
			list = []any{v}
		}
		if lower := strings.ToLower(key); slices.Contains(heldKeys, lower) {
			key = lower
		}
		f[key] = []string{}
		for _, v := range list {
			switch v.(type) {
			case string, bool, json.Number:
				f[key] = append(f[key], fmt.Sprint(v))
			}
		}
	}
	return f, end, true
}

// The keys that order the pages of a folder: of Hugo, VuePress, just-the-docs and
// Docusaurus.
var weightKeys = []string{"weight", "order", "nav_order", "sidebar_position"}

// Addresses that a page had, as other generators' authors give them.
var addressKeys = []string{"permalink", "url"}

// The keys by which a page is held back.
var heldKeys = []string{"draft", "published", "publish", "private", "status", "unlisted", "hidden", "headless"}

// The days from which and until which a page is shown: Hugo's keys, and others'.
var (
	fromKeys  = []string{"publishDate", "publishdate", "publish_date", "pubDate"}
	untilKeys = []string{"expiryDate", "expirydate", "expiry_date", "unpublishDate", "unpublishdate"}
	dayKeys   = slices.Concat(fromKeys, untilKeys)
)

var guestKeys = slices.Concat([]string{"title", "description", "keywords", "tags", "aliases"}, heldKeys, weightKeys, addressKeys, dayKeys, []string{"cascade"})

// guestMeta takes what fields say that stand at a place.
func (r *reading) guestMeta(f fields, at diag.Pos) {
	m := &r.doc.Meta
	m.Title, m.Description = f.text("title"), f.text("description")
	m.Keywords = f["keywords"]
	m.Tags = slices.DeleteFunc(f["tags"], func(s string) bool { return s == "" })
	m.Pos = map[string]diag.Pos{"tags": at}
	for _, address := range f["aliases"] {
		m.Aliases = append(m.Aliases, Alias{Address: address, Pos: at})
	}
	r.guestOrder(f, at)
	for key := range f {
		if !slices.Contains(guestKeys, key) {
			r.unknownKey(at, key)
		}
	}
}

// guestOrder takes what other generators' keys say: whether the page is held back,
// where it stands, and which address it had.
func (r *reading) guestOrder(f fields, at diag.Pos) {
	m := &r.doc.Meta
	says := func(key string) bool { return f[key] != nil && !isNo(f.text(key)) }
	denies := func(key string) bool { return isNo(f.text(key)) && f.text(key) != "" }
	for _, key := range fromKeys {
		m.From = max(m.From, dayOf(f.text(key)))
	}
	m.From = max(m.From, dayOf(f.text("published")))
	for _, key := range untilKeys {
		m.Until = cmp.Or(m.Until, dayOf(f.text(key)))
	}
	m.Draft = says("draft") || says("private") || says("unlisted") || says("hidden") || says("headless") || denies("published") || denies("publish") || strings.EqualFold(f.text("status"), "draft")
	for _, key := range weightKeys {
		if v, err := strconv.ParseFloat(f.text(key), 64); err == nil && m.Weight == 0 {
			m.Weight = v
		}
	}
	for _, key := range addressKeys {
		if a := f.text(key); strings.HasPrefix(a, "/") && !strings.ContainsAny(a, ":?#") && a != "/" {
			m.Aliases = append(m.Aliases, Alias{Address: a, Pos: at})
		}
	}
}

// dayOf is the day that a date begins with, as 2027-03-01; "" if it begins with none.
func dayOf(s string) string {
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return s[:len(time.DateOnly)]
}

var (
	cascadeBegins = regexp.MustCompile(`^(?:cascade\s*:|\[+cascade)`)
	cascadeHolds  = regexp.MustCompile(`(?i)\b(?:draft["']?\s*[:=]\s*["']?(?:true|yes|on)|published["']?\s*[:=]\s*["']?(?:false|no|off)|render["']?\s*[:=]\s*["']?never)\b`)
)

// holdsFolder reports whether front matter holds back all that stands in the folder:
// cascade: {draft: true}, in YAML or TOML.
func holdsFolder(block []byte) bool {
	inside := false
	for line := range bytes.Lines(block) {
		switch {
		case cascadeBegins.Match(line):
			inside = true
		case len(line) > 1 && (line[0] == '[' || line[0] > '-' && !bytes.Contains(line, []byte("="))):
			inside = false
		}
		if inside && cascadeHolds.Match(line) {
			return true
		}
	}
	return false
}

// isNo reports whether a value says no. What it says is asked where a page may have to
// be held back, so what is neither yes nor no is not no.
func isNo(s string) bool {
	switch strings.ToLower(s) {
	case "false", "no", "off", "0", "":
		return true
	}
	return false
}

func (r *reading) unknownKey(at diag.Pos, key string) {
	r.warnf(at, "unknown-key", "", "nobody reads the key %q of the front matter", key)
	r.diags[len(r.diags)-1].Key = key
}
