package sheet

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// rat is a decimal as an exact fraction.
func rat(d Decimal) *big.Rat {
	n := new(big.Int).SetUint64(d.high())
	n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(d.low))
	if d.negative() != 0 {
		n.Neg(n)
	}
	return new(big.Rat).SetFrac(n, big.NewInt(unit))
}

// rounded is a fraction to some places, half away from zero.
func roundedRat(r *big.Rat, at int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(at)), nil)
	n := new(big.Int).Mul(r.Num(), ten)
	n.Mul(n, big.NewInt(2))
	if r.Sign() < 0 {
		n.Sub(n, r.Denom())
	} else {
		n.Add(n, r.Denom())
	}
	n.Quo(n, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	return new(big.Rat).SetFrac(n, ten)
}

var limit = new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(20), nil))

// random is a decimal of any size, often a round one.
func random(r *rand.Rand) Decimal {
	high, low := r.Uint64()>>r.IntN(64), r.Uint64()>>r.IntN(64)
	switch r.IntN(4) {
	case 0:
		high = 0
	case 1:
		return Scaled(r.Int64N(1_000_000)-500_000, r.IntN(7))
	case 2:
		return Int(r.Int64N(2000) - 1000)
	}
	for tooLarge(high, low) {
		high >>= 1
	}
	d, _ := signed(high, low, uint64(r.IntN(2))<<63)
	return d
}

// TestDecimal holds the arithmetic against fractions of any size.
func TestDecimal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		a, b := random(r), random(r)
		check := func(op string, got Decimal, ok bool, want *big.Rat) {
			t.Helper()
			want = roundedRat(want, places)
			if fits := new(big.Rat).Abs(want).Cmp(limit) < 0; fits != ok || ok && rat(got).Cmp(want) != 0 {
				t.Fatalf("%s %s %s is %s (%v), not %s", rat(a).FloatString(18), op, rat(b).FloatString(18), rat(got).FloatString(18), ok, want.FloatString(18))
			}
			if ok && got.top == minus && got.low == 0 {
				t.Fatalf("%s: minus zero", op)
			}
		}
		sum, ok := a.Add(b)
		check("+", sum, ok, new(big.Rat).Add(rat(a), rat(b)))
		product, ok := a.Mul(b)
		check("*", product, ok, new(big.Rat).Mul(rat(a), rat(b)))
		if b.Sign() != 0 {
			quotient, ok := a.Div(b)
			check("/", quotient, ok, new(big.Rat).Quo(rat(a), rat(b)))
		}
		at := r.IntN(places - guard + 1)
		short, ok := a.Round(at)
		check("round", short, ok, roundedRat(roundedRat(rat(a), places-guard), at))
		if ok {
			if want := roundedRat(rat(short), at).FloatString(at); short.Text(at) != want {
				t.Fatalf("%s is written %s", want, short.Text(at))
			}
			again, ok := ParseDecimal(short.Text(at))
			check("read", again, ok, rat(short))
		}
		if c := roundedRat(rat(a), places-guard).Cmp(roundedRat(rat(b), places-guard)); a.Cmp(b) != c {
			t.Fatalf("%s and %s compare %d, not %d", a.Text(18), b.Text(18), a.Cmp(b), c)
		}
	}
}

// TestRound holds the ways to round, and the guard places.
func TestRound(t *testing.T) {
	for _, c := range []struct {
		in             string
		at             int
		near, up, down string
	}{
		{"2.5", 0, "3", "3", "2"},
		{"-2.5", 0, "-3", "-2", "-3"},
		{"2.4", 0, "2", "3", "2"},
		{"-0.4", 0, "0", "0", "-1"},
		{"1.005", 2, "1.01", "1.01", "1"},
		{"7", 2, "7", "7", "7"},
	} {
		d, _ := ParseDecimal(c.in)
		for way, want := range map[mode]string{nearest: c.near, up: c.up, down: c.down} {
			got, _ := d.round(c.at, way)
			if w, _ := ParseDecimal(want); got != w {
				t.Errorf("%s to %d places, %d: %s, not %s", c.in, c.at, way, got.Text(c.at), want)
			}
		}
	}
	third, _ := Int(1).Div(Int(3))
	whole, _ := third.Mul(Int(3))
	if whole.Cmp(Int(1)) != 0 {
		t.Error("1/3*3 is not 1")
	}
	if n, ok := whole.Whole(); n != 1 || !ok {
		t.Error("1/3*3 is not whole")
	}
}

func TestParseDecimal(t *testing.T) {
	for in, ok := range map[string]bool{
		"0": true, "-0": true, "12.50": true, "99999999999999999999": true, "0.000000000000000001": true,
		"": false, "-": false, ".5": false, "5.": false, "1e5": false, "1,000": false, "--1": false,
		"100000000000000000000": false, "0.0000000000000000001": false, "1.2.3": false,
		strings.Repeat("0", 41): false, strings.Repeat("9", 40): false,
	} {
		if _, got := ParseDecimal(in); got != ok {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(version + "4:test0 0 0 0 0 0 0 0 0 0 0 0 ")
	f.Add(version + "9999999:")
	f.Fuzz(func(t *testing.T, encoded string) {
		if s := Load(encoded); s != nil {
			if again := Load(Encode(s)); again == nil || Encode(again) != Encode(s) {
				t.Errorf("%q", encoded)
			}
		}
	})
}
