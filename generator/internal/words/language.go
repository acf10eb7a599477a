package words

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"playbook/generator/internal/diag"
)

// Language is what a theme says of a language in the section "language" of its
// file: all that pages, the search and the checks need to know of it. Only name
// and tag must be there.
type Language struct {
	Code string // of the file and of the site's folder: "zh"
	Name string // in itself: "简体中文"
	Tag  string // BCP 47, the lang attribute: "zh-Hans"
	Dir  string // "ltr" or "rtl"

	// Script names the rules of the style sheet for texts of that script: "latin",
	// "han". Pages carry it as data-script.
	Script string

	Spaces bool // between words; where there are none, a character counts as a word
	Speed  int  // words read in a minute

	Sort     string   // BCP 47, of the order of its dictionaries: "zh-u-co-pinyin"
	Letters  []Letter // of an index, in order
	Readings bool     // terms of a glossary say how they are read, and are sorted by it

	// Quotes are its quotation marks: opening and closing, then those within. They
	// replace typewriter's marks where words have spaces between them; elsewhere
	// check asks for them. Empty: marks stay as they are typed.
	Quotes [4]string

	// NoBreakBefore and NoBreakAfter are signs beside which a space is narrow and
	// does not end a line: "A qui ?".
	NoBreakBefore, NoBreakAfter string

	// WideMarks are the marks that check asks for between characters of Han, by the
	// mark in ASCII that stands for each: {',': '，'}.
	WideMarks map[rune]rune

	Stemmer string   // of the search: "english"; "" looks words up as they are
	Elision bool     // an apostrophe parts words: in l'objectif, objectif is found
	Plurals []string // endings with which a term is still that term: "s", "es"

	FontText, FontHead string // CSS font families; "" is the theme's

	at map[string]diag.Pos // where each key is written
}

// Letter is a part of an index: what begins with Name, accents and capitals aside.
// What is written in another script stands under the last letter whose From does
// not come behind it in the language's order.
type Letter struct{ Name, From string }

// Place is where a key of the section is written, or the file's beginning.
func (l *Language) Place(key string) diag.Pos {
	if at, ok := l.at[key]; ok {
		return at
	}
	return diag.Pos{File: place(dir + "/" + l.Code + ".yaml"), Line: 1, Col: 1}
}

const section = "language."

// wordsAMinute is how fast people read where a language does not say it.
const wordsAMinute = 220

// newLanguage reads the section of a language from its words.
func newLanguage(code string, words map[string]word) (Language, diag.List) {
	r := languageReader{words: words}
	l := Language{Code: code, at: map[string]diag.Pos{}}
	for key, w := range words {
		if name, ok := strings.CutPrefix(key, section); ok {
			l.at[name] = w.pos
		}
	}
	r.at = l.Place
	l.Name, l.Tag = r.required("name"), r.required("tag")
	l.Name, l.Tag = cmp.Or(l.Name, code), r.tag("tag", cmp.Or(l.Tag, code))
	l.Dir = r.choice("dir", "ltr", "rtl")
	l.Script = r.name("script", "latin")
	l.Spaces = r.choice("spaces", "true", "false") == "true"
	l.Speed = r.whole("speed", wordsAMinute)
	l.Sort = cmp.Or(r.tag("sort", r.text("sort")), l.Tag)
	l.Letters = r.letters("letters")
	l.Readings = r.choice("readings", "false", "true") == "true"
	l.Quotes = r.quotes("quotes")
	l.NoBreakBefore = strings.Join(strings.Fields(r.text("no-break-before")), "")
	l.NoBreakAfter = strings.Join(strings.Fields(r.text("no-break-after")), "")
	l.WideMarks = r.pairs("wide-marks")
	l.Stemmer = r.text("stemmer")
	l.Elision = r.choice("elision", "false", "true") == "true"
	l.Plurals = strings.Fields(r.text("plurals"))
	l.FontText, l.FontHead = r.fonts("font-text"), r.fonts("font-head")
	return l, append(r.faults, r.unknown(l.at)...)
}

// languageReader reads keys of the section and notes what is wrong with them.
type languageReader struct {
	words  map[string]word
	at     func(key string) diag.Pos
	asked  []string
	faults diag.List
}

func (r *languageReader) fault(key, message, help string) {
	r.faults = append(r.faults, fault(r.at(key), section+key+" "+message, help))
}

