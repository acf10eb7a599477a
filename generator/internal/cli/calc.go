package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"playbook/calculators"
	"playbook/calculators/charset"
	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/generator/internal/worksheet"
	"playbook/templates"
)

func newCalc() *cobra.Command {
	c := &cobra.Command{
		Use:   "calc [ID] [field=value …]",
		Short: "Compute a calculator's report",
		Long: `Calc computes a calculator and prints its report: the one that its page shows.
Without an ID it lists the calculators: the program's, and the worksheets of the
--site.

Fields are given as the page's form names them; those left out take their
defaults. Rows are numbered: problem.0.amount=2500. A link to a calculator's page
carries the same fields: what follows its "?" can be given as one argument that
begins with "?". --input reads them from a file, as field=value lines or as one
line in a link's encoding; arguments replace what the file says. For a calculator
that reads a table, --input is that table: a file whose name ends in .csv, .tsv or
.txt, or whose first line is no field. Its encoding is found out; where that is not
certain, both readings are shown, and --encoding chooses.

--lang takes the languages of the program and those of the site in --site: a file
templates/i18n/CODE.yaml makes a language, templates/i18n/CODE/ID.yaml has the words
of a calculator. What they leave out is said in English.`,
		Example: `  playbook calc
  playbook calc value-equation problem.0.name=Training problem.0.amount=2500
  playbook calc plan-965531 quota=8000000 --format json
  playbook calc value-equation --lang zh
  playbook calc pipeline-history --input export.csv date_order=dmy`,
	}
	input := c.Flags().String("input", "", "a `file` of fields; - is standard input")
	encoded := c.Flags().String("encoding", "", "of the --input: "+strings.Join(slices.Sorted(maps.Keys(encodings)), ", "))
	lang := c.Flags().String("lang", source.DefaultLanguage, "`language` of the report: one that the theme has, or the site's own templates")
	site := siteFlag(c)
	format := c.Flags().String("format", "text", "text, json or csv")
	c.MarkFlagFilename("input")
	c.RegisterFlagCompletionFunc("encoding", cobra.FixedCompletions(slices.Sorted(maps.Keys(encodings)), cobra.ShellCompDirectiveNoFileComp))
	c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	c.ValidArgsFunction = func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		own := worksheets(*site, layersOf(*site))
		return own.set.IDs(), cobra.ShellCompDirectiveNoFileComp
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if !slices.Contains([]string{"text", "json", "csv"}, *format) {
			return usageErrorf("unknown format %q: text, json or csv", *format)
		}
		if *encoded != "" && encodings[*encoded] == nil {
			return usageErrorf("unknown encoding %q: %s", *encoded, strings.Join(slices.Sorted(maps.Keys(encodings)), ", "))
		}
		layers := layersOf(*site)
		own := worksheets(*site, layers, *lang)
		set, table, faults := own.set, own.tables[*lang], own.wordFaults
		if table == nil {
			return usageErrorf("there are no words for the language %q: the languages here are %s; add templates/i18n/%s.yaml to the site (--site), a translation of %s.yaml",
				*lang, strings.Join(words.Codes(layers...), ", "), *lang, source.DefaultLanguage)
		}
		if faults.HasErrors() {
			for _, f := range faults {
				fmt.Fprintln(c.ErrOrStderr(), f)
			}
			return errReported
		}
		if len(args) == 0 {
			if *input != "" {
				return usageErrorf("--input needs the ID of a calculator")
			}
			return list(c.OutOrStdout(), set, table, *format)
		}
		calculator := set.Find(args[0])
		if calculator == nil && len(own.faults) > 0 {
			diag.Print(c.ErrOrStderr(), own.faults, own.tree.Source)
		}
		if calculator == nil {
			message := fmt.Sprintf("unknown calculator %q", args[0])
			if near := diag.Closest(args[0], set.IDs()); near != "" {
				return usageErrorf("%s (did you mean %q?)", message, near)
			}
			return usageErrorf("%s; there are %s", message, strings.Join(set.IDs(), ", "))
		}
		given, err := arguments(args[1:])
		if err != nil {
			return err
		}
		if *input != "" {
			base, err := readInput(*input, *encoded, c.InOrStdin(), calculator.Form)
			if err != nil {
				return err
			}
			given = replace(base, given)
		}
		return calc(c, calculator, table, given, *format)
	}
	return c
}

// layersOf are the program's templates, under those of the site in a folder.
func layersOf(root string) []fs.FS {
	if own := source.Templates(root); own != nil {
		return []fs.FS{own, templates.FS}
	}
	return []fs.FS{templates.FS}
}

