package site

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
)

// Every path that the site publishes is claimed here, for its owner: first what
// the program publishes under fixed names, then pages, the pages that the program
// makes in each language, files, aliases. At home a conflict is a fault. A guest
// must build whole, so there whoever comes second gets another address, or is left
// out where it says nothing of its own.

// Conflict is an address that was refused.
type Conflict struct {
	*address.Conflict
	Instead string // of a guest: the path that was given in place of it; "" when the owner is left out
}

// Section is a folder of pages that the program makes in each language.
type Section string

const (
	TagsSection     Section = "tags"         // and in it a page for each tag
	ToolsSection    Section = "tools"        // and in it the page of each calculator
	SourcesSection  Section = "sources"      // the systems that the course declares
	HeadingsSection Section = "headings"     // and in it, on a large site, a page for each of Letters
	OfflineSection  Section = "read-offline" // about reading without a network
	ProgressSection Section = "progress"     // what the reader has done
)

// OtherLetter is the part of the list of all headings for what begins with no
// letter of the language.
const OtherLetter = "0"

// Letters are the parts of the list of all headings in a language, in order, as
// they stand in addresses: OtherLetter, then those of its index.
func (s *Site) Letters(lang string) []string {
	all := []string{OtherLetter}
	for _, l := range s.words[lang].Letters {
		all = append(all, strings.ToLower(l.Name))
	}
	return all
}

// about names the sections in faults.
var about = map[Section]string{
	TagsSection: "the list of the tags", ToolsSection: "the list of the calculators", SourcesSection: "the list of the sources",
	HeadingsSection: "the list of all headings", OfflineSection: "the page about reading offline", ProgressSection: "the page of the reader's progress",
}

// Alias is an old address that leads to a page.
type Alias struct {
	Path string // from the site's root
	To   *Page
}

// Prefix is the folder of a language: "en/", or "" on a one-language site.
func (s *Site) Prefix(lang string) string {
	if len(s.Languages) == 1 {
		return ""
	}
	return lang + "/"
}

// SectionPath is where a section's page stands, or the one of a name in it.
func (s *Site) SectionPath(lang string, of Section, name string) string {
	folder, moved := s.sections[of]
	if !moved {
		folder = string(of)
	}
	if name == "" {
		return s.Prefix(lang) + folder + "/index.html"
	}
	return s.Prefix(lang) + folder + "/" + name + "/index.html"
}

// TagAddress is where a tag's page stands.
func (s *Site) TagAddress(lang, id string) string {
	slug, moved := s.tagSlugs[id]
	if !moved {
		slug = source.Slug(id)
	}
	return s.SectionPath(lang, TagsSection, slug)
}

// AssetAddress is where a file that stands beside the pages is published: once
// for all languages, under its folder's address.
func (s *Site) AssetAddress(f *source.File) string {
	if path, moved := s.moved[f]; moved {
		return path
	}
	return path.Join(slugs(f.Dirs), f.Base)
}

// Unused claims a path like the one given that nobody has, for a file whose name
// nobody needs to know.
func (s *Site) Unused(path string) string {
	for n := 1; ; n++ {
		try := numbered(path, n)
		if s.addresses.Claim(try, address.Owner{What: "a file of the theme"}) == nil {
			return try
		}
	}
}

// pagePath is where the page of a module's folder stands.
func (s *Site) pagePath(folder, lang string) string {
	return s.Prefix(lang) + path.Join(folder, "index.html")
}

// claim takes a path. In a guest that cannot have it, instead gives others to try,
// from 2 up. The result is the path that was taken, "" when none was.
func (s *Site) claim(path string, by address.Owner, instead func(n int) string) string {
	c := s.addresses.Claim(path, by)
	if c == nil {
		return path
	}
	got := ""
	if s.Guest && instead != nil {
		for n := 2; got == ""; n++ {
			if try := instead(n); s.addresses.Claim(try, by) == nil {
				got = try
			}
		}
	}
	s.Conflicts = append(s.Conflicts, Conflict{c, got})
	return got
}

