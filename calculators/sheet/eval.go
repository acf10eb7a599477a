package sheet

import (
	"playbook/calculators/calendar"
	"playbook/calculators/form"
)

// machine is one computation.
type machine struct {
	*Sheet
	in      *form.Input
	fields  []value
	values  []value
	columns [][][]value // by group and column
	counts  []int       // rows, by group
	memos   []value
	memoed  []bool
	at      [MaxDepth + 2]int // the row of each slot
	steps   int
	now     *Step // what is computed
	row     int   // and in which row
	trouble []trouble
}

// trouble is why something could not be computed: a word of the reports,
// "report.sheet.Key".
type trouble struct {
	key  string
	step *Step
	row  int
}

// mostTrouble is how much trouble a report names.
const mostTrouble = 5

// fail notes what cannot be computed, once a step, and gives what is unknown.
func (m *machine) fail(key string) value {
	n := len(m.trouble)
	if m.now != nil && n < mostTrouble && (n == 0 || m.trouble[n-1].step != m.now) {
		m.trouble = append(m.trouble, trouble{key, m.now, m.row})
	}
	return unknown
}

// result is a number, or trouble where it is too large.
func (m *machine) result(d Decimal, ok bool) value {
	if !ok {
		return m.fail("large")
	}
	return number(d)
}

func newMachine(s *Sheet, in *form.Input) *machine {
	m := &machine{Sheet: s, in: in}
	m.values = make([]value, len(s.Values))
	m.memos, m.memoed = make([]value, s.Memos), make([]bool, s.Memos)
	m.fields = make([]value, len(s.Fields))
	for i, f := range s.Fields {
		m.fields[i] = read(&in.Set, f.Name, f.Kind, "option."+f.Name+".")
	}
	m.columns, m.counts = make([][][]value, len(s.Groups)), make([]int, len(s.Groups))
	for i := range s.Groups {
		m.fill(i)
	}
	for i := range s.Steps {
		m.step(&s.Steps[i])
	}
	m.now = nil
	return m
}

// read is a field of the form as a value.
func read(set *form.Set, name string, kind Kind, option string) value {
	if !set.Given(name) {
		return unknown
	}
	switch set.Kind(name) {
	case form.Integer:
		return number(Int(set.Int(name)))
	case form.Number:
		return number(Scaled(set.Number(name)))
	case form.Money:
		return number(Scaled(set.Money(name), 2))
	case form.Percent:
		return number(Scaled(set.Percent(name), 6))
	case form.Date:
		return number(Int(int64(set.Date(name).Number())))
	case form.Choice:
		code := set.Text(name)
		if kind == Bool {
			return truth(code == "yes")
		}
		return value{text: &text{code, option + code, true}, known: true}
	}
	return textual(set.Text(name), "")
}

// fill reads the rows of a group.
func (m *machine) fill(i int) {
	g := &m.Groups[i]
	n := len(g.Cells)
	var rows []*form.Set
	var first int64
	switch g.Kind {
	case Rows:
		rows = m.in.Rows(g.Name)
		n = len(rows)
	case Periods:
		// From and To read fields alone.
		from, to := m.eval(g.From), m.eval(g.To)
		last, ok := to.num.Whole()
		if first, _ = from.num.Whole(); ok && from.known && to.known && last >= first {
			n = int(min(last-first+1, MaxPeriods))
		}
	}
	m.counts[i], m.columns[i] = n, make([][]value, len(g.Columns))
	for c := range g.Columns {
		column := &g.Columns[c]
		cells := make([]value, n)
		m.columns[i][c] = cells
		for r := range cells {
			switch {
			case g.Kind == Periods:
				if c == 0 {
					cells[r] = number(Int(first + int64(r)))
				}
			case g.Kind == Rows:
				if column.Input != "" {
					cells[r] = read(rows[r], column.Input, column.Kind, column.Option)
				}
			case c < len(g.Cells[r]):
				if cell := &g.Cells[r][c]; cell.Is != nil {
					cells[r] = cell.Is.literal
				} else {
					cells[r] = read(&m.in.Set, cell.Input, column.Kind, cell.Option)
				}
			}
		}
	}
}

