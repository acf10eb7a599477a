package source

import (
	"path"
	"strings"
	"unicode"
)

// Part is a folder or a file name without what orders it.
type Part struct {
	Slug  string // in addresses: "value-equation"
	Order int    // the number prefix; -1 without one
	Raw   string // as on disk, without language and extension
	Label string // Raw without the number prefix
}

// titles are the names of a folder's title page.
var titles = map[string]bool{"index": true, "_index": true, "README": true, "readme": true}

// name reads what a path says.
func name(prefix, rel string, languages []string, guest bool) *File {
	f := &File{Path: prefix + rel, Rel: rel, Base: path.Base(rel), Kind: Asset}
	dir, base := path.Split(rel)
	for _, d := range strings.Split(strings.TrimSuffix(dir, "/"), "/") {
		if d != "" {
			f.Dirs = append(f.Dirs, part(d))
		}
	}
	stem, isMarkdown := strings.CutSuffix(base, ".md")
	if !isMarkdown {
		stem, isMarkdown = strings.CutSuffix(base, ".markdown")
	}
	if ext := strings.ToLower(path.Ext(base)); guest && (ext == ".md" || ext == ".markdown" || ext == ".mdx") {
		stem, isMarkdown = base[:len(base)-len(ext)], true
	}
	if !isMarkdown || stem == "" {
		return f
	}
	f.Kind = Markdown
	for _, l := range languages {
		if rest, ok := strings.CutSuffix(stem, "."+l); ok && rest != "" {
			stem, f.Lang = rest, l
			break
		}
	}
	f.Title = titles[stem] || guest && (strings.EqualFold(stem, "readme") || strings.EqualFold(stem, "index"))
	f.Name = part(stem)
	return f
}

// part takes the number prefix off a name: one to three digits, then "-" or "_",
// then a letter. "2027-plan" and "965531" keep their numbers.
func part(raw string) Part {
	p := Part{Raw: raw, Order: -1}
	digits := 0
	for digits < len(raw) && raw[digits] >= '0' && raw[digits] <= '9' {
		digits++
	}
	rest := raw
	if digits >= 1 && digits <= 3 && digits+1 < len(raw) && (raw[digits] == '-' || raw[digits] == '_') {
		if tail := raw[digits+1:]; unicode.IsLetter([]rune(tail)[0]) {
			p.Order = 0
			for _, c := range raw[:digits] {
				p.Order = p.Order*10 + int(c-'0')
			}
			rest = tail
		}
	}
	p.Slug, p.Label = Slug(rest), rest
	return p
}

// Slug is a name as it stands in an address: lower case, letters and digits of
// every script kept, everything else a single "-"; never empty.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '_' || r == '.':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	slug := strings.Trim(b.String(), ".")
	if slug == "" {
		return "page"
	}
	return slug
}
