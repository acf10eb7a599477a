package pipelinehistory

import (
	stdcsv "encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"playbook/calculators/charset"
)

// oracle is one deal as an export tells of it, read another way than the package's:
// encoding/csv, package time, and what the shape of the export means.
type oracle struct {
	outcome    string // won, lost, open
	start, end time.Time
	amount     float64
	hasAmount  bool
	stages     []int // that it has been in, by time
	old        int   // the first stage before the file, or −1
	start0     bool  // its beginning is not known
}

// export is the shape of one CRM's file. Rows do not have its header, footer or
// deleted records.
type export struct {
	file    string
	comma   rune
	header  string // the first header, to find the row with them
	western bool   // in Windows-1252 beside the others, not in GB18030
	stages  []string
	deals   func(t *testing.T, col func(row []string, name string) string, rows [][]string) map[string]*oracle
}

func parsed(t *testing.T, layout, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func amountOf(t *testing.T, s string) (float64, bool) {
	t.Helper()
	if s == "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f, true
}

// changes reads files with a row for each change.
func changes(deal, stage, at, layout, amount string, clean func(string) string, won, lost string, stages []string) func(*testing.T, func([]string, string) string, [][]string) map[string]*oracle {
	return func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(a, b []string) int { return parsed(t, layout, col(a, at)).Compare(parsed(t, layout, col(b, at))) })
		all := map[string]*oracle{}
		for _, row := range rows {
			d := all[col(row, deal)]
			if d == nil {
				d = &oracle{start: parsed(t, layout, col(row, at)), old: -1}
				all[col(row, deal)] = d
			}
			switch s := col(row, stage); s {
			case won:
				d.outcome, d.end = "won", parsed(t, layout, col(row, at))
			case lost:
				d.outcome, d.end = "lost", parsed(t, layout, col(row, at))
			default:
				d.outcome = "open"
				d.stages = append(d.stages, slices.Index(stages, s))
			}
			if amount != "" {
				d.amount, d.hasAmount = amountOf(t, clean(col(row, amount)))
			}
		}
		return all
	}
}

// list reads files with a row for each deal.
func list(outcome, created, layout, amount string, clean func(string) string, won, lost string, closed ...string) func(*testing.T, func([]string, string) string, [][]string) map[string]*oracle {
	return func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
		all := map[string]*oracle{}
		for i, row := range rows {
			d := &oracle{outcome: "open", start: parsed(t, layout, col(row, created)), old: -1}
			switch col(row, outcome) {
			case won:
				d.outcome = "won"
			case lost:
				d.outcome = "lost"
			}
			for _, c := range closed {
				if s := col(row, c); s != "" && d.outcome != "open" {
					d.end = parsed(t, layout, s)
				}
			}
			d.amount, d.hasAmount = amountOf(t, clean(col(row, amount)))
			all[strconv.Itoa(i)] = d
		}
		return all
	}
}

func plainAmount(s string) string {
	return strings.NewReplacer(",", "", "€", "", "¥", "", " ", "").Replace(s)
}

var (
	usual = []string{"Prospecting", "Qualification", "Proposal", "Negotiation"}
	zoho  = []string{"Qualification", "Needs Analysis", "Value Proposition", "Negotiation/Review"}
	hub   = []string{"Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Contract Sent"}
	xsy   = []string{"初步接洽", "需求确定", "方案报价", "谈判审核"}
)

