package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// code is a fenced block of 12 to 20 lines in one of six languages, of lines that
// differ from page to page.
func code(r *rand.Rand) string {
	kind := kinds[r.IntN(len(kinds))]
	var b strings.Builder
	b.WriteString("```" + kind.name + "\n" + kind.head)
	for i := range 8 + r.IntN(9) {
		line := kind.lines[r.IntN(len(kind.lines))]
		b.WriteString(strings.NewReplacer("NAME", fmt.Sprintf("item%d", r.IntN(900)), "NUM", fmt.Sprint(r.IntN(100_000)), "ROW", fmt.Sprint(i)).Replace(line) + "\n")
	}
	b.WriteString(kind.tail + "```\n\n")
	return b.String()
}

var kinds = []struct {
	name, head, tail string
	lines            []string
}{
	{"go", "func total(list []Order) (sum int) {\n", "\treturn sum\n}\n", []string{
		"\tNAME := list[ROW].Amount * NUM // in cents", "\tif sum > NUM { sum -= list[ROW].Discount }", "\tfor _, o := range list { sum += o.NAME }", "\tfmt.Printf(\"%s: %d\\n\", \"NAME\", sum)",
	}},
	{"python", "def total(orders):\n    result = 0\n", "    return result\n", []string{
		"    NAME = orders[ROW].amount * NUM  # in cents", "    if result > NUM: result -= orders[ROW].discount", "    result += sum(o.NAME for o in orders)", "    print(f\"NAME: {result:,}\")",
	}},
	{"sql", "SELECT customer, SUM(amount) AS total\nFROM orders\nWHERE 1 = 1\n", "GROUP BY customer;\n", []string{
		"  AND NAME > NUM -- in cents", "  AND region IN ('north', 'NAME')", "  OR discount BETWEEN ROW AND NUM", "  AND signed_on >= DATE '2027-01-01'",
	}},
	{"json", "{\n", "  \"end\": null\n}\n", []string{
		"  \"NAME\": NUM,", "  \"NAME-ROW\": {\"amount\": NUM, \"open\": true},", "  \"list-ROW\": [ROW, NUM, \"NAME\"],",
	}},
	{"yaml", "orders:\n", "", []string{
		"  - name: NAME\n    amount: NUM", "  - {name: \"NAME\", open: true} # ROW", "  - name: NAME\n    tags: [renewal, pilot]",
	}},
	{"javascript", "function total(orders) {\n  let sum = 0;\n", "  return sum;\n}\n", []string{
		"  const NAMEROW = orders[ROW].amount * NUM; // in cents", "  if (sum > NUM) sum -= orders[ROW].discount;", "  sum += orders.map((o) => o.NAME).reduce((a, b) => a + b, 0);", "  console.log(`NAME: ${sum}`);",
	}},
}
