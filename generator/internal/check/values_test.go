package check

import (
	"math/big"
	"strings"
	"testing"
)

func TestReadShown(t *testing.T) {
	for _, c := range []struct {
		text, value, unit string
		percent           bool
	}{
		{"9,500", "9500", "1", false},
		{"£1.2m", "1200000", "100000", false},
		{"18万元", "180000", "10000", false},
		{"735.5万", "7355000", "1000", false},
		{"28.9%", "289/10", "1/10", true},
		{"4 months", "4", "1", false},
		{"−12,000", "-12000", "1", false},
		{"US$12,000", "12000", "1", false},
		{"0.21", "21/100", "1/100", false},
		{"fr: 1\u202f234,56 €", "30864/25", "1/100", false},
		{"fr: 1.234,5 k€", "1234500", "100", false},
		{"fr: 12,5 %", "25/2", "1/10", true},
	} {
		text, decimal := c.text, "."
		if rest, ok := strings.CutPrefix(text, "fr: "); ok {
			text, decimal = rest, ","
		}
		value, unit, percent, ok := readShown(text, decimal)
		if !ok || value.RatString() != c.value || unit.RatString() != c.unit || percent != c.percent {
			t.Errorf("%q: %v by %v, percent %v, %v; want %s by %s, %v", c.text, value, unit, percent, ok, c.value, c.unit, c.percent)
		}
	}
	if _, _, _, ok := readShown("none", "."); ok {
		t.Error("a word was read as a number")
	}
}

func TestNear(t *testing.T) {
	rat := func(s string) *big.Rat { r, _ := new(big.Rat).SetString(s); return r }
	for _, c := range []struct {
		shown, value, unit string
		want               bool
	}{
		{"1200000", "1249999", "100000", true},
		{"1200000", "1250001", "100000", false},
		{"9500", "9500", "1", true},
		{"9500", "9501", "1", false},
	} {
		if got := near(rat(c.shown), rat(c.value), rat(c.unit)); got != c.want {
			t.Errorf("%s shown for %s by %s: %v", c.shown, c.value, c.unit, got)
		}
	}
}