var exports = []export{
	{file: "salesforce-history.csv", header: "Id", western: true, stages: usual,
		deals: func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
			rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return col(r, "IsDeleted") == "true" })
			return changes("OpportunityId", "StageName", "CreatedDate", "2006-01-02T15:04:05.000Z", "Amount", plainAmount, "Closed Won", "Closed Lost", usual)(t, col, rows)
		}},
	{file: "salesforce-field-history.csv", header: "Id", western: true, stages: usual,
		deals: func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
			rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return col(r, "Field") != "StageName" })
			all := changes("OpportunityId", "NewValue", "CreatedDate", "2006-01-02T15:04:05.000Z", "", plainAmount, "Closed Won", "Closed Lost", usual)(t, col, rows)
			for id, d := range all {
				first := slices.MinFunc(slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return col(r, "OpportunityId") != id }),
					func(a, b []string) int { return strings.Compare(col(a, "CreatedDate"), col(b, "CreatedDate")) })
				d.old, d.start0 = slices.Index(usual, col(first, "OldValue")), true
			}
			return all
		}},
	{file: "salesforce-history-report.csv", header: "Opportunity Name", western: true, stages: usual,
		deals: func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
			all := changes("Opportunity Name", "To Stage", "Last Modified", "1/2/2006, 3:04 PM", "Amount", plainAmount, "Closed Won", "Closed Lost", usual)(t, col, rows)
			return all
		}},
	{file: "salesforce-opportunities-report.csv", comma: ';', header: "Opportunity-Name", western: true,
		deals: list("Phase", "Erstelldatum", "02.01.2006", "Betrag", func(s string) string {
			return strings.NewReplacer(".", "", ",", ".", " €", "").Replace(s)
		}, "Gewonnen", "Verloren", "Schlusstermin")},
	{file: "hubspot.csv", header: "Record ID", western: true, stages: hub,
		deals: func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
			all := list("Deal Stage", "Create Date", "2006-01-02 15:04", "Amount", plainAmount, "Closed Won (Sales Pipeline)", "Closed Lost (Sales Pipeline)", "Close Date")(t, col, rows)
			for i, row := range rows {
				for k, s := range hub {
					if col(row, `Date entered "`+s+` (Sales Pipeline)"`) != "" {
						all[strconv.Itoa(i)].stages = append(all[strconv.Itoa(i)].stages, k)
					}
				}
			}
			return all
		}},
	{file: "pipedrive.csv", header: "Deal - ID", western: true,
		deals: list("Deal - Status", "Deal - Deal created", "2006-01-02 15:04:05", "Deal - Value", plainAmount, "Won", "Lost", "Deal - Won time", "Deal - Lost time")},
	{file: "zoho.csv", header: "Deal Name", western: true, stages: zoho,
		deals: changes("Deal Name", "Stage", "Modified Time", "Jan 02, 2006 03:04 PM", "Amount", plainAmount, "Closed Won", "Closed Lost", zoho)},
	{file: "dynamics.csv", header: "(Do Not Modify) Opportunity", western: true,
		deals: list("Status", "Created On", "02/01/2006", "Actual Revenue", plainAmount, "Won", "Lost", "Actual Close Date")},
	{file: "fxiaoke.csv", header: "商机编号",
		deals: func(t *testing.T, col func([]string, string) string, rows [][]string) map[string]*oracle {
			rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return col(r, "生命状态") != "正常" })
			all := list("商机状态", "创建时间", "2006-01-02 15:04", "商机金额（万元）", plainAmount, "赢单", "输单", "实际成交日期")(t, col, rows)
			for _, d := range all {
				d.amount *= 10_000
			}
			return all
		}},
	{file: "xiaoshouyi.csv", header: "商机名称", stages: xsy,
		deals: changes("商机名称", "销售阶段", "进入时间", "2006年1月2日 15:04", "销售金额", plainAmount, "赢单", "输单", xsy)},
}

