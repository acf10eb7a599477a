package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
)

// Target is where a link leads.
type Target struct {
	External string       // as written: https:, mailto:, tel:
	Page     *Page        // a page of the site, or nil
	Made     string       // the path of a page that the program makes, or ""
	Asset    *source.File // a file beside the pages, or nil
	Anchor   string       // without "#"
	Query    string       // without "?"

	// Guessed is what a guest's link was taken for that does not say so: the path of a
	// file, or an anchor behind it; "" otherwise.
	Guessed string
}

// Problem is why a link leads nowhere.
type Problem struct {
	Rule    string
	Message string

	help func() string // looks through the whole site, so only whoever reports the problem asks
}

// Help is what to do about it.
func (p *Problem) Help() string { return p.help() }

// advice is help that is known beforehand.
func advice(s string) func() string { return func() string { return s } }

var external = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true, "ftp": true, "sms": true}

// Resolve finds the target of a link in a page's text. Links lead to the page in
// the reader's language, whichever language's file they name.
func (s *Site) Resolve(from *Page, l *markdown.Link) (Target, *Problem) {
	dest := strings.TrimSpace(l.Dest)
	if dest == "" {
		return Target{}, &Problem{Rule: "dead-link", Message: "the link has no destination", help: advice("")}
	}
	if strings.HasPrefix(dest, "//") {
		return Target{External: dest}, nil
	}
	if scheme, rest, ok := scheme(dest); ok {
		switch {
		case external[scheme]:
			return Target{External: dest}, nil
		case scheme == "module":
			return s.resolveModule(from, rest)
		case scheme == "term":
			return s.resolveTerm(from, rest)
		case scheme == "calculator":
			return s.resolveCalculator(from, rest)
		case scheme == "data" && l.Image && strings.HasPrefix(rest, "image/"):
			return Target{External: dest}, nil
		}
		return Target{}, &Problem{
			Rule: "dead-link", Message: "links of the kind " + quote(scheme+":") + " are not allowed",
			help: advice("link to https:, mailto:, tel:, a file of the site, module:TRACK/NAME, calculator:ID or term:ID"),
		}
	}
	file, anchor, query := split(dest)
	written := file
	if s.Guest {
		if strings.HasPrefix(dest, "{") {
			return Target{}, &Problem{Rule: "foreign-link", Message: "the link is made by a tag of another generator: " + quote(dest), help: advice("write where it leads")}
		}
		file, anchor, query = route(file, anchor, query)
	}
	if file == "" {
		return s.anchored(Target{Page: from, Anchor: anchor, Query: query})
	}
	name := unescape(file)
	base := path.Dir(from.Text.File.Path)
	if strings.HasPrefix(name, "/") {
		base = s.contentDir(from)
	}
	full := strings.TrimPrefix(path.Join(base, name), "/")
	if m := s.lookup(full); m != nil {
		t := Target{Page: m.In(from.Lang), Anchor: anchor, Query: query}
		if written != file {
			t.Guessed = t.Page.Text.File.Path
		}
		return s.anchored(t)
	}
	if f := s.assets[full]; f != nil {
		return Target{Asset: f, Anchor: anchor, Query: query}, nil
	}
	if s.Guest { // a folder's page, by whichever name of a title page
		rel := path.Join(path.Dir(from.Text.File.Rel), name)
		if strings.HasPrefix(name, "/") {
			rel = path.Join(".", name[1:])
		}
		if m := s.index().folders[rel]; m != nil {
			return s.anchored(Target{Page: m.In(from.Lang), Anchor: anchor, Query: query})
		}
	}
	if f := s.assets["static"+name]; f != nil && strings.HasPrefix(name, "/") { // where Hugo puts them
		return Target{Asset: f, Anchor: anchor, Query: query}, nil
	}
	if s.Guest && !s.drafts[full] {
		if p, ok := s.index().find(from.Text.File, name); ok && p.module != nil {
			t := Target{Page: p.module.In(from.Lang), Anchor: anchor, Query: query}
			if t.Guessed = t.Page.Path; t.Page.Text != nil {
				t.Guessed = t.Page.Text.File.Path
			}
			return s.anchored(t)
		} else if ok && s.assets[p.file.Path] != nil {
			return Target{Asset: p.file, Anchor: anchor, Query: query, Guessed: p.file.Path}, nil
		}
	}
	if l.Image {
		return Target{}, &Problem{
			Rule: "missing-image", Message: "there is no image " + quote(name),
			help: func() string { return s.nearest(full, true, "put the file at "+full) },
		}
	}
	if s.drafts[full] || s.drafts[strings.TrimSuffix(full, ".md")+"."+from.TextLang+".md"] {
		if held := "/" + full; strings.Contains(held, "/_") || strings.Contains(held, "/.") {
			return Target{}, &Problem{
				Rule: "dead-link", Message: "the link leads to a text that is not published: " + quote(name),
				help: advice("take the link out, or the sign before the name of the file or folder there"),
			}
		}
		return Target{}, &Problem{
			Rule: "dead-link", Message: "the link leads to a draft, which is not published: " + quote(name),
			help: advice("take the link out, or draft: true out of the front matter there"),
		}
	}
	return Target{}, &Problem{
		Rule: "dead-link", Message: "the link leads nowhere: there is no " + quote(name),
		help: func() string { return s.nearest(full, false, "expected a file at "+full) },
	}
}

