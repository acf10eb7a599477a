package markdown

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
)

// pattern is a rule's regular expression as a chain of functions, which takes a
// tenth of the time that the rules' engine takes to interpret it. It tries in the
// same order, so it finds the same match.
//
// Patterns are .NET's, and are read with Go's parser. Where Go reads one, it means
// the same as far as it looks at ASCII; what differs is ruled out here, or found
// out while matching and answered with unsure: then the engine is to be asked.
type pattern struct {
	first  *asciiSet // the ASCII characters that a match may begin with; nil: not known
	match  step      // nil: ask the engine
	groups int
}

// A step matches what is left of a pattern at a place and returns where the match
// ends, or one of the two below.
type step func(m *matching, at int) int

const (
	miss   = -1
	unsure = -2
)

// found is the step after the last one.
func found(_ *matching, at int) int { return at }

// matching is the work on one text.
type matching struct {
	text   []rune
	groups [2 * (maxGroups + 1)]int // where each begins and ends, -1 for one that matched nothing
	stop   int                      // where a look behind has to end
	steps  int                      // left before it is called unsure: nothing may take for ever
}

const (
	maxGroups = 15
	maxSteps  = 1 << 13
)

// run matches at a place.
func (p *pattern) run(m *matching, at int) int {
	m.steps = maxSteps
	for i := range 2 * (p.groups + 1) {
		m.groups[i] = -1
	}
	end := p.match(m, at)
	m.groups[0], m.groups[1] = at, end
	return end
}

// spend reports whether there are steps left.
func (m *matching) spend() bool {
	m.steps--
	return m.steps >= 0
}

// asciiSet is a set of ASCII characters.
type asciiSet [utf8.RuneSelf]bool

// strange are constructs that Go and the rules' engine read differently. Of a
// class such as [^\W\d] the engine forgets a part.
var strange = regexp.MustCompile(`\[\[:|-\[|\\[QP0]|\\p(?:[^{]|\{[^LN]|\{.[^}])|\\x\{|\(\?[a-zA-Z-]*U|` +
	`\[(?:[^\]\\]|\\.)*(?:\\[WDS](?:[^\]\\]|\\.)*\\[wdsWDS]|\\[wds](?:[^\]\\]|\\.)*\\[WDS])`)

// asRead writes frequent classes of that kind as the engine reads them.
var asRead = strings.NewReplacer(`[^\W\d]`, `\w`, `[\s\S]`, `(?s:.)`, `[\S\s]`, `(?s:.)`, `[\w\W]`, `(?s:.)`, `[\W\w]`, `(?s:.)`)

// classy are the classes of characters that .NET takes from Unicode and Go from
// ASCII, or from a Unicode of its own.
var classy = regexp.MustCompile(`\\[wWdDsSp]`)

// newPattern reads a rule's pattern.
func newPattern(source string, config *chroma.Config) (p pattern) {
	source = asRead.Replace(source)
	text, whole, ok := readable(source)
	if !ok || strange.MatchString(source) {
		return p
	}
	flags := syntax.Perl &^ syntax.OneLine
	if config.NotMultiline {
		flags |= syntax.OneLine
	}
	if config.CaseInsensitive {
		flags |= syntax.FoldCase
	}
	if config.DotAll {
		flags |= syntax.DotNL
	}
	re, err := syntax.Parse(text, flags)
	if err != nil {
		return p
	}
	p.first = beginning(re)
	if !whole {
		return p
	}
	c := chain{classy: classy.MatchString(source), group: map[int]int{}}
	if c.number(re); c.failed {
		return p
	}
	if match := c.build(re, found); !c.failed {
		p.match, p.groups = match, len(c.group)
	}
	return p
}

// A look ahead or behind, which Go cannot read, is made a group whose name says
// what it is.
var looks = map[string]string{"(?=": "ahead", "(?!": "notahead", "(?<=": "behind", "(?<!": "notbehind"}

// readable makes a pattern one that Go reads: looks get their names. The text of
// a group over again (\1) can only be told to be any text: then the pattern is
// good for its beginning and not whole. Not ok is one that has names of its own.
func readable(source string) (pattern string, whole, ok bool) {
	var b strings.Builder
	whole = true
	class, n := false, 0
	for i := 0; i < len(source); i++ {
		rest := source[i:]
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			i++
			if digit := rest[1]; '1' <= digit && digit <= '9' {
				if class {
					return "", false, false
				}
				whole = false
				b.WriteString("(?s:.*)")
				continue
			}
			b.WriteByte('\\')
		case class:
			class = rest[0] != ']'
		case rest[0] == '[':
			class = true
			for _, opening := range []string{"[^]", "[]", "[^"} { // the first ] stands for itself
				if strings.HasPrefix(rest, opening) {
					b.WriteString(opening[:len(opening)-1])
					i += len(opening) - 1
					break
				}
			}
		case strings.HasPrefix(rest, "(?"):
			mark := rest[:min(3, len(rest))]
			if mark == "(?<" {
				mark = rest[:min(4, len(rest))]
			}
			if name := looks[mark]; name != "" {
				n++
				b.WriteString("(?P<" + name + strconv.Itoa(n) + ">")
				i += len(mark) - 1
				continue
			} else if strings.HasPrefix(rest, "(?P") || strings.HasPrefix(rest, "(?<") {
				return "", false, false
			}
		}
		b.WriteByte(source[i])
	}
	return b.String(), whole, true
}