// source reads an export's text.
func (e *export) source(t testing.TB) string {
	data, err := os.ReadFile(filepath.Join("testdata", "exports", e.file))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// want computes the wanted values from the text.
func (e *export) want(t *testing.T, text string) map[string]string {
	r := stdcsv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if r.Comma = ','; e.comma > 0 {
		r.Comma = e.comma
	}
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(records, func(rec []string) bool { return rec[0] == e.header })
	head := records[at]
	rows := slices.DeleteFunc(records[at+1:], func(rec []string) bool {
		return len(rec) < len(head) || rec[0] == "Gesamt" || rec[0] == "合计"
	})
	col := func(row []string, name string) string {
		i := slices.Index(head, name)
		if i < 0 {
			t.Fatalf("no column %q in %q", name, head)
		}
		return row[i]
	}
	deals := e.deals(t, col, rows)
	n := map[string]int{}
	var days []int
	var worth, wonValue, lostValue float64
	valued, everyValue := 0, true
	reached, on, lostIn, openIn := make([]int, len(e.stages)), make([]int, len(e.stages)), make([]int, len(e.stages)), make([]int, len(e.stages))
	for _, d := range deals {
		n[d.outcome]++
		if d.outcome == "won" {
			if !d.start0 && !d.end.IsZero() {
				days = append(days, int(d.end.Truncate(24*time.Hour).Sub(d.start.Truncate(24*time.Hour)).Hours()/24))
			}
			if d.hasAmount {
				worth += d.amount
				valued++
			}
			wonValue += d.amount
		}
		if d.outcome == "lost" {
			lostValue += d.amount
		}
		if d.outcome != "open" {
			everyValue = everyValue && d.hasAmount
		}
		stages := d.stages
		if d.old >= 0 {
			stages = append([]int{d.old}, stages...)
		}
		if len(stages) == 0 {
			continue
		}
		first, high := stages[0], slices.Max(stages)
		for k := range e.stages {
			if k < first || k > high && d.outcome != "won" {
				continue
			}
			reached[k]++
			switch {
			case high > k || d.outcome == "won":
				on[k]++
			case d.outcome == "lost":
				lostIn[k]++
			default:
				openIn[k]++
			}
		}
	}
	tenth := func(f float64) string { return strconv.FormatFloat(math.Round(10*f)/10, 'f', -1, 64) }
	want := map[string]string{
		"deals": fmt.Sprint(len(deals)), "won": fmt.Sprint(n["won"]), "lost": fmt.Sprint(n["lost"]), "open": fmt.Sprint(n["open"]),
		"win_rate": tenth(100 * float64(n["won"]) / float64(n["won"]+n["lost"])), "order_value": "null", "won_days": "null", "win_rate_value": "null",
	}
	if valued > 0 {
		want["order_value"] = strconv.FormatFloat(math.Round(100*worth/float64(valued))/100, 'f', -1, 64)
		if everyValue {
			want["win_rate_value"] = tenth(100 * wonValue / (wonValue + lostValue))
		}
	}
	if len(days) > 0 {
		slices.Sort(days)
		want["won_days"] = strconv.FormatFloat(float64(days[(len(days)-1)/2]+days[len(days)/2])/2, 'f', -1, 64)
	}
	if e.stages != nil {
		numbers := func(list []int) string { return strings.ReplaceAll(fmt.Sprint(list), " ", ",") }
		want["reached"], want["went_on"], want["lost_in"], want["open_in"] = numbers(reached), numbers(on), numbers(lostIn), numbers(openIn)
		want["stages"] = `["` + strings.Join(e.stages, `","`) + `"]`
	}
	return want
}

func (e *export) check(t *testing.T, name, text string, want map[string]string) {
	t.Helper()
	_, got := compute(t, text)
	for value, w := range want {
		if g := pick(got, value); g != w {
			t.Errorf("%s %s: %s is %.300s, want %s", e.file, name, value, g, w)
		}
	}
}

// TestExports holds the values of every export, in every encoding that its program
// may write, against values computed another way.
func TestExports(t *testing.T) {
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, bom) }
	encodings := map[string]encoding.Encoding{
		"UTF-8": unicode.UTF8, "UTF-8 with its mark": unicode.UTF8BOM, "UTF-16LE with its mark": utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16BE without": utf16(unicode.BigEndian, unicode.IgnoreBOM),
	}
	decoders := map[string]encoding.Encoding{
		charset.UTF8: unicode.UTF8BOM, charset.UTF16LE: utf16(unicode.LittleEndian, unicode.UseBOM), charset.UTF16BE: utf16(unicode.BigEndian, unicode.UseBOM),
		charset.GB18030: simplifiedchinese.GB18030, charset.Windows1252: charmap.Windows1252,
	}
	for _, e := range exports {
		text := e.source(t)
		want := e.want(t, text)
		if want["won"] == "0" || want["lost"] == "0" || want["open"] == "0" {
			t.Errorf("%s shows too little: %v", e.file, want)
		}
		in := map[string]encoding.Encoding{"GB18030": simplifiedchinese.GB18030}
		if e.western {
			in = map[string]encoding.Encoding{"Windows-1252": charmap.Windows1252}
		}
		for name, enc := range encodings {
			in[name] = enc
		}
		for name, enc := range in {
			data, err := enc.NewEncoder().String(text)
			if err != nil {
				t.Fatal(e.file, name, err)
			}
			names := charset.Detect(data)
			if len(names) != 1 {
				t.Errorf("%s in %s: %q", e.file, name, names)
				continue
			}
			decoded, err := decoders[names[0]].NewDecoder().String(data)
			if err != nil || decoded != text {
				t.Errorf("%s in %s: read as %s, %v", e.file, name, names[0], err)
			}
			e.check(t, name, decoded, want)
		}
	}
}

