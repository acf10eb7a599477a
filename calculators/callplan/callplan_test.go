package callplan

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

func result(t testing.TB, lang, encoded string) (*report.Result, []form.Fault) {
	t.Helper()
	return calctest.Compute(t, Form(), Compute, lang, encoded)
}

// values computes an encoding and returns its values, or its faults, as text.
func values(t testing.TB, encoded string) string {
	t.Helper()
	return calctest.Values(result(t, "en", encoded))
}

// want is the values: orders, advances, continuations, no-sales, those that are
// weak, the rate, and the codes of what is wrong.
func want(known, orders, advances, continuations, noSales, weak int, rate string, lints ...string) string {
	for i := range lints {
		lints[i] = `"` + lints[i] + `"`
	}
	return fmt.Sprintf(`{"known":%d,"unknown":%d,"open":%d,"calls":%d,"orders":%d,"advances":%d,"continuations":%d,"no_sales":%d,"weak":%d,"lints":[%s],"success_rate":%s}`,
		known, 17-known, len(lints), orders+advances+continuations+noSales, orders, advances, continuations, noSales, weak, strings.Join(lints, ","), rate)
}

// fine is a plan without a fault and without a log; the tests replace parts of it.
const fine = "least_due=2027-05-14&call="

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Two advances hold, one has no date: 2 ÷ 4. The least action has no date.
		{"default", "", want(9, 0, 2, 2, 0, 1, "50", "least-due")},
		{"fine", fine, want(9, 0, 0, 0, 0, 0, "null")},
		{"nothing", "purpose=&date=&person=&known=&best=&least=&question=&proof=&support=&call=", want(0, 0, 0, 0, 0, 0, "null", "purpose", "best", "least", "no-implication", "no-proof")},
		{"all known", fine + "&known=" + strings.Join(things, ","), want(17, 0, 0, 0, 0, 0, "null")},
		// On the day of the call and before is not after it. Without a day of the call every
		// date will do.
		{"due the day after", fine + "&best_due=2027-05-13", want(9, 0, 0, 0, 0, 0, "null")},
		{"due that day", fine + "&best_due=2027-05-12", want(9, 0, 0, 0, 0, 0, "null", "best-due")},
		{"due before", fine + "&best_due=2027-05-11", want(9, 0, 0, 0, 0, 0, "null", "best-due")},
		{"no day", fine + "&date=&best_due=2020-01-01", want(9, 0, 0, 0, 0, 0, "null")},
		{"the seller's", fine + "&best=We+send+an+offer&least=I%E2%80%99ll+call", want(9, 0, 0, 0, 0, 0, "null", "best-ours", "least-ours")},
		{"the seller's in Chinese", fine + "&best=%E6%88%91%E4%BB%AC%E5%8F%91%E6%8A%A5%E4%BB%B7", want(9, 0, 0, 0, 0, 0, "null", "best-ours")},
		{"for the customer to receive", fine + "&best=Send+the+proposal+to+Paula&least=Follow+up+by+phone", want(9, 0, 0, 0, 0, 0, "null", "best-ours", "least-ours")},
		{"done to who does it", fine + "&best=The+proposal+goes+to+paula&best_who=Paula,+VP", want(9, 0, 0, 0, 0, 0, "null", "best-ours")},
		{"done to who does it, in Chinese", fine + "&best=把方案发给白总&best_who=白总（副总）&least=跟进", want(9, 0, 0, 0, 0, 0, "null", "best-ours", "least-ours")},
		{"the customer's, in Chinese", fine + "&best=白总把工时发给我们&best_who=白总&least=约罗总见面", want(9, 0, 0, 0, 0, 0, "null")},
		{"the customer's", fine + "&best=Sends+us+the+hours&least=Paula+calls+Martin+and+talks+to+him", want(9, 0, 0, 0, 0, 0, "null")},
		{"support that comes too late", fine + "&support.0.what=Demo&support.0.due=2027-05-13", want(9, 0, 0, 0, 0, 0, "null", "support-late")},
		{"not the seller's", fine + "&best=Invites+us&least=Weighs+it", want(9, 0, 0, 0, 0, 0, "null")},
		{"nobody does it", fine + "&best_who=&least_who=", want(9, 0, 0, 0, 0, 0, "null", "best-who", "least-who")},
		{"the same", fine + "&best=Visits+us&least=visits+US", want(9, 0, 0, 0, 0, 0, "null", "same")},
		{"questions of other kinds", fine + "&question.0.kind=P&question.0.ask=a?&question.1.kind=I", want(9, 0, 0, 0, 0, 0, "null", "no-implication")},
		{"a claim alone", fine + "&proof.0.claim=Fast", want(9, 0, 0, 0, 0, 0, "null", "no-proof")},
		// 1 order + 1 advance of 3: 66.66… % → 66.7 %. An advance needs the customer's action
		// and a date; an empty row is no call.
		{"log", "least_due=2027-05-14&call.0.outcome=order&call.1.outcome=advance&call.1.action=Visits&call.1.due=2027-06-01&call.2.outcome=no-sale&call.3.who=&call.4.due=2027-01-01",
			want(9, 1, 1, 0, 1, 0, "66.7")},
		{"weak", "least_due=2027-05-14&call.0.outcome=advance&call.1.outcome=advance&call.1.action=Visits&call.2.outcome=advance&call.2.action=We+visit&call.2.due=2027-06-01&call.3.who=A",
			want(9, 0, 0, 4, 0, 3, "0")},
		// An advance is due after its call; Ada is not to do what is done to her.
		{"due before its call", "least_due=2027-05-14&call.0.outcome=advance&call.0.date=2027-03-16&call.0.action=Visits&call.0.due=2027-03-16&call.1.outcome=advance&call.1.date=2027-03-16&call.1.action=Visits&call.1.due=2027-03-17" +
			"&call.2.outcome=advance&call.2.who=Ada&call.2.action=The+offer+goes+to+Ada&call.2.due=2027-03-17",
			want(9, 0, 1, 2, 0, 2, "33.3")},
		{"faults", "minutes=5&date=31.2.2027&known=everything&call.0.outcome=maybe",
			"date: date []\nminutes: min [{min 10}]\nknown: choice [{options " + strings.Join(things, ", ") + "}]\ncall.0.outcome: choice [{options order, advance, continuation, no-sale}]\n"},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestAgenda holds that the minutes of the phases add up, whatever the time, and
