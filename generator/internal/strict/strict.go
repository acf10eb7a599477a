// Package strict reads the YAML that authors write: site.yaml, front matter,
// blocks. Every key is known, every value of its kind, and every fault has its
// line and column, all of them in one go.
//
// Start with Read: it gives an Object, which is asked for what is needed, key by
// key; End then reports the keys that nobody asked for.
package strict

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"playbook/generator/internal/diag"
)

// Reader collects the faults of one text.
type Reader struct {
	at     diag.Pos
	rule   string
	src    []byte
	faults diag.List
}

// Read parses a text of keys with values. at is the place of its first line, rule
// the rule of its faults, what its name in them ("a figure"). After a fault that
// leaves nothing to read the object is nil; Reader.Faults says why.
func Read(src []byte, at diag.Pos, rule, what string) (*Object, *Reader) {
	r := &Reader{at: at, rule: rule, src: src}
	return r.block(src, what), r
}

// Faults returns what was found so far, in the order of the places.
func (r *Reader) Faults() diag.List {
	slices.SortStableFunc(r.faults, func(a, b diag.Diag) int {
		return cmp.Or(a.Pos.Line-b.Pos.Line, a.Pos.Col-b.Pos.Col)
	})
	return r.faults
}

// Add notes a fault.
func (r *Reader) Add(at diag.Pos, message, help string) {
	r.faults = append(r.faults, diag.Diag{Pos: at, Rule: r.rule, Message: message, Help: help})
}

// place is where a token stands in the author's file.
func (r *Reader) place(t *token.Token) diag.Pos {
	at := r.at
	if t != nil && t.Position != nil {
		at.Line += max(t.Position.Line-1, 0)
		at.Col = max(at.Col, 1) + max(t.Position.Column-1, 0)
	}
	return at
}

// placeOf is where a byte of the text stands in the author's file.
func (r *Reader) placeOf(src []byte, offset int) diag.Pos {
	at := r.at
	before := src[:offset]
	at.Line += bytes.Count(before, []byte("\n"))
	at.Col = max(at.Col, 1) + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return at
}

// block parses the whole text. It gives nil after a fault that leaves nothing
// to read.
func (r *Reader) block(src []byte, what string) (o *Object) {
	// The YAML parser is known to panic on some malformed input; to the author
	// that is a fault like any other.
	defer func() {
		if recover() != nil {
			r.Add(r.at, "this is not YAML", "write one \"key: value\" a line")
			o = nil
		}
	}()
	if offset, fault := excess(src); fault != "" {
		r.Add(r.placeOf(src, offset), what+" has "+fault, "")
		return nil
	}
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at := r.at
		message := err.Error()
		var fault yaml.Error
		if errors.As(err, &fault) {
			at, message = r.place(fault.GetToken()), fault.GetMessage()
		}
		r.faults = append(r.faults, r.explain(src, at, message))
		return nil
	}
	if len(file.Docs) > 1 {
		r.Add(r.place(file.Docs[1].Start), what+" is one YAML document", "leave out the line \"---\"")
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil || isNull(file.Docs[0].Body) {
		return r.newObject(r.at, nil)
	}
	body := file.Docs[0].Body
	return r.objectOf(body, what)
}

// Object is a block of keys. Kinds ask it for what they need, by name; end
// reports what nobody asked for.
type Object struct {
	reader *Reader
	at     diag.Pos
	keys   []*ast.MappingValueNode
	values map[string]ast.Node
	asked  []string
}

func (r *Reader) newObject(at diag.Pos, keys []*ast.MappingValueNode) *Object {
	o := &Object{reader: r, at: at, keys: keys, values: map[string]ast.Node{}}
	for _, kv := range keys {
		name := keyName(kv)
		if _, twice := o.values[name]; twice {
			r.Add(r.place(kv.Key.GetToken()), "key "+quote(name)+" is given twice", "")
			continue
		}
		o.values[name] = kv.Value
	}
	return o
}

// objectOf takes a node as a block of keys; what names it in a fault.
func (r *Reader) objectOf(n ast.Node, what string) *Object {
	switch n := n.(type) {
	case *ast.MappingNode:
		at := r.place(n.GetToken())
		if len(n.Values) > 0 && !n.IsFlowStyle {
			at = r.place(n.Values[0].Key.GetToken())
		}
		return r.newObject(at, n.Values)
	case *ast.MappingValueNode:
		return r.newObject(r.place(n.Key.GetToken()), []*ast.MappingValueNode{n})
	}
	r.Add(r.place(first(n)), what+" is written as keys with values", "")
	return nil
}

