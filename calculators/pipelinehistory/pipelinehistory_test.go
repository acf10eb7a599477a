package pipelinehistory

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"playbook/calculators/calendar"
	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// compute gives the result of a file with other fields.
func compute(t testing.TB, file string, fields ...string) (*report.Result, string) {
	t.Helper()
	pairs := []form.Pair{{Name: "file", Value: file}}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		pairs = append(pairs, form.Pair{Name: name, Value: value})
	}
	in, faults := form.DecodePairs(Form(), pairs)
	if len(faults) > 0 {
		return nil, fmt.Sprint(faults)
	}
	r, faults := Compute(in)
	if len(faults) > 0 {
		return r, fmt.Sprint(faults)
	}
	return r, report.JSON(r)
}

// pick gives some of the values of a JSON object.
func pick(json string, names ...string) string {
	if strings.HasPrefix(json, "[{") {
		return json
	}
	out := ""
	for _, name := range names {
		m := regexp.MustCompile(`"` + name + `":(\[[^\]]*\]|"[^"]*"|[^,}]*)`).FindStringSubmatch(json)
		if m == nil {
			return "no " + name + " in " + json
		}
		out += m[1] + " "
	}
	return strings.TrimSpace(out)
}

// TestExample holds that the example is the deck's row, in every language.
func TestExample(t *testing.T) {
	for _, lang := range calctest.Languages(t) {
		words := calctest.Words(t, lang)
		_, got := compute(t, words["calc.pipeline-history.default.sample"])
		if got, want := pick(got, "kind", "deals", "won", "lost", "open", "count", "weeks", "weight", "order_value", "reached", "went_on", "lost_in", "open_in", "win_rate"),
			`"stages" 48 5 40 3 [9,6,5,5,3,1] [2,4,5,4,6,2] [11,17,20,20,33,100] 1000000 [48,30,25,25,15,5] [30,25,25,15,5,5] [15,5,0,10,10,0] [3,0,0,0,0,0] 11.1`; got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", lang, got, want)
		}
	}
}

const salesforce = `"Id","OpportunityId","CreatedDate","StageName","Amount","CloseDate","Probability"
"1","A","2026-01-05T09:00:00.000Z","Prospecting","1000.00","2026-06-30","10"
"2","A","2026-01-12T09:00:00.000Z","Proposal","1000.00","2026-06-30","50"
"3","A","2026-01-13T09:00:00.000Z","Proposal","1200.00","2026-06-30","50"
"4","A","2026-01-26T09:00:00.000Z","Closed Won","1500.00","2026-01-26","100"
"5","B","2026-01-05T09:00:00.000Z","Prospecting","","2026-06-30","10"
"6","B","2026-01-19T09:00:00.000Z","Closed Lost","","2026-01-19","0"
"7","C","2026-01-20T09:00:00.000Z","Prospecting","500","2027-06-30","10"
"8","C","2026-01-27T09:00:00.000Z","Proposal","500","2027-06-30","50"
"9","C","2026-01-28T09:00:00.000Z","Prospecting","500","2027-06-30","10"
`

const (
	twoPipelines = "Record ID,Deal Stage,Pipeline,\"Date entered \"\"Demo (Sales Pipeline)\"\"\",\"Date entered \"\"Offer (Sales Pipeline)\"\"\",\"Date entered \"\"Kickoff (Partner Pipeline)\"\"\"\n" +
		"1,Closed Won (Sales Pipeline),Sales Pipeline,2026-01-02,2026-01-12,\n2,Closed Lost (Sales Pipeline),Sales Pipeline,2026-01-02,,\n3,Offer (Sales Pipeline),Sales Pipeline,2026-01-02,2026-01-09,\n" +
		"4,Closed Won (Partner Pipeline),Partner Pipeline,,,2026-01-05\n5,Closed Lost (Partner Pipeline),Partner Pipeline,,,2026-01-05\n"
	repeatedName = "Opportunity Name,Stage,Created Date,Close Date\nRenewal,Closed Won,2026-01-01,2026-02-01\nNew,Closed Won,2026-01-01,2026-02-01\nRenewal,Closed Lost,2026-03-01,2026-04-01\n"
)

