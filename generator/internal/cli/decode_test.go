package cli

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestDecode holds that a file is read in the encoding that it shows, whatever
// program wrote it, and that what could be two is asked about with a line of each.
func TestDecode(t *testing.T) {
	const german, chinese = "id;stage\n1;Müller, Björn, Zürich\n", "商机,阶段\n甲,赢单\n"
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	in := func(e encoding.Encoding, s string) []byte {
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, test := range []struct {
		name, encoded string
		data          []byte
		want, fault   string
	}{
		{"UTF-8", "", []byte(german), german, ""},
		{"its mark", "", []byte("\uFEFF" + chinese), chinese, ""},
		{"UTF-16 with its mark", "", in(little, german), german, ""},
		{"without", "", in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), chinese), chinese, ""},
		{"Windows-1252", "", in(charmap.Windows1252, german), german, ""},
		{"GB18030", "", in(simplifiedchinese.GB18030, chinese), chinese, ""},
		{"a workbook", "", []byte("PK\x03\x04\x00\x00"), "PK\x03\x04\x00\x00", ""},
		{"either", "", []byte("id,stage\r\n1,A\xC7\xC3O\r\n"), "",
			"x.csv: the file does not say how its letters are written: choose the --encoding whose line reads right\n  windows-1252: 1,AÇÃO\n  gb18030: 1,A敲O"},
		{"chosen", "windows-1252", []byte("id\n1,A\xC7\xC3O\n"), "id\n1,AÇÃO\n", ""},
	} {
		got, err := decode("x.csv", test.data, test.encoded)
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if got != test.want || fault != test.fault {
			t.Errorf("%s: got %q, %q", test.name, got, fault)
		}
	}
}