// that the investigation has the most.
func TestAgenda(t *testing.T) {
	for minutes := 10; minutes <= 480; minutes += 7 {
		r, _ := result(t, "en", fmt.Sprintf("minutes=%d", minutes))
		sum, most := 0, 0
		for _, b := range r.Blocks {
			if b.Kind != report.Items || len(b.Text) != 4 {
				continue
			}
			for i, phase := range b.Text {
				var n int
				fmt.Sscanf(report.JSON(&report.Result{Values: []report.Value{{Name: "n", Data: phase.Args[0].Data}}}), `{"n":%d}`, &n)
				sum += n
				if n > most {
					most = n
					if i > 1 {
						t.Errorf("%d minutes: phase %d has %d", minutes, i+1, n)
					}
				}
			}
		}
		if sum != minutes {
			t.Errorf("%d minutes: %d", minutes, sum)
		}
	}
}

// TestRandom counts random logs another way.
func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(82, 39))
	for range 100 {
		log := fine[:len(fine)-len("&call=")]
		n := map[string]int64{}
		for i := range 1 + r.IntN(8) {
			outcome := outcomes[r.IntN(4)]
			day, due := 1+r.IntN(28), r.IntN(29)
			log += fmt.Sprintf("&call.%d.who=A&call.%d.outcome=%s&call.%d.date=2027-03-%02d", i, i, outcome, i, day)
			if due > 0 {
				log += fmt.Sprintf("&call.%d.due=2027-03-%02d", i, due)
			}
			action := []string{"", "Visits+us", "We+visit", "Send+it"}[r.IntN(4)]
			log += fmt.Sprintf("&call.%d.action=%s", i, action)
			if outcome == "advance" && (action != "Visits+us" || due <= day) {
				outcome = "continuation"
				n["weak"]++
			}
			n[outcome]++
			n["all"]++
		}
		rate := form.Trim(big.NewRat(100*(n["order"]+n["advance"]), n["all"]).FloatString(1))
		if got, want := values(t, log), want(9, int(n["order"]), int(n["advance"]), int(n["continuation"]), int(n["no-sale"]), int(n["weak"]), rate); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", log, got, want)
		}
	}
}

// TestMonotone holds that an order more never lowers the rate.
func TestMonotone(t *testing.T) {
	log := "least_due=2027-05-14"
	before := -1.0
	for i := range 20 {
		log += fmt.Sprintf("&call.%d.outcome=%s", 100+i, []string{"no-sale", "order"}[min(i, 1)])
		var rate float64
		got := values(t, log)
		if _, err := fmt.Sscanf(got[strings.LastIndex(got, ":"):], ":%f}", &rate); err != nil || rate < before {
			t.Fatalf("%v after %v: %s", rate, before, got)
		}
		before = rate
	}
}

// TestMany holds that the longest log is counted and told.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString(fine)
	for i := range 500 {
		fmt.Fprintf(&b, "&call.%d.who=A&call.%d.outcome=order&question.%d.ask=q", i, i, i)
	}
	if got, want := values(t, b.String()), want(9, 500, 0, 0, 0, 0, "100", "no-implication"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSentences(t *testing.T) {
	for lang, sentences := range map[string][]string{
		"en": {"1 thing to put right before you go", "You know 9 of the 17 things to know.", "The least action needs a date after the day of the call.", "Not known before the call (8 of 17): ", "1 call counts as a continuation: its advance has no customer action", "are successes: 50%."},
		"zh": {"出发以前，还有1处要改", "17件该知道的事，你知道9件。", "拜访前还有8件事不知道（共17件）：", "算成功：50%。"},
	} {
		calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, "", sentences...)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{fine, "We"},
		[2]string{"known=&call.0.outcome=advance&call.0.due=2027-01-01", "我"})
}
