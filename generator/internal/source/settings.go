package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// Settings is site.yaml.
type Settings struct {
	ID           string // names the site in its readers' browsers, whatever its title and address become; "" without one
	Title        Localised
	TitleGiven   bool // not the folder's name, which serves a guest until its home page has a title
	Description  Localised
	Languages    []string             // codes; the first is the default
	Tags         map[string]Localised // display names by id
	Systems      []System             // what the course teaches, in order
	BaseURL      string
	Image        string // a file beside the pages: what stands for the site where it is shared; "" without one
	Edit         string // where an author's file is edited, {path} for its path from the content folder; "" nowhere
	Updated      bool   // pages say when their text last changed, as git knows
	Contributors bool   // and who wrote it
	Theme        map[string]string
	Offline      bool // browsers keep the site for reading without a network

	File                                      string   // where they stand: "content/site.yaml"; "" for a guest or when they could not be read
	IDPos, LanguagesPos, BaseURLPos, ImagePos diag.Pos // where they stand, for faults that other stages find
}

// System is one of the things that the course declares to teach: modules name it
// in their front matter.
type System struct {
	ID     string // "S12"
	Title  Localised
	Slides string // of the deck that it comes from; may be empty
	Pos    diag.Pos
}

// Localised is a text in several languages; "" holds the one that serves all.
type Localised map[string]string

// In returns the text in a language, or else what serves all, or the first there is.
func (l Localised) In(lang string, languages []string) string {
	if s := l[lang]; s != "" {
		return s
	}
	if s := l[""]; s != "" {
		return s
	}
	for _, other := range languages {
		if s := l[other]; s != "" {
			return s
		}
	}
	return ""
}

// TitleIn, DescriptionIn and TagIn give the words of the settings in a language.
func (s *Settings) TitleIn(lang string) string       { return s.Title.In(lang, s.Languages) }
func (s *Settings) DescriptionIn(lang string) string { return s.Description.In(lang, s.Languages) }
func (s *Settings) TagIn(lang, id string) string     { return s.Tags[id].In(lang, s.Languages) }

// DefaultLanguage is the language of a site that names none, and of the words that
// a theme lacks in another one.
const DefaultLanguage = "en"

// loadSettings reads site.yaml; without one the site is a guest, named after its
// folder.
func (t *Tree) loadSettings(prefix string) diag.List {
	t.Settings = &Settings{Languages: []string{DefaultLanguage}, Offline: true, Title: Localised{"": filepath.Base(t.Root)}}
	file := prefix + "site.yaml"
	data, err := readRegular(filepath.Join(t.Content, "site.yaml"), maxSettings)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			t.Guest = true
			return nil
		}
		return diag.List{unreadable(file, err)}
	}
	t.SettingsHash = sha256.Sum256(data)
	data, diags := text(file, data)
	if len(diags) > 0 {
		return diags
	}
	o, r := strict.Read(data, diag.Pos{File: file, Line: 1, Col: 1}, "settings", "site.yaml")
	if o == nil {
		return r.Faults()
	}
	t.Settings.File = file
	t.Settings.decode(o, r)
	return r.Faults()
}