func quote(s string) string { return `"` + s + `"` }

// scheme splits off a URL scheme of two letters or more.
func scheme(dest string) (name, rest string, ok bool) {
	i := strings.IndexByte(dest, ':')
	if i < 2 {
		return "", "", false
	}
	for j := 0; j < i; j++ {
		c := dest[j] | 0x20
		if !(c >= 'a' && c <= 'z' || j > 0 && (dest[j] >= '0' && dest[j] <= '9' || dest[j] == '+' || dest[j] == '.' || dest[j] == '-')) {
			return "", "", false
		}
	}
	return strings.ToLower(dest[:i]), dest[i+1:], true
}

func split(dest string) (file, anchor, query string) {
	file, anchor, _ = strings.Cut(dest, "#")
	file, query, _ = strings.Cut(file, "?")
	return file, unescape(anchor), query
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// contentDir is the folder that "/x.md" starts from.
func (s *Site) contentDir(from *Page) string {
	f := from.Text.File
	return strings.TrimSuffix(strings.TrimSuffix(f.Path, f.Rel), "/")
}

// lookup finds the module of a file path as authors write it: with or without
// language and extension, a folder for its title page.
func (s *Site) lookup(full string) *Module {
	if m := s.byFile[full]; m != nil {
		return m
	}
	stem := strings.TrimSuffix(full, ".md")
	for _, l := range s.Languages {
		if m := s.byFile[stem+"."+l+".md"]; m != nil {
			return m
		}
		if m := s.byFile[strings.TrimSuffix(stem, "."+l)+".md"]; m != nil {
			return m
		}
		// The translation is missing: the module's other text stands in for it.
		if cut, ok := strings.CutSuffix(stem, "."+l); ok {
			for _, other := range s.Languages {
				if m := s.byFile[cut+"."+other+".md"]; m != nil {
					return m
				}
			}
		}
	}
	if strings.HasSuffix(full, ".md") {
		return nil
	}
	for _, title := range []string{"index", "_index", "README"} {
		if m := s.byFile[full+"/"+title+".md"]; m != nil {
			return m
		}
		for _, l := range s.Languages {
			if m := s.byFile[full+"/"+title+"."+l+".md"]; m != nil {
				return m
			}
		}
	}
	return s.byFile[full+".md"]
}

// resolveModule follows "module:TRACK/NAME".
func (s *Site) resolveModule(from *Page, rest string) (Target, *Problem) {
	id, anchor, query := split(rest)
	m := s.byID[strings.Trim(id, "/")]
	if m == nil || len(m.Pages) == 0 {
		return Target{}, &Problem{
			Rule: "dead-link", Message: "there is no module " + quote(id),
			help: func() string {
				ids := make([]string, 0, len(s.Modules))
				for _, m := range s.Modules {
					ids = append(ids, m.ID)
				}
				if near := diag.Closest(id, ids); near != "" {
					return "did you mean module:" + near + "?"
				}
				return "a module's id is its track and name without numbers, such as questions/spin"
			},
		}
	}
	return s.anchored(Target{Page: m.In(from.Lang), Anchor: anchor, Query: query})
}

// resolveCalculator follows "calculator:ID" to the calculator's page.
func (s *Site) resolveCalculator(from *Page, id string) (Target, *Problem) {
	if path := s.ToolPath(id, from.Lang); path != "" {
		return Target{Made: path, Anchor: id}, nil
	}
	return Target{}, &Problem{
		Rule: "dead-link", Message: "no page holds the calculator " + quote(id),
		help: advice("put a fenced block \"calculator " + id + "\" into a module"),
	}
}

// ToolPath is the path of a calculator's own page in a language, "" where no page
// of the site's first language holds the calculator.
func (s *Site) ToolPath(id, lang string) string {
	if !slices.ContainsFunc(s.Tools, func(t Tool) bool { return t.ID == id }) {
		return ""
	}
	return s.SectionPath(lang, ToolsSection, id)
}

// collectCalculators lists the calculators that pages of the first language hold, in
// the order of the course.
func (s *Site) collectCalculators() {
	holders := map[string][]*Module{}
	for _, m := range s.Modules {
		if p := m.In(s.Languages[0]); p.Text != nil {
			for _, c := range p.Text.Doc.Calculators {
				if all := holders[c.ID]; len(all) == 0 || all[len(all)-1] != m {
					holders[c.ID] = append(all, m)
				}
			}
		}
	}
	for _, c := range s.Calculators.All() {
		if modules := holders[c.ID]; modules != nil {
			s.Tools = append(s.Tools, Tool{c.ID, modules})
		}
	}
}

// anchored checks that the target page has the anchor.
func (s *Site) anchored(t Target) (Target, *Problem) {
	if t.Anchor == "" || t.Page == nil || t.Page.Text == nil {
		return t, nil
	}
	// "#value-equation?years=3" is a calculator's state, "#value-equation+years=3"
	// an addition to it, not an anchor.
	anchor := t.Anchor
	if i := strings.IndexAny(anchor, "?+"); i >= 0 {
		anchor = anchor[:i]
	}
	if anchor == "" || anchor == "top" || t.Page.Doc().HasAnchor(anchor) {
		return t, nil
	}
	if s.Guest {
		if like := likeAnchor(anchor, t.Page.Doc().Anchors()); like != "" {
			t.Anchor, t.Guessed = like, t.Page.Text.File.Path+"#"+like
			return t, nil
		}
	}
	return t, &Problem{
		Rule: "dead-anchor", Message: "there is no " + quote("#"+anchor) + " in " + t.Page.Text.File.Path,
		help: func() string {
			if near := diag.Closest(anchor, t.Page.Doc().Anchors()); near != "" {
				return "did you mean #" + near + "?"
			}
			return ""
		},
	}
}

// nearest suggests the file that was probably meant.
func (s *Site) nearest(full string, image bool, otherwise string) string {
	names := s.texts
	if image {
		names = s.images
	}
	if near := diag.Closest(full, names()); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// Asset is the file beside the pages of a path from the content folder, nil if there is
// none.
func (s *Site) Asset(rel string) *source.File {
	for _, f := range s.Assets {
		if f.Rel == path.Clean(rel) {
			return f
		}
	}
	return nil
}

// Href is the relative address of a target from a page at path from.
func (s *Site) Href(from string, t Target) string {
	var href string
	switch {
	case t.External != "":
		return t.External
	case t.Asset != nil:
		href = Relative(from, s.AssetAddress(t.Asset))
	case t.Page != nil:
		if t.Page.Path == from && t.Anchor != "" {
			return "#" + EscapeFragment(t.Anchor)
		}
		href = Relative(from, t.Page.Path)
	case t.Made != "":
		href = Relative(from, t.Made)
	}
	if t.Query != "" {
		href += "?" + t.Query
	}
	if t.Anchor != "" {
		href += "#" + EscapeFragment(t.Anchor)
	}
	return href
}

// Relative is the address of one path of the site as seen from another.
func Relative(from, to string) string {
	shared := 0 // what folders both stand in
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			shared = i + 1
		}
	}
	rest := to[shared:]
	if up := strings.Count(from[shared:], "/"); up > 0 {
		return upward(up) + escape(rest)
	}
	if first, _, _ := strings.Cut(rest, "/"); strings.IndexByte(first, ':') >= 0 {
		return "./" + escape(rest) // or it would read as a scheme
	}
	return escape(rest)
}