// siteCalculators are the program's calculators and the worksheets of a site, with
// their words and what is wrong with them.
type siteCalculators struct {
	set        *calculators.Set
	tables     map[string]*words.Table
	wordFaults diag.List
	faults     diag.List
	tree       *source.Tree
}

// worksheets adds those of the site in a folder, if there is one, and reads the words
// of its languages and of others.
func worksheets(dir string, layers []fs.FS, languages ...string) siteCalculators {
	var c siteCalculators
	if _, err := os.Stat(filepath.Join(dir, "content")); err == nil {
		if c.tree, _, err = source.Load(dir); err == nil {
			languages = append(languages, c.tree.Settings.Languages...)
		}
	}
	c.tables, c.wordFaults = new(words.Loader).Load(languages, layers...)
	if c.tree != nil && !slices.ContainsFunc(c.tree.Settings.Languages, func(lang string) bool { return c.tables[lang] == nil }) {
		c.set, c.tables, c.faults = new(worksheet.Loader).Load(c.tree, c.tables)
	}
	return c
}

// list prints what there is to compute.
func list(w io.Writer, set *calculators.Set, table *words.Table, format string) error {
	type item struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	items := []item{}
	wide := 0
	for _, id := range set.IDs() {
		items = append(items, item{id, table.Get("calc." + id + ".title")})
		wide = max(wide, len(id))
	}
	if format == "json" {
		data, err := json.MarshalIndent(items, "", "  ")
		fmt.Fprintf(w, "%s\n", data)
		return err
	}
	for _, i := range items {
		fmt.Fprintf(w, "%-*s  %s\n", wide, i.ID, i.Title)
	}
	return nil
}

// calc computes and prints one report, or the faults of its fields.
func calc(c *cobra.Command, calculator *calculators.Calculator, table *words.Table, given []form.Pair, format string) error {
	say := report.NewWords(calculator.ID, table.Get, nil)
	given = withToday(calculator.Form, given, time.Now())
	in, faults := form.DecodePairs(calculator.Form.In(table.Get), given)
	var result *report.Result
	if len(faults) == 0 {
		result, faults = calculator.Compute(in)
	}
	if len(faults) > 0 {
		for _, f := range faults {
			fmt.Fprintf(c.ErrOrStderr(), "%s: %s\n", f.Field, say.Fault(f))
		}
		return errReported
	}
	var text string
	switch format {
	case "json":
		var err error
		if text, err = encode(calculator.ID, in.Pairs(), result); err != nil {
			return err
		}
	case "csv":
		text = report.CSV(result, say)
	default:
		text = report.PlainText(result, say)
	}
	_, err := io.WriteString(c.OutOrStdout(), strings.TrimRight(text, "\r\n")+lineEnding(format))
	return err
}

// withToday adds the day on which a reader's own fields are computed, where the
// calculator counts from it. The example, and who names another day, keep theirs.
func withToday(f *form.Form, given []form.Pair, now time.Time) []form.Pair {
	name := f.Today()
	if name == "" || len(given) == 0 || slices.ContainsFunc(given, func(p form.Pair) bool { return p.Name == name }) {
		return given
	}
	return append(given, form.Pair{Name: name, Value: now.Format(time.DateOnly)})
}

// lineEnding is that of the last line; RFC 4180 ends lines of CSV with CRLF.
func lineEnding(format string) string {
	if format == "csv" {
		return "\r\n"
	}
	return "\n"
}

// encode prints the object for scripts: the input as the form holds it, defaults
// filled in and in its order, and every computed number.
func encode(id string, pairs []form.Pair, result *report.Result) (string, error) {
	var b bytes.Buffer
	text := func(s string) error {
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		return e.Encode(s)
	}
	b.WriteString(`{"calculator":`)
	err := text(id)
	b.WriteString(`,"input":{`)
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte(',')
		}
		err = errors.Join(err, text(p.Name))
		b.WriteByte(':')
		err = errors.Join(err, text(p.Value))
	}
	b.WriteString(`},"values":`)
	b.WriteString(report.JSON(result))
	b.WriteByte('}')
	var out bytes.Buffer
	err = errors.Join(err, json.Indent(&out, b.Bytes(), "", "  "))
	return out.String(), err
}

