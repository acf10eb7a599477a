package search

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// said collects tokens as tokens.tsv writes them.
type said []string

func (s *said) word(w []byte) { *s = append(*s, string(w)) }

func (s *said) han(w []byte, follows bool) {
	plus := ""
	if follows {
		plus = "+"
	}
	*s = append(*s, plus+string(w))
}

// TestTokens reads testdata/tokens.tsv; tests/search.test.mjs holds the script to
// the same table.
func TestTokens(t *testing.T) {
	data, err := os.ReadFile("testdata/tokens.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		text, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var got said
		text, elision := strings.CutPrefix(text, "elision: ")
		tokenize([]byte(text), nil, elision, &got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q is read as %q, want %q", text, s, want)
		}
	}
	if n < 15 {
		t.Errorf("%d lines", n)
	}
}

// FuzzTokens: tokens are folded, hold nothing but letters, digits and marks, and
// reading them again gives the same.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Two words", "价值等式", "don’t 12,000", "½\x80", "ＳＰＩＮ提问", "é🀄㈱", "ʼn ŉ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got said
		tokenize([]byte(text), nil, len(text)%2 == 0, &got)
		for _, token := range got {
			token = strings.TrimPrefix(token, "+")
			if token == "" || !utf8.ValidString(token) {
				t.Fatalf("token %q of %q", token, text)
			}
			for _, r := range token {
				if !isWord(r) {
					t.Fatalf("token %q of %q holds %q", token, text, r)
				}
			}
		}
	})
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "#", 44: "O", 45: "Q#", 2024: "}O", 2025: "QP#"} {
		if got := string(appendNumber(nil, n)); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	seen := map[string]bool{}
	for n := range 100_000 {
		s := string(appendNumber(nil, n))
		if seen[s] || strings.ContainsAny(s, "\"\\ ") {
			t.Fatalf("%d is written %q", n, s)
		}
		seen[s] = true
	}
}

func TestRarity(t *testing.T) {
	for _, tt := range []struct{ entries, holding, want int }{
		{1000, 1000, 16}, {3, 1, 32}, {7, 1, 48}, {1000, 250, 37}, {100_000, 1, 265}, {10, 0, 55},
	} {
		if got := rarity(tt.entries, tt.holding); got != tt.want {
			t.Errorf("rarity(%d, %d) = %d, want %d", tt.entries, tt.holding, got, tt.want)
		}
	}
}

func TestLevel(t *testing.T) {
	for _, tt := range []struct {
		name                            string
		mentions                        int
		where                           uint8
		heading, title, length, average int
		want                            int
	}{
		{"one mention in an average section", 1, 0, 3, 3, 100, 100, 3},
		{"one mention in a short section", 1, 0, 3, 3, 20, 100, 4},
		{"one mention in a long section", 1, 0, 3, 3, 1000, 100, 1},
		{"many mentions", 30, 0, 3, 3, 100, 100, 6},
		{"a short heading", 0, inHeading, 1, 3, 100, 100, 10},
		{"a long heading", 0, inHeading, 8, 3, 100, 100, 6},
		{"a title", 0, inTitle, 2, 2, 100, 100, 13},
		{"a title of one word, mentioned often", 30, inTitle, 1, 1, 100, 100, 22},
		{"under the title", 0, under, 3, 3, 100, 100, 2},
		{"a term of a glossary", 0, term, 1, 3, 100, 100, 5},
		{"a keyword", 0, keyword, 3, 3, 100, 100, 14},
		{"everything at once stays in its five bits", 255, inTitle | inHeading | under, 1, 1, 1, 1000, 31},
	} {
		if got := level(tt.mentions, tt.where, tt.heading, tt.title, tt.length, tt.average); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