// keyName is a key as written.
func keyName(kv *ast.MappingValueNode) string {
	if t := kv.Key.GetToken(); t != nil {
		return t.Value
	}
	return ""
}

// first is the token with which a node begins.
func first(n ast.Node) *token.Token {
	if n == nil {
		return nil
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		return m.Key.GetToken()
	}
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

func isNull(n ast.Node) bool {
	_, null := n.(*ast.NullNode)
	return null
}

// Get is the value of a key, nil when it is absent or empty.
func (o *Object) Get(key string) ast.Node {
	if !slices.Contains(o.asked, key) {
		o.asked = append(o.asked, key)
	}
	n := o.values[key]
	if n == nil || isNull(n) {
		return nil
	}
	return n
}

// End reports the keys that nobody asked for.
func (o *Object) End() {
	for _, kv := range o.keys {
		if name := keyName(kv); !slices.Contains(o.asked, name) {
			help := "the keys here are " + diag.And(o.asked)
			if strings.Trim(name, "0123456789.") == "" && isNull(kv.Value) {
				// {text: 2,500}: the comma begins a new key.
				help = "put a number with a comma in quotation marks"
			} else if isNull(kv.Value) && strings.Contains(name, " ") {
				// {text: One, two and three}: the same.
				help = "put a text with a comma in quotation marks"
			}
			o.reader.Add(o.reader.place(kv.Key.GetToken()), "unknown key "+quote(name)+diag.Suggest(name, o.asked), help)
		}
	}
}

// Missing reports a key that has to be there. The place is the key's when it
// stands there without a value, else the block's.
func (o *Object) Missing(key, help string) {
	at := o.at
	for _, kv := range o.keys {
		if keyName(kv) == key {
			o.reader.Add(o.reader.place(kv.Key.GetToken()), "key "+quote(key)+" has no value", help)
			return
		}
	}
	o.reader.Add(at, "missing key "+quote(key), help)
}

// Text is a text, as written; empty when the key is absent.
func (o *Object) Text(key string) string {
	n := o.Get(key)
	if n == nil {
		return ""
	}
	s, ok := o.reader.scalar(n)
	if !ok {
		o.reader.Add(o.reader.place(first(n)), quote(key)+" must be a text", "put it in quotation marks when it has a colon or a bracket")
	}
	if long(s) {
		o.reader.Add(o.reader.place(first(n)), quote(key)+" is longer than "+strconv.Itoa(mostText)+" characters", "")
		return ""
	}
	return s
}

// scalar is a value as one text.
func (r *Reader) scalar(n ast.Node) (string, bool) {
	s, ok := verbatim(n)
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && !unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)), ok
}

// verbatim is a value as one text, as it is written.
func verbatim(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// Required is a text that has to be there.
func (o *Object) Required(key, help string) string {
	n := o.Get(key)
	s := o.Text(key)
	if n == nil || s == "" && isText(n) {
		o.Missing(key, help)
	}
	return s
}

func isText(n ast.Node) bool {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return true
	}
	return false
}

// Number is a number and whether it is there. Thousands may be grouped with
// commas.
func (o *Object) Number(key string) (float64, bool) {
	n := o.Get(key)
	if n == nil {
		return 0, false
	}
	return o.reader.numeric(n, quote(key))
}

// numeric takes a node as a number; what names it in a fault.
func (r *Reader) numeric(n ast.Node, what string) (float64, bool) {
	s, ok := r.scalar(n)
	if !ok {
		r.Add(r.place(first(n)), what+" must be a number", "")
		return 0, false
	}
	v, err := strconv.ParseFloat(ungroup(s), 64)
	switch {
	case math.IsInf(v, 0) && !strings.ContainsAny(s, "iI"), err == nil && math.Abs(v) > 1e12:
		r.Add(r.place(first(n)), what+" is too large: "+quote(s), "")
	case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
		r.Add(r.place(first(n)), what+" must be a number, not "+quote(s), "")
	default:
		return v, true
	}
	return 0, false
}

