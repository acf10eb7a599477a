package markdown

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/dlclark/regexp2/v2"
)

// Highlighting is a third of the work on a page with code, nearly all of it
// spent on regular expressions that do not match: at every token chroma tries
// one rule after the other. So this file drives chroma's rules itself, leaves
// out those that cannot begin with the next character, and matches most of the
// others without an engine (pattern.go). The tokens are chroma's; what is no
// plain set of rules is left to chroma, and so is the rest of a text where
// anything is unusual.

// highlighter is a lexer's rules, ready to run.
type highlighter struct {
	lexer    *chroma.RegexLexer
	rules    chroma.CompiledRules
	states   map[string]*hlState
	ensureNL bool
}

// hlState is a state's rules, prepared when it is first entered.
type hlState struct {
	prepare sync.Once
	all     []*hlRule
	by      [utf8.RuneSelf][]*hlRule // those that can begin with a character
}

// hlRule is a rule, which several states may have.
type hlRule struct {
	*chroma.CompiledRule
	read    sync.Once // of its pattern
	pattern pattern
	compile sync.Once // of its Regexp
	whole   hlEmitter
	groups  []hlEmitter // for each group one, instead of whole
	special bool        // its Type is a function, which may look at anything
}

// hlEmitter makes tokens of a text.
type hlEmitter struct {
	chroma.Emitter // nil: none
	plain          bool
	kind           chroma.TokenType // of the one token, if plain
	self           string           // the state of the same lexer that cuts the text up; "" for others
}

// newHighlighter prepares a lexer; nil if it is no plain set of rules.
func newHighlighter(l chroma.Lexer) *highlighter {
	lexer, ok := l.(*chroma.RegexLexer)
	if !ok {
		return nil
	}
	raw, err := lexer.Rules()
	if err != nil {
		return nil
	}
	h := highlighter{lexer: lexer, rules: chroma.CompiledRules{}, states: map[string]*hlState{}, ensureNL: lexer.Config().EnsureNL}
	for state, rules := range raw {
		for _, r := range rules {
			h.rules[state] = append(h.rules[state], &chroma.CompiledRule{Rule: r})
		}
	}
	for again := true; again; {
		if again, err = h.include(); err != nil {
			return nil
		}
	}
	all := map[*chroma.CompiledRule]*hlRule{}
	for name, rules := range h.rules {
		state := &hlState{}
		h.states[name] = state
		for _, r := range rules {
			if _, known := r.Mutator.(chroma.SerialisableMutator); r.Mutator != nil && !known {
				return nil // it may change the rules
			}
			if all[r] == nil {
				all[r] = newRule(r)
			}
			state.all = append(state.all, all[r])
		}
	}
	return &h
}

func newRule(r *chroma.CompiledRule) *hlRule {
	rule := &hlRule{CompiledRule: r, whole: newEmitter(r.Type)}
	kind, known := r.Type.(chroma.SerialisableEmitter)
	rule.special = r.Type != nil && !known
	if known && kind.EmitterKind() == "bygroups" {
		for _, e := range field[chroma.Emitters](kind, "Emitters") {
			rule.groups = append(rule.groups, newEmitter(e))
		}
	}
	return rule
}

func newEmitter(e chroma.Emitter) hlEmitter {
	emitter := hlEmitter{Emitter: e}
	emitter.kind, emitter.plain = e.(chroma.TokenType)
	if kind, known := e.(chroma.SerialisableEmitter); known && kind.EmitterKind() == "usingself" {
		emitter.self = field[string](kind, "State")
	}
	return emitter
}

// field is a field of an emitter, whose type chroma keeps to itself.
func field[T any](e chroma.Emitter, name string) (value T) {
	if f := reflect.Indirect(reflect.ValueOf(e)).FieldByName(name); f.IsValid() {
		value, _ = f.Interface().(T)
	}
	return value
}

// include carries out one of the mutators that put states together; false when
// there are none left.
func (h *highlighter) include() (bool, error) {
	for state, rules := range h.rules {
		for i, r := range rules {
			if m, ok := r.Mutator.(chroma.LexerMutator); ok {
				return true, m.MutateLexer(h.rules, state, i)
			}
		}
	}
	return false, nil
}

// state returns a state's rules; nil for one that is not known.
func (h *highlighter) state(name string) *hlState {
	s := h.states[name]
	if s == nil {
		return nil
	}
	s.prepare.Do(func() {
		for _, r := range s.all {
			r.read.Do(func() { r.pattern = newPattern(r.Pattern, h.lexer.Config()) })
			for c := range s.by {
				if r.pattern.first == nil || r.pattern.first[c] {
					s.by[c] = append(s.by[c], r)
				}
			}
		}
	})
	return s
}

// engine returns a rule's regular expression as chroma compiles it.
func (h *highlighter) engine(r *hlRule) *regexp2.Regexp {
	r.compile.Do(func() {
		r.Regexp = regexp2.MustCompile(`\G` + engineFlags(h.lexer.Config()) + "(?:" + r.Pattern + ")")
		r.Regexp.MatchTimeout = 250 * time.Millisecond
	})
	return r.Regexp
}