// claimFixed takes what the program publishes under names of its own: what hosts,
// browsers and search engines ask for, the search index, and the theme's files.
func (s *Site) claimFixed(theme []string) {
	for path, name := range map[string]string{
		"404.html": "the page for addresses that do not exist", "offline.js": "the offline worker", "sitemap.xml": "the sitemap",
		"search/names.js": "the search index",
	} {
		s.addresses.Claim(path, address.Owner{What: name})
	}
	for _, lang := range s.Languages {
		s.addresses.Claim("search/"+lang+".js", address.Owner{What: "the search index"})
		s.addresses.Close("search/"+lang, address.Owner{What: "the search index"})
	}
	if len(s.Languages) > 1 {
		s.addresses.Claim("index.html", address.Owner{What: "the choice of a language"})
	}
	for _, path := range theme {
		s.addresses.Claim(path, address.Owner{What: "a file of the theme"})
	}
}

// claimPages gives every module an address in every language.
func (s *Site) claimPages() {
	for _, m := range s.Modules {
		for i, lang := range s.Languages {
			p := m.Pages[i]
			want := s.pagePath(m.ID, lang)
			p.Path = s.claim(want, s.owner(p), func(n int) string { return s.pagePath(insteadOf(m.ID, n), lang) })
			if p.Path == "" {
				p.Path = want // the fault keeps it from being published
			}
		}
	}
}

const rename = "rename one of the two; a number prefix is not part of the address"

// owner is a page's: its file, or, where nobody wrote a folder's title page, the
// first file there.
func (s *Site) owner(p *Page) address.Owner {
	if p.Text != nil {
		return ownerOf(p.Text)
	}
	if t := p.Module.Track; t != nil {
		for _, m := range t.Modules {
			if len(m.texts) > 0 {
				return address.Owner{What: "the title page of a folder", Pos: ownerOf(m.texts[0]).Pos, Help: "rename the folder"}
			}
		}
	}
	return address.Owner{What: "the home page"}
}

func ownerOf(t *Text) address.Owner {
	return address.Owner{Pos: diag.Pos{File: t.File.Path, Line: 1, Col: 1}, Help: rename}
}

// claimSections takes the addresses of the pages that the program makes. In a
// guest a section whose address is taken stands elsewhere.
func (s *Site) claimSections() {
	none := func(string) []string { return nil }
	tools := func(string) []string {
		var ids []string
		for _, t := range s.Tools {
			ids = append(ids, t.ID)
		}
		return ids
	}
	s.claimSection(HeadingsSection, s.Letters)
	if s.Settings.Offline {
		s.claimSection(OfflineSection, none)
	}
	if s.Questions {
		s.claimSection(ProgressSection, none)
	}
	if len(s.Settings.Systems) > 0 {
		s.claimSection(SourcesSection, none)
	}
	if len(s.Tools) > 0 {
		s.claimSection(ToolsSection, tools)
	}
	if len(s.Tags) > 0 {
		s.claimSection(TagsSection, none)
		for _, t := range s.Tags {
			s.claimTag(t)
		}
	}
}

// claimSection takes the addresses of a section: its own, and one for each of the
// names in a language.
func (s *Site) claimSection(of Section, names func(lang string) []string) {
	by := address.Owner{What: about[of]}
	for n := 1; ; n++ {
		s.sections[of] = numbered(string(of), n)
		var refused []*address.Conflict
		for _, lang := range s.Languages {
			for _, name := range append([]string{""}, names(lang)...) {
				if c := s.addresses.Claim(s.SectionPath(lang, of, name), by); c != nil {
					refused = append(refused, c)
				}
			}
		}
		if len(refused) == 0 {
			return
		}
		if s.Guest {
			refused = refused[:1]
		}
		for _, c := range refused {
			s.Conflicts = append(s.Conflicts, Conflict{c, s.Prefix(s.Languages[0]) + numbered(string(of), n+1) + "/index.html"})
		}
		if !s.Guest {
			return
		}
	}
}