// ungroup takes the commas out of a number such as 12,000.
func ungroup(s string) string {
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if i > 0 {
			g, _, _ = strings.Cut(g, ".")
			if len(g) != 3 {
				return s
			}
		}
	}
	return strings.Join(groups, "")
}

// Amount is a number that has to be there.
func (o *Object) Amount(key string) float64 {
	v, _ := o.Number(key)
	if o.Get(key) == nil {
		o.Missing(key, "")
	}
	return v
}

// Positive is an amount above nothing.
func (o *Object) Positive(key string) float64 {
	v, ok := o.Number(key)
	switch n := o.Get(key); {
	case n == nil:
		o.Missing(key, "")
	case ok && v <= 0:
		o.reader.Add(o.reader.place(first(n)), quote(key)+" must be more than 0", "")
	}
	return v
}

// Choice is the place of a word among those allowed; the first when the key is
// absent.
func (o *Object) Choice(key string, words ...string) int {
	n := o.Get(key)
	if n == nil {
		return 0
	}
	s := o.Text(key)
	i := slices.Index(words, s)
	if i < 0 && isText(n) {
		o.reader.Add(o.reader.place(first(n)), quote(key)+" cannot be "+quote(s)+diag.Suggest(s, words), "it is one of "+diag.And(words))
	}
	return max(i, 0)
}

// One reads a block of keys below a key that has to be there.
func (o *Object) One(key string, read func(*Object)) {
	n := o.Get(key)
	if n == nil {
		o.Missing(key, "")
		return
	}
	if inner := o.reader.objectOf(n, quote(key)); inner != nil {
		read(inner)
		inner.End()
	}
}

// Each reads the blocks of a list; least is how many there have to be.
func (o *Object) Each(key string, least int, read func(*Object)) {
	for _, n := range o.List(key, least) {
		if inner := o.reader.objectOf(n, "an entry of "+quote(key)); inner != nil {
			read(inner)
			inner.End()
		}
	}
}

// List is the nodes of a list.
func (o *Object) List(key string, least int) []ast.Node {
	n := o.Get(key)
	if n == nil {
		if least > 0 {
			o.Missing(key, "")
		}
		return nil
	}
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		o.reader.Add(o.reader.place(first(n)), quote(key)+" must be a list", "begin each entry with \"- \"")
		return nil
	}
	if len(seq.Values) < least {
		o.reader.Add(o.reader.place(first(n)), quote(key)+" needs at least "+strconv.Itoa(least)+" entries", "")
	}
	return seq.Values
}

// Numbers is a list of numbers, none below nothing.
func (o *Object) Numbers(key string, least int) []float64 {
	var out []float64
	for _, n := range o.List(key, least) {
		v, ok := o.reader.numeric(n, "an entry of "+quote(key))
		if ok && v < 0 {
			o.reader.Add(o.reader.place(first(n)), "an entry of "+quote(key)+" must not be less than 0", "")
		}
		out = append(out, v)
	}
	return out
}

// Texts is a list of texts.
func (o *Object) Texts(key string) []string {
	var out []string
	for _, n := range o.List(key, 0) {
		s, ok := o.reader.scalar(n)
		if !ok {
			o.reader.Add(o.reader.place(first(n)), "an entry of "+quote(key)+" must be a text", "")
		}
		out = append(out, s)
	}
	return out
}

// Entries is a list of texts with their places; a single text is a list of one.
func (o *Object) Entries(key string, least int) []Entry {
	nodes := []ast.Node{o.Get(key)}
	if !isText(nodes[0]) {
		nodes = o.List(key, least)
	}
	var out []Entry
	for _, n := range nodes {
		s, ok := o.reader.scalar(n)
		at := o.reader.place(first(n))
		if !ok || s == "" {
			o.reader.Add(at, "an entry of "+quote(key)+" must be a text", "")
			continue
		}
		out = append(out, Entry{Key: key, Value: s, KeyAt: at, ValueAt: at})
	}
	return out
}

// Bool is yes or no; no when the key is absent.
func (o *Object) Bool(key string) bool {
	switch n := o.Get(key).(type) {
	case nil:
	case *ast.BoolNode:
		return n.Value
	default:
		o.reader.Add(o.reader.place(first(n)), quote(key)+" must be true or false", "")
	}
	return false
}