// mostlyOpen are ten deals won after 10 days, ten won after 100 and 80 open, all of
// them begun on 1 January.
func mostlyOpen() string {
	var b strings.Builder
	b.WriteString("id,stage,created,closed\n")
	for i := range 100 {
		switch {
		case i < 10:
			fmt.Fprintf(&b, "%d,Won,2025-11-12,2025-11-22\n", i)
		case i < 20:
			fmt.Fprintf(&b, "%d,Won,2025-11-12,2026-02-20\n", i)
		default:
			fmt.Fprintf(&b, "%d,Open,2026-01-01,\n", i)
		}
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	reversed := strings.Split(strings.TrimSpace(salesforce), "\n")
	slices.Reverse(reversed[1:])
	for _, test := range []struct {
		name, file string
		fields     []string
		values     string
		want       string
	}{
		// Three deals in Prospecting: A and C went on after 7 days each, B was lost after
		// 14. In Proposal A for 14 days, C until the last change, 28 January, one day; C
		// went back and stays there.
		{"Salesforce's history", salesforce, nil, "kind rows deals won lost open win_rate stages reached went_on lost_in open_in share days days_to_go_on order_value as_of needed count",
			`"history" 9 3 1 1 1 50 ["Prospecting","Proposal"] [3,2] [2,1] [1,0] [0,1] [66.7,100] [7,14] [7,14] 1500 "2026-01-28" [1.5,1] [2,1]`},
		{"the same from the last row to the first", strings.Join(reversed, "\n"), nil, "kind deals stages reached went_on share days order_value", `"history" 3 ["Prospecting","Proposal"] [3,2] [2,1] [66.7,100] [7,14] 1500`},
		// The history of fields does not know when the first stage began.
		{"Salesforce's history of fields", "OpportunityId,Field,OldValue,NewValue,CreatedDate\nA,Amount,1,2,2026-01-01\nA,StageName,Prospecting,Proposal,2026-01-10\nA,StageName,Proposal,Closed Won,2026-01-20\nB,StageName,Prospecting,Closed Lost,2026-01-15\n",
			nil, "kind deals won lost stages reached went_on share days cycle_days", `"history" 2 1 1 ["Prospecting","Proposal"] [2,1] [1,1] [50,100] [null,10] null`},
		{"HubSpot's deals", "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,\"Date entered \"\"Demo (Sales Pipeline)\"\"\",\"Date exited \"\"Demo (Sales Pipeline)\"\"\",Date entered 'Offer (Sales Pipeline)',\"Date entered \"\"Closed Won (Sales Pipeline)\"\"\"\n" +
			"1,x,Closed Won,Sales Pipeline,\"1,000.50\",2026-02-01 10:00,2026-01-01 09:00,2026-01-02 09:00,,2026-01-12 09:00,2026-02-01 10:00\n" +
			"2,y,Closed Lost,Sales Pipeline,,2026-01-20 10:00,2026-01-01 09:00,2026-01-02 09:00,,,\n" +
			"3,z,Offer,Sales Pipeline,,2028-01-01,2026-01-01 09:00,2026-01-02 09:00,,2026-01-09 09:00,\n",
			nil, "kind deals won lost open stages reached went_on share days cycle_days order_value as_of", `"stages" 3 1 1 1 ["Demo","Offer"] [3,2] [2,1] [66.7,100] [10,20] 31 1000.5 "2026-02-01"`},
		// Won after 10, 20 and 30 days, lost after 5, open since 12 days.
		{"Maven's deals", "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n1,a,p,x,Won,2017-01-01,2017-01-11,100\n2,a,p,x,Won,2017-01-01,2017-01-21,300\n3,a,p,x,Won,2017-01-01,2017-01-31,500\n4,a,p,x,Lost,2017-01-01,2017-01-06,0\n5,a,p,,Engaging,2017-01-19,,\n6,a,p,,Prospecting,,,\n",
			nil, "kind deals won lost open win_rate win_rate_low win_rate_high cycle_days decision_days stages reached count order_value", `"deals" 6 3 1 2 75 30.1 95.4 20 20 [] [] [] 300`},
		{"Chinese headers, semicolons, a BOM, decimal commas", "\uFEFF商机编号;阶段;创建日期;结束日期;金额\r\n1;赢单;2026年1月1日;2026年1月11日;1.234,50\r\n2;丢单;2026/1/1;2026/1/5;\r\n", nil, "kind won lost win_rate cycle_days order_value", `"deals" 1 1 50 10 1234.5`},
		{"tabs, quoted newlines", "id\tstage\tnote\tcreated\tclosed\n1\tWon\t\"two\nlines\"\t2026-01-01\t2026-01-03\n", nil, "won cycle_days", `1 2`},
		{"named columns", "a,b,c,d\nx,Sieg,2026-01-01,2026-01-08\ny,Aus,2026-01-01,2026-01-02\n", []string{"deal=1", "stage=B", "created=c", "closed=D", "won=sieg", "lost=Aus"}, "won lost cycle_days", `1 1 7`},
		{"day first", "id,stage,created,closed\n1,Won,1/3/2026,15/3/2026\n", nil, "cycle_days", `14`},
		{"month first", "id,stage,created,closed\n1,Won,1/3/2026,3/15/2026\n", nil, "cycle_days", `71`},
		{"dots are day first", "id,stage,created,closed\n1,Won,1.3.2026,2.3.2026\n", nil, "cycle_days", `1`},
		{"what could be both, told", "id,stage,created,closed\n1,Won,1/3/2026,2/3/2026\n", []string{"date_order=mdy"}, "cycle_days", `31`},
		{"names of months", "id,stage,created,closed\n1,Won,\"Mar 1, 2026\",12-Mar-26\n", nil, "cycle_days", `11`},
		{"an order of one's own, a stage left out", salesforce, []string{"stages=Proposal"}, "stages reached went_on", `["Proposal"] [2] [1]`},
		{"a later day of the file", salesforce, []string{"as_of=2026-03-01"}, "as_of days open", `"2026-03-01" [7,14] 1`},
		{"no file", "", nil, "kind deals count", `"none" 0 []`},
		{"skipped stages count as passed", "deal,stage,date\n1,A,2026-01-01\n1,B,2026-01-02\n1,C,2026-01-03\n1,Won,2026-01-04\n2,A,2026-01-01\n2,C,2026-01-05\n2,Lost,2026-01-06\n", nil, "stages reached went_on lost_in share needed", `["A","B","C"] [2,2,2] [2,2,1] [0,0,1] [100,100,50] [2,2,2]`},
		{"nobody came through", "deal,stage,date\n1,A,2026-01-01\n1,Lost,2026-01-04\n2,A,2026-01-01\n2,B,2026-01-05\n", []string{"won=-"}, "share needed count", `[50,null] [null,null] []`},
		{"taken up again", "deal,stage,date\n1,A,2026-01-01\n1,Lost,2026-01-04\n1,B,2026-02-01\n2,Won,2026-02-02\n", nil, "won lost open", `1 0 1`},
		// HubSpot has the pipeline's name in the values alone, or in both.
		{"a pipeline in the values alone", "Record ID,Deal Stage,Date entered Demo,Date entered Offer,Date entered Closed Won\n1,Closed Won (Sales Pipeline),2026-01-02,2026-01-12,2026-02-01\n2,Closed Lost (Sales Pipeline),2026-01-02,,\n3,Offer (Sales Pipeline),2026-01-02,2026-01-09,\n",
			nil, "kind deals won lost open stages reached went_on", `"stages" 3 1 1 1 ["Demo","Offer"] [3,2] [2,1]`},
		{"one of two pipelines", twoPipelines, []string{"pipeline=sales pipeline"}, "kind deals won lost open stages reached", `"stages" 3 1 1 1 ["Demo","Offer"] [3,2]`},
		{"the other", twoPipelines, []string{"pipeline=Partner Pipeline"}, "deals won lost open stages reached", `2 1 1 0 ["Kickoff"] [2]`},
		{"of a list all pipelines count", "Record ID,Deal Stage,Pipeline\n1,Closed Won,A\n2,Closed Lost,B\n", nil, "won lost", `1 1`},
		{"a status before the stage", "ID,Status,Stage,Deal created,Won time,Lost time\n1,Won,Demo,2026-01-01,2026-01-11,\n2,Lost,Offer,2026-01-01,,2026-01-05\n3,Open,Contract,2026-01-01,,\n", nil, "kind deals won lost open won_days decision_days", `"deals" 3 1 1 1 10 10`},
		{"a status that says nothing", "id,status,stage\n1,active,Closed Won\n2,active,Closed Lost\n", nil, "won lost", `1 1`},
		{"a deleted record", "id,stage,IsDeleted\n1,Won,false\n2,Won,TRUE\n3,Lost,0\n4,Lost,1\n", nil, "deals won lost", `2 1 1`},
		{"totals and lines below", "id,stage,amount\n1,Won,5\n2,Lost,7\nTotal,,12\nGrand Total (2 records),2,\n\n\"Copyright (c) 2026, Acme\"\nConfidential Information - Do Not Distribute\n", nil, "rows deals won lost open", `2 2 1 1 0`},
		{"a subtotal without a deal", "Opportunity Name,Stage,Amount\nA,Won,5\nB,Lost,7\n,Won,5\n", nil, `deals won lost`, `2 1 1`},
		{"a deal called Total", "id,stage,amount\nTotal,Won,5\n2,Lost,7\n", nil, "deals won", `2 1`},
		{"lines above the header", "All deals\nAs of 2026-03-01, 9:00\n\nOpportunity Name,Stage,Close Date,Created Date\nA,Closed Won,2026-01-11,2026-01-01\nB,Closed Lost,2026-01-05,2026-01-01\n", nil, "kind deals won lost won_days", `"deals" 2 1 1 10`},
		{"an id that repeats what it says", "Opportunity ID,Stage,Close Date,Product\n1,Closed Won,2026-01-11,a\n1,Closed Won,2026-01-11,b\n2,Closed Lost,2026-01-05,a\n", nil, "deals won lost", `2 1 1`},
		{"a repeated name that is two deals", repeatedName, []string{"rows=deals"}, "kind deals won lost", `"deals" 3 2 1`},
		{"two years of two digits", "id,stage,created,closed\n1,Won,26-01-03,26-02-02\n2,Lost,26-01-03,26-01-05\n", []string{"date_order=ymd"}, "won_days", `30`},
		{"German months", "Opportunity-Name;Phase;Erstelldatum;Schlusstermin\nA;Gewonnen;3. Januar 2026;5. März 2026\nB;Verloren;1. Dez. 2025;12. Mai 2026\n", nil, "won lost won_days", `1 1 61`},
		{"French months", "Nom;Étape;Date de création;Date de clôture\nA;Gagnée;lun. 5 janv. 2026;mar. 3 févr. 2026\nB;Perdue;1 août 2025;2 juil. 2026\n", nil, "won lost won_days", `1 1 29`},
		{"dates by other names", "商机名称,商机阶段,创建时间,结单日期\n甲,赢单,2026-01-01,2026-01-08\n乙,输单,2026-01-01,2026-01-03\n", nil, "won_days", `7`},
		{"and others", "Deal Name,Stage,Created Time,Closing Date\nA,Closed Won,2026-01-01,2026-01-08\nB,Closed Lost,2026-01-01,2026-01-03\n", nil, "won_days", `7`},
		{"an expected day is none", "商机名称,商机阶段,创建时间,预计成交日期\n甲,赢单,2026-01-01,2026-01-08\n乙,输单,2026-01-01,2026-01-03\n", nil, "won lost won_days cycle_days", `1 1 null null`},
		{"unless the reader says so", "商机名称,商机阶段,创建时间,预计成交日期\n甲,赢单,2026-01-01,2026-01-08\n乙,输单,2026-01-01,2026-01-03\n", []string{"closed=预计成交日期"}, "won_days", `7`},
		{"the actual day beside the expected", "id,stage,created,Est. Close Date,Actual Close Date\n1,Won,2026-01-01,2026-06-30,2026-01-08\n2,Lost,2026-01-01,2026-06-30,2026-01-02\n", nil, "won_days", `7`},
		{"amounts in 万", "商机名称,状态,销售金额（万元）\n甲,赢单,12.5\n乙,输单,37.5\n", nil, "order_value win_rate_value", `125000 25`},
		{"a decimal comma", "id;stage;Betrag\n1;Won;1.000\n2;Lost;3.000,00\n", nil, "order_value win_rate win_rate_value", `1000 50 25`},
		{"marks that may be either", "id;stage;Betrag\n1;Won;1.000\n2;Lost;3.000\n", nil, "order_value win_rate win_rate_value", `null 50 null`},
		{"told", "id;stage;Betrag\n1;Won;1.000\n2;Lost;3.000\n", []string{"decimal=comma"}, "order_value win_rate_value", `1000 25`},
		{"two currencies", "id,stage,amount\n1,Won,€ 5\n2,Won,$7\n3,Lost,€ 5\n", nil, "order_value win_rate_value win_rate", `null null 66.7`},
		{"amounts in thousands", "id,stage,Betrag (T€)\n1,Won,5\n2,Lost,15\n", nil, "order_value win_rate_value", `5000 25`},
		{"a unit without parentheses", "id,stage,Amount in k€\n1,Won,5\n2,Lost,15\n", nil, "order_value win_rate_value", `5000 25`},
		{"in a column that the reader names", "id,stage,ARR in k€\n1,Won,5\n2,Lost,15\n", []string{"value=ARR in k€"}, "order_value win_rate_value", `5000 25`},
		{"behind a dash", "id;stage;Umsatz-TEUR\n1;Won;5\n2;Lost;15\n", []string{"value=Umsatz-TEUR"}, "order_value", `5000`},
		{"in millions", "id,stage,Amount $M\n1,Won,5\n2,Lost,15\n", nil, "order_value", `5000000`},
		{"in 万 without parentheses", "商机名称,状态,销售金额万元\n甲,赢单,12.5\n乙,输单,37.5\n", nil, "order_value win_rate_value", `125000 25`},
		{"a currency alone is no unit", "id,stage,Amount in EUR\n1,Won,5\n2,Lost,15\n", nil, "order_value", `5`},
		{"nor is a word that begins like one", "id,stage,Amount most likely\n1,Won,5\n2,Lost,15\n", []string{"value=Amount most likely"}, "order_value", `5`},
		{"amounts in a unit that nobody knows", "id,stage,Amount (in 000)\n1,Won,5\n2,Lost,15\n", nil, "order_value win_rate_value", `null null`},
		{"a remark that is no unit", "id,stage,Amount (converted)\n1,Won,5\n2,Lost,15\n", nil, "order_value win_rate_value", `5 25`},
		{"two currencies in a column", "id,stage,amount,Currency\n1,Won,5,EUR\n2,Won,7,USD\n3,Lost,5,EUR\n", nil, "order_value", `null`},
		{"no rate by value where the lost have none", "id,stage,amount\n1,Won,5\n2,Lost,0\n", nil, "order_value win_rate_value", `5 null`},
		{"words that may be either, told", "id,结果\n1,已成交\n2,未成交\n3,未成交\n", []string{"won=已成交", "lost=未成交"}, "won lost", `1 2`},
		{"all of them open", "id,stage\n1,Closed Won\n2,Customer won back\n3,Lost\n", []string{"won=Closed Won"}, "won lost open", `1 1 1`},
		{"none was lost", "id,stage\n1,Won\n2,Demo\n", []string{"lost=-"}, "won lost open", `1 0 1`},
		{"a signature is won where nothing else is", "id,阶段\n1,签约\n2,输单\n3,方案\n", nil, "won lost open", `1 1 1`},
		// Ten won after 10 days, ten after 100, 80 open for 50.
		{"the median of the won", mostlyOpen(), []string{"as_of=2026-02-20"}, "won lost open win_rate won_days", `20 0 80 100 55`},
		{"won and lost at one moment", "Opportunity Name,To Stage,Last Modified\nA,Demo,2026-01-01\nA,Closed Won,2026-01-05\nA,Closed Lost,2026-01-05\nB,Demo,2026-01-01\nB,Closed Won,2026-01-05\nC,Closed Lost,2026-01-05\n", nil, "deals won lost", `2 1 1`},
		{"a quoted header with lines", "\"Deal\nName\",\"Stage\"\nA,Won\nB,Lost\n", []string{"deal=Deal Name"}, "won lost", `1 1`},
	} {
		_, got := compute(t, test.file, test.fields...)
		if got := pick(got, strings.Fields(test.values)...); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestFaults(t *testing.T) {
	words := calctest.Words(t, "en")
	const list = "id,stage,created,closed\n1,Won,1/3/2026,2/3/2026\n"
	many := "deal,stage,date\n"
	for i := range 40 {
		many += fmt.Sprintf("1,S%d,2026-01-01\n", i)
	}
	many += "1,Won,2026-02-02\n"
	for _, test := range []struct {
		name, file string
		fields     []string
		want       string
	}{
		{"ambiguous", list, nil, `[{date_order ambiguous [{value 1/3/2026}]}]`},
		{"mixed", "id,stage,created,closed\n1,Won,13/1/2026,1/13/2026\n", nil, `[{date_order mixed []}]`},
		{"a workbook", "PK\x03\x04", nil, `[{file binary []}]`},
		{"a NUL", "i\x00d\x00", nil, `[{file binary []}]`},
		{"Latin-1", "id,stage\n1,Verl\xf6ren\n", nil, `[{file encoding []}]`},
		{"headers alone", "id,stage\n", nil, `[{file empty []}]`},
		{"an open quote", "id,stage\n1,\"Won\n2,Lost\n", nil, `[{file quote [{line 2}]}]`},
		{"no stage", "id,created\n1,2026-01-01\n", nil, `[{stage stage-missing []}]`},
		{"no such columns", "id,stage\n1,Won\n", []string{"deal=Deal", "value=Amount"}, `[{deal column [{name Deal}]} {value column [{name Amount}]}]`},
		{"no ending", "id,stage\n1,Green\n2,Red\n", nil, `[{won no-ending [{names Green, Red}]}]`},
		{"no such stage", "id,stage\n1,Green\n2,Red\n", []string{"won=Blue"}, `[{won stage-unknown [{name Blue} {names Green, Red}]}]`},
		{"too many stages", many, nil, `[{stage too-many [{n 40} {max 30}]}]`},
		{"a day before the last", salesforce, []string{"as_of=2026-01-27"}, `[{as_of early [{date 2026-01-28}]}]`},
		{"a repeated name", repeatedName, nil, `[{rows same-deal [{name Renewal} {one 2} {other 4}]}]`},
		{"without dates", "deal,stage\nRenewal,Won\nNew,Lost\nRenewal,Lost\n", nil, `[{rows same-deal [{name Renewal} {one 2} {other 4}]}]`},
		{"an id that says two things", "Record ID,stage\n1,Won\n2,Lost\n1,Lost\n", nil, `[{rows same-deal [{name 1} {one 2} {other 4}]}]`},
		{"which are not one deal", "Record ID,stage\n1,Won\n2,Lost\n1,Lost\n", []string{"rows=merge"}, `[{rows differ [{name 1} {one 2} {other 4}]}]`},
		{"a row twice", "stage,amount\nWon,5\nLost,7\nWon,5\n", nil, `[{rows twice [{one 2} {other 4}]}]`},
		{"ids of rows beside names", "Record Id,Deal Name,Stage,Modified Time\n1,A,Demo,2026-01-01\n2,A,Closed Won,2026-01-09\n3,B,Closed Lost,2026-01-09\n", nil, `[{rows same-deal [{name A} {one 2} {other 3}]}]`},
		{"changes without a date", "Deal Name,Stage\nA,Demo\nA,Closed Won\n", []string{"rows=changes"}, `[{date date-missing []}]`},
		{"two digits of a year", "id,stage,created,closed\n1,Won,26-01-03,26-02-03\n2,Lost,26-01-03,26-01-05\n", nil, `[{date_order ambiguous [{value 26-01-03}]}]`},
		{"two pipelines", twoPipelines, nil, `[{pipeline pipelines [{names Sales Pipeline, Partner Pipeline}]}]`},
		{"no such pipeline", twoPipelines, []string{"pipeline=Service"}, `[{pipeline pipeline-unknown [{name Service} {names Sales Pipeline, Partner Pipeline}]}]`},
		{"words that may be either", "id,stage\n1,Not Won\n2,Won\n3,Lost\n", nil, `[{won unsure [{names Not Won}]}]`},
		{"Chinese words that may be either", "id,状态\n1,已成交\n2,未成交\n", nil, `[{won unsure [{names 未成交}]}]`},
		{"a signature beside a win", "id,阶段\n1,签约\n2,赢单\n3,输单\n", nil, `[{won unsure [{names 签约}]}]`},
		{"nothing lost", "id,stage\n1,Won\n2,Demo\n", nil, `[{lost no-lost [{names Won, Demo}]}]`},
		{"nothing won", "id,stage\n1,Lost\n2,Sieg\n", nil, `[{won no-won [{names Lost, Sieg}]}]`},
		{"a status against a stage", "id,Status,Stage\n1,Won,Closed Lost\n2,Lost,Closed Lost\n", nil, `[{outcome contradict [{line 2} {one Won} {other Closed Lost}]}]`},
		{"an open status against a stage", "id,Status,Stage\n1,Active,Closed Won\n2,Lost,Closed Lost\n3,Won,Closed Won\n", nil, `[{outcome contradict [{line 2} {one Active} {other Closed Won}]}]`},
		{"an id that may be the row's", "Id,Opportunity Name,Stage\n1,A,Won\n2,A,Won\n3,B,Lost\n", nil, `[{rows same-deal [{name A} {one 2} {other 3}]}]`},
		{"a column of deals that is empty", "Opportunity ID,Stage\n,Won\n,Lost\n3,Won\n", nil, `[{deal deal-empty [{n 2} {rows 3}]}]`},
		{"groups of a report", "Stage,Opportunity Name,Amount\nClosed Won,A,5\n,B,6\n,C,7\nClosed Lost,D,8\n,E,9\n", nil, `[{stage stage-empty [{n 3} {rows 5}]}]`},
		{"a history of other fields", "OpportunityId,Field,OldValue,NewValue,CreatedDate\nA,Amount,1,2,2026-01-01\n", nil, `[{stage no-rows []}]`},
		{"too many rows", "id,stage\n" + strings.Repeat("1,Won\n", maxRows+1), nil, `[{file rows [{max 100000}]}]`},
		{"too large", strings.Repeat("x", maxBytes+1), nil, `[{file large [{max 4194304}]}]`},
	} {
		r, got := compute(t, test.file, test.fields...)
		for _, key := range regexp.MustCompile(`\{\w+ ([a-z-]+) \[`).FindAllStringSubmatch(got, -1) {
			if words["fault."+key[1]] != "" && words["calc.pipeline-history.fault."+key[1]] != "" {
				t.Errorf("%s: the fault %s has two messages", test.name, key[1])
			}
		}
		if got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
		if r != nil && !slices.ContainsFunc(r.Blocks, func(b report.Block) bool { return b.Kind == report.Verdict }) {
			t.Errorf("%s: nothing is said beside the fault", test.name)
		}
	}
}

// TestTroubles holds that what cannot be read is counted and told, not passed over
// in silence.
func TestTroubles(t *testing.T) {
	words := calctest.Get(calctest.Words(t, "en"))
	r, _ := compute(t, "id,stage,created,closed,amount\n1,Won,2026-01-01,2026-01-05,12.34.5\n2,Won,soon,2026-01-05,1\n3,,2026-01-01,,\n4,Lost,2026-02-01,2026-01-01,\n")
	text := report.PlainText(r, report.NewWords(ID, words, nil))
	for _, want := range []string{
		"1 date could not be read and is left out, the first in line 3: soon.", "1 row without a stage is left out.",
		"1 deal has an amount that cannot be read, or more than one; it is left out of", "1 deal ends before it begins; its time is left out.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestWarnings holds what is said beside numbers that rest on little.
func TestWarnings(t *testing.T) {
	words := calctest.Get(calctest.Words(t, "en"))
	say := func(file string, fields ...string) string {
		r, _ := compute(t, file, fields...)
		return strings.Join(strings.Fields(report.PlainText(r, report.NewWords(ID, words, nil))), " ")
	}
	for _, test := range []struct {
		name, text string
		want       string
	}{
		{"most are open", say(mostlyOpen()), "Red flag: Most deals are still open: 80 of 100. The win rate and the times rest on the 20 that are decided"},
		{"the words", say("id,stage\n1,Won\n2,Lost\n3,Demo\n4,Demo\n"), "What the words of the file are taken for In the file Rows Taken as ----------- ---- -------- Won 1 won Lost 1 lost Demo 2 open"},
		{"the line of the header", say("All deals\n\nid,stage\n1,Won\n2,Lost\n"), "The table begins in line 3; what stands above it is passed over."},
		{"the funnel", say("id,stage,amount\n1,Won,5\n2,Lost,15\n"), "Use the win rate by number, 50%, in the funnel: playbook calc funnel win_rate=50 rate_by=count"},
		{"the funnel by value", say("id,stage,amount\n1,Won,5\n2,Lost,15\n"), "Use the win rate by value, 25%, in the funnel: playbook calc funnel win_rate=25 rate_by=value"},
		{"no date of the end", say("id,stage,created,closed\n1,Won,2026-01-01,\n2,Lost,2026-01-01,2026-01-05\n"), "1 decided deal has no date of the decision; its time is not known."},
		{"deleted", say("id,stage,IsDeleted\n1,Won,0\n2,Lost,0\n3,Won,1\n"), "1 row of a deleted record is left out."},
		{"totals", say("id,stage,amount\n1,Won,1\n2,Lost,0\nTotal,,1\n"), "1 line that is no row of the table is left out: totals, notes below it, repeated headers."},
		{"repeats", say("Record ID,stage\n1,Won\n2,Lost\n1,Won\n"), "1 row repeats a deal that stands above; each deal counts once."},
		{"currencies", say("id,stage,amount\n1,Won,€ 5\n2,Lost,$7\n"), "Red flag: Amounts are in several currencies (eur, $), so no values are computed."},
		{"a unit", say("id,stage,Amount (in 000)\n1,Won,5\n2,Lost,15\n"), "Red flag: The unit in the header “Amount (in 000)” is not known, so no values are computed."},
		{"marks", say("id,stage,amount\n1,Won,1.234\n2,Lost,1.000\n"), "Red flag: Amounts such as 1.234 could be thousands or decimals, so no values are computed."},
		{"an expected day", say("id,stage,created,Expected close date\n1,Won,2026-01-01,2026-02-01\n2,Lost,2026-01-01,2026-02-01\n"), "Red flag: “Expected close date” is the day that was hoped for, so no times are computed from it."},
	} {
		if !strings.Contains(test.text, test.want) {
			t.Errorf("%s: no %q in\n%s", test.name, test.want, test.text)
		}
	}
}

func TestDates(t *testing.T) {
	for _, test := range []struct {
		s    string
		o    order
		want string
	}{
		{"2026-03-01", 0, "2026-03-01 0"}, {"2026-03-01T10:20:30.000+0000", 0, "2026-03-01 37230"}, {"20260301", 0, "2026-03-01 0"},
		{"2026/3/1 5:06", 0, "2026-03-01 18360"}, {"3/1/2026 5:06 PM", mdy, "2026-03-01 61560"}, {"3/1/26 12:00:01 AM", mdy, "2026-03-01 1"},
		{"1/3/2026", dmy, "2026-03-01 0"}, {"26-3-1", ymd, "2026-03-01 0"}, {"1.3.2026", dmy, "2026-03-01 0"},
		{"2026年3月1日", 0, "2026-03-01 0"}, {"1 March 2026", 0, "2026-03-01 0"}, {"Sunday, March 1, 2026 9:00 AM", 0, "2026-03-01 32400"},
		{"31/2/2026", dmy, "none"}, {"", dmy, "none"}, {"soon", dmy, "none"}, {"12", dmy, "none"}, {"1/3", dmy, "none"}, {"1/1/1800", dmy, "none"},
		{"26-01-03", ymd, "2026-01-03 0"}, {"26-01-03", dmy, "2003-01-26 0"}, {"03.01.26", dmy, "2026-01-03 0"}, {"99-01-03", ymd, "1999-01-03 0"}, {"126-01-03", ymd, "none"},
		{"3. März 2026", 0, "2026-03-03 0"}, {"3. Mrz 26", 0, "2026-03-03 0"}, {"1. Okt. 2026 14:05", 0, "2026-10-01 50700"}, {"5 Dez 2026", 0, "2026-12-05 0"},
		{"1er août 2026", 0, "2026-08-01 0"}, {"mar. 3 févr. 2026", 0, "2026-02-03 0"}, {"mardi 3 mars 2026", 0, "2026-03-03 0"}, {"2 juin 2026", 0, "2026-06-02 0"}, {"2 juil. 2026", 0, "2026-07-02 0"},
		{"2026年3月1日 下午5:06", 0, "2026-03-01 61560"}, {"２０２６／３／１", 0, "2026-03-01 0"}, {"2026.03.01", mdy, "2026-03-01 0"},
		{"99999999999999999999-1-1", ymd, "none"}, {"29/2/2028", dmy, "2028-02-29 0"},
	} {
		d := parseDate(test.s)
		got := "none"
		if sec, ok := d.time(test.o); ok {
			day := dayOf(sec)
			got = fmt.Sprintf("%s %d", dateOf(day), sec%daySeconds)
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.s, got, test.want)
		}
	}
}

// TestKaplanMeier holds the classic data of Freireich et al. (1963), remission in
// weeks under 6-MP: S falls to .538 at 22 and .448 at 23. With Greenwood's plain
// band S ± 1.96·SE the lower end falls below a half at 13 (.690 − 1.96 × .107) and
// the upper end never does (.448 + 1.96 × .135).
func TestKaplanMeier(t *testing.T) {
	var spells []spell
	for _, n := range []int{6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35} {
		if n < 0 {
			spells = append(spells, spell{-n, open})
		} else {
			spells = append(spells, spell{n, lost})
		}
	}
	if got, want := survive(spells), (span{n: 21, median: 23, low: 13, high: -1, goOn: -1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := survive(nil), (span{median: -1, low: -1, high: -1, goOn: -1}); got != want {
		t.Errorf("nothing: %+v", got)
	}
}

// TestSurvival holds that without open deals the estimates are the plain medians,
// and that open ones never shorten them.
func TestSurvival(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 6))
	for range 2000 {
		n := 1 + r.IntN(40)
		var spells []spell
		var all, on []int
		for range n {
			s := spell{r.IntN(60), won + uint8(r.IntN(2))}
			spells = append(spells, s)
			if all = append(all, s.days); s.end == won {
				on = append(on, s.days)
			}
		}
		median := func(list []int) int { // the first that half have reached
			if len(list) == 0 {
				return -1
			}
			slices.Sort(list)
			return list[(len(list)+1)/2-1]
		}
		got := survive(spells)
		if got.median != median(all) || got.goOn != median(on) {
			t.Fatalf("%v: %+v, want %d and %d", spells, got, median(all), median(on))
		}
		if got.low > got.median || got.high >= 0 && got.high < got.median {
			t.Fatalf("%+v", got)
		}
		for range r.IntN(20) {
			spells = append(spells, spell{r.IntN(60), open})
		}
		if later := survive(spells); later.median >= 0 && later.median < got.median {
			t.Fatalf("%v: open deals shorten %d to %d", spells, got.median, later.median)
		}
	}
}

// TestWilson holds intervals against the roots of (p̂ − p)² = z²·p·(1 − p) ÷ n.
func TestWilson(t *testing.T) {
	for n := 1; n < 200; n++ {
		for x := 0; x <= n; x += 1 + n/17 {
			s := shareOf(x, n)
			for _, p := range []float64{s.low, s.high} {
				left, right := (s.p-p)*(s.p-p), z*z*p*(1-p)/float64(n)
				if math.Abs(left-right) > 1e-9 {
					t.Fatalf("%d of %d: %v", x, n, s)
				}
			}
			if s.low > s.p+1e-12 || s.high < s.p-1e-12 {
				t.Fatalf("%d of %d: %v", x, n, s)
			}
		}
	}
}

// TestRow holds that, where all deals are decided, the counts are those of deals
// that came to a stage for each that was won, and their interval Wilson's.
func TestRow(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 3))
	for range 50 {
		var b strings.Builder
		b.WriteString("deal,stage,date\n")
		won, reached := 0, [3]int{}
		for i := range 200 {
			high := r.IntN(4)
			for k := range min(high+1, 3) {
				reached[k]++
				fmt.Fprintf(&b, "%d,S%d,2026-01-%02d\n", i, k, 1+k*5+r.IntN(3))
			}
			end := "Lost"
			if high == 3 {
				won++
				end = "Won"
			}
			fmt.Fprintf(&b, "%d,%s,2026-02-01\n", i, end)
		}
		in, _ := form.DecodePairs(Form(), []form.Pair{{Name: "file", Value: b.String()}})
		h := &history{in: in, text: b.String()}
		if !h.survey() {
			t.Fatal(h.faults)
		}
		if h.collect(); !h.planned {
			t.Fatal(h.faults, h.milestones)
		}
		for k, m := range h.milestones {
			want := shareOf(won, reached[k])
			if math.Abs(m.chance.p-want.p) > 1e-9 || math.Abs(m.chance.low-want.low) > 1e-9 || math.Abs(m.chance.high-want.high) > 1e-9 {
				t.Fatalf("%d: %+v, want %+v", k, m.chance, want)
			}
		}
	}
}

// TestLarge holds a file of 10,000 rows and one at the bound.
func TestLarge(t *testing.T) {
	for _, n := range []int{10_000, maxRows} {
		var b strings.Builder
		b.WriteString("deal,stage,date\n")
		for i := range n {
			fmt.Fprintf(&b, "%d,%s,2026-%02d-%02d\n", i/3, []string{"A", "B", []string{"Won", "Lost"}[i/3%2]}[i%3], 1+i%3*4, 1+i/3%28)
		}
		_, got := compute(t, b.String())
		if got, want := pick(got, "rows", "deals", "share"), fmt.Sprintf("%d %d [100,50]", n, (n+2)/3); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"stages=Proposal,+Prospecting&date_order=ymd", salesforce},
		[2]string{"date_order=mdy", "id;stage;created;closed\n1;Won;1/3/2026;2/3/2026"},
		[2]string{"stages=A", "Date entered 'A',Date entered 'B (x)',stage\n2026-01-01,2026-01-02,Won\n"})
}

func dateOf(day int) string { return calendar.FromNumber(day).String() }
