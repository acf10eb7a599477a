package sheet

import (
	"strconv"

	"playbook/calculators/form"
)

// version begins every encoded sheet; another one is not read.
const version = "playbook sheet 1 "

// Bounds of what Load takes from a text that is no longer what Encode wrote.
const (
	mostItems = 50_000
	mostDeep  = 4 * MaxDepth
)

// Encode writes a sheet as text: whole numbers end with a space, texts begin with
// their length in bytes and a colon.
func Encode(s *Sheet) string {
	c := coder{out: []byte(version)}
	c.sheet(s)
	return string(c.out)
}

// Load reads what Encode wrote; nil for anything else.
func Load(encoded string) *Sheet {
	if len(encoded) < len(version) || encoded[:len(version)] != version {
		return nil
	}
	c := coder{in: encoded[len(version):], reads: true}
	s := new(Sheet)
	c.sheet(s)
	if c.bad || c.in != "" {
		return nil
	}
	return s
}

// coder reads or writes: each method does either, so that what is written and what
// is read cannot differ.
type coder struct {
	out   []byte
	in    string
	reads bool
	bad   bool // what is read makes no sense: the rest is zero
	items int
	deep  int
}

func (c *coder) fail() { c.bad, c.in = true, "" }

func (c *coder) number(n *int64) {
	if !c.reads {
		c.out = append(strconv.AppendInt(c.out, *n, 10), ' ')
		return
	}
	*n = c.until(' ')
}

// until reads a whole number up to a byte.
func (c *coder) until(end byte) int64 {
	for i := 0; i < len(c.in) && i < 24; i++ {
		if c.in[i] != end {
			continue
		}
		n, err := strconv.ParseInt(c.in[:i], 10, 64)
		if err != nil {
			break
		}
		c.in = c.in[i+1:]
		return n
	}
	c.fail()
	return 0
}

func (c *coder) int(n *int) {
	wide := int64(*n)
	c.number(&wide)
	*n = int(wide)
}

func (c *coder) bool(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	c.int(&n)
	*b = n == 1
}

func small[T ~uint8](c *coder, v *T) {
	n := int(*v)
	c.int(&n)
	*v = T(n)
}

func (c *coder) text(s *string) {
	if !c.reads {
		c.out = append(strconv.AppendInt(c.out, int64(len(*s)), 10), ':')
		c.out = append(c.out, *s...)
		return
	}
	n := c.until(':')
	if n < 0 || n > int64(len(c.in)) {
		c.fail()
		return
	}
	*s, c.in = c.in[:n], c.in[n:]
}

// count reads or writes how many items a list has; what is read is bounded.
func (c *coder) count(n int) int {
	c.int(&n)
	if c.reads {
		if c.items += n; n < 0 || n > mostItems || c.items > mostItems {
			c.fail()
			return 0
		}
	}
	return n
}

// items begins a list: it writes how many there are, or makes as many as were written,
// and returns them, each to be written or read.
func items[T any](c *coder, all *[]T) []T {
	if n := c.count(len(*all)); c.reads {
		*all = make([]T, n)
	}
	return *all
}

func (c *coder) texts(all *[]string) {
	for i := range items(c, all) {
		c.text(&(*all)[i])
	}
}

func (c *coder) nodes(all *[]*Node) {
	for i := range items(c, all) {
		c.node(&(*all)[i])
	}
}