// look is what kind of a look a group is; "" for a group.
func look(re *syntax.Regexp) string { return strings.TrimRight(re.Name, "0123456789") }

// chain builds steps, the last one first.
type chain struct {
	classy bool        // the pattern has classes that are Unicode's
	group  map[int]int // Go's number of a group → its number without looks
	failed bool        // what cannot be done here was met
}

// number counts the groups.
func (c *chain) number(re *syntax.Regexp) {
	if re.Op == syntax.OpCapture && look(re) == "" {
		c.group[re.Cap] = len(c.group) + 1
		c.failed = c.failed || len(c.group) > maxGroups
	}
	for _, sub := range re.Sub {
		c.number(sub)
	}
}

// build returns the step that matches re and then next.
func (c *chain) build(re *syntax.Regexp, next step) step {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return next
	case syntax.OpLiteral:
		return c.literal(re, next)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return c.repeat(re, 1, 1, true, next)
	case syntax.OpBeginLine:
		return func(m *matching, at int) int {
			if at == 0 || m.text[at-1] == '\n' {
				return next(m, at)
			}
			return miss
		}
	case syntax.OpEndLine:
		return func(m *matching, at int) int {
			if at == len(m.text) || m.text[at] == '\n' {
				return next(m, at)
			}
			return miss
		}
	case syntax.OpBeginText:
		return func(m *matching, at int) int {
			if at == 0 {
				return next(m, at)
			}
			return miss
		}
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		boundary := re.Op == syntax.OpWordBoundary
		return func(m *matching, at int) int {
			before, after := m.inWord(at-1), m.inWord(at)
			if before == unsure || after == unsure {
				return unsure
			}
			if (before != after) == boundary {
				return next(m, at)
			}
			return miss
		}
	case syntax.OpCapture:
		if look(re) != "" {
			return c.look(re, next)
		}
		// A group's ends are taken back where what follows does not match.
		begin, end := 2*c.group[re.Cap], 2*c.group[re.Cap]+1
		inner := c.build(re.Sub[0], func(m *matching, at int) int {
			old := m.groups[end]
			m.groups[end] = at
			to := next(m, at)
			if to < 0 {
				m.groups[end] = old
			}
			return to
		})
		return func(m *matching, at int) int {
			old := m.groups[begin]
			m.groups[begin] = at
			to := inner(m, at)
			if to < 0 {
				m.groups[begin] = old
			}
			return to
		}
	case syntax.OpStar:
		return c.repeat(re.Sub[0], 0, -1, re.Flags&syntax.NonGreedy == 0, next)
	case syntax.OpPlus:
		return c.repeat(re.Sub[0], 1, -1, re.Flags&syntax.NonGreedy == 0, next)
	case syntax.OpQuest:
		return c.repeat(re.Sub[0], 0, 1, re.Flags&syntax.NonGreedy == 0, next)
	case syntax.OpRepeat:
		return c.repeat(re.Sub[0], re.Min, re.Max, re.Flags&syntax.NonGreedy == 0, next)
	case syntax.OpConcat:
		for _, sub := range slices.Backward(re.Sub) {
			next = c.build(sub, next)
		}
		return next
	case syntax.OpAlternate:
		return c.alternate(re, next)
	}
	c.failed = true // an end of the text, which is .NET's before a last line break too, or nothing that can match
	return nil
}

func (c *chain) literal(re *syntax.Regexp, next step) step {
	all, fold := re.Rune, re.Flags&syntax.FoldCase != 0
	if !fold {
		return func(m *matching, at int) int {
			if len(m.text)-at < len(all) {
				return miss
			}
			for i, r := range all {
				if m.text[at+i] != r {
					return miss
				}
			}
			return next(m, at+len(all))
		}
	}
	other := make([]rune, len(all)) // in the other case
	for i, r := range all {
		c.failed = c.failed || r >= utf8.RuneSelf
		other[i] = otherCase(r)
	}
	return func(m *matching, at int) int {
		if len(m.text)-at < len(all) {
			return miss
		}
		for i, r := range all {
			if c := m.text[at+i]; c != r && c != other[i] {
				if c >= utf8.RuneSelf && strings.ContainsRune(iks, r|0x20) {
					return unsure
				}
				return miss
			}
		}
		return next(m, at+len(all))
	}
}

