package main

import (
	"testing"

	"playbook/calculators"
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
