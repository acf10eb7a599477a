package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNumber(t *testing.T) {
	tests := []struct {
		typed string
		kind  Kind
		want  string // in the field's normal form, or the fault's key
	}{
		// Plain.
		{"12000", Money, "12000"},
		{"0", Money, "0"},
		{"007", Integer, "7"},
		{"+3", Integer, "3"},
		{"12000.5", Money, "12000.50"},
		{"12000.50", Money, "12000.50"},
		{"12000.00", Money, "12000"},
		{".5", Money, "0.50"},
		{"5.", Money, "5"},
		// Thousands.
		{"12,000", Money, "12000"},
		{"1,500.25", Money, "1500.25"},
		{"1.500,25", Money, "1500.25"},
		{"1,234,567", Integer, "1234567"},
		{"1.234.567", Integer, "1234567"},
		{"1.234.567,5", Money, "1234567.50"},
		{"12 000", Money, "12000"},
		{"12\u00a0000,50", Money, "12000.50"},
		{"12\u202f000", Integer, "12000"},
		{"12'000.50", Money, "12000.50"},
		{"12’000", Integer, "12000"},
		// The decimal comma.
		{"1,5", Money, "1.50"},
		{"1,50", Money, "1.50"},
		{"12,5000", Percent, "12.5"},
		{"0,500", Percent, "0.5"},
		{"1234,5", Money, "1234.50"},
		// Multipliers.
		{"12k", Money, "12000"},
		{"12 K", Integer, "12000"},
		{"1.5m", Money, "1500000"},
		{"1.2万", Integer, "12000"},
		{"1，200万", Integer, "12000000"},
		{"1.23456789亿", Integer, "123456789"},
		{"3百万", Integer, "3000000"},
		{"5千万", Integer, "50000000"},
		{"2萬億", Integer, "2000000000000"},
		{"1.234567k", Integer, "whole"},
		{"1.234567k", Money, "decimals"},
		// Full-width digits and marks.
		{"１２，０００", Integer, "12000"},
		{"１２０００．５", Money, "12000.50"},
		{"1。5", Percent, "1.5"},
		{"８０％", Percent, "80"},
		{"　12　", Integer, "12"},
		// Signs.
		{"$12,000", Money, "12000"},
		{"￥1.2万元", Money, "12000"},
		{"€ 5", Money, "5"},
		{"80%", Percent, "80"},
		{"33.3333", Percent, "33.3333"},
		{"-1", Integer, "min"},
		{"−1", Money, "min"},
		{"‐1", Money, "min"}, // the hyphen U+2010
		{"―1", Money, "min"}, // the bar U+2015
		{"-$1", Money, "min"},
		{"-99999999999999999999999", Integer, "min"},
		// Currencies before and after.
		{"1.000.000,00 €", Money, "1000000"},
		{"2.500,00 €", Money, "2500"},
		{"€2500", Money, "2500"},
		{"USD 5,000,000", Money, "5000000"},
		{"usd5000", Money, "5000"},
		{"2500 USD", Money, "2500"},
		{"2500USD", Money, "2500"},
		{"EUR 2500", Money, "2500"},
		{"CHF 1'234", Money, "1234"},
		{"CHF 1’234.50", Money, "1234.50"},
		{"Fr. 1'200.–", Money, "1200"},
		{"12,-- €", Money, "12"},
		{"¥1,234.00", Money, "1234"},
		{"US$ 12", Money, "12"},
		{"12元", Money, "12"},
		{"300万美元", Money, "3000000"},
		{"人民币 1.5亿", Money, "150000000"},
		{"1 234,50 zł", Money, "1234.50"},
		{"12 kr", Money, "12"},
		{"₹12,34,567.50", Money, "1234567.50"},
		{"Rs. 5 lakh", Money, "500000"},
		{"€5 USD", Money, "number"},
		{"5 QQQ", Money, "number"},
		{"5 USD EUR", Money, "number"},
		{"5 USDT", Money, "number"},
		{"USD", Money, "number"},
		{"2500 USD", Integer, "number"},
		// Signs of what is less than nothing, where they stand.
		{"(1,000)", Money, "min"},
		{"($1,000.50)", Money, "min"},
		{"1.000,00-", Money, "min"},
		{"USD -5", Money, "min"},
		{"(1,000", Money, "number"},
		{"1,000)", Money, "number"},
		{"-(5)", Money, "number"},
		{"(5)-", Money, "number"},
		// Millions by their names.
		{"5,5 Mio", Money, "5500000"},
		{"5,5 Mio. €", Money, "5500000"},
		{"5.5 million", Money, "5500000"},
		{"2,5 Mrd.", Money, "2500000000"},
		{"300 Tsd. EUR", Money, "300000"},
		{"12k€", Money, "12000"},
		{"1.5bn", Money, "1500000000"},
		{"1.2 crore", Integer, "12000000"},
		{"5 Mio k", Money, "number"},
		{"5 billion", Money, "number"}, // a thousand millions, or a thousand times that
		{"5 Miox", Money, "number"},
		{"5 € Mio", Money, "number"},
		// Spaces of every width group.
		{"1\u2009234\u2009567", Integer, "1234567"},
		{"1\u202f234,5", Money, "1234.50"},
		{"1\u00a0234\u00a0567", Integer, "1234567"},
		// More decimals than cents, if they are nothing.
		{"5000.0000", Money, "5000"},
		{"1,234.5000", Money, "1234.50"},
		{"1.234,5000", Money, "1234.50"},
		{"12.0000", Integer, "12"},
		{"1.234567", Money, "decimals"},
		// What may group or divide.
		{"1,234", Money, "1234"},
		{"1.234", Money, "mark"},
		{"1.005", Money, "mark"},
		{"12.000", Integer, "mark"},
		{"1.234 €", Money, "mark"},
		{"12.345", Percent, "12.345"},
		{"12,345", Percent, "mark"},
		{"0,345", Percent, "0.345"},
		{"1,234k", Money, "mark"},
		{"1.234 Mio", Money, "mark"},
		{"1.234万", Money, "12340"},
		{"1,234万", Money, "12340000"},
		{"1234.567k", Money, "1234567"},
		// Too fine, too much.
		{"1.00501", Money, "decimals"},
		{"1234.567", Money, "decimals"},
		{"0.005", Money, "decimals"},
		{"1.5", Integer, "whole"},
		{"33.33333", Percent, "decimals"},
		{"10000000000000.01", Money, "max"},
		{"10000000000000", Money, "10000000000000"},
		{"99999999999999999999", Money, "max"},
		{"9223372036854775807", Integer, "max"},
		{"100.0001", Percent, "max"},
		{"99亿亿亿", Integer, "number"},
		{"999999亿亿", Integer, "max"},
		// Not numbers.
		{"1e999", Money, "number"},
		{"1e3", Integer, "number"},
		{"NaN", Money, "number"},
		{"Inf", Money, "number"},
		{"0x10", Integer, "number"},
		{"<script>", Money, "number"},
		{"twelve", Integer, "number"},
		{"一万", Integer, "number"},
		{"-", Integer, "number"},
		{".", Money, "number"},
		{",", Money, "number"},
		{"k", Money, "number"},
		{"$", Money, "number"},
		{"--1", Integer, "number"},
		{"1-2", Integer, "number"},
		{"1 2", Integer, "number"},
		{"1,23,45", Integer, "number"},
		{"1.23.456", Integer, "number"},
		{"123,45,678", Integer, "number"},
		{"1,2345,678", Integer, "number"},
		{"1,,000", Integer, "number"},
		{",000,000", Integer, "number"},
		{"1,000.000.000", Integer, "number"},
		{"1,000 000", Integer, "number"},
		{"1'000 000", Integer, "number"},
		{"12%", Money, "number"},
		{"$12", Integer, "number"},
		{"12元5", Money, "number"},
		{"1 000 00", Integer, "number"},
	}
	for _, test := range tests {
		f := &Form{ID: "x", Fields: []Field{{Name: "n", Kind: test.kind, Max: map[Kind]int64{
			Integer: 1e15, Money: 1e15, Percent: 1_000_000,
		}[test.kind]}}}
		in, faults := DecodePairs(f, []Pair{{"n", test.typed}})
		got := in.Pairs()[0].Value
		if len(faults) > 0 {
			got = faults[0].Key
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.typed, got, test.want)
			continue
		}
		if len(faults) == 0 { // the normal form stands for itself
			again, faults := DecodePairs(f, []Pair{{"n", got}})
			if len(faults) > 0 || again.values[0] != in.values[0] {
				t.Errorf("%q: its normal form %q reads %+v, not %+v %v", test.typed, got, again.values[0], in.values[0], faults)
			}
		}
	}
}

