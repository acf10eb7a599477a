package form

import "testing"

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
		{"-$1", Money, "min"},
		{"-99999999999999999999999", Integer, "min"},
		// Too fine, too much.
		{"1.005", Money, "decimals"},
		{"12.000", Money, "decimals"},
		{"12.000", Integer, "whole"},
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
		{"1,23,456", Integer, "number"},
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
