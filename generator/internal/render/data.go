package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"playbook/calculators/form"
	"playbook/generator/internal/site"
)

// Page is the dot of every page template. Addresses (Href) are relative to the
// page and name index.html, so that the site works at any sub-path and from
// file://.
type Page struct {
	Kind        string // home, track, module, glossary, sources, tags, tag, tools, tool, headings, offline, progress, choose, missing, redirect
	Title       string // of the page; the <title> adds the site's
	Description string
	Site        SiteData
	Lang        Language
	Languages   []LanguageLink // all languages of the site, the page's own included; one entry: no switch
	Root        string         // relative prefix of the site's root: "../../../", or "./"
	Self        string         // address of the page from the root: "en/buying-behaviour/value-equation/index.html"

	Tracks []*TrackItem // of the home page: the course
	Column []*NavItem   // of the list that Nav renders: what stands in the root
	Crumbs []Link       // from the home page down, without the page itself
	TOC    []TOCItem    // h2 and h3 of the text
	Prev   *Link
	Next   *Link

	Body     template.HTML // the text, blocks rendered
	Origin   *Origin       // nil where nothing is known or nobody asks
	Outdated *Link         // of a translation: the original, which has changed since
	Fallback *Fallback     // set when the text is in another language than the page

	// Of a module
	Minutes int
	Words   int
	Systems []string
	Tags    []Link
	Track   *TrackItem // the track of a track's page
	Module  string     // its id
	Number  string     // "3.1": track and module number

	Letters []Letter     // of the glossary
	Manual  *Manual      // of a calculator's page
	Sources []SystemItem // of the page that says where the course comes from

	// Of tag and tools pages
	TagItems      []TagItem   // tags: every tag; tag: the one with its pages
	Tools         []ToolGroup // the calculators of the site, by the moment that they are for
	Choices       []LanguageLink
	Practice      string         // home: href of the first question to practise with
	Target        string         // redirect: href of the page it leads to
	Index         []IndexPart    // headings: the list of all headings
	Progress      []ProgressPart // progress: the course with its questions
	ProgressWords string         // progress: what js/progress.js says, as JSON

	Live     bool // served: the page reloads itself
	Fill     bool // it has what js/fill.js serves: a template, a checklist, something to copy
	Unlinked bool // its style sheets may not be found where it is shown

	Image      string        // absolute, what stands for the page where it is shared; only with a base URL
	Structured template.HTML // what the page is, for search engines; only with a base URL
	Markdown   string        // href of the page's text for machines; "" without one
	Canonical  string        // absolute; only with a base URL
	Alternates []Alternate   // absolute; only with a base URL and for real translations

	r     *Renderer
	of    *site.Module // nil on pages that the program makes
	needs []string     // assets, see Needs
}

// Needs reports whether the page needs an asset: what its text holds says so, and
// what stands around it.
func (p *Page) Needs(asset string) bool {
	switch asset {
	case "course":
		if p.Kind != "module" {
			return true
		}
	case "later": // of what comes after a module, other pages have it at once
		return p.Needs("course")
	case "rare":
		if p.Fallback != nil || p.Outdated != nil || p.Kind == "tool" || len(p.Languages) > 3 {
			return true
		}
	}
	return slices.Contains(p.needs, asset)
}

// Styles lists the style sheets that the page needs beside the site's.
func (p *Page) Styles() []string {
	var all []string
	for _, sheet := range p.r.theme.sheets {
		if p.Needs(sheet[len("css/") : len(sheet)-len(".css")]) {
			all = append(all, sheet)
		}
	}
	return all
}

type SiteData struct {
	Title       string
	Description string
	Home        string // href of the language's home page
	Tags        string // href of the tags page; "" without tags
	Tools       string // href of the tools page; "" without calculators
	Sources     string // href of the page that lists the declared systems; "" without any
	Glossary    string // href of the glossary; "" without one
	Headings    string // href of the list of all headings
	Progress    string // href of the page of the reader's progress; "" without questions
	Feed        string // href of the feed of new and changed modules; "" without one
	Offline     string // href of the page about reading without a network; "" where no browser keeps the site
	App         string // href of the web app manifest; "" while served
	ID          string // names the site: part of the keys of what its readers' browsers store
	FormerID    string // the ID before site.yaml had one; "" while it has none
}

type Language struct {
	Code string // folder: "zh"
	Tag  string // BCP 47: "zh-Hans"
	Name string // in itself: "简体中文"

	// Attrs are those of an element with text in the language: lang, the script for
	// the style sheet, and the direction where the site has languages of both.
	Attrs template.HTMLAttr
}

