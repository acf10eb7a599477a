package check

import (
	"fmt"
	"maps"
	"slices"

	"playbook/generator/internal/diag"
)

func place(p diag.Pos) string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

func sortedKeys[V any](m map[string]V) []string {
	if len(m) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(m))
}