// step computes a value or a column.
func (m *machine) step(s *Step) {
	m.now, m.row = s, -1
	if s.Group < 0 {
		m.values[s.Index] = m.rounded(m.eval(s.Node), s.Places)
		return
	}
	cells := m.columns[s.Group][s.Index]
	for r := range cells {
		m.at[0], m.row = r, r
		cells[r] = m.eval(s.Node)
		if s.Kind == Formula {
			cells[r] = m.rounded(cells[r], s.Places)
		}
	}
	m.row = -1
	switch s.Kind {
	case Running:
		sum := number(Decimal{})
		for r := range cells {
			if cells[r].known && sum.known {
				sum = m.result(sum.num.Add(cells[r].num))
			}
			cells[r] = m.rounded(sum, s.Places)
		}
	case Share:
		sum := m.total(cells)
		for r := range cells {
			if cells[r].known && sum.known {
				cells[r] = m.rounded(m.divide(cells[r].num, sum.num), s.Places)
			}
		}
	case Split:
		m.split(cells, m.eval(s.Total), max(s.Places, 0))
	}
}

func (m *machine) total(cells []value) value {
	sum := number(Decimal{})
	for r := range cells {
		if cells[r].known && sum.known {
			sum = m.result(sum.num.Add(cells[r].num))
		}
	}
	return sum
}

// split gives each row its part of a total, in proportion to what its cell holds,
// rounded so that the parts add up: what rounding down leaves goes, a unit each, to
// the largest remainders, the first row first. Rows whose cell is unknown have no
// part.
func (m *machine) split(cells []value, total value, at int) {
	sum := m.total(cells)
	if total.known && sum.known && sum.num.Sign() == 0 {
		total = m.fail("zero")
	}
	if total.known {
		total = m.rounded(total, at)
	}
	if !total.known || !sum.known {
		for r := range cells {
			cells[r] = unknown
		}
		return
	}
	rest := total.num
	remainders := make([]Decimal, len(cells))
	for r := range cells {
		if !cells[r].known {
			continue
		}
		exact, ok := total.num.Mul(cells[r].num)
		if ok {
			exact, ok = exact.Div(sum.num)
		}
		part, fits := exact.dropGuard().round(at, down)
		if !ok || !fits {
			cells[r] = m.fail("large")
			continue
		}
		remainders[r], _ = exact.dropGuard().Add(part.Neg())
		rest, _ = rest.Add(part.Neg())
		cells[r].num = part
	}
	unit := Scaled(1, at)
	for rest.Sign() > 0 {
		best := -1
		for r := range cells {
			if cells[r].known && remainders[r].Sign() > 0 && (best < 0 || remainders[r].Cmp(remainders[best]) > 0) {
				best = r
			}
		}
		if best < 0 {
			break
		}
		remainders[best] = Decimal{}
		cells[best].num, _ = cells[best].num.Add(unit)
		rest, _ = rest.Add(unit.Neg())
	}
}

// rounded is a value to declared places.
func (m *machine) rounded(v value, at int) value {
	if !v.known || at < 0 {
		return v
	}
	return m.result(v.num.Round(at))
}

func (m *machine) divide(a, b Decimal) value {
	if b.dropGuard().Sign() == 0 {
		return m.fail("zero")
	}
	return m.result(a.Div(b))
}