type LanguageLink struct {
	Language
	Href    string
	Current bool
	Missing bool   // no translation: the link leads to the fallback page
	Title   string // of a choice: the site's title in that language
}

type Link struct {
	Title string
	Href  string
}

type TrackItem struct {
	Number      string // "2"
	ID          string
	Title       string
	Description string
	Href        string
	Modules     []*ModuleItem // the lessons in it; nil on the home page of a long course
	Folders     []*TrackItem  // the folders in it
}

// NavItem is a page in the column of the course.
type NavItem struct {
	Number string // of a folder
	Title  string
	Href   string
	Folder bool
	Open   bool              // it is on the way to the page
	Items  []*NavItem        // what stands in it, where that is shown
	Mark   template.HTMLAttr // says that this is the page
	All    int               // instead of a page: how many the folder holds, of which some are shown
}

type ModuleItem struct {
	Number      string // "3.1"
	ID          string // "buying-behaviour/value-equation"
	Title       string
	Description string
	Href        string
	Minutes     int
	Quizzes     int      // number of questions that are scored
	Scored      []string // each as ID:MARK, for the course's progress
	Calculators []string // ids
	Missing     bool     // not translated
}

type TOCItem struct {
	Level int // 2 or 3
	ID    string
	Link  template.HTMLAttr // to the heading
	Text  string
}

// linkTo is the attribute of a link to an address of the site. Letters of other
// scripts stay as they are: html/template writes nine bytes for one in an href.
func linkTo(addr string) template.HTMLAttr {
	return template.HTMLAttr(`href="` + template.HTMLEscapeString(addr) + `"`)
}

// Origin is where a page's text comes from.
type Origin struct {
	Edit         string   // where its file is edited; "" nowhere
	Updated      string   // when it last changed, "2026-11-03"
	Day          string   // the same as people write it
	Contributors []string // by their names, who wrote most first
}

type Fallback struct {
	Language Language // of the text
}

type TagItem struct {
	ID      string
	Title   string
	Href    string
	Modules []*ModuleItem
}

// ToolGroup is the calculators for one moment of a sale.
type ToolGroup struct {
	Title string
	Items []ToolItem
}

// ToolItem is a calculator in the list of them.
type ToolItem struct {
	ID    string
	Title string
	Intro string
	Href  string // its page
}

type Alternate struct{ Tag, Href string }

// Calculator is the dot of blocks/calculator.html.
type Calculator struct {
	ID      string // the calculator's id, and the element's
	Lang    Language
	Title   string
	Intro   template.HTML
	Caption string
	Items   []FormItem
	Today   string // the field that is the reader's day, with the example's: "today=2027-05-06"; "" without one
	More    string // what the fields are that a page folds away
	Report  template.HTML
	Answer  template.HTML // the first line of the report's verdict; "" without one
	Buyer   bool          // it makes a page for the buyer
	Presets []Preset
	Runtime Runtime
	Parts   int    // how many headings the form has
	Short   bool   // in a module: folded, below its title and its answer
	Page    string // href of the calculator's own page, with the block's example; "" there, and without one
}

// Preset is a piece of input that the page offers as a button: "From this
// month", "Spring Festival 2027".
type Preset struct {
	At    string // the field or the group beside which it stands
	Label string
	Help  string // a remark, or ""

	// Set is a form encoding. Its fields are set and its rows are added to those
	// that there are, unless the same row is there already. "@month" stands for
	// the reader's month.
	Set string

	// From and Until name fields that hold a month or a date. With From, the
	// preset is offered only while one of the dates that it sets lies between
	// the two; an empty Until is twelve months after From.
	From, Until string
}

// Runtime says where the browser finds the calculators' code.
type Runtime struct {
	Worker string // href of the worker script
	Words  string // href of the script with the words of its reports
	Wasm   string // href of the .wasm
	Inline string // href of the classic script that carries it for file://
}