func (r *languageReader) text(key string) string {
	if !slices.Contains(r.asked, key) {
		r.asked = append(r.asked, key)
	}
	return strings.TrimSpace(r.words[section+key].text)
}

func (r *languageReader) required(key string) string {
	s := r.text(key)
	if s == "" {
		r.fault(key, "is missing", "begin the file with language: {name: …, tag: …}")
	}
	return s
}

// choice is one of some values, the first where the key is absent.
func (r *languageReader) choice(key string, values ...string) string {
	s := r.text(key)
	if s == "" || slices.Contains(values, s) {
		return cmp.Or(s, values[0])
	}
	r.fault(key, "cannot be "+strconv.Quote(s), "it is "+strings.Join(values, " or "))
	return values[0]
}

// name is a word of small letters.
func (r *languageReader) name(key, otherwise string) string {
	s := r.text(key)
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-") == "" {
		return cmp.Or(s, otherwise)
	}
	r.fault(key, "cannot be "+strconv.Quote(s), "write small letters a to z, such as latin or han")
	return otherwise
}

func (r *languageReader) whole(key string, otherwise int) int {
	s := r.text(key)
	n, err := strconv.Atoi(s)
	if s == "" {
		return otherwise
	}
	if err != nil || n < 1 {
		r.fault(key, "cannot be "+strconv.Quote(s), "write how many words, or characters where there are no spaces, are read in a minute")
		return otherwise
	}
	return n
}

func (r *languageReader) tag(key, s string) string {
	if _, err := language.Parse(s); err != nil && s != "" {
		r.fault(key, "is no language tag: "+strconv.Quote(s), "write one of BCP 47, such as fr or zh-Hans")
	}
	return s
}

// letters are parted by spaces; "A=阿" says where those of another script begin.
func (r *languageReader) letters(key string) []Letter {
	var all []Letter
	for _, s := range strings.Fields(cmp.Or(r.text(key), latin)) {
		name, from, _ := strings.Cut(s, "=")
		twice := slices.ContainsFunc(all, func(l Letter) bool { return strings.EqualFold(l.Name, name) })
		if twice || name == "" || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) }) {
			r.fault(key, "cannot have "+strconv.Quote(s), "write each letter once, with spaces between them: A B C")
			continue
		}
		all = append(all, Letter{name, from})
	}
	return all
}

const latin = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"

// quotes are four marks with | between them.
func (r *languageReader) quotes(key string) (marks [4]string) {
	s := r.text(key)
	if s == "" {
		return marks
	}
	all := strings.Split(s, "|")
	if len(all) != len(marks) || slices.Contains(all, "") {
		r.fault(key, "cannot be "+strconv.Quote(s), "write four marks with | between them, those within last: “|”|‘|’")
		return marks
	}
	return [4]string(all)
}

// pairs are two characters each, with spaces between them.
func (r *languageReader) pairs(key string) map[rune]rune {
	var all map[rune]rune
	for _, s := range strings.Fields(r.text(key)) {
		c := []rune(s)
		if len(c) != 2 || c[0] >= utf8.RuneSelf || c[1] < utf8.RuneSelf {
			r.fault(key, "cannot have "+strconv.Quote(s), "write a mark and the wide one in its place, with spaces between the pairs: ,， .。")
			continue
		}
		if all == nil {
			all = map[rune]rune{}
		}
		all[c[0]] = c[1]
	}
	return all
}

// fonts are written into a style sheet.
func (r *languageReader) fonts(key string) string {
	s := r.text(key)
	if strings.ContainsAny(s, ";{}<>\\\n") || strings.Count(s, `"`)%2 > 0 || strings.Contains(s, "/*") {
		r.fault(key, "is no list of fonts", `write them as in a style sheet: "Noto Serif", Georgia, serif`)
		return ""
	}
	return s
}

// unknown reports the keys that nobody asked for.
func (r *languageReader) unknown(at map[string]diag.Pos) (faults diag.List) {
	for _, name := range slices.Sorted(maps.Keys(at)) {
		pos := at[name]
		if !slices.Contains(r.asked, name) {
			help := "the keys here are " + strings.Join(r.asked, ", ")
			if near := diag.Closest(name, r.asked); near != "" {
				help = "did you mean " + strconv.Quote(near) + "?"
			}
			faults = append(faults, fault(pos, "unknown key "+strconv.Quote(name)+" of a language", help))
		}
	}
	return faults
}
