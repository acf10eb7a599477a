// Package markdown reads an author's text: CommonMark with tables, task lists,
// strikethrough, footnotes and definition lists, and the blocks of a playbook.
//
// Start with New and Parse. A Parser gives a Document, a value that depends on
// nothing but the file and the Options, and the faults of the file, each with
// its place. Parsing never fails: what cannot be understood is reported and
// shown as it is written.
//
// # Blocks
//
// Each is one file of this package, which adds it to the registry (blocks.go).
//
//	callout.go     > [!KIND] Title
//	value.go       [number](value:CALCULATOR.VALUE)
//	dialogue.go    > **Buyer:** …        a quote whose lines each begin with a name
//	quiz.go        ### Title <!-- q: ID -->
//	calculator.go  ```calculator ID
//	figure.go      ```figure KIND
//	path.go        ```path ID
//	template.go    <!-- template: ID --> … {{place to fill in}} … <!-- /template -->
//	task.go        - [ ] Text <!-- task: ID day=30 role="…" signs="…" -->
//	term.go        ## Term {#id}           in a glossary
//
// # What differs from CommonMark, and why
//
// Emphasis closes beside Han characters (emphasis.go); headings get ids that
// keep letters of every script (heading.go); raw HTML is let through, but what
// would break the page around it is not (html.go).
//
// # Home and guest
//
// At home, in a folder with a site.yaml, faults are errors. A guest must build:
// there every fault is a warning, and the first heading is the title.
package markdown

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
)

// Options are all that a document depends on beside its file. They are comparable:
// a document is known by its file and the options it was parsed with.
type Options struct {
	Language Language // of the text
	Guest    bool     // a folder without site.yaml: every fault is a warning
	Words    Words    // in the page's language
}

// Language is how a text's language is written. The zero value has spaces between
// words, and its signs stay as they are typed.
type Language struct {
	NoSpaces bool // between words: a line break is none either
	Readings bool // a glossary's terms say how they are read

	// Quotes, if any, replace typewriter's marks: opening and closing, then those within.
	Quotes [4]string

	// NoBreakBefore and NoBreakAfter are signs beside which a space is narrow and
	// does not end a line.
	NoBreakBefore, NoBreakAfter string
}

// Words are the theme's words that stand in parsed text; "" is the English one.
type Words [len(themeWords)]string

// WordsOf asks for each of them by its key.
func WordsOf(get func(key string) string) (w Words) {
	for i, e := range themeWords {
		w[i] = get(e.key)
	}
	return w
}

// Parser parses documents of one language. It is safe for concurrent use.
type Parser struct {
	opt      Options
	markdown goldmark.Markdown
}

// New returns a parser. It is meant to be kept: building one costs more than
// parsing a page.
func New(opt Options) *Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(gapParser{}, 140),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasisParser{}, 500),
		util.Prioritized(strikethroughParser{}, 500),
		util.Prioritized(bareLinkParser{extension.NewLinkifyParser()}, 999),
	}
	if opt.Language.NoBreakBefore+opt.Language.NoBreakAfter != "" {
		inline = append(inline, util.Prioritized(noBreakParser{opt.Language}, 600))
	}
	if opt.Language.Quotes[0] != "" && !opt.Language.NoSpaces {
		inline = append(inline, util.Prioritized(extension.NewTypographerParser(
			extension.WithTypographicSubstitutions(typography(opt.Language.Quotes))), 9999))
	}
	blocks := parser.DefaultBlockParsers()
	if opt.Guest {
		foreign, more := foreignParsers()
		blocks, inline = append(blocks, foreign...), append(inline, more...)
	} else {
		inline = append(inline, util.Prioritized(parser.NewLinkParser(), 200))
	}
	p := parser.NewParser(
		parser.WithBlockParsers(append(blocks,
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(calloutTransformer{}, 50),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
		parser.WithHeadingAttribute(),
	)
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(spaced{ourRenderer{}}, 1),
		util.Prioritized(spaced{extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignStyle))}, 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(spaced{extension.NewDefinitionListHTMLRenderer()}, 500),
		util.Prioritized(spaced{html.NewRenderer()}, 1000),
	))
	return &Parser{opt: opt, markdown: goldmark.New(goldmark.WithParser(p), goldmark.WithRenderer(r))}
}

// typography are the signs that typewriters do not have. Angle quotes are left
// out: << and >> mean something else as often.
func typography(quotes [4]string) map[extension.TypographicPunctuation][]byte {
	return map[extension.TypographicPunctuation][]byte{
		extension.LeftDoubleQuote: []byte(quotes[0]), extension.RightDoubleQuote: []byte(quotes[1]),
		extension.LeftSingleQuote: []byte(quotes[2]), extension.RightSingleQuote: []byte(quotes[3]),
		extension.EnDash: []byte("–"), extension.EmDash: []byte("—"),
		extension.Ellipsis: []byte("…"), extension.Apostrophe: []byte("’"),
		extension.LeftAngleQuote: nil, extension.RightAngleQuote: nil,
	}
}