// FormItem is one field or one group of a form, with its words.
type FormItem struct {
	form.Field
	Input    string // the name attribute: "quota", "problem.0.amount"; in a row template "problem.__N__.amount"
	ID       string // id attribute, unique on the page
	Label    string
	Help     string
	UnitWord string
	Value    string
	Choices  []Choice
	ListID   string // of the suggestions of the report
	Hidden   bool   // left out by the block's "show": kept as a hidden input
	Section  string // a heading above the field: the word section.NAME, or ""

	Example bool   // it begins with the example's value, or rows
	Empty   string // what a field with an example is when the reader starts empty

	// Of a group
	Group            string
	Add              string     // button words
	RowLabel         string     // of a row, {n} being its number
	Remove           string     // the same, of the button that takes it away
	Template         []FormItem // one row with __N__
	Rows             [][]FormItem
	MinText, MaxText string // the bounds as an HTML input wants them, "" for none

	colon, mark, decimal string // before a value, between groups of three digits, before decimals
}

// RowName is what a group's row is called, n being its number.
func (f FormItem) RowName(n any) string { return strings.ReplaceAll(f.RowLabel, "{n}", fmt.Sprint(n)) }

// RemoveName is what the button is called that takes a row away.
func (f FormItem) RemoveName(n any) string {
	return strings.ReplaceAll(f.Remove, "{n}", fmt.Sprint(n))
}

// Control names what asks for a field: "select", "many" (boxes to tick), "file" (a text, pasted or of a file),
// "month", "date", "whole" (a whole number), "number", "line" (a text that may be too
// long for a box of one line) or "text".
func (f FormItem) Control() string {
	switch f.Kind {
	case form.Choice:
		return "select"
	case form.Many:
		return "many"
	case form.File:
		return "file"
	case form.Month:
		return "month"
	case form.Date:
		return "date"
	case form.Integer:
		return "whole"
	case form.Money, form.Percent, form.Number:
		return "number"
	}
	if f.Kind == form.Text && f.List == "" && (f.MaxLen == 0 || f.MaxLen >= form.DefaultMaxLen) {
		return "line"
	}
	return "text"
}

// Rating reports whether the field is a mark of few points, which stands beside
// its question rather than below it. Its box is too narrow for a unit.
func (f FormItem) Rating() bool {
	return f.Kind == form.Integer && f.Max > 0 && f.Max <= 10 && f.UnitWord == ""
}

// Cards reports whether a group's rows are cards, each field with its label,
// rather than lines of a sheet under the labels of the first: where there are
// boxes to tick, or more words and choices than a line holds.
func (f FormItem) Cards() bool {
	wide := 0
	fields := f.Fields[:f.fold()]
	if len(fields) > 6 {
		return true
	}
	for i, g := range fields {
		switch g.Kind {
		case form.Many:
			return true
		case form.Text, form.Choice, form.Date, form.Month:
			if i > 0 && i < 4 {
				wide++
			}
		}
	}
	return len(fields) == 3 && wide > 1 || len(fields) == 4 && wide > 0 || len(fields) > 4 && wide > 1
}

// fold is where the fields of a row begin that few need.
func (f FormItem) fold() int {
	for i := range f.Fields {
		if f.Fields[i].Fold {
			return i
		}
	}
	return len(f.Fields)
}

// Shown is how many of a row's fields are in view; the rest is folded. A card is
// folded as a whole.
func (f FormItem) Shown() int {
	n := len(f.Fields)
	switch fold := f.fold(); {
	case fold < n:
		return fold
	case f.Cards() || n <= 4:
		return n
	}
	return 3
}

// Folds reports whether the rows fold into a line each, so that a thumb can pass
// them: cards everywhere, the lines of a sheet where it is too narrow for them.
func (f FormItem) Folds() bool { return !f.Fixed && (f.Cards() || len(f.Fields) > 2) }

// Open reports whether the rows begin unfolded: few cards.
func (f FormItem) Open() bool { return f.Cards() && len(f.Rows) <= 2 }

// Line is a row in a line, as assets/js/calculator/group.js writes it while the reader
// edits: its name, and the first two facts with their labels.
func (f FormItem) Line(row []FormItem) string {
	var parts []string
	for i, it := range row[:min(len(row), f.Shown())] {
		value := it.Value
		switch it.Kind {
		case form.Integer, form.Money, form.Percent, form.Number:
			value = grouped(value, f.mark, f.decimal)
		case form.Choice:
			for _, c := range it.Choices {
				if c.Selected && c.Value != "" {
					value = c.Text
				}
			}
		case form.Many:
			value = strings.ReplaceAll(value, ",", " ")
		}
		if value == "" {
			continue
		}
		if i > 0 {
			value = it.Label + f.colon + value
		}
		if parts = append(parts, value); len(parts) == 3 {
			break
		}
	}
	return strings.Join(parts, " · ")
}

type Choice struct {
	Value, Text string
	Selected    bool
}
