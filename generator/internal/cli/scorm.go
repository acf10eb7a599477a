package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/lms"
	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/practice"
	"playbook/templates"
)

func newExportSCORM() *cobra.Command {
	c := &cobra.Command{
		Use:   "scorm",
		Short: "Pages and their questions as a SCORM package for an LMS",
		Long: `Scorm packs the pages of a learning path, of one module or of the whole site, with
what they need, for a learning management system. The package reports what has been
read and answered, the score and each answer, and goes on where the learner left it.`,
		Example: `  playbook export scorm --version 1.2 --path new-rep -o new-rep.zip`,
		Args:    exactArgs(),
	}
	site, lang, path, module, out := questionFlags(c)
	version := c.Flags().String("version", "1.2", "of SCORM: "+strings.Join(lms.Versions(), " or "))
	pass := c.Flags().Int("pass", 80, "the pass mark, per `cent` of the points")
	baseURL := c.Flags().String("base-url", "", "public `address` of the site, for links to what the package lacks")
	c.RegisterFlagCompletionFunc("version", cobra.FixedCompletions(lms.Versions(), cobra.ShellCompDirectiveNoFileComp))
	c.RunE = func(c *cobra.Command, _ []string) error {
		if !slices.Contains(lms.Versions(), *version) {
			return usageErrorf("unknown version of SCORM %q: %s", *version, strings.Join(lms.Versions(), " or "))
		}
		if *pass < 0 || *pass > 100 {
			return usageErrorf("--pass: a pass mark is from 0 to 100, not %d", *pass)
		}
		res, err := planOf(c, pipeline.Options{Site: *site, BaseURL: *baseURL})
		if err != nil {
			return err
		}
		code, lessons, err := selected(res.Plan, *lang, *path, *module)
		if err != nil {
			return err
		}
		edition := res.Plan.Edition(code)
		pages := make([]lms.Page, len(lessons))
		for i, l := range lessons {
			pages[i] = lms.Page{Path: l.Path, Title: l.Title}
			for _, q := range l.Questions {
				pages[i].Questions = append(pages[i].Questions, practice.New(q, l.Module))
			}
		}
		var assets []string
		for _, f := range res.Plan.Files() {
			if f.Kind == pipeline.Asset {
				assets = append(assets, f.Path)
			}
		}
		title := edition.Title
		if *module != "" {
			title += ": " + lessons[0].Title
		}
		p, faults := lms.SCORM(res.Plan, pages, assets, lms.Options{
			Version: *version, ID: edition.SiteID, Title: title, Lang: edition.Language.Tag, Dir: edition.Language.Dir, Pass: *pass, BaseURL: res.Plan.BaseURL(),
			Previous: edition.Words.Get("ui.prev"), Next: edition.Words.Get("ui.next"), Script: lmsFile("scorm.js"), Style: lmsFile("frame.css"),
		})
		diag.Print(c.ErrOrStderr(), faults, res.Source)
		if p == nil {
			return errReported
		}
		if room := lms.Room(*version); p.Suspend > room {
			fmt.Fprintf(c.ErrOrStderr(), "warning: what has been read and answered may need %d characters, and SCORM %s keeps %d: later answers would be forgotten when the learner comes back; pack a learning path (--path) or a module (--module)\n",
				p.Suspend, *version, room)
		}
		return deliver(c, *out, fileName("zip", edition.SiteID, *path, *module, code, "scorm", *version), count(len(pages), "page"), p.Zip)
	}
	return c
}

func lmsFile(name string) string {
	data, err := templates.FS.ReadFile("lms/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(data)
}