// TestReadAmount holds what a file's reader needs beside the number.
func TestReadAmount(t *testing.T) {
	for _, test := range []struct {
		s        string
		decimal  byte
		exponent int
		want     string
	}{
		{"1.234,50 €", 0, 0, "123450 eur ,  true"},
		{"$1,234.50", 0, 0, "123450 $ .  true"},
		{"1.234", 0, 0, "0   . true"},
		{"1,234", 0, 0, "123400   , true"},
		{"1.234", ',', 0, "123400    true"},
		{"1.234", '.', 0, "0  .  false"},
		{"1,234", '.', 0, "123400    true"},
		{"1,5", '.', 0, "0    false"},
		{"1.234.567", 0, 0, "123456700  ,  true"},
		{"(1,000) USD", 0, 0, "0    false"},
		{"(1,000 USD)", 0, 0, "-100000 usd  , true"},
		{"12.5", 0, 4, "12500000  .  true"},
		{"soon", 0, 0, "0    false"},
	} {
		a, ok := ReadAmount(test.s, test.decimal, test.exponent)
		mark := func(c byte) string { return strings.Trim(string(rune(c)), "\x00") }
		if got := fmt.Sprint(a.Minor, " ", a.Currency, " ", mark(a.Shown), " ", mark(a.Doubt), " ", ok); got != test.want {
			t.Errorf("%q: got %q, want %q", test.s, got, test.want)
		}
	}
	for s, want := range map[string]string{"万元": "4 true", "k€": "3 true", "Mio. USD": "6 true", "元": "0 true", "converted": "0 false", "T€": "3 true", "TEUR": "3 true", "MEUR": "6 true", "$M": "6 true", "$k": "3 true", "USD": "0 true", "in 1000": "0 false"} {
		if n, ok := Unit(s); fmt.Sprint(n, ok) != want {
			t.Errorf("%q: %d %v, want %s", s, n, ok, want)
		}
	}
}

