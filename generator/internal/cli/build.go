package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"playbook/generator/internal/output"
	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/source"
)

func newBuild() *cobra.Command {
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the site into a folder for any static host",
		Long: `Build writes the site into a folder that any static host can serve, at any path.

Only files that changed are written, and only files that an earlier build wrote
are removed: others in the folder stay. When the content has faults, nothing is
written and what is published stays as it is.`,
		Args: exactArgs(),
	}
	var opt pipeline.Options
	site := siteFlag(c)
	out := c.Flags().String("out", "", "the `folder` to publish into (default: public in the site)")
	c.MarkFlagDirname("out")
	c.Flags().StringVar(&opt.BaseURL, "base-url", "", "public `address` of the site: adds canonical addresses and a sitemap")
	titleFlag(c, &opt.Title)
	c.Flags().BoolVar(&opt.Compress, "compress", false, "put .br and .gz beside every text file")
	verbose := c.Flags().Bool("verbose", false, "print each fault, where a folder without site.yaml has many")
	asJSON := c.Flags().Bool("json", false, "print one JSON object")
	c.RunE = func(c *cobra.Command, _ []string) error {
		start := time.Now()
		opt.Site = *site
		dir := *out
		if dir == "" {
			dir = filepath.Join(*site, "public")
		}
		s := summary{Out: filepath.ToSlash(dir)}
		res, stats, err := buildInto(c.Context(), opt, dir, output.PublishOptions{Compress: opt.Compress})
		s.add(res)
		s.Written, s.Unchanged, s.Removed, s.Compressed, s.Bytes = &stats.Written, &stats.Unchanged, &stats.Removed, &stats.Compressed, &stats.Bytes
		s.MS = milliseconds(start)
		if *asJSON {
			return s.print(c.OutOrStdout(), err)
		}
		printFaults(c.ErrOrStderr(), res, *verbose)
		if err != nil {
			return err
		}
		if !s.OK {
			fmt.Fprintf(c.ErrOrStderr(), "%s; nothing was written\n", s.counts())
			return errReported
		}
		parts := []string{fmt.Sprintf("%s in %s", count(s.Pages, "page"), dir), count(stats.Written, "file") + " written"}
		if stats.Written > 0 {
			parts[1] += " (" + kilobytes(stats.Bytes) + ")"
		}
		if stats.Unchanged > 0 {
			parts = append(parts, fmt.Sprintf("%d unchanged", stats.Unchanged))
		}
		if stats.Removed > 0 {
			parts = append(parts, fmt.Sprintf("%d removed", stats.Removed))
		}
		if found := s.counts(); found != "" {
			parts = append(parts, found)
		}
		fmt.Fprintf(c.OutOrStdout(), "%s, %.0f ms\n", strings.Join(parts, ", "), s.MS)
		return nil
	}
	return c
}

// buildInto builds and, unless there are faults, publishes. Before an error the result
// says what was found until then.
func buildInto(ctx context.Context, opt pipeline.Options, dir string, publish output.PublishOptions) (res pipeline.Result, stats output.Stats, err error) {
	if err := checkOutputDir(opt.Site, dir); err != nil {
		return res, stats, err
	}
	// From some thousand pages on, garbage would take gigabytes, and time for
	// getting them from the system: there it is collected as often as it must be.
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(410 << 20))
	}
	b := pipeline.New(opt)
	in, err := b.Read(nil)
	if errors.Is(err, pipeline.ErrBaseURL) {
		return res, stats, usageErrorf("--base-url: %v", err)
	}
	if err != nil {
		return res, stats, err
	}
	if res, stats, ok := pipeline.UpToDate(ctx, in, dir, publish.CacheDir); ok {
		return res, stats, nil
	}
	if res, err = b.Build(ctx, in); err != nil || res.Failed() {
		return res, stats, err
	}
	stats, faults, err := output.Publish(ctx, res.Plan, dir, publish)
	res = res.With(faults)
	if err == nil && !res.Failed() {
		pipeline.SaveState(in, res, stats, dir, publish.CacheDir)
	}
	return res, stats, err
}

// checkOutputDir refuses a folder to publish into that holds what is published: pages
// would come to lie among their sources, and be taken for them.
func checkOutputDir(site, out string) error {
	for _, sources := range []string{site, filepath.Join(site, "content"), filepath.Join(site, "templates")} {
		if isWithin(sources, out) {
			return fmt.Errorf("cannot publish into %s: it holds the site's own files; choose a folder beside them with --out", out)
		}
	}
	for _, sources := range []string{filepath.Join(site, "content"), filepath.Join(site, "templates")} {
		if isWithin(out, sources) {
			return fmt.Errorf("cannot publish into %s: it is among the site's own files; choose a folder beside them with --out", out)
		}
	}
	if text := source.Unpublished(out); text != "" && isWithin(out, site) {
		return fmt.Errorf("cannot publish into %s: it holds %s, a text of the site; choose a folder of its own with --out", out, text)
	}
	return nil
}

// isWithin reports whether path is dir or lies in it. Links are followed as far as
// the path exists.
func isWithin(path, dir string) bool {
	rel, err := filepath.Rel(resolve(dir), resolve(path))
	return err == nil && filepath.IsLocal(rel)
}

func resolve(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(resolve(parent), filepath.Base(path))
	}
	return path
}