func (s *Site) claimTag(t *Tag) {
	by := address.Owner{What: fmt.Sprintf("the tag %q", clip(t.ID)), Pos: t.pos, Help: "write another id; the tag's name for readers stands under tags: in site.yaml"}
	slug := source.Slug(t.ID)
	for _, lang := range s.Languages {
		s.claim(s.SectionPath(lang, TagsSection, slug), by, func(n int) string {
			s.tagSlugs[t.ID] = insteadOf(slug, n)
			return s.SectionPath(lang, TagsSection, s.tagSlugs[t.ID])
		})
	}
}

// claimAssets takes the addresses of the files beside the pages.
func (s *Site) claimAssets(tree *source.Tree) {
	for _, f := range s.assetsOf(tree) {
		want := s.AssetAddress(f)
		by := address.Owner{Pos: diag.Pos{File: f.Path}, Help: "rename the file"}
		instead := func(n int) string { return insteadOf(want, n) }
		c := s.addresses.Claim(want, by)
		switch {
		case c == nil:
		case c.Fault == "" && s.assets[c.Holder.Pos.File] == nil:
			// A page says more, and what the program makes is needed. A link to the
			// file leads to what has its address.
			s.Conflicts = append(s.Conflicts, Conflict{c, ""})
			if c.Taken == want {
				s.assets[f.Path] = f
			}
			continue
		default:
			path := s.claim(want, by, instead)
			if path == "" {
				s.assets[f.Path] = f
				continue
			}
			s.moved[f] = path
		}
		s.assets[f.Path] = f
		s.Assets = append(s.Assets, f)
	}
}

// assetsOf are the files beside the pages that are published: at home all, of a guest
// those that a page refers to and those of kinds that readers look at.
func (s *Site) assetsOf(tree *source.Tree) []*source.File {
	var all, held, drafts, secret, unused []*source.File
	for _, f := range tree.Files {
		switch {
		case f.Held:
			held = append(held, f)
		case f.Kind == source.Markdown:
			if s.Guest && s.drafts[f.Path] {
				drafts = append(drafts, f)
			}
		case s.Guest && f.Secret():
			secret = append(secret, f)
		default:
			all = append(all, f)
		}
	}
	if !s.Guest {
		return all
	}
	s.index = sync.OnceValue(func() *index { return s.newIndex(all) })
	published := make([]*source.File, 0, len(all))
	var wanted map[*source.File]bool
	for _, f := range all {
		if !f.Media() && wanted == nil {
			wanted = s.linkedFiles()
		}
		if f.Media() || wanted[f] {
			published = append(published, f)
		} else {
			unused = append(unused, f)
		}
	}
	s.leftOut = [...][]*source.File{held, drafts, secret, unused}
	return published
}

// linkedFiles are the files that a guest's pages refer to.
func (s *Site) linkedFiles() map[*source.File]bool {
	linked := map[*source.File]bool{}
	for _, m := range s.Modules {
		for _, t := range m.texts {
			dir := path.Dir(t.File.Path)
			for _, l := range t.Doc.Links {
				name, _, _ := split(l.Dest)
				if name = unescape(name); name == "" || s.byFile[path.Join(dir, name)] != nil {
					continue
				}
				if p, ok := s.index().find(t.File, name); ok && p.file != nil {
					linked[p.file] = true
				}
			}
		}
	}
	return linked
}

// LeftOut are the files of a guest's folder that are not published: by their names;
// because they are drafts; because they may hold keys; because no page refers to them.
func (s *Site) LeftOut() (held, drafts, secret, unused []*source.File) {
	return s.leftOut[0], s.leftOut[1], s.leftOut[2], s.leftOut[3]
}