// iks are the letters that have another case beyond ASCII: İ, ſ, and K for kelvin.
const iks = "iks"

// otherCase is an ASCII letter in the other case, and any other character itself.
func otherCase(r rune) rune {
	if lower := r | 0x20; 'a' <= lower && lower <= 'z' {
		return r ^ 0x20
	}
	return r
}

// alternate tries one after the other, those that can begin with the character.
func (c *chain) alternate(re *syntax.Regexp, next step) step {
	type way struct {
		step
		first *asciiSet
	}
	ways := make([]way, len(re.Sub))
	for i, sub := range re.Sub {
		ways[i] = way{c.build(sub, next), beginning(sub)}
	}
	return func(m *matching, at int) int {
		ascii := at < len(m.text) && m.text[at] < utf8.RuneSelf
		for i := range ways {
			w := &ways[i]
			if ascii && w.first != nil && !w.first[m.text[at]] {
				continue
			}
			if !m.spend() {
				return unsure
			}
			if to := w.step(m, at); to != miss {
				return to
			}
		}
		return miss
	}
}

// repeat matches re from low to high times (-1: any number), as often as it can
// or as seldom.
func (c *chain) repeat(re *syntax.Regexp, low, high int, greedy bool, next step) step {
	if one := c.class(re); one != nil {
		switch {
		case low == 1 && high == 1:
			return func(m *matching, at int) int {
				if at == len(m.text) {
					return miss
				}
				if is := one.has(m.text[at]); is != yes {
					return is
				}
				return next(m, at+1)
			}
		case greedy:
			return func(m *matching, at int) int {
				end := len(m.text)
				if high >= 0 {
					end = min(end, at+high)
				}
				i := at
				for ; i < end; i++ {
					if is := one.has(m.text[i]); is == unsure {
						return unsure
					} else if is == miss {
						break
					}
				}
				for ; i >= at+low; i-- {
					if to := next(m, i); to != miss {
						return to
					}
					if !m.spend() {
						return unsure
					}
				}
				return miss
			}
		default:
			return func(m *matching, at int) int {
				for i := at; ; i++ {
					if i >= at+low {
						if to := next(m, i); to != miss {
							return to
						}
						if !m.spend() {
							return unsure
						}
					}
					if i == len(m.text) || high >= 0 && i == at+high {
						return miss
					}
					if is := one.has(m.text[i]); is != yes {
						return is
					}
				}
			}
		}
	}
	if least, _ := width(re); least == 0 || high == 0 || low > 20 || high > 20 {
		c.failed = true // engines differ in how often they repeat nothing
		return nil
	}
	after := next
	// Once more, or on: which is tried first is a matter of greed.
	more := func(m *matching, at int, body step) int {
		first, second := body, after
		if !greedy {
			first, second = after, body
		}
		if to := first(m, at); to != miss {
			return to
		}
		return second(m, at)
	}
	if high < 0 {
		var body step
		next = func(m *matching, at int) int {
			if !m.spend() {
				return unsure
			}
			return more(m, at, body)
		}
		body = c.build(re, next)
	}
	for range high - low { // none where there is no end to it
		body := c.build(re, next)
		next = func(m *matching, at int) int { return more(m, at, body) }
	}
	for range low {
		next = c.build(re, next)
	}
	return next
}

// look matches what must, or must not, stand ahead or behind.
func (c *chain) look(re *syntax.Regexp, next step) step {
	sub, wanted := re.Sub[0], !strings.HasPrefix(re.Name, "not")
	least, most := width(sub)
	ahead := strings.HasSuffix(look(re), "ahead")
	if sub.MaxCap() > 0 || !ahead && (most < 0 || most > 20) {
		c.failed = true
		return nil
	}
	if ahead {
		body := c.build(sub, found)
		return func(m *matching, at int) int {
			if to := body(m, at); to == unsure {
				return unsure
			} else if (to >= 0) != wanted {
				return miss
			}
			return next(m, at)
		}
	}
	body := c.build(sub, func(m *matching, at int) int {
		if at != m.stop {
			return miss
		}
		return at
	})
	return func(m *matching, at int) int {
		outer := m.stop
		m.stop = at
		to := miss
		for n := least; n <= most && n <= at && to == miss; n++ {
			to = body(m, at-n)
		}
		m.stop = outer
		if to == unsure {
			return unsure
		} else if (to >= 0) != wanted {
			return miss
		}
		return next(m, at)
	}
}

