// Package diag is a fault with its place: what an author got wrong, where, and
// what to do.
//
// A stage of the build returns a value and a List; one run reports every fault.
// Errorf and Warnf make a Diag, List.Sort puts many into reading order, and
// Print shows them as people read them:
//
//	content/03-x/02-y.en.md:31:1: unknown calculator "value-equaton"
//	    ```calculator value-equaton
//	                  ^
//	    did you mean "value-equation"?
//
// A Diag marshals to one flat JSON object for scripts.
package diag

import (
	"encoding/json"
	"fmt"
)

// Pos is a place in an author's file. File is relative to the site's folder,
// with slashes; Line and Col count from 1, Col in characters (runes). A zero
// Line means the whole file.
type Pos struct {
	File string
	Line int
	Col  int
}

// String is "file:line:col", or "file" for a whole file.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Severity says whether a fault keeps the site from being published.
type Severity uint8

const (
	Error   Severity = iota // it does
	Warning                 // it does not
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diag is one fault: where, what, and what to do.
type Diag struct {
	Pos      Pos
	Severity Severity
	Rule     string // stable short name: "front-matter", "dead-link", "quiz-key" …
	Key      string // what of the kind it is about, where many faults differ in it: "linkTitle"; may be empty
	Message  string // one line, lower case, no full stop
	Help     string // what to do; may be empty
}

// Errorf makes a fault that keeps the site from being published.
func Errorf(pos Pos, rule, format string, args ...any) Diag {
	return Diag{Pos: pos, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// Warnf makes a fault that does not.
func Warnf(pos Pos, rule, format string, args ...any) Diag {
	d := Errorf(pos, rule, format, args...)
	d.Severity = Warning
	return d
}

// WithHelp returns the same fault with advice.
func (d Diag) WithHelp(help string) Diag {
	d.Help = help
	return d
}

// String is the fault's first line as Print shows it.
func (d Diag) String() string {
	s := ""
	if d.Pos.File != "" {
		s = d.Pos.String() + ": "
	}
	if d.Severity == Warning {
		s += "warning: "
	}
	return s + d.Message
}

// MarshalJSON gives the fault as one flat object with the keys file, line, col,
// severity, rule, message and help; line and col are 0 for a whole file.
func (d Diag) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Col      int    `json:"col"`
		Severity string `json:"severity"`
		Rule     string `json:"rule"`
		Key      string `json:"key,omitempty"`
		Message  string `json:"message"`
		Help     string `json:"help,omitempty"`
	}{d.Pos.File, d.Pos.Line, d.Pos.Col, d.Severity.String(), d.Rule, d.Key, d.Message, d.Help})
}