func (c *coder) sheet(s *Sheet) {
	if c.reads {
		s.Form = new(form.Form)
	}
	c.text(&s.Form.ID)
	for i := range items(c, &s.Form.Fields) {
		c.field(&s.Form.Fields[i])
	}
	for i := range items(c, &s.Fields) {
		f := &s.Fields[i]
		c.text(&f.Name)
		small(c, &f.Kind)
	}
	for i := range items(c, &s.Groups) {
		c.group(&s.Groups[i])
	}
	for i := range items(c, &s.Lookups) {
		l := &s.Lookups[i]
		c.bool(&l.Exact)
		c.nodes(&l.Keys)
		c.nodes(&l.Are)
	}
	for i := range items(c, &s.Values) {
		v := &s.Values[i]
		c.text(&v.Name)
		c.show(&v.Show)
		c.bool(&v.Fact)
	}
	c.int(&s.Memos)
	for i := range items(c, &s.Steps) {
		c.step(&s.Steps[i])
	}
	for i := range items(c, &s.Verdicts) {
		c.rule(&s.Verdicts[i])
	}
	for i := range items(c, &s.Notes) {
		c.rule(&s.Notes[i])
	}
	for i := range items(c, &s.Tables) {
		t := &s.Tables[i]
		c.int(&t.Group)
		c.node(&t.When)
		c.node(&t.Order)
		c.text(&t.Caption)
		c.texts(&t.Heads)
		for i := range items(c, &t.Columns) {
			c.show(&t.Columns[i])
		}
	}
	for i := range items(c, &s.Figures) {
		f := &s.Figures[i]
		c.int(&f.Group)
		c.node(&f.When)
		c.node(&f.Order)
		c.text(&f.Kind)
		c.text(&f.Caption)
		c.show(&f.Label)
		c.show(&f.Value)
		c.show(&f.Most)
		c.node(&f.Flag)
	}
	for i := range items(c, &s.Handoffs) {
		h := &s.Handoffs[i]
		c.text(&h.To)
		c.text(&h.Key)
		c.node(&h.When)
		for i := range items(c, &h.Gives) {
			g := &h.Gives[i]
			c.text(&g.Field)
			c.int(&g.Group)
			c.show(&g.Show)
		}
	}
	c.texts(&s.Assumed)
}

func (c *coder) field(f *form.Field) {
	c.text(&f.Name)
	small(c, &f.Kind)
	c.text(&f.Default)
	c.bool(&f.Optional)
	c.bool(&f.Setting)
	c.text(&f.Unit)
	c.number(&f.Min)
	c.number(&f.Max)
	c.int(&f.MaxLen)
	c.int(&f.Places)
	c.texts(&f.Options)
	c.bool(&f.Fold)
	c.bool(&f.Today)
	for i := range items(c, &f.Fields) {
		c.field(&f.Fields[i])
	}
	for i := range items(c, &f.DefaultRows) {
		c.texts(&f.DefaultRows[i])
	}
	c.int(&f.MinRows)
	c.int(&f.MaxRows)
}

func (c *coder) group(g *Group) {
	c.text(&g.Name)
	small(c, &g.Kind)
	for i := range items(c, &g.Columns) {
		l := &g.Columns[i]
		c.text(&l.Name)
		c.text(&l.Input)
		small(c, &l.Kind)
		c.text(&l.Option)
		c.bool(&l.Told)
	}
	for i := range items(c, &g.Cells) {
		row := &g.Cells[i]
		for i := range items(c, row) {
			l := &(*row)[i]
			c.text(&l.Input)
			c.text(&l.Option)
			c.node(&l.Is)
		}
	}
	c.node(&g.From)
	c.node(&g.To)
}

func (c *coder) show(s *Show) {
	c.node(&s.Node)
	small(c, &s.Kind)
	c.int(&s.Places)
	c.text(&s.Unit)
}

func (c *coder) step(s *Step) {
	small(c, &s.Kind)
	c.int(&s.Group)
	c.int(&s.Index)
	c.int(&s.Places)
	c.node(&s.Node)
	c.node(&s.Total)
	c.text(&s.Name)
}

func (c *coder) rule(r *Rule) {
	c.int(&r.Group)
	c.node(&r.When)
	small(c, &r.Sign)
	c.texts(&r.Keys)
	for i := range items(c, &r.Args) {
		a := &r.Args[i]
		c.text(&a.Name)
		c.show(&a.Show)
	}
}

func (c *coder) node(at **Node) {
	op := None
	if *at != nil {
		op = (*at).Op
	}
	small(c, &op)
	if op == None {
		return
	}
	if c.reads {
		*at = &Node{Op: op}
		if c.items++; c.items > mostItems || op > lastOp {
			c.fail()
		}
	}
	if c.deep++; c.deep > mostDeep {
		c.fail()
		c.deep--
		return
	}
	n := *at
	if op == Literal {
		c.bool(&n.Textual)
		if n.Textual {
			c.text(&n.Text)
			c.text(&n.Word)
		} else {
			c.decimal(&n.Is)
		}
		n.setLiteral()
		c.deep--
		return
	}
	c.int(&n.N)
	c.int(&n.M)
	c.int(&n.Slot)
	c.nodes(&n.Args)
	c.deep--
}

func (c *coder) decimal(d *Decimal) {
	s := form.Trim(d.Text(places))
	c.text(&s)
	if c.reads {
		var ok bool
		if *d, ok = ParseDecimal(s); !ok {
			c.fail()
		}
	}
}