// eval computes an expression.
func (m *machine) eval(n *Node) value {
	if m.steps++; m.steps > MaxSteps {
		return m.fail("steps")
	}
	switch n.Op {
	case Literal:
		return n.literal
	case Field:
		return m.fields[n.N]
	case ValueOf:
		return m.values[n.N]
	case CellOf:
		return m.columns[n.N][n.M][m.at[n.Slot]]
	case Memo:
		if !m.memoed[n.N] {
			m.memos[n.N] = m.eval(n.Args[0])
			m.memoed[n.N] = true
		}
		return m.memos[n.N]
	case If:
		for i := 0; i+1 < len(n.Args); i += 2 {
			c := m.eval(n.Args[i])
			if !c.known {
				return unknown
			}
			if c.holds() {
				return m.eval(n.Args[i+1])
			}
		}
		return m.eval(n.Args[len(n.Args)-1])
	case And, Or:
		// What one side decides needs no other.
		decides := n.Op == Or
		open := false
		for _, arg := range n.Args {
			v := m.eval(arg)
			if v.known && v.holds() == decides {
				return truth(decides)
			}
			open = open || !v.known
		}
		if open {
			return unknown
		}
		return truth(!decides)
	case Known:
		v := m.eval(n.Args[0])
		return truth(v.known)
	case FirstKnown:
		for _, arg := range n.Args {
			if v := m.eval(arg); v.known {
				return v
			}
		}
		return unknown
	case Sum, Min, Max, Count, Average, First, Any, All, NPV:
		return m.aggregate(n)
	}
	// The rest passes on what is unknown.
	var one, two value
	first, second := m.leaf(n.Args[0]), &two
	if first == nil {
		one = m.eval(n.Args[0])
		first = &one
	}
	if !first.known {
		return unknown
	}
	if len(n.Args) > 1 {
		if second = m.leaf(n.Args[1]); second == nil {
			two = m.eval(n.Args[1])
			second = &two
		}
		if !second.known {
			return unknown
		}
	}
	a, b := first.num, second.num
	switch n.Op {
	case Neg:
		return number(a.Neg())
	case Add:
		return m.result(a.Add(b))
	case Sub:
		return m.result(a.Add(b.Neg()))
	case Mul:
		return m.result(a.Mul(b))
	case Div:
		return m.divide(a, b)
	case Pow:
		return m.power(a, b)
	case Equal:
		return truth(a.Cmp(b) == 0)
	case Less:
		return truth(a.Cmp(b) < 0)
	case Same:
		return truth(first.text.is == second.text.is)
	case Not:
		return truth(a.Sign() == 0)
	case Abs:
		a.top &^= minus
		return number(a)
	case Least, Greatest:
		for i := 1; i < len(n.Args); i++ {
			if two = m.eval(n.Args[i]); !two.known {
				return unknown
			}
			if c := two.num.Cmp(a); c < 0 && n.Op == Least || c > 0 && n.Op == Greatest {
				a = two.num
			}
		}
		return number(a)
	case Round, Ceil, Floor:
		at, ok := b.Whole()
		if !ok || at < 0 || at > places-guard {
			return m.fail("whole")
		}
		way := nearest
		if n.Op == Ceil {
			way = up
		} else if n.Op == Floor {
			way = down
		}
		return m.result(a.dropGuard().round(int(at), way))
	case At:
		return m.look(&m.Lookups[n.N], first)
	case Tiered:
		return m.tiered(&m.Lookups[n.N], a)
	case Months, AddMonths:
		return m.months(n.Op, a, b)
	}
	return unknown
}

// leaf is what needs no computing, where it stands; nil for any other expression.
func (m *machine) leaf(n *Node) *value {
	switch n.Op {
	case Literal:
		return &n.literal
	case Field:
		return &m.fields[n.N]
	case ValueOf:
		return &m.values[n.N]
	case CellOf:
		return &m.columns[n.N][n.M][m.at[n.Slot]]
	}
	return nil
}

// power is a to a whole b.
func (m *machine) power(a, b Decimal) value {
	n, ok := b.Whole()
	if !ok || n > 1000 || n < -1000 {
		return m.fail("whole")
	}
	p := Int(1)
	for i := max(n, -n); i > 0; i >>= 1 {
		if i&1 == 1 {
			if p, ok = p.Mul(a); !ok {
				return m.fail("large")
			}
		}
		if i > 1 {
			if a, ok = a.Mul(a); !ok {
				return m.fail("large")
			}
		}
	}
	if n < 0 {
		return m.divide(Int(1), p)
	}
	return number(p)
}

