package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/pipeline"
)

// summary is what build and check print with --json: one object for scripts.
type summary struct {
	OK          bool      `json:"ok"` // nothing keeps the site from being published
	Errors      int       `json:"errors"`
	Warnings    int       `json:"warnings"`
	Pages       int       `json:"pages"`
	Written     *int      `json:"written,omitempty"` // files; these are of build alone
	Unchanged   *int      `json:"unchanged,omitempty"`
	Removed     *int      `json:"removed,omitempty"`
	Compressed  *int      `json:"compressed,omitempty"`
	Bytes       *int64    `json:"bytes,omitempty"` // written
	Diagnostics diag.List `json:"diagnostics"`
	Out         string    `json:"out,omitempty"`
	MS          float64   `json:"ms"`
	Error       string    `json:"error,omitempty"` // what no place in a file explains
}

// add takes over what a build found.
func (s *summary) add(res pipeline.Result) {
	s.Pages = res.Pages
	s.Errors, s.Warnings = res.Diags.Count()
	s.Diagnostics = res.Diags
	s.OK = !res.Failed()
}

// printFaults prints what a build found: each fault of a site, and what there is of each
// kind in a folder that was not made for Playbook.
func printFaults(w io.Writer, res pipeline.Result, verbose bool) {
	if res.Guest && !verbose {
		diag.Summarise(w, res.Diags, res.Source)
		return
	}
	diag.Print(w, res.Diags, res.Source)
}

// print writes the object. What it returns has been said, and only sets the exit
// status.
func (s *summary) print(w io.Writer, err error) error {
	if err != nil {
		s.OK, s.Error = false, err.Error()
	}
	if s.Diagnostics == nil {
		s.Diagnostics = diag.List{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return err
	}
	var use *usageError
	switch {
	case errors.As(err, &use):
		return errUsageReported
	case !s.OK:
		return errReported
	}
	return nil
}

// counts is the numbers in words: "2 errors, 1 warning"; "" when there are none.
func (s *summary) counts() string {
	switch {
	case s.Errors > 0 && s.Warnings > 0:
		return count(s.Errors, "error") + ", " + count(s.Warnings, "warning")
	case s.Errors > 0:
		return count(s.Errors, "error")
	case s.Warnings > 0:
		return count(s.Warnings, "warning")
	}
	return ""
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// kilobytes says a size as people read it.
func kilobytes(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%.1f KB", float64(n)/1000)
	case n < 1_000_000:
		return fmt.Sprintf("%d KB", n/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
