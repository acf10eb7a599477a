package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"playbook/generator/internal/book"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/practice"
	"playbook/templates"
)

func newExport() *cobra.Command {
	return group(&cobra.Command{
		Use:   "export",
		Short: "Make a file of the site: a page to print, a PDF, an e-book, its questions, a SCORM package",
	}, newExportBook("book", "html", "The whole site on one page that stands alone, for printing", exportPage),
		newExportBook("pdf", "pdf", "The whole site as a PDF, printed by the Chromium or Chrome of this machine", exportPDF),
		newExportBook("epub", "epub", "The whole site as an e-book", exportEPUB),
		newExportQuestions("gift", "gift", "The questions as GIFT, for Moodle's question bank",
			func(all []*practice.Question, _ pipeline.Edition) (string, []practice.Left) {
				return practice.GIFT(all)
			}),
		newExportQuestions("anki", "tsv", "The questions as cards for Anki",
			func(all []*practice.Question, e pipeline.Edition) (string, []practice.Left) {
				return practice.Anki(all, e.SiteID, e.Title)
			}), newExportSCORM())
}

// newExportBook is a command that writes a book in some form.
func newExportBook(name, extension, short string, write func(ctx context.Context, b *book.Book) ([]byte, error)) *cobra.Command {
	c := &cobra.Command{
		Use:   name,
		Short: short,
		Long: short + `.

It has the pages in reading order, or those of a learning path. Links between
them lead to the chapter, and the answers to the questions stand at the end.`,
		Args: exactArgs(),
	}
	site := siteFlag(c)
	lang := c.Flags().String("lang", "", "the `language` (default: the site's first)")
	path := c.Flags().String("path", "", "only the learning path with this `id`")
	out := c.Flags().StringP("out", "o", "", "the `file` to write (default: the site's id and language)")
	answers := c.Flags().Bool("answers", true, "with the answers to the questions")
	baseURL := c.Flags().String("base-url", "", "public `address` of the site, for links to what the book lacks")
	c.RunE = func(c *cobra.Command, _ []string) error {
		res, err := planOf(c, pipeline.Options{Site: *site, BaseURL: *baseURL})
		if err != nil {
			return err
		}
		code, lessons, err := selected(res.Plan, *lang, *path, "")
		if err != nil {
			return err
		}
		edition := res.Plan.Edition(code)
		word := func(key string) string { return edition.Words.Get("ui.book." + key) }
		opt := book.Options{
			Title: edition.Title, Description: edition.Description, Lang: edition.Language.Tag, Answers: *answers,
			ID: strings.Join([]string{edition.SiteID, edition.Title, *path}, "/"), BaseURL: res.Plan.BaseURL(),
			Words: book.Words{Contents: word("contents"), Answers: word("answers"), Answer: word("answer"), Question: word("question")},
		}
		if edition.Language.Dir != "ltr" {
			opt.Dir = edition.Language.Dir
		}
		chapters := make([]book.Chapter, len(lessons))
		for i, l := range lessons {
			chapters[i] = book.Chapter{Path: l.Path, Title: l.Title, Number: l.Number, Depth: l.Depth}
		}
		b, faults := book.New(res.Plan, chapters, opt)
		if b == nil {
			diag.Print(c.ErrOrStderr(), faults, res.Source)
			return errReported
		}
		data, err := write(c.Context(), b)
		if err != nil {
			return err
		}
		return deliver(c, *out, fileName(extension, edition.SiteID, *path, code), count(len(chapters), "chapter"), data)
	}
	return c
}

// selected are the language that is asked for, the site's first for "", and its pages:
// all, those of a learning path, or one module's.
func selected(plan *pipeline.Plan, lang, path, module string) (code string, lessons []pipeline.Lesson, err error) {
	code = cmp.Or(lang, plan.Languages()[0])
	if !slices.Contains(plan.Languages(), code) {
		return code, nil, usageErrorf("the site has no language %q; %s", code, diag.DidYouMean(code, plan.Languages(), "it has"))
	}
	if path != "" {
		if lessons, err = plan.Path(path, code); err != nil {
			return code, nil, usageErrorf("--path: %v", err)
		}
		return code, lessons, nil
	}
	lessons = plan.Reading(code)
	if module == "" {
		return code, lessons, nil
	}
	var ids []string
	for i, l := range lessons {
		if l.Module == module {
			return code, lessons[i : i+1], nil
		}
		if l.Module != "" { // the home page
			ids = append(ids, l.Module)
		}
	}
	return code, nil, usageErrorf("there is no module %q; %s", module, diag.DidYouMean(module, ids, "the modules are"))
}

// fileName is the name of a file that nobody gave one.
func fileName(extension string, parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.ReplaceAll(strings.Join(parts, "-"), "/", "-") + "." + extension
}

// deliver writes what was made into a file, otherwise is its name where none was given,
// and says so; "-" is standard output.
func deliver(c *cobra.Command, file, otherwise, what string, data []byte) error {
	if file == "-" {
		_, err := c.OutOrStdout().Write(data)
		return err
	}
	file = cmp.Or(file, otherwise)
	if err := writeWhole(file, data); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "%s in %s (%s)\n", what, file, kilobytes(int64(len(data))))
	return nil
}

// planOf builds a site and returns what can be rendered of it; its faults are printed.
func planOf(c *cobra.Command, opt pipeline.Options) (pipeline.Result, error) {
	res, err := pipeline.New(opt).Run(c.Context(), nil)
	if errors.Is(err, pipeline.ErrBaseURL) {
		return res, usageErrorf("--base-url: %v", err)
	}
	if err == nil && res.Failed() {
		diag.Print(c.ErrOrStderr(), res.Diags, res.Source)
		return res, errReported
	}
	return res, err
}

// writeWhole writes a file, or leaves the one that is there as it is.
func writeWhole(file string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

func style(name string) string {
	data, err := templates.FS.ReadFile("book/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(data)
}

func exportPage(_ context.Context, b *book.Book) ([]byte, error) {
	return b.HTML(style("page.css")), nil
}

func exportEPUB(_ context.Context, b *book.Book) ([]byte, error) {
	made := time.Now()
	if s := os.Getenv("SOURCE_DATE_EPOCH"); s != "" { // reproducible-builds.org
		seconds, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("SOURCE_DATE_EPOCH: %q is no number of seconds", s)
		}
		made = time.Unix(seconds, 0)
	}
	return b.EPUB(style("epub.css"), made)
}

// exportPDF has a browser print the page, with an outline of its headings.
func exportPDF(ctx context.Context, b *book.Book) ([]byte, error) {
	browser, err := findBrowser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "playbook-pdf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	page, pdf := filepath.Join(dir, "book.html"), filepath.Join(dir, "book.pdf")
	if err := os.WriteFile(page, b.HTML(style("page.css")), 0o600); err != nil {
		return nil, err
	}
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + pdf,
	}
	if runtime.GOOS == "linux" && os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium refuses a sandbox to root
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	said, err := exec.CommandContext(ctx, browser, append(args, "file://"+filepath.ToSlash(page))...).CombinedOutput()
	data, readErr := os.ReadFile(pdf)
	if err != nil || readErr != nil {
		return nil, fmt.Errorf("%s did not print the book: %w\n%s", browser, errors.Join(err, readErr), said)
	}
	return data, nil
}

// findBrowser finds Chromium, Chrome or Edge.
func findBrowser() (string, error) {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return exec.LookPath(named)
	}
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
		`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
	} {
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	return "", errors.New("a PDF is printed by Chromium or Chrome, and none was found: install one, name it in CHROMIUM, or print the page of \"playbook export book\" from any browser")
}
