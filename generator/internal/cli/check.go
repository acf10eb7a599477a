package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"playbook/generator/internal/pipeline"
)

func newCheck() *cobra.Command {
	c := &cobra.Command{
		Use:   "check",
		Short: "Report every fault of the content, and write nothing",
		Long: `Check reports every fault that keeps the site from being published, and every
warning, each as file:line:col with its source line and what to do. It writes
nothing.

With --since it also warns of questions whose kind or right answer is another
than at that revision of git, or that are gone: readers lose their scores.`,
		Args: exactArgs(),
	}
	site := siteFlag(c)
	verbose := c.Flags().Bool("verbose", false, "print each fault, where a folder without site.yaml has many")
	revision := c.Flags().String("since", "", "warn of questions that have changed since a `revision` of git")
	asJSON := c.Flags().Bool("json", false, "print one JSON object")
	c.RunE = func(c *cobra.Command, _ []string) error {
		start := time.Now()
		var s summary
		res, err := pipeline.New(pipeline.Options{Site: *site, Check: true}).Run(c.Context(), nil)
		if err == nil && *revision != "" {
			res, err = since(c.Context(), res, *site, *revision)
		}
		if err == nil {
			s.add(res)
		}
		s.MS = milliseconds(start)
		if *asJSON {
			return s.print(c.OutOrStdout(), err)
		}
		if err != nil {
			return err
		}
		printFaults(c.ErrOrStderr(), res, *verbose)
		if !s.OK {
			fmt.Fprintln(c.ErrOrStderr(), s.counts())
			return errReported
		}
		found := "no faults"
		if s.Warnings > 0 {
			found = s.counts()
		}
		fmt.Fprintf(c.OutOrStdout(), "%s checked: %s\n", count(s.Pages, "page"), found)
		return nil
	}
	return c
}

func milliseconds(since time.Time) float64 {
	return float64(time.Since(since).Microseconds()) / 1000
}