// Whole is a whole number of at least least; 0 when the key is absent.
func (o *Object) Whole(key string, least int) int {
	v, ok := o.Number(key)
	if !ok {
		return 0
	}
	if v != math.Trunc(v) || v < float64(least) || v > 1e6 {
		o.reader.Add(o.At(key), quote(key)+" must be a whole number of at least "+strconv.Itoa(least), "")
		return 0
	}
	return int(v)
}

// TextOrTexts is a list of texts; a single text is a list of one.
func (o *Object) TextOrTexts(key string) []string {
	if _, isList := o.Get(key).(*ast.SequenceNode); isList {
		return o.Texts(key)
	}
	if s := o.Text(key); s != "" {
		return []string{s}
	}
	return nil
}

// Entry is one key of an object with its value as text.
type Entry struct {
	Key, Value     string
	KeyAt, ValueAt diag.Pos
}

// Rest returns the keys that nobody asked for, whose values must be texts or
// numbers, in their order; an empty value is "".
func (o *Object) Rest() []Entry {
	var all []Entry
	for _, kv := range o.keys {
		name := keyName(kv)
		if slices.Contains(o.asked, name) || o.values[name] != kv.Value {
			continue
		}
		e := Entry{Key: name, KeyAt: o.reader.place(kv.Key.GetToken())}
		e.ValueAt = e.KeyAt
		if !isNull(kv.Value) {
			text, ok := o.reader.scalar(kv.Value)
			e.Value, e.ValueAt = text, o.reader.place(first(kv.Value))
			if !ok {
				o.reader.Add(e.ValueAt, quote(name)+" must be a text or a number", "")
			}
		}
		all = append(all, e)
	}
	for _, e := range all {
		o.asked = append(o.asked, e.Key)
	}
	return all
}

// Map reads the object below a key, whatever its keys; nil when it is absent.
func (o *Object) Map(key string) *Object {
	n := o.Get(key)
	if n == nil {
		return nil
	}
	return o.reader.objectOf(n, quote(key))
}

// Keys returns the object's keys in their order.
func (o *Object) Keys() []string {
	var names []string
	for _, kv := range o.keys {
		names = append(names, keyName(kv))
	}
	return names
}

// IsObject reports whether a key's value is a block of keys.
func (o *Object) IsObject(key string) bool {
	switch o.values[key].(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// Flat calls each for every text below the object, as it is written, under its
// keys joined by dots: {ui: {next: Next}} gives "ui.next". An empty value is "".
func (o *Object) Flat(each func(key, text string, at diag.Pos)) { o.flat("", each) }

func (o *Object) flat(prefix string, each func(key, text string, at diag.Pos)) {
	for _, kv := range o.keys {
		name := keyName(kv)
		if o.values[name] != kv.Value {
			continue // the second of two
		}
		key, at := prefix+name, o.At(name)
		switch n := kv.Value.(type) {
		case *ast.MappingNode, *ast.MappingValueNode:
			if inner := o.reader.objectOf(n, quote(key)); inner != nil {
				inner.flat(key+".", each)
			}
		case *ast.NullNode:
			each(key, "", at)
		default:
			text, ok := verbatim(n)
			if !ok {
				o.reader.Add(at, quote(key)+" must be a text", "put it in quotation marks when it has a colon or a bracket")
				continue
			}
			each(key, text, at)
		}
	}
}

// At is the place of a key's value; the object's own when the key is absent.
func (o *Object) At(key string) diag.Pos {
	if n := o.values[key]; n != nil {
		return o.reader.place(first(n))
	}
	return o.at
}

// KeyAt is the place of a key; the object's own when it is absent.
func (o *Object) KeyAt(key string) diag.Pos {
	for _, kv := range o.keys {
		if keyName(kv) == key {
			return o.reader.place(kv.Key.GetToken())
		}
	}
	return o.at
}

// Here is where the object begins.
func (o *Object) Here() diag.Pos { return o.at }

// Add notes a fault at a key's value.
func (o *Object) Add(key, message, help string) { o.reader.Add(o.At(key), message, help) }

// Has reports whether the key is there, with or without a value.
func (o *Object) Has(key string) bool { return o.values[key] != nil }

func quote(s string) string { return strconv.Quote(s) }
