package pipelinehistory

import (
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
)

// BenchmarkCompute reads a history of 10,000 rows.
func BenchmarkCompute(b *testing.B) {
	var file strings.Builder
	file.WriteString("\"Id\",\"OpportunityId\",\"CreatedById\",\"CreatedDate\",\"StageName\",\"Amount\",\"CloseDate\",\"IsDeleted\"\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "\"%d\",\"0061U%d\",\"0051U\",\"2026-%02d-%02dT08:00:00.000Z\",\"%s\",\"1000.00\",\"2026-06-30\",\"false\"\n",
			i, i/3, 1+i%3*4, 1+i/3%28, []string{"Prospecting", "Proposal", []string{"Closed Won", "Closed Lost"}[i/3%2]}[i%3])
	}
	in, _ := form.DecodePairs(Form(), []form.Pair{{Name: "file", Value: file.String()}})
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := Compute(in); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
