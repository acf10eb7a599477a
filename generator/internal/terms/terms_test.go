package terms

import (
	"fmt"
	"strings"
	"testing"
)

var glossary = []Phrase{
	{Text: "red flag", ID: "red-flag"}, {Text: "warning  flag", ID: "red-flag", Deprecated: true}, {Text: "buyer", ID: "buyer"},
	{Text: "economic buyer", ID: "economic-buyer"}, {Text: "TP", ID: "tp"}, {Text: "VITO", ID: "vito"}, {Text: "4R", ID: "4r"},
	{Text: "965531 rule", ID: "rule"}, {Text: "loss", ID: "loss"}, {Text: "Win-win", ID: "win-win"}, {Text: "Käufer", ID: "k"}, {Text: "équipe", ID: "e"}, {Text: "Écart", ID: "ecart"},
	{Text: "小红旗", ID: "red-flag"}, {Text: "红旗", ID: "other"}, {Text: "965531法则", ID: "rule"}, {Text: "关键业务需求", ID: "kbr"},
	{Text: "amp", ID: "amp"}, {Text: " ", ID: "none"}, {Text: "buyer", ID: "twice"},
}

func TestFind(t *testing.T) {
	f := New(glossary, []string{"s", "es"})
	for text, want := range map[string]string{
		"":                                "",
		"A Red Flag, two red flags":       "Red Flag=red-flag red flags=red-flag",
		"red\n  flag and warning flag":    "red\n  flag=red-flag warning flag=red-flag!",
		"the economic buyer's buyers":     "economic buyer=economic-buyer buyers=buyer",
		"economic buying, buyership":      "",
		"a buyer-led, pre-buyer, buyer_x": "",
		"tp TP TPs HTTP VITO's Vito":      "TP=tp TPs=tp VITO=vito",
		"4R 4Rs 14R 4r":                   "4R=4r 4Rs=4r",
		"losses lossy loss":               "losses=loss loss=loss",
		"win-win, win-wins":               "win-win=win-win win-wins=win-win",
		"插上小红旗，再插红旗":                      "小红旗=red-flag 红旗=other",
		"用965531法则排计划":                    "965531法则=rule",
		"这是VITO，不是TP问题":                   "VITO=vito TP=tp",
		"关键业务，关键业务需求":                     "关键业务需求=kbr",
		"R&amp;D amp; &#38;amp":           "amp=amp amp=amp",
		"der Käufer, Käufers, Käuferin":   "Käufer=k Käufers=k",
		"L’Équipe, équipes, ÉCART écart":  "Équipe=e équipes=e ÉCART=ecart écart=ecart",
		"übuyer buyerü buyer\u3000buyer。": "buyer=buyer buyer=buyer",
		"\xffbuyer\xe5":                   "buyer=buyer",
	} {
		var got []string
		for m := range f.Find([]byte(text)) {
			s := text[m.Start:m.End] + "=" + m.ID
			if m.Deprecated {
				s += "!"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %q, want %q", text, s, want)
		}
	}
}

func TestFindStops(t *testing.T) {
	n := 0
	for range New(glossary, []string{"s", "es"}).Find([]byte("buyer buyer buyer")) {
		n++
		break
	}
	if n != 1 {
		t.Error(n)
	}
}

// FuzzFind: mentions lie within the text, from left to right, and none overlaps.
func FuzzFind(f *testing.F) {
	f.Add("red flag", "a red flag, 小红旗 &amp; R&D")
	f.Add("红旗", "小红旗")
	f.Add("\xff", "a\xffb")
	f.Add("a-b c", "a-b\n c")
	f.Fuzz(func(t *testing.T, phrase, text string) {
		finder := New([]Phrase{{Text: phrase, ID: "p"}, {Text: phrase + " x", ID: "q"}}, nil)
		end := 0
		for m := range finder.Find([]byte(text)) {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q in %q: %d–%d after %d", phrase, text, m.Start, m.End, end)
			}
			end = m.End
		}
	})
}

// Whatever the number of terms, a text is read once.
func BenchmarkFind(b *testing.B) {
	var phrases []Phrase
	for i := range 300 {
		phrases = append(phrases, Phrase{Text: fmt.Sprintf("term number %d", i), ID: "x"}, Phrase{Text: fmt.Sprintf("第%d个词", i), ID: "y"})
	}
	f := New(append(phrases, glossary...), []string{"s", "es"})
	text := []byte(strings.Repeat("Nobody reads a text like this one, but the buyer who sees a red flag. 谁也不会读这样的文字，除了看到小红旗的人。", 100))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for range f.Find(text) {
		}
	}
}
