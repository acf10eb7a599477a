package diag

import (
	"cmp"
	"slices"
)

// List is what a stage found. Stages return a value and a List; one run
// reports every fault.
type List []Diag

// Sort puts the list into reading order: by file, line and column; at one place
// errors stand before warnings. Equal faults stay in the order they were found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diag) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Severity, b.Severity),
		)
	})
}

// Unique returns the list without faults that stand in it already.
func (l List) Unique() List {
	seen := map[Diag]bool{}
	var out List
	for _, d := range l {
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}

// HasErrors reports whether any fault keeps the site from being published.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diag) bool { return d.Severity == Error })
}

// Count returns the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		if d.Severity == Warning {
			warnings++
		} else {
			errors++
		}
	}
	return errors, warnings
}

// Soften turns every error into a warning, in place: what is a fault at home
// must not keep a guest's folder from building.
func (l List) Soften() {
	for i := range l {
		l[i].Severity = Warning
	}
}

// Guard runs a step of the work on a file. A panic in it becomes a fault of that
// file, so that one file that the program cannot cope with is named, and hides no
// fault of the others.
func Guard(file string, step func()) (faults List) {
	defer func() {
		if r := recover(); r != nil {
			faults = List{Errorf(Pos{File: file, Line: 1, Col: 1}, "panic", "the program fails at this file: %v", r).
				WithHelp("this is a mistake of the program: please report it, with the file")}
		}
	}()
	step()
	return nil
}