// TestOtherCurrency holds that an amount in another currency than the form's is not
// taken as one of that.
func TestOtherCurrency(t *testing.T) {
	f := &Form{ID: "x", Fields: []Field{{Name: "currency", Kind: Currency, Default: "USD"}, {Name: "n", Kind: Money, Max: 1e15}}}
	for _, test := range []struct{ currency, typed, want string }{
		{"USD", "$5", "5"}, {"USD", "5 USD", "5"}, {"USD", "5", "5"}, {"USD", "€5", "currency-other"}, {"USD", "5 CNY", "currency-other"},
		{"cad", "$5", "5"}, {"EUR", "$5", "currency-other"}, {"EUR", "5 €", "5"}, {"CNY", "¥5", "5"}, {"JPY", "¥5", "5"}, {"CNY", "5万元", "50000"}, {"USD", "5元", "currency-other"},
		{"SEK", "5 kr", "5"}, {"EUR", "5 kr", "currency-other"},
	} {
		in, faults := DecodePairs(f, []Pair{{"n", test.typed}, {"currency", test.currency}})
		got := in.Pairs()[1].Value
		if len(faults) > 0 {
			got = faults[0].Key
		}
		if got != test.want {
			t.Errorf("%s in %s: %s, want %s", test.typed, test.currency, got, test.want)
		}
	}
}

// FuzzNumber holds that a number in any of the notations comes back exactly, or is
// refused as ambiguous; that what is read from any text stands for itself; and that
// no text is read in two ways by who knows the mark and who does not.
func FuzzNumber(f *testing.F) {
	f.Add(int64(123456789), uint8(0), "1.234")
	f.Add(int64(-100050), uint8(77), "(1,000)")
	f.Add(int64(1234), uint8(200), "1,23,456 Rs.")
	f.Fuzz(func(t *testing.T, n int64, style uint8, text string) {
		if n > -1e15 && n < 1e15 {
			s := written(n, style)
			if got, d, problem := number(s, Money, 2, 0, false); problem != ambiguous && (got != n || problem != fine) {
				t.Fatalf("%q is read as %d %v %+v, not %d", s, got, problem, d, n)
			}
		}
		for _, kind := range []Kind{Money, Integer, Percent} {
			n, first, problem := number(line(text), kind, (&Field{Kind: kind}).Scale(), 0, false)
			if problem != fine {
				continue
			}
			normal := Decimal(n, (&Field{Kind: kind}).Scale())
			if kind != Percent {
				normal = Round(normal)
			}
			if again, _, problem := number(normal, kind, (&Field{Kind: kind}).Scale(), 0, false); problem != fine || again != n {
				t.Fatalf("%q is %d, and its normal form %q is %d %v", text, n, normal, again, problem)
			}
			for _, mark := range []byte{'.', ','} {
				known, d, problem := number(line(text), kind, (&Field{Kind: kind}).Scale(), mark, false)
				if shown := first.shown; (shown == mark || shown == 0 && first.doubt == 0) && (problem != fine || known != n) {
					t.Fatalf("%q is %d, and %d %v %+v where %q is known to divide", text, n, known, problem, d, mark)
				}
			}
		}
	})
}

