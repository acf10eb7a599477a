package report

import (
	"strconv"

	"playbook/calculators/form"
)

// Words is one language's words for one calculator, and the addresses of the
// modules that its messages link to.
//
// A word may hold
//
//	{name}                    an argument
//	{n?month|months}          the first form where the argument is one of format.singular
//	[text](module:TRACK/NAME) a link, also with #ANCHOR; its text alone where it
//	                          has no address
//
// Formats are words too: format.decimal, format.group and format.minus (marks),
// format.units (units in which large amounts are written where two decimals suffice:
// the power of ten and the unit as it follows the number, "4万|8亿" or "6 M";
// "" without), format.singular (see Singular), format.list (between items),
// format.money ({currency}, {n}),
// format.currency.CODE (a currency's name; the code where there is none),
// format.percent ({n}), format.months (twelve names joined by "|"),
// format.month and format.date ({year}, {month} as a number, {name}, {day}).
type Words struct {
	calculator string
	word       func(key string) string
	link       func(module string) string
	scope      string
}

// NewWords takes the words by key, the addresses by module id ("questions/spin"
// → "../spin/index.html"; nil, or "" for a module, prints link texts without a
// link), and the calculator whose messages are rendered.
func NewWords(calculator string, words func(key string) string, link func(module string) string) *Words {
	return &Words{calculator: calculator, word: words, link: link, scope: calculator}
}

// Scope sets the prefix of the ids in the HTML, which must be unique on the
// page; without it that is the calculator's id. It returns w.
func (w *Words) Scope(id string) *Words {
	w.scope = id
	return w
}

// Say gives the plain text of a message, links as their text.
func (w *Words) Say(m Message) string {
	return string(w.say(nil, m, false))
}

// SayHTML gives a message as HTML, escaped, with its links.
func (w *Words) SayHTML(m Message) string {
	return string(w.say(nil, m, true))
}

func (w *Words) say(b []byte, m Message, html bool) []byte {
	if m.phrase == nil {
		return b
	}
	return w.fill(b, w.lookup(m.Key), m.Args, html)
}

// Fault gives the message of a fault.
func (w *Words) Fault(f form.Fault) string {
	key := "fault." + f.Key
	args := make([]Arg, len(f.Args))
	for i, a := range f.Args {
		args[i] = Arg{a.Name, Text(a.Value)}
		if a.Name == "min" || a.Name == "max" {
			args[i].Data = Exact(a.Value)
		}
		if a.Name == "closest" && a.Value != "" {
			key += "-closest"
		}
	}
	return w.Say(Phrase(key, args))
}

// lookup finds a word, or shows its key where there is none.
func (w *Words) lookup(key string) string {
	full := w.complete(key)
	if s := w.word(full); s != "" {
		return s
	}
	// A fault that only this calculator can find: calc.<id>.fault.<Key>.
	if s := w.word("calc." + w.calculator + "." + key); s != "" {
		return s
	}
	return full
}

func (w *Words) complete(key string) string {
	for _, section := range []string{"report.", "fault.", "format.", "unit."} {
		if len(key) > len(section) && key[:len(section)] == section {
			return key
		}
	}
	return "calc." + w.calculator + "." + key
}

// fill appends a word with its arguments filled in.
func (w *Words) fill(b []byte, s string, args []Arg, html bool) []byte {
	for len(s) > 0 {
		switch s[0] {
		case '{':
			if end := find(s, "}"); end > 0 {
				if v, ok := w.argument(s[1:end], args); ok {
					b, s = put(b, v, html), s[end+1:]
					continue
				}
			}
		case '[':
			middle := find(s, "](module:")
			if middle < 0 {
				break
			}
			inner, rest := s[1:middle], s[middle+len("](module:"):]
			end := find(rest, ")")
			if end < 0 {
				break
			}
			href := ""
			if html {
				href = w.href(rest[:end])
			}
			if href != "" {
				b = append(b, `<a href="`...)
				b = put(b, href, true)
				b = append(b, `">`...)
			}
			b = w.fill(b, inner, args, html)
			if href != "" {
				b = append(b, "</a>"...)
			}
			s = rest[end+1:]
			continue
		}
		n := 1
		for n < len(s) && s[n] != '{' && s[n] != '[' {
			n++
		}
		b, s = put(b, s[:n], html), s[n:]
	}
	return b
}

// Href is the address that the first link of a word leads to, "" without one.
func (w *Words) Href(key string) string {
	s := w.lookup(key)
	from := find(s, "](module:")
	if from < 0 {
		return ""
	}
	s = s[from+len("](module:"):]
	return w.href(s[:max(find(s, ")"), 0)])
}

// href is the address of MODULE or MODULE#ANCHOR, or "".
func (w *Words) href(target string) string {
	if w.link == nil {
		return ""
	}
	module, anchor := target, ""
	if i := find(target, "#"); i >= 0 {
		module, anchor = target[:i], target[i:]
	}
	if href := w.link(module); href != "" {
		return href + anchor
	}
	return ""
}

// argument resolves what stands between braces: a name, or name?one|many.
func (w *Words) argument(s string, args []Arg) (string, bool) {
	name, forms := s, ""
	question := find(s, "?")
	if question >= 0 {
		name, forms = s[:question], s[question+1:]
	}
	for _, a := range args {
		if a.Name != name {
			continue
		}
		if question < 0 {
			return w.Format(a.Data), true
		}
		bar := find(forms, "|")
		if bar < 0 {
			return "", false
		}
		if Singular(w.word("format.singular"), a.Data.plain()) {
			return forms[:bar], true
		}
		return forms[bar+1:], true
	}
	return "", false
}