func engineFlags(config *chroma.Config) string {
	flags := ""
	if !config.NotMultiline {
		flags += "m"
	}
	if config.CaseInsensitive {
		flags += "i"
	}
	if config.DotAll {
		flags += "s"
	}
	if flags == "" {
		return ""
	}
	return "(?" + flags + ")"
}

// match finds a rule's match at s.Pos and returns where it ends, miss for none.
// It leaves in s what the rule's emitter needs.
func (h *highlighter) match(r *hlRule, s *chroma.LexerState, m *matching) int {
	if r.pattern.match != nil && !r.special {
		end := r.pattern.run(m, s.Pos)
		if end >= 0 && !r.whole.plain {
			s.Groups = make([]string, r.pattern.groups+1)
			for i := range s.Groups {
				if from, to := m.groups[2*i], m.groups[2*i+1]; from >= 0 && to >= 0 {
					s.Groups[i] = string(m.text[from:to])
				}
			}
		}
		if end != unsure {
			return end
		}
	}
	found, err := h.engine(r).FindRunesMatchStartingAt(s.Text, s.Pos)
	if found == nil || err != nil || found.RuneIndex != s.Pos {
		return miss
	}
	if !r.whole.plain {
		s.Rule, s.Groups, s.NamedGroups = slices.Index(h.rules[s.State], r.CompiledRule), []string{}, map[string]string{}
		for _, g := range found.Groups() {
			s.NamedGroups[g.Name] = g.String()
			s.Groups = append(s.Groups, g.String())
		}
	}
	return s.Pos + found.RuneLength
}

// run yields the tokens of a text as chroma's coalescing lexer does; false if the
// text is one that it leaves to chroma, or a rule goes wrong.
func (h *highlighter) run(code string, yield func(t chroma.TokenType, text string)) bool {
	if h.ensureNL && !strings.HasSuffix(code, "\n") {
		return false
	}
	return h.cut(code, "root", yield)
}

// maxIdle is how often in a row nothing may match before a text is given up:
// there are lexers that never come to an end.
const maxIdle = 1000

// cut is run, beginning in a state.
func (h *highlighter) cut(code, state string, yield func(t chroma.TokenType, text string)) bool {
	m := matching{text: []rune(code)}
	s := &chroma.LexerState{
		Lexer: h.lexer, Registry: lexers.GlobalLexerRegistry, Rules: h.rules,
		Text: m.text, Stack: []string{state}, MutatorContext: map[any]any{},
	}
	at := 0   // of s.Pos, in bytes
	idle := 0 // matches of nothing in a row
	for s.Pos < len(s.Text) && len(s.Stack) > 0 && idle < maxIdle {
		s.State = s.Stack[len(s.Stack)-1]
		rules := h.state(s.State)
		if rules == nil {
			return false
		}
		c := s.Text[s.Pos]
		candidates := rules.all
		if c < utf8.RuneSelf {
			candidates = rules.by[c]
		}
		matched := false
		for _, r := range candidates {
			end := h.match(r, s, &m)
			if end < 0 {
				continue
			}
			matched = true
			begin := at
			for _, c := range s.Text[s.Pos:end] {
				at += utf8.RuneLen(c)
			}
			if idle++; s.Pos < end {
				idle = 0
			}
			s.Pos = end
			if r.Mutator != nil && (r.Mutator.Mutate(s) != nil || s.Pos != end) {
				return false
			}
			if !h.emit(r, s, code[begin:at], yield) {
				return false
			}
			break
		}
		if matched {
			continue
		}
		if c == '\n' && s.State != state {
			s.Stack = []string{state} // what is wrong in one line is forgiven in the next
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

// emit yields the tokens of a match; false if something goes wrong.
func (h *highlighter) emit(r *hlRule, s *chroma.LexerState, text string, yield func(t chroma.TokenType, text string)) bool {
	if r.groups == nil {
		return h.part(&r.whole, s, text, s.Groups, yield)
	}
	if len(r.groups) != len(s.Groups)-1 {
		yield(chroma.Error, text)
		return true
	}
	groups := s.Groups
	for i := range r.groups {
		if text := groups[i+1]; text != "" && !h.part(&r.groups[i], s, text, groups[i+1:i+2], yield) {
			return false
		}
	}
	return true
}

// part yields what one emitter makes of a text.
func (h *highlighter) part(e *hlEmitter, s *chroma.LexerState, text string, groups []string, yield func(t chroma.TokenType, text string)) bool {
	switch {
	case e.Emitter == nil:
	case e.plain:
		if e.kind != chroma.Ignore {
			yield(e.kind, text)
		}
	case e.self != "":
		return h.cut(text, e.self, yield)
	default:
		for tokens := e.Emit(groups, s); ; {
			t := tokens()
			if t == chroma.EOF {
				break
			}
			if t.Type != chroma.Ignore {
				yield(t.Type, t.Value)
			}
		}
	}
	return true
}