// arguments reads field=value arguments, and a link's fields after "?".
func arguments(args []string) ([]form.Pair, error) {
	var pairs []form.Pair
	for _, arg := range args {
		if encoded, ok := strings.CutPrefix(arg, "?"); ok {
			pairs = append(pairs, form.Parse(encoded)...)
			continue
		}
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, usageErrorf("%q is not a field: write field=value", arg)
		}
		pairs = append(pairs, form.Pair{Name: name, Value: value})
	}
	return pairs, nil
}

// readInput reads fields from a file, or from standard input for "-": as fields,
// or, where the form has a field for it, as the table that it is.
func readInput(name, encoded string, stdin io.Reader, f *form.Form) ([]form.Pair, error) {
	var data []byte
	var err error
	if name == "-" {
		name = "standard input"
		data, err = io.ReadAll(stdin)
	} else {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, err
	}
	text, err := decode(name, data, encoded)
	if err != nil {
		return nil, err
	}
	for i := range f.Fields {
		if f.Fields[i].Kind == form.File && isTable(name, text) {
			return []form.Pair{{Name: f.Fields[i].Name, Value: text}}, nil
		}
	}
	return parseInput(name, text)
}

// encodings decode the text of a file, by the names that charset.Detect gives.
var encodings = map[string]encoding.Encoding{
	charset.UTF8:        unicode.UTF8BOM,
	charset.UTF16LE:     unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	charset.UTF16BE:     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	charset.GB18030:     simplifiedchinese.GB18030,
	charset.Windows1252: charmap.Windows1252,
}

// decode is the text of a file in the encoding that is named, or else the one that
// it shows. What is no text comes as it is: the calculator says so.
func decode(name string, data []byte, encoded string) (string, error) {
	names := []string{encoded}
	if encoded == "" {
		names = charset.Detect(string(data))
	}
	texts := make([]string, len(names))
	for i, n := range names {
		text, err := encodings[n].NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		texts[i] = string(text)
	}
	switch len(texts) {
	case 0:
		return string(data), nil
	case 1:
		return texts[0], nil
	}
	message := fmt.Sprintf("%s: the file does not say how its letters are written: choose the --encoding whose line reads right", name)
	for i, line := range firstDifference(texts) {
		message += fmt.Sprintf("\n  %s: %s", names[i], line)
	}
	return "", errors.New(message)
}

// firstDifference is the first line in which readings of a text differ, of each.
func firstDifference(texts []string) []string {
	lines := make([][]string, len(texts))
	for i, text := range texts {
		lines[i] = strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	}
	for n := range lines[0] {
		var out []string
		for i := range lines {
			out = append(out, strings.TrimSpace(lines[i][min(n, len(lines[i])-1)]))
		}
		if len(slices.Compact(slices.Clone(out))) > 1 {
			return out
		}
	}
	return make([]string, len(texts))
}

// isTable reports whether an input is a table and not fields: by its name, else by
// its first line, which then names no field.
func isTable(name, text string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return true
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(text, "\uFEFF"), "\n")
	field, _, ok := strings.Cut(strings.TrimSpace(first), "=")
	return strings.HasPrefix(first, "sep=") || !ok && field != "" && field[0] != '#' || strings.ContainsAny(field, ",;\t\"")
}

// parseInput reads field=value lines, among which empty lines and those that
// begin with # do not count; or one line in a link's encoding, told by its "&"
// between fields or its "?" before them.
func parseInput(name, text string) ([]form.Pair, error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	var pairs []form.Pair
	if one := strings.TrimSpace(text); !strings.Contains(one, "\n") && isEncoded(one) {
		return form.Parse(strings.TrimPrefix(one, "?")), nil
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if trimmed := strings.TrimSpace(line); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		field, value, ok := strings.Cut(line, "=")
		if field = strings.TrimSpace(field); !ok || field == "" {
			return nil, fmt.Errorf("%s:%d:1: this is not a field: write field=value", name, n)
		}
		pairs = append(pairs, form.Pair{Name: field, Value: strings.TrimSpace(value)})
	}
	return pairs, nil
}

func isEncoded(line string) bool {
	if strings.HasPrefix(line, "?") {
		return true
	}
	parts := strings.Split(line, "&")
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(p, "=") })
}

// replace puts values in place of those of the same name, and the others after
// them.
func replace(base, with []form.Pair) []form.Pair {
	named := func(name string) func(form.Pair) bool {
		return func(p form.Pair) bool { return p.Name == name }
	}
	kept := slices.DeleteFunc(slices.Clone(base), func(p form.Pair) bool { return slices.ContainsFunc(with, named(p.Name)) })
	return append(kept, with...)
}
