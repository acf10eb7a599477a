package cli

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/practice"
)

// newExportQuestions is a command that writes the site's questions in some form.
func newExportQuestions(name, extension, short string, write func(all []*practice.Question, e pipeline.Edition) (string, []practice.Left)) *cobra.Command {
	c := &cobra.Command{
		Use:   name,
		Short: short,
		Long: short + `.

It has the questions of all modules, of a learning path or of one module. Those that
cannot be said there truly are left out, and named.`,
		Args: exactArgs(),
	}
	site, lang, path, module, out := questionFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		res, err := planOf(c, pipeline.Options{Site: *site})
		if err != nil {
			return err
		}
		code, lessons, err := selected(res.Plan, *lang, *path, *module)
		if err != nil {
			return err
		}
		all := questions(lessons)
		edition := res.Plan.Edition(code)
		text, left := write(all, edition)
		for _, l := range left {
			fmt.Fprintf(c.ErrOrStderr(), "%s: %s: left out: %s\n", l.Pos, l.ID, l.Why)
		}
		if len(left) > 0 {
			fmt.Fprintf(c.ErrOrStderr(), "%s of %d left out\n", count(len(left), "question"), len(all))
		}
		if len(left) == len(all) {
			return fmt.Errorf("there are no questions for a file of this kind")
		}
		return deliver(c, *out, fileName(extension, edition.SiteID, *path, *module, code), count(len(all)-len(left), "question"), []byte(text))
	}
	return c
}

// questionFlags choose pages of a site.
func questionFlags(c *cobra.Command) (site, lang, path, module, out *string) {
	site = siteFlag(c)
	lang = c.Flags().String("lang", "", "the `language` (default: the site's first)")
	path = c.Flags().String("path", "", "only the learning path with this `id`")
	module = c.Flags().String("module", "", "only the module with this `id`, such as questions/spin")
	out = c.Flags().StringP("out", "o", "", "the `file` to write; - is standard output (default: named after the site)")
	c.MarkFlagsMutuallyExclusive("path", "module")
	return site, lang, path, module, out
}

// questions are those of some pages, in their order.
func questions(lessons []pipeline.Lesson) (all []*practice.Question) {
	for _, l := range lessons {
		for _, q := range l.Questions {
			all = append(all, practice.New(q, l.Module))
		}
	}
	return all
}

func newQuiz() *cobra.Command {
	c := &cobra.Command{
		Use:   "quiz FILE|MODULE",
		Short: "Ask a module's questions in the terminal",
		Long: `Quiz asks the questions of a module, or of one of the site's files, one after the
other, says what was right and why, and counts the points as the page does. Answers are
the numbers of options; where there is a hint, "?" gives it. Role-plays and questions
with a picture need the page.`,
		Example: `  playbook quiz questions/spin --lang zh
  playbook quiz content/07-questions/01-spin.en.md`,
		Args: exactArgs("a module or a file"),
	}
	site := siteFlag(c)
	lang := c.Flags().String("lang", "", "the `language` (default: the file's, or the site's first)")
	c.RunE = func(c *cobra.Command, args []string) error {
		res, err := planOf(c, pipeline.Options{Site: *site})
		if err != nil {
			return err
		}
		code, lessons, err := asked(res.Plan, *site, args[0], *lang)
		if err != nil {
			return err
		}
		all := slices.DeleteFunc(questions(lessons), func(q *practice.Question) bool {
			left := q.Kind == "play" || q.Kind == "kit" || q.Picture
			if left {
				fmt.Fprintf(c.ErrOrStderr(), "%s: %s: left out: it needs the page\n", q.Pos, q.ID)
			}
			return left
		})
		if len(all) == 0 {
			return fmt.Errorf("%s has no questions for a terminal", args[0])
		}
		player := practice.Player{In: bufio.NewReader(c.InOrStdin()), Out: c.OutOrStdout(), Say: res.Plan.Edition(code).Words.Say}
		return player.Play(all)
	}
	return c
}

// asked is the page that a file or a module's id names, and its language.
func asked(plan *pipeline.Plan, site, name, lang string) (code string, lessons []pipeline.Lesson, err error) {
	info, err := os.Stat(name)
	if err != nil || info.IsDir() {
		return selected(plan, lang, "", strings.Trim(filepath.ToSlash(name), "/"))
	}
	for _, code := range plan.Languages() {
		for _, l := range plan.Reading(code) {
			if there, err := os.Stat(filepath.Join(site, filepath.FromSlash(l.File))); err == nil && os.SameFile(info, there) {
				if lang == "" || lang == code {
					return code, []pipeline.Lesson{l}, nil
				}
				return selected(plan, lang, "", l.Module)
			}
		}
	}
	return "", nil, usageErrorf("%s is no page of the site in %s: name its folder with --site", name, site)
}
