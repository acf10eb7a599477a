package charset

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// in encodes a text.
func in(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return out
}

var (
	little = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big    = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

const (
	german  = "Name;Phase;Betrag\nMüller;Gewonnen;1.234,50 €\nBjörn, Zürich;Verloren;2.500,00\n"
	french  = "Nom;Étape;Créé le\nl’été à la forêt;Gagnée;3 févr. 2026\nÇa coûte – déjà créée;Perdue;\n"
	chinese = "商机编号,阶段,金额\n甲,赢单,1000\n乙公司（北京）,丢单,\n"
	// Characters beyond GB2312's first level, and in GBK's extension.
	rare = "名称,阶段\n朱镕基镕喆堃,赢单\n進銷存系統,丢单\n"
)

func TestDetect(t *testing.T) {
	for _, test := range []struct {
		name, data string
		want       []string
	}{
		{"nothing", "", []string{UTF8}},
		{"ASCII", "id,stage\n1,Won\n", []string{UTF8}},
		{"UTF-8", chinese + german, []string{UTF8}},
		{"UTF-8 with its mark", "\uFEFF" + chinese, []string{UTF8}},
		{"UTF-16 with its mark", "\xFF\xFE" + in(t, little, chinese), []string{UTF16LE}},
		{"UTF-16 with its mark, the other order", "\xFE\xFF" + in(t, big, chinese), []string{UTF16BE}},
		{"UTF-16 without", in(t, little, german), []string{UTF16LE}},
		{"UTF-16 without, the other order", in(t, big, german), []string{UTF16BE}},
		{"UTF-16, Chinese", in(t, little, chinese), []string{UTF16LE}},
		{"UTF-16, Chinese, the other order", in(t, big, chinese), []string{UTF16BE}},
		{"UTF-16 with 一, whose low byte is 0", in(t, little, "一一一一一一,二\n一,一\n"), []string{UTF16LE}},
		{"UTF-16 with 一, the other order", in(t, big, "一一一一一一,二\n一,一\n"), []string{UTF16BE}},
		{"a workbook", "PK\x03\x04\x14\x00\x06\x00\x08\x00", nil},
		{"Windows-1252, German", in(t, charmap.Windows1252, german), []string{Windows1252}},
		{"Windows-1252, French", in(t, charmap.Windows1252, french), []string{Windows1252}},
		{"Windows-1252, three names", in(t, charmap.Windows1252, "Müller, Björn, Zürich"), []string{Windows1252}},
		{"Windows-1252, one letter", in(t, charmap.Windows1252, "id,name\n1,Zürich\n"), []string{Windows1252}},
		{"Windows-1252, one euro", in(t, charmap.Windows1252, "id,value\n1,€5\n"), []string{Windows1252}},
		{"Windows-1252, Portuguese", in(t, charmap.Windows1252, "Negociação;Situação\nPreços altos;São João\n"), []string{Windows1252}},
		{"GB18030", in(t, simplifiedchinese.GB18030, chinese), []string{GB18030}},
		{"GB18030, two characters", in(t, simplifiedchinese.GB18030, "id,阶段\n1,Won\n"), []string{GB18030}},
		{"GB18030, rare characters", in(t, simplifiedchinese.GB18030, rare), []string{GB18030}},
		{"GB18030, four bytes", in(t, simplifiedchinese.GB18030, chinese+"𠮷野,赢单\n"), []string{GB18030}},
		{"GBK with a broken byte", in(t, simplifiedchinese.GBK, chinese) + "\xC9", []string{GB18030, Windows1252}},
		// Capitals alone may be either: A and Ç, Ã, O around a character.
		{"either", "id,name\n1,A\xC7\xC3O\n", []string{Windows1252, GB18030}},
		{"neither", "id\n\x81\xFF\x8D\xFF\n", nil},
	} {
		if got := Detect(test.data); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestEveryText holds that no text of a language is taken for one of another
// encoding, at any length: it is named alone or among the possible.
func TestEveryText(t *testing.T) {
	for _, test := range []struct {
		e    encoding.Encoding
		name string
		text string
	}{
		{charmap.Windows1252, Windows1252, german + french + "Größe, Straße, Ångström, Øre, señor, niño, coração, Œuvre, naïve, São Paulo – “quoted”, 50 % ± 2 °C, £5, ¥6, §7"},
		{simplifiedchinese.GB18030, GB18030, chinese + "商机名称,客户名称,销售阶段,预计成交日期,负责人,创建时间\n智能仓储一期（二次报价）,华东机械,谈判审核,2026年3月1日,李经理,上午9:00\n"},
	} {
		runes := []rune(test.text)
		for from := range runes {
			for _, n := range []int{2, 5, 20, 60} {
				s := string(runes[from:min(from+n, len(runes))])
				data := in(t, test.e, s)
				if utf8.ValidString(data) {
					continue // ASCII, or too short to tell
				}
				if got := Detect(data); !slices.Contains(got, test.name) {
					t.Errorf("%q: %q, want %s among them", s, got, test.name)
				}
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("Müller,赢单\n")
	f.Add("一\n")
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range Detect(s) {
			if name == "" {
				t.Fatalf("%q", s)
			}
		}
		if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F }) || strings.HasPrefix(s, "\uFFFE") {
			return
		}
		if got := Detect(s); !slices.Equal(got, []string{UTF8}) {
			t.Fatalf("%q: %q", s, got)
		}
		// A table has ends of lines, which are ASCII.
		s = strings.TrimLeft(s, "\uFEFF") + "\n"
		if got := Detect("\xFF\xFE" + in(t, little, s)); !slices.Equal(got, []string{UTF16LE}) {
			t.Fatalf("%q: %q", s, got)
		}
	})
}