// TestSameAnswer holds that what does not matter changes no number: rows in another
// order, twice, with totals and notes below them, beside columns that nobody knows.
// A question is as good.
func TestSameAnswer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	asked, answered := 0, 0
	for _, e := range exports {
		text := e.source(t)
		want := e.want(t, text)
		comma := ","
		if e.comma > 0 {
			comma = string(e.comma)
		}
		all := strings.Split(strings.TrimRight(text, "\r\n"), "\r\n")
		at := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(strings.TrimLeft(s, `"`), e.header) })
		above, header, rows := all[:at], all[at], all[at+1:]
		join := func(header string, rows []string) string {
			return strings.Join(append(append(slices.Clone(above), header), rows...), "\r\n") + "\r\n"
		}
		hold := func(name, text string) {
			t.Helper()
			_, got := compute(t, text)
			if strings.HasPrefix(got, "[{") {
				asked++
				return
			}
			answered++
			for value, w := range want {
				if g := pick(got, value); g != w {
					t.Errorf("%s %s: %s is %.200s, want %s", e.file, name, value, g, w)
				}
			}
		}
		for range 6 {
			shuffled := slices.Clone(rows)
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			hold("shuffled", join(header, shuffled))
		}
		twice := append(slices.Clone(rows), rows...)
		hold("twice", join(header, twice))
		r.Shuffle(len(twice), func(i, j int) { twice[i], twice[j] = twice[j], twice[i] })
		hold("twice and shuffled", join(header, twice))
		hold("some twice", join(header, append(slices.Clone(rows), rows[:3]...)))
		for _, foot := range []string{"Total" + comma + "240", "合计：240条", "Grand Total (240 records)" + comma + comma + comma + "1,000", "\"Copyright (c) 2026, Acme. All rights reserved.\"", "Confidential Information - Do Not Distribute" + comma + " not even here", "Generated By: Anna" + comma + " 2026"} {
			hold("with "+foot, join(header, append(slices.Clone(rows), "", foot)))
		}
		hold("with the header again", join(header, append(slices.Clone(rows), header)))
		for _, unknown := range []string{"Lead Source", "竞争对手", "Next Step", "", "Region Manager's Remark"} {
			var wide []string
			for _, row := range rows {
				if strings.Count(row, comma) >= strings.Count(header, comma) {
					row += comma + "x1"
				}
				wide = append(wide, row)
			}
			hold("with "+unknown, join(header+comma+unknown, wide))
		}
	}
	if answered < 10*asked {
		t.Errorf("%d questions beside %d answers", asked, answered)
	}
}

// TestAnyOrder holds that the order of rows changes no number of any file, however
// wild: few days, so that changes fall on one; stages that go back; amounts that
// differ; deals without a name; several endings.
func TestAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 13))
	stages := []string{"Demo", "Offer", "Contract", "Won", "Lost", "Closed Won", "Closed Lost", "", "Verbal Win"}
	heads := []string{"Opportunity Name,To Stage,Last Modified,Amount", "Deal Name,Stage,Date Entered,Amount", "Opportunity ID,From Stage,To Stage,Last Modified,Amount",
		"Record ID,Stage,Close Date,Amount", "Opportunity Name,Status,Stage,Created Date,Close Date,Amount"}
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	compared := 0
	for range 2000 {
		head := heads[r.IntN(len(heads))]
		var rows []string
		for range 1 + r.IntN(14) {
			var row []string
			for _, name := range strings.Split(head, ",") {
				switch name {
				case "To Stage", "From Stage", "Stage":
					row = append(row, stages[r.IntN(len(stages))])
				case "Status":
					row = append(row, pick("Open", "Won", "Lost", ""))
				case "Amount":
					row = append(row, pick("", "5", "7", "1,000", "9.50", "x"))
				case "Opportunity Name", "Deal Name", "Opportunity ID", "Record ID":
					row = append(row, pick("A", "B", "C", "D", "E", ""))
				default:
					row = append(row, fmt.Sprintf("2026-01-%02d", 1+r.IntN(6)))
				}
			}
			rows = append(rows, strings.Join(row, ","))
		}
		fields := []string{"won=Won, Closed Won", "lost=Lost, Closed Lost"}
		if r.IntN(3) == 0 {
			fields = append(fields, "rows="+pick("deals", "merge"))
		}
		_, first := compute(t, head+"\n"+strings.Join(rows, "\n"), fields...)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		_, again := compute(t, head+"\n"+strings.Join(rows, "\n"), fields...)
		if strings.HasPrefix(first, "[{") != strings.HasPrefix(again, "[{") {
			t.Fatalf("asked in one order only:\n%s\n%s\n%s\n%s", head, strings.Join(rows, "\n"), first, again)
		}
		if strings.HasPrefix(first, "[{") {
			continue
		}
		if compared++; first != again {
			t.Fatalf("%s\n%s\nin this order %s\nand in another %s", head, strings.Join(rows, "\n"), again, first)
		}
		if fields[len(fields)-1] == "rows=deals" {
			continue // the reader has said that every row counts
		}
		rows = append(rows, rows[r.IntN(len(rows))])
		_, more := compute(t, head+"\n"+strings.Join(rows, "\n"), fields...)
		_, first, _ = strings.Cut(first, `"deals":`)
		if _, numbers, _ := strings.Cut(more, `"deals":`); !strings.HasPrefix(more, "[{") && numbers != first {
			t.Fatalf("%s\n%s\nwith the last row once more %s\nand without %s", head, strings.Join(rows, "\n"), numbers, first)
		}
	}
	if compared < 100 {
		t.Errorf("only %d files were compared", compared)
	}
}