// written is an amount in minor units in one of the notations of the world.
func written(n int64, style uint8) string {
	s := Decimal(n, 2)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, cents, _ := strings.Cut(s, ".")
	group := []string{"", ",", ".", " ", "'", "\u00a0", "\u202f"}[style%7]
	mark := "."
	if group == "." || style%7 > 2 && style&8 > 0 {
		mark = ","
	}
	grouped := ""
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			grouped += group
		}
		grouped += whole[i : i+1]
	}
	zeros := ""
	if style&16 == 0 || cents != "00" {
		grouped += mark + cents
		zeros = "00"
	}
	switch style >> 5 {
	case 1:
		grouped += " €"
	case 2:
		grouped = "USD " + grouped
	case 3:
		grouped = "¥" + grouped
	case 4:
		grouped += zeros
	case 5:
		if sign != "" {
			return "(" + grouped + ")"
		}
	case 6:
		return grouped + sign
	}
	return sign + grouped
}

func TestDecimal(t *testing.T) {
	tests := []struct {
		n                  int64
		places             int
		full, trim, rounds string
	}{
		{0, 0, "0", "0", "0"},
		{0, 2, "0.00", "0", "0"},
		{-5, 2, "-0.05", "-0.05", "-0.05"},
		{120, 2, "1.20", "1.2", "1.20"},
		{100, 2, "1.00", "1", "1"},
		{1200, 0, "1200", "1200", "1200"},
		{9223372036854775807, 2, "92233720368547758.07", "92233720368547758.07", "92233720368547758.07"},
		{-9223372036854775808, 4, "-922337203685477.5808", "-922337203685477.5808", "-922337203685477.5808"},
	}
	for _, test := range tests {
		s := Decimal(test.n, test.places)
		if s != test.full || Trim(s) != test.trim || Round(s) != test.rounds {
			t.Errorf("%d, %d: got %s %s %s, want %s %s %s", test.n, test.places, s, Trim(s), Round(s), test.full, test.trim, test.rounds)
		}
	}
}

// A reader whose decimal mark is the comma is not taken at another's word: what may
// be either is refused, and the rest is read as everywhere.
func TestDecimalComma(t *testing.T) {
	f := (&Form{Fields: []Field{{Name: "m", Kind: Money}, {Name: "i", Kind: Integer}, {Name: "p", Kind: Percent}}}).
		In(func(key string) string { return map[string]string{"format.decimal": ","}[key] })
	for given, want := range map[string]string{
		"m=1 234,56": "1234.56", "m=12,5": "12.50", "m=12,000": "mark", "m=12.000": "mark", "m=1.000.000,5": "1000000.50", "m=1,5 M": "1500000", "m=1,250 k": "mark", "m=1,250万": "mark", "m=1.25万": "12500",
		"i=1,234": "mark", "i=1 234": "1234", "i=1.234": "mark",
		"p=12,345": "12.345", "p=12.345": "12.345", "p=12,5 %": "12.5",
	} {
		name, value, _ := strings.Cut(given, "=")
		pairs := []Pair{{"m", "0"}, {"i", "0"}, {"p", "0"}}
		pairs[slices.IndexFunc(pairs, func(p Pair) bool { return p.Name == name })].Value = value
		in, faults := DecodePairs(f, pairs)
		got := ""
		if len(faults) > 0 {
			got = faults[0].Key
		} else {
			for _, p := range in.Pairs() {
				if p.Name == name {
					got = p.Value
				}
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
	}
}