// Root is the way from a page to the site's root: "../../", or "./".
func Root(from string) string {
	if n := strings.Count(from, "/"); n > 0 {
		return upward(n)
	}
	return "./"
}

const someFolders = "../../../../../../../../"

// upward leads n folders up.
func upward(n int) string {
	if n <= len(someFolders)/len("../") {
		return someFolders[:n*len("../")]
	}
	return strings.Repeat("../", n)
}

// escape percent-encodes what may not stand in a path; letters of other scripts
// stay as they are, as browsers show them.
func escape(s string) string { return escapeSet(s, &notInPath) }

// EscapeFragment is escape for what follows "#", where "?" is an ordinary sign.
func EscapeFragment(s string) string { return escapeSet(s, &notInFragment) }

var (
	notInPath     = setOf(" \"<>`{}|\\^%[]?#")
	notInFragment = setOf(" \"<>`{}|\\^[]#")
)

func setOf(signs string) (set [256]bool) {
	for i := range len(signs) {
		set[signs[i]] = true
	}
	return set
}

func escapeSet(s string, special *[256]bool) string {
	first := 0
	for first < len(s) && !special[s[first]] {
		first++
	}
	if first == len(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteString(s[:first])
	for i := first; i < len(s); i++ {
		if c := s[i]; special[c] {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
