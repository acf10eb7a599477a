package cli

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/progress"
	"playbook/generator/internal/site"
)

func newTeam() *cobra.Command {
	c := &cobra.Command{
		Use:   "team FILE…",
		Short: "Put the progress files of a team together",
		Long: `Team reads files that people saved on the page "My progress" and tells for each
person how much they have read and had right, and what comes next; then the
questions that most got wrong. A score of a question whose answer has changed
since counts no more. Of two files of one name the later counts.`,
		Example: "  playbook team --site course reports/*.json\n  playbook team --csv reports/*.json > team.csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("playbook team needs a file: playbook team FILE…")
			}
			return nil
		},
	}
	folder := siteFlag(c)
	lang := c.Flags().String("lang", "", "the `language` of the titles (default: the site's first)")
	asCSV := c.Flags().Bool("csv", false, "print people and modules as CSV")
	c.RunE = func(c *cobra.Command, paths []string) error {
		res, err := planOf(c, pipeline.Options{Site: *folder})
		if err != nil {
			return err
		}
		_, lessons, err := selected(res.Plan, *lang, "", "")
		if err != nil {
			return err
		}
		var modules []progress.Module
		for _, l := range lessons {
			if l.Kind != site.Lesson {
				continue
			}
			m := progress.Module{ID: l.Module, Title: strings.TrimSpace(l.Number + " " + l.Title)}
			for _, q := range l.Questions {
				if q.Scored() {
					m.Questions = append(m.Questions, progress.Question{ID: q.ID, Mark: q.Mark(), Title: q.Heading()})
				}
			}
			modules = append(modules, m)
		}
		siteID := res.Plan.Edition(res.Plan.Languages()[0]).SiteID
		var files []*progress.File
		faulty := false
		for _, path := range paths {
			data, err := os.ReadFile(path)
			var f *progress.File
			if err == nil {
				f, err = progress.Read(data, siteID)
			}
			if err != nil {
				fmt.Fprintf(c.ErrOrStderr(), "%s: %v\n", path, err)
				faulty = true
				continue
			}
			files = append(files, f)
		}
		files = progress.Latest(files)
		switch {
		case len(files) == 0:
		case *asCSV:
			err = teamCSV(c, files, modules)
		default:
			err = teamTable(c, files, modules)
		}
		if err == nil && faulty {
			err = errReported
		}
		return err
	}
	return c
}

func teamTable(c *cobra.Command, files []*progress.File, modules []progress.Module) error {
	w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\tread\tright\tnext")
	for _, f := range files {
		read, right, of, next := 0, 0, 0, "all right"
		for _, m := range modules {
			n := f.Count(m)
			if n.Read {
				read++
			}
			if right, of = right+n.Right, of+n.Of; n.Right < n.Of && next == "all right" {
				next = m.Title
			}
		}
		fmt.Fprintf(w, "%s\t%d/%d\t%d/%d\t%s\n", nameOf(f), read, len(modules), right, of, next)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for i, h := range progress.Hardest(files, modules, 10) {
		if i == 0 {
			fmt.Fprintln(c.OutOrStdout(), "\nwrong")
		}
		fmt.Fprintf(c.OutOrStdout(), "%d of %d  %s (%s)\n", h.Wrong, h.Tried, h.Title, h.ID)
	}
	return nil
}

func teamCSV(c *cobra.Command, files []*progress.File, modules []progress.Module) error {
	w := csv.NewWriter(c.OutOrStdout())
	asked := slices.DeleteFunc(slices.Clone(modules), func(m progress.Module) bool { return len(m.Questions) == 0 })
	head := []string{"name"}
	for _, m := range asked {
		head = append(head, textCell(m.Title)+" (of "+strconv.Itoa(len(m.Questions))+")")
	}
	_ = w.Write(head) // Error says it
	for _, f := range files {
		row := []string{textCell(nameOf(f))}
		for _, m := range asked {
			n, cell := f.Count(m), ""
			if n.Tried > 0 || n.Read {
				cell = strconv.Itoa(n.Right)
			}
			row = append(row, cell)
		}
		_ = w.Write(row)
	}
	w.Flush()
	return w.Error()
}

// textCell keeps a spreadsheet from taking a text for a formula.
func textCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func nameOf(f *progress.File) string {
	if f.Name == "" {
		return "(no name)"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, f.Name)
}