// claimAliases takes the old addresses of every page that has its own text.
func (s *Site) claimAliases() {
	for _, m := range s.Modules {
		for _, p := range m.Pages {
			if p.Text == nil || p.Fallback() {
				continue
			}
			for _, a := range p.Text.Doc.Meta.Aliases {
				by := address.Owner{What: fmt.Sprintf("the alias %q", clip(a.Address)), Pos: a.Pos, Help: "write it from the site's root, such as /old/name/, or take it out"}
				path, fault := aliasPath(a)
				if fault != "" {
					s.Conflicts = append(s.Conflicts, Conflict{&address.Conflict{Path: path, By: by, Fault: fault}, ""})
				} else if s.claim(path, by, nil) != "" {
					s.Aliases = append(s.Aliases, Alias{Path: path, To: p})
				}
			}
		}
	}
}

// Names of files for machines and hosts.
const (
	LLMs      = "llms.txt" // the list of the pages for language models, one in each language's folder
	Feed      = "feed.xml" // new and changed modules, one in each language's folder
	Headers   = "_headers"
	Redirects = "_redirects"
	NoJekyll  = ".nojekyll" // GitHub Pages would make pages of the Markdown
)

// claimOptional takes the addresses of what readers do not ask for. It comes last: where
// an author has a file of the name, that one is published, and nothing is wrong.
func (s *Site) claimOptional() {
	claim := func(path, what string) bool {
		return s.addresses.Claim(path, address.Owner{What: what}) == nil
	}
	for _, m := range s.Modules {
		for _, p := range m.Pages {
			if beside := strings.TrimSuffix(p.Path, ".html") + ".md"; p.Text != nil && !p.Fallback() && claim(beside, "the Markdown of a page") {
				p.Markdown = beside
			}
		}
	}
	paths := []string{LLMs, Headers, Redirects, NoJekyll}
	for i, lang := range s.Languages {
		paths = append(paths, s.Prefix(lang)+Feed)
		if i > 0 {
			paths = append(paths, s.Prefix(lang)+LLMs)
		}
	}
	for _, path := range paths {
		s.optional[path] = claim(path, "a file for machines")
	}
}

// Makes reports whether the program makes a file of one of the names above, or an
// author's stands there.
func (s *Site) Makes(path string) bool { return s.optional[path] }

// aliasPath is the path that an address as authors write it, "/old/name", stands
// for, or why there is none.
func aliasPath(a markdown.Alias) (path, fault string) {
	rest, rooted := strings.CutPrefix(a.Address, "/")
	switch {
	case !rooted:
		return a.Address, "it does not begin with /"
	case strings.ContainsAny(rest, "?#"):
		return rest, "it holds a ? or #"
	}
	path, err := url.PathUnescape(rest)
	if err != nil {
		return rest, "it holds a % that stands for nothing"
	}
	if path = strings.TrimSuffix(path, "/"); !strings.HasSuffix(path, ".html") {
		path = strings.TrimPrefix(path+"/index.html", "/")
	}
	return path, ""
}

// numbered is a path with "-2" before its extension; the path itself for 1.
func numbered(p string, n int) string {
	if n == 1 {
		return p
	}
	ext := path.Ext(p)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(p, ext), n, ext)
}

// insteadOf is an address near one that cannot be had: with a number, and after
// some, where a folder of it may be in the way, in no folder. What cannot stand in
// an address is gone from it.
func insteadOf(p string, n int) string {
	const inPlace = 3
	parts := strings.Split(p, "/")
	if n > inPlace {
		n -= inPlace
		parts = []string{strings.Join(parts, "-")}
	}
	for i, part := range parts {
		ext := path.Ext(part)
		if len(ext) > 10 || source.Slug(ext) != ext {
			ext = ""
		}
		parts[i] = short(source.Slug(strings.TrimSuffix(part, ext))) + ext
	}
	return numbered(strings.Join(parts, "/"), n)
}

// short cuts a slug that is too long for an address; a hash of what is gone keeps
// it apart from others.
func short(slug string) string {
	const most = 100
	if len(slug) <= most {
		return slug
	}
	h := fnv.New32a()
	h.Write([]byte(slug))
	cut := slug[:most]
	for !utf8.ValidString(cut) {
		cut = cut[:len(cut)-1]
	}
	return fmt.Sprintf("%s-%08x", cut, h.Sum32())
}

// clip is a text as a fault shows it, not without end.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