// months counts the whole months between two days, or adds months to one.
func (m *machine) months(op Op, a, b Decimal) value {
	x, ok1 := a.Whole()
	y, ok2 := b.Whole()
	if !ok1 || !ok2 || op == AddMonths && max(y, -y) > 12*MaxPeriods {
		return m.fail("whole")
	}
	from := calendar.FromNumber(int(x))
	if op == AddMonths {
		return number(Int(int64(from.AddMonths(int(y)).Number())))
	}
	to := calendar.FromNumber(int(y))
	n := to.MonthOf().Sub(from.MonthOf())
	// A month is whole when its day, or the month's last, is reached.
	if n > 0 && to.Before(from.AddMonths(n)) {
		n--
	} else if n < 0 && to.After(from.AddMonths(n)) {
		n++
	}
	return number(Int(int64(n)))
}

// look finds what stands at a key.
func (m *machine) look(l *Lookup, key *value) value {
	found := unknown
	for i, k := range l.Keys {
		switch {
		case l.Exact && (k.Textual && k.Text == key.text.is || !k.Textual && k.Is.Cmp(key.num) == 0):
			return l.Are[i].literal
		case !l.Exact && k.Is.Cmp(key.num) <= 0:
			found = l.Are[i].literal
		}
	}
	return found
}

// tiered adds up what each band up to an amount is worth: the part of the amount
// that lies in it, times what stands there.
func (m *machine) tiered(l *Lookup, amount Decimal) value {
	sum := number(Decimal{})
	for i, k := range l.Keys {
		upper := amount
		if i+1 < len(l.Keys) && l.Keys[i+1].Is.Cmp(amount) < 0 {
			upper = l.Keys[i+1].Is
		}
		if upper.Cmp(k.Is) <= 0 {
			break
		}
		part, ok := upper.Add(k.Is.Neg())
		if ok {
			part, ok = part.Mul(l.Are[i].Is)
		}
		if ok {
			part, ok = sum.num.Add(part)
		}
		if sum = m.result(part, ok); !ok {
			return sum
		}
	}
	return sum
}

// aggregate runs over the rows of a group. A row whose condition does not hold, or
// whose expression is unknown, is left out.
func (m *machine) aggregate(n *Node) value {
	if n.Op == NPV {
		return m.npv(n)
	}
	count := 0
	best := unknown
	sum := Decimal{}
	rows := m.counts[n.N]
	var one value
	for r := range rows {
		m.at[n.Slot] = r
		if n.Args[1] != nil {
			if one = m.eval(n.Args[1]); !one.holds() {
				continue
			}
		}
		v := m.leaf(n.Args[0])
		if v == nil {
			one = m.eval(n.Args[0])
			v = &one
		}
		if m.steps++; m.steps > MaxSteps {
			return m.fail("steps")
		}
		if !v.known {
			continue
		}
		count++
		switch n.Op {
		case First:
			return *v
		case Any, All:
			if v.holds() == (n.Op == Any) {
				return truth(n.Op == Any)
			}
		case Sum, Average:
			var ok bool
			if sum, ok = sum.Add(v.num); !ok {
				return m.fail("large")
			}
		case Min, Max:
			if c := v.num.Cmp(best.num); !best.known || c < 0 && n.Op == Min || c > 0 && n.Op == Max {
				best = *v
			}
		}
	}
	switch n.Op {
	case Count:
		return number(Int(int64(count)))
	case Sum:
		return number(sum)
	case Any, All:
		return truth(n.Op == All)
	case Average:
		if count == 0 {
			return unknown
		}
		return m.result(sum.Div(Int(int64(count))))
	}
	return best
}

// npv discounts the rows of a group, the first not at all, the next by one period.
func (m *machine) npv(n *Node) value {
	rate := m.eval(n.Args[2])
	if !rate.known {
		return unknown
	}
	factor, ok := rate.num.Add(Int(1))
	if !ok || factor.dropGuard().Sign() == 0 {
		return m.fail("zero")
	}
	sum := Decimal{}
	for r := m.counts[n.N] - 1; r >= 0; r-- {
		if sum, ok = sum.Div(factor); !ok {
			return m.fail("large")
		}
		m.at[n.Slot] = r
		if v := m.eval(n.Args[0]); v.known {
			if sum, ok = sum.Add(v.num); !ok {
				return m.fail("large")
			}
		}
	}
	return number(sum)
}
