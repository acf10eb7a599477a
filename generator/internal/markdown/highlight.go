package markdown

import (
	"maps"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Highlighting is a third of the work on a page with code, nearly all of it
// spent on regular expressions that do not match: at every token chroma tries
// one rule after the other. So this file drives chroma's rules itself and leaves
// out those that cannot begin with the next character. The tokens are chroma's;
// what is no plain set of rules is left to chroma, and so is the rest of a text
// where anything is unusual.

// highlighter is a lexer's rules, ready to run.
type highlighter struct {
	lexer    *chroma.RegexLexer
	registry *chroma.LexerRegistry
	states   map[string][]hlRule
	rules    chroma.CompiledRules
	ensureNL bool
}

type hlRule struct {
	*chroma.CompiledRule
	first *[utf8.RuneSelf]bool // the ASCII characters that a match may begin with; nil: not known
}

// newHighlighter prepares a lexer; nil if it is no plain set of rules.
func newHighlighter(l chroma.Lexer) *highlighter {
	plain, ok := l.(*chroma.RegexLexer)
	if !ok {
		return nil
	}
	raw, err := plain.Rules()
	if err != nil {
		return nil
	}
	// Compiled rules are shown to a rule's mutator alone.
	var h highlighter
	catch := maps.Clone(raw)
	catch[catchState] = []chroma.Rule{{Pattern: `.`, Type: chroma.Text, Mutator: chroma.MutatorFunc(func(s *chroma.LexerState) error {
		h.lexer, h.registry, h.rules = s.Lexer, s.Registry, s.Rules
		return nil
	})}}
	copied, err := chroma.NewLexer(plain.Config(), func() chroma.Rules { return catch })
	if err != nil {
		return nil
	}
	copied.SetRegistry(lexers.GlobalLexerRegistry)
	tokens, err := copied.Tokenise(&chroma.TokeniseOptions{State: catchState}, ".")
	if err != nil {
		return nil
	}
	tokens()
	config := plain.Config()
	h.ensureNL = config.EnsureNL
	h.states = map[string][]hlRule{}
	for state, rules := range h.rules {
		for _, r := range rules {
			h.states[state] = append(h.states[state], hlRule{r, firstOf(r.Pattern, config)})
		}
	}
	return &h
}

const catchState = "playbook-catch"

// run yields the tokens of a text as chroma's coalescing lexer does; false if the
// text is one that it leaves to chroma, or a rule goes wrong.
func (h *highlighter) run(code string, yield func(t chroma.TokenType, text string)) bool {
	if h.ensureNL && !strings.HasSuffix(code, "\n") {
		return false
	}
	s := &chroma.LexerState{
		Lexer: h.lexer, Registry: h.registry, Rules: h.rules,
		Text: []rune(code), Stack: []string{"root"}, MutatorContext: map[any]any{},
	}
	at := 0 // of s.Pos, in bytes
	for s.Pos < len(s.Text) && len(s.Stack) > 0 {
		s.State = s.Stack[len(s.Stack)-1]
		rules, known := h.states[s.State]
		if !known {
			return false
		}
		c := s.Text[s.Pos]
		matched := false
		for i := range rules {
			r := &rules[i]
			if c < utf8.RuneSelf && r.first != nil && !r.first[c] {
				continue
			}
			match, err := r.Regexp.FindRunesMatchStartingAt(s.Text, s.Pos)
			if match == nil || err != nil || match.RuneIndex != s.Pos {
				continue
			}
			matched = true
			begin := at
			for _, c := range s.Text[s.Pos : s.Pos+match.RuneLength] {
				at += utf8.RuneLen(c)
			}
			s.Pos += match.RuneLength
			kind, simple := r.Type.(chroma.TokenType)
			if simple && r.Mutator == nil {
				yield(kind, code[begin:at])
				break
			}
			s.Rule, s.Groups, s.NamedGroups = i, []string{}, map[string]string{}
			for _, g := range match.Groups() {
				s.NamedGroups[g.Name] = g.String()
				s.Groups = append(s.Groups, g.String())
			}
			if r.Mutator != nil {
				if pos := s.Pos; r.Mutator.Mutate(s) != nil || s.Pos != pos {
					return false
				}
			}
			if r.Type == nil {
				break
			}
			for tokens := r.Type.Emit(s.Groups, s); ; {
				t := tokens()
				if t == chroma.EOF {
					break
				}
				if t.Type != chroma.Ignore {
					yield(t.Type, t.Value)
				}
			}
			break
		}
		if matched {
			continue
		}
		if c == '\n' && s.State != "root" {
			s.Stack = []string{"root"} // what is wrong in one line is forgiven in the next
			continue
		}
		n := utf8.RuneLen(c)
		yield(chroma.Error, code[at:at+n])
		at += n
		s.Pos++
	}
	if at < len(code) {
		yield(chroma.Error, code[at:])
	}
	return true
}

// strange are constructs that Go and the rules' engine read differently.
var strange = regexp.MustCompile(`\[\[:|-\[|\\[QpP]|\[\^[^\]]*\\[WDS]`)

// firstOf finds out which ASCII characters a match may begin with; nil when that
// cannot be told for certain. Patterns are .NET's; where Go reads one, it means
// the same in all that counts here, but for the constructs that are ruled out.
func firstOf(pattern string, config *chroma.Config) *[utf8.RuneSelf]bool {
	if strange.MatchString(pattern) {
		return nil
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
	re, err := syntax.Parse(pattern, flags)
	if err != nil {
		return nil
	}
	var first [utf8.RuneSelf]bool
	if !beginnings(re, &first) {
		return nil // it may match nothing at all
	}
	for c := range first {
		if c < ' ' && !slices.Contains([]int{'\t', '\n', '\r'}, c) || c == 0x7f {
			first[c] = true // whether \v is a blank, say, is a matter of opinion
		}
	}
	return &first
}

// beginnings adds the ASCII characters that a match may begin with, and reports
// whether every match has a first character.
func beginnings(re *syntax.Regexp, first *[utf8.RuneSelf]bool) bool {
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
	case syntax.OpCapture, syntax.OpPlus:
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