// themeWords are the keys of the words, and what a parser says when it is given none.
var themeWords = [...]struct{ key, word string }{
	{"ui.callout.note", "Note"}, {"ui.callout.tip", "Tip"}, {"ui.callout.important", "Important"},
	{"ui.callout.warning", "Warning"}, {"ui.callout.caution", "Caution"}, {"ui.callout.bell", "Little bell"},
	{"ui.callout.flag", "Red flag"}, {"ui.callout.example", "Example"}, {"ui.callout.compliance", "Compliance"},
	{"ui.callout.reconstructed", "Reconstructed"}, {"ui.callout.outside", "From outside"}, {"ui.callout.try", "Try it this week"},
	{"ui.callout.credit", "Sources"}, {"ui.callout.source", "Where this comes from"}, {"ui.table", "Table"},
	{"report.colon", ": "}, {"format.list", ", "}, {"ui.task.done", "done"}, {"ui.task.open", "to do"},
	{"ui.task.day", "by day {n}"}, {"ui.task.role", "for: {name}"}, {"ui.task.signs", "signed off by: {name}"}, {"ui.footnote.back", "Back to the text"},

	// What begins a part of a quiz, beside the words of marks.
	{"ui.quiz.mark.hint", ""}, {"ui.quiz.mark.why", ""}, {"ui.quiz.mark.answer", ""}, {"ui.quiz.mark.labels", ""}, {"ui.quiz.mark.model", ""},
	{"ui.quiz.mark.facts", ""}, {"ui.quiz.mark.found", ""}, {"ui.quiz.mark.outcome", ""},
	{"ui.quiz.refers", "all of these|all of the above|none of these|none of the above"},
	{"ui.quiz.outcome.order", ""}, {"ui.quiz.outcome.advance", ""}, {"ui.quiz.outcome.continuation", ""}, {"ui.quiz.outcome.no-sale", ""},
}

func (o *Options) word(key string) string {
	for i, e := range themeWords {
		if e.key == key {
			return cmp.Or(o.Words[i], e.word)
		}
	}
	return ""
}

// colon is what stands between a name and what is said.
func (o *Options) colon() string { return o.word("report.colon") }

// Parse reads one file. The list holds every fault of it, in the order of their
// places.
func (p *Parser) Parse(f *source.File) (*Document, diag.List) {
	r := &reading{Parser: p, file: f.Path, src: f.Data, doc: &Document{File: f.Path}, ids: map[string]diag.Pos{}, numbered: map[string]int{}}
	if !utf8.Valid(r.src) { // reported where it was read; goldmark does not accept it
		r.src = []byte(string([]rune(string(r.src))))
	}
	r.lines = newLines(r.src)
	body := r.frontMatter()
	r.doc.start = len(body) - len(bytes.TrimLeft(body, " \n"))
	if r.opt.Guest && strings.EqualFold(path.Ext(f.Base), ".mdx") {
		body = withoutStatements(body)
	}
	if r.opt.Guest && bytes.Contains(body, []byte("]({")) {
		body = bytes.Clone(body) // see tagLinkParser
	}
	root := r.parse(body)
	r.root = root
	r.src = body
	r.doc.Words = countWords(root, body)
	r.title(root)
	r.prepare(root)
	r.quizzes(root)
	r.tasks(root)
	if r.doc.Meta.Glossary {
		r.glossary(root)
	}
	r.doc.Body = r.render(root)
	r.finish()
	return r.doc, r.diags
}

var seed = maphash.MakeSeed()

// finish puts what was collected while rendering into the order of the text.
func (r *reading) finish() {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, id := range r.doc.Anchors() {
		h.WriteString(id)
		h.WriteByte(0)
	}
	r.doc.AnchorHash = h.Sum64()
	slices.Sort(r.doc.Needs)
	slices.SortStableFunc(r.doc.Links, func(a, b *Link) int { return comparePos(a.Pos, b.Pos) })
	if r.opt.Guest {
		r.diags.Soften()
	}
	r.diags.Sort()
}

// reading is the work on one file.
type reading struct {
	*Parser
	file  string
	src   []byte // the text, front matter blanked
	lines lines
	root  ast.Node
	doc   *Document
	diags diag.List

	titleInHTML bool                   // the page's title stands as an element of HTML in the text
	ids         map[string]diag.Pos    // ids given so far
	numbered    map[string]int         // how many ids were made of a text
	raw         map[ast.Node][]piece   // what becomes of raw HTML
	hosts       map[string]bool        // other hosts that the page asks
	foreign     int                    // how many svg and math elements are open where raw HTML is read
	headings    map[*ast.Heading]int   // the place in doc.Headings
	turns       map[ast.Node][]turn    // of dialogues
	heads       map[ast.Node]*quizHead // of headings that begin a quiz
	taskIDs     map[string]diag.Pos    // ids that authors give to tasks
}