// width is how many characters a match has, at least and at most; -1 for any
// number.
func width(re *syntax.Regexp) (least, most int) {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune), len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, 1
	case syntax.OpCapture:
		if look(re) != "" {
			return 0, 0
		}
		return width(re.Sub[0])
	case syntax.OpStar:
		return 0, -1
	case syntax.OpPlus:
		least, _ = width(re.Sub[0])
		return least, -1
	case syntax.OpQuest:
		_, most = width(re.Sub[0])
		return 0, most
	case syntax.OpRepeat:
		least, most = width(re.Sub[0])
		if re.Max < 0 || most < 0 {
			return least * re.Min, -1
		}
		return least * re.Min, most * re.Max
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			l, m := width(sub)
			least += l
			if m < 0 || most < 0 {
				most = -1
			} else {
				most += m
			}
		}
		return least, most
	case syntax.OpAlternate:
		least, most = width(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			l, m := width(sub)
			least = min(least, l)
			if m < 0 || most < 0 {
				most = -1
			} else {
				most = max(most, m)
			}
		}
		return least, most
	}
	return 0, 0
}

// class is a set of characters.
type class struct {
	ascii  [utf8.RuneSelf]int8 // yes, miss or unsure
	beyond int                 // of all others
}

const yes = 1

func (s *class) has(c rune) int {
	if c < utf8.RuneSelf {
		return int(s.ascii[c])
	}
	return s.beyond
}

// class returns the characters that re matches one of; nil if it is no class.
func (c *chain) class(re *syntax.Regexp) *class {
	s := class{beyond: miss}
	for i := range s.ascii {
		s.ascii[i] = miss
	}
	var ranges []rune
	switch re.Op {
	case syntax.OpCharClass:
		ranges = re.Rune
	case syntax.OpAnyChar:
		ranges = []rune{0, unicode.MaxRune}
	case syntax.OpAnyCharNotNL:
		ranges = []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
	case syntax.OpLiteral:
		r := re.Rune[0]
		if len(re.Rune) > 1 || r >= utf8.RuneSelf {
			return nil
		}
		ranges = []rune{r, r}
		if o := otherCase(r); o != r && re.Flags&syntax.FoldCase != 0 {
			ranges = append(ranges, o, o)
			if strings.ContainsRune(iks, o|0x20) {
				s.beyond = unsure
			}
		}
	default:
		return nil
	}
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1] && r < utf8.RuneSelf; r++ {
			s.ascii[r] = yes
		}
		if ranges[i+1] >= utf8.RuneSelf {
			s.beyond = unsure
			if ranges[i] <= utf8.RuneSelf && ranges[i+1] == unicode.MaxRune {
				s.beyond = yes
			}
		}
	}
	if c.classy && re.Op == syntax.OpCharClass {
		s.beyond = unsure
		for r := range s.ascii {
			if odd(rune(r)) {
				s.ascii[r] = unsure
			}
		}
	}
	return &s
}

// odd tells the control characters of which it is a matter of opinion, say,
// whether they are blanks.
func odd(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f
}

// inWord reports whether the character at a place belongs to a word.
func (m *matching) inWord(at int) int {
	if at < 0 || at >= len(m.text) {
		return miss
	}
	switch c := m.text[at]; {
	case c >= utf8.RuneSelf:
		return unsure
	case c == '_', '0' <= c && c <= '9', 'a' <= c|0x20 && c|0x20 <= 'z':
		return yes
	}
	return miss
}

// beginning finds out which ASCII characters a match begins with; nil if it may
// match nothing at all.
func beginning(re *syntax.Regexp) *asciiSet {
	var first asciiSet
	if !beginnings(re, &first) {
		return nil
	}
	for c := range first {
		first[c] = first[c] || odd(rune(c))
	}
	return &first
}

// beginnings adds the ASCII characters that a match may begin with, and reports
// whether every match has a first character.
func beginnings(re *syntax.Regexp, first *asciiSet) bool {
	span := func(from, to rune) {
		for c := from; c <= to && c < utf8.RuneSelf; c++ {
			first[c] = true
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		c := re.Rune[0]
		span(c, c)
		if re.Flags&syntax.FoldCase != 0 {
			for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
				span(f, f)
			}
		}
		return true
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			span(re.Rune[i], re.Rune[i+1])
		}
		return true
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		span(0, utf8.RuneSelf-1)
		return true
	case syntax.OpCapture:
		switch look(re) {
		case "", "ahead":
			return beginnings(re.Sub[0], first)
		}
		return false
	case syntax.OpPlus:
		return beginnings(re.Sub[0], first)
	case syntax.OpRepeat:
		return beginnings(re.Sub[0], first) && re.Min > 0
	case syntax.OpStar, syntax.OpQuest:
		beginnings(re.Sub[0], first)
		return false
	case syntax.OpConcat:
		return slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return beginnings(sub, first) })
	case syntax.OpAlternate:
		all := true
		for _, sub := range re.Sub {
			all = beginnings(sub, first) && all
		}
		return all
	}
	return false // an empty match, a place between characters, or nothing that can match
}