// Singular reports whether a plain number takes the first of two forms. rule holds
// the numbers that do, with spaces between them; "<2" stands for all below two
// whose whole part has one digit, as in French. "" is "1".
func Singular(rule, number string) bool {
	if rule == "" {
		return number == "1"
	}
	for rule != "" {
		end := find(rule, " ")
		if end < 0 {
			end = len(rule)
		}
		one := rule[:end]
		rule = rule[min(end+1, len(rule)):]
		if one == number {
			return true
		}
		if len(one) == 2 && one[0] == '<' && number != "" && number[0] >= '0' && number[0] < one[1] && (len(number) == 1 || number[1] == '.') {
			return true
		}
	}
	return false
}

// Format gives a datum as the language writes it.
func (w *Words) Format(d Datum) string {
	d = d.sure()
	switch d.kind {
	case null:
		return w.lookup("report.none")
	case money:
		minor := d.n
		if d.b == 1 && max(minor, -minor) >= 100_00 {
			half := int64(50)
			if minor < 0 {
				half = -half
			}
			minor = (minor + half) / 100 * 100
		}
		n := w.amount(minor)
		if d.s == "" {
			return n
		}
		return w.Say(Phrase("format.money", []Arg{{"currency", Currency(d.s)}, {"n", Text(n)}}))
	case currency:
		if name := w.word("format.currency." + d.s); name != "" {
			return name
		}
	case fixed:
		return w.number(form.Decimal(d.n, d.a))
	case exact:
		return w.number(d.s)
	case percent:
		return w.Say(Phrase("format.percent", []Arg{{"n", Text(w.number(d.plain()))}}))
	case word:
		return w.Say(Phrase(d.s, nil))
	case month, date:
		key := "format.month"
		if d.kind == date {
			key = "format.date"
		}
		return w.Say(Phrase(key, []Arg{
			{"year", Text(year(d.n))},
			{"month", Text(strconv.Itoa(d.a))},
			{"name", Text(w.monthName(d.a))},
			{"day", Text(strconv.Itoa(d.b))},
		}))
	case boolean:
		if d.n == 1 {
			return w.lookup("report.yes")
		}
		return w.lookup("report.no")
	case list:
		if len(d.list) == 0 {
			return w.lookup("report.none")
		}
		s := ""
		for i, item := range d.list {
			if i > 0 {
				s += w.lookup("format.list")
			}
			s += w.Format(item)
		}
		return s
	}
	return d.s
}

// Amount gives an amount of money without its currency, for where the currency
// stands once for many.
func (w *Words) Amount(minor int64) string { return w.Format(Money(minor, "")) }

// amount gives minor units as the language tells an amount: 735万 where it counts by
// ten thousands, and never rounded.
func (w *Words) amount(minor int64) string {
	n, name := w.number(form.Round(form.Decimal(minor, 2))), ""
	for units := w.word("format.units"); units != ""; {
		end := find(units, "|")
		if end < 0 {
			end = len(units)
		}
		unit := units[:end]
		units = units[min(end+1, len(units)):]
		power := 0
		for unit != "" && unit[0] >= '0' && unit[0] <= '9' {
			power, unit = min(10*power+int(unit[0]-'0'), 18), unit[1:]
		}
		size := int64(1)
		for range power {
			size *= 10
		}
		if size > max(minor, -minor)/100 {
			break
		}
		if minor%size == 0 {
			n, name = w.marked(form.Trim(form.Decimal(minor/size, 2)), ""), unit
		}
	}
	return n + name
}

// monthName gives a month's name, 1 being January.
func (w *Words) monthName(month int) string {
	s := w.lookup("format.months")
	for ; month > 1; month-- {
		bar := find(s, "|")
		if bar < 0 {
			return ""
		}
		s = s[bar+1:]
	}
	if bar := find(s, "|"); bar >= 0 {
		s = s[:bar]
	}
	return s
}

// number sets the marks of the language into a plain number.
func (w *Words) number(s string) string { return w.marked(s, w.lookup("format.group")) }

func (w *Words) marked(s, group string) string {
	var b []byte
	if s != "" && s[0] == '-' {
		b = append(b, w.lookup("format.minus")...)
		s = s[1:]
	}
	whole := find(s, ".")
	if whole < 0 {
		whole = len(s)
	}
	for i := range whole {
		if i > 0 && (whole-i)%3 == 0 {
			b = append(b, group...)
		}
		b = append(b, s[i])
	}
	if whole < len(s) {
		b = append(b, w.lookup("format.decimal")...)
		b = append(b, s[whole+1:]...)
	}
	return string(b)
}

// find returns the index of what in s, or -1.
func find(s, what string) int {
	for i := 0; i+len(what) <= len(s); i++ {
		if s[i:i+len(what)] == what {
			return i
		}
	}
	return -1
}

// put appends text, escaped for HTML if asked.
func put(b []byte, s string, html bool) []byte {
	if !html {
		return append(b, s...)
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\'':
			b = append(b, "&#39;"...)
		case '\n':
			b = append(b, ' ') // a block is one line
		default:
			b = append(b, s[i])
		}
	}
	return b
}
