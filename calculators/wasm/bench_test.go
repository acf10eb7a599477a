package main

import (
	"testing"

	"playbook/calculators"
	"playbook/calculators/internal/calctest"
)

// BenchmarkAnswer is what an edit costs in the worker, by calculator: the worked
// example decoded, computed and rendered.
func BenchmarkAnswer(b *testing.B) {
	for _, c := range calculators.All() {
		b.Run(c.ID, func(b *testing.B) {
			var d desk
			d.answer(wordsRequest(b, c.ID, "en"))
			b.ReportAllocs()
			for b.Loop() {
				d.answer("compute " + c.ID + "\n")
			}
		})
	}
}

// BenchmarkSheet is what an edit costs of an author's worksheet with 500 rows and
// 200 formulas.
func BenchmarkSheet(b *testing.B) {
	var d desk
	d.answer("words large\nsheet\t" + escape(calctest.Sheets(b)["large"]) + "\n")
	request := "compute large\n" + rows("large", 500)
	b.ReportAllocs()
	for b.Loop() {
		d.answer(request)
	}
}