func (s *Settings) decode(o *strict.Object, r *strict.Reader) {
	if o.Has("id") {
		s.IDPos = o.At("id")
		const help = "write one such as acme-sales, and keep it: readers' scores and entries are stored under it"
		switch id := o.Required("id", help); {
		case isSiteID(id):
			s.ID = id
		case id != "":
			o.Add("id", "an id has lower-case letters, digits and single hyphens, 64 at most, not "+quoted(id), help)
		}
	}
	s.LanguagesPos = o.At("languages")
	if list := o.TextOrTexts("languages"); len(list) > 0 {
		s.Languages = nil
		seen := map[string]bool{}
		for _, code := range list {
			switch {
			case !isLanguage(code):
				r.Add(o.At("languages"), "a language is a short code such as fr or pt-br, not "+quoted(code), "")
			case seen[code]:
				r.Add(o.At("languages"), "the language "+quoted(code)+" is listed twice", "")
			default:
				s.Languages = append(s.Languages, code)
			}
			seen[code] = true
		}
		if len(s.Languages) == 0 {
			s.Languages = []string{DefaultLanguage}
		}
	}
	if title := localised(o, r, "title", s.Languages); title != nil {
		s.Title = title
	} else {
		o.Missing("title", "name the site")
	}
	s.Description = localised(o, r, "description", s.Languages)
	s.BaseURL, s.BaseURLPos = o.Text("base_url"), o.At("base_url")
	s.Image, s.ImagePos = o.Text("image"), o.At("image")
	if tags := o.Map("tags"); tags != nil {
		s.Tags = map[string]Localised{}
		for _, id := range tags.Keys() {
			if Slug(id) != id {
				r.Add(tags.At(id), "a tag's id is lower case, without spaces, not "+quoted(id), "its display name stands behind it")
			}
			s.Tags[id] = localised(tags, r, id, s.Languages)
		}
	}
	seen := map[string]bool{}
	o.Each("systems", 0, func(o *strict.Object) {
		y := System{ID: o.Required("id", "a short name such as S12, which modules give in their front matter"), Slides: o.Text("slides"), Pos: o.At("id")}
		if y.Title = localised(o, r, "title", s.Languages); y.Title == nil {
			o.Missing("title", "name the system")
		}
		if seen[y.ID] && y.ID != "" {
			o.Add("id", "the system "+quoted(y.ID)+" is listed twice", "")
		}
		seen[y.ID] = true
		s.Systems = append(s.Systems, y)
	})
	if s.Edit = o.Text("edit"); s.Edit != "" {
		const help = "write one such as https://github.com/OWNER/REPOSITORY/edit/main/content/{path}"
		if u, err := url.Parse(s.Edit); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			o.Add("edit", "edit: "+quoted(s.Edit)+" is not a public address", help)
		} else if !strings.Contains(s.Edit, "{path}") {
			o.Add("edit", "edit: "+quoted(s.Edit)+" does not say where the file is: {path}", help)
		}
	}
	s.Updated, s.Contributors = o.Bool("updated"), o.Bool("contributors")
	if theme := o.Map("theme"); theme != nil {
		s.Theme = map[string]string{}
		for _, e := range theme.Rest() {
			s.Theme[e.Key] = e.Value
		}
	}
	if o.Has("offline") {
		s.Offline = o.Bool("offline")
	}
	o.End()
}

// localised reads a text, or one for each language.
func localised(o *strict.Object, r *strict.Reader, key string, languages []string) Localised {
	if !o.IsObject(key) {
		if s := o.Text(key); s != "" {
			return Localised{"": s}
		}
		return nil
	}
	m := o.Map(key)
	l := Localised{}
	for _, lang := range languages {
		if s := m.Text(lang); s != "" {
			l[lang] = s
		}
	}
	for _, e := range m.Rest() {
		r.Add(e.KeyAt, quoted(e.Key)+" is not a language of the site", "the languages are: "+strings.Join(languages, ", "))
	}
	if len(l) == 0 {
		return nil
	}
	return l
}

func quoted(s string) string { return `"` + s + `"` }

// isSiteID accepts "acme-sales-2": it stands in attributes and storage keys.
func isSiteID(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return len(s) <= 64
}

// ProposeID makes an id of the site's title: what of it are ASCII letters and
// digits, or else a hash of it.
func (s *Settings) ProposeID() string {
	title := s.TitleIn(s.Languages[0])
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if id := strings.Join(words, "-"); len(id) >= 3 && isSiteID(id) {
		return id
	}
	sum := sha256.Sum256([]byte(title))
	return "playbook-" + hex.EncodeToString(sum[:4])
}

// isLanguage accepts BCP 47's simple forms, such as pt-br and zh-hans.
func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if i == 0 && (len(part) < 2 || len(part) > 3) || i > 0 && (len(part) < 2 || len(part) > 8) {
			return false
		}
		for _, c := range part {
			if !(c >= 'a' && c <= 'z' || i > 0 && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')) {
				return false
			}
		}
	}
	return true
}
