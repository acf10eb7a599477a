package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/diag"
)

// filled shows a body with its templates and values.
func filled(b Body) string {
	var out strings.Builder
	for i, p := range b {
		switch block := p.Block.(type) {
		case *Template:
			if block.Ends {
				out.WriteString("{end}")
			} else {
				out.WriteString("{template " + block.ID + ": " + block.Title + "}")
			}
		case *WorksheetValue:
			out.WriteString("{value " + block.Value + "}")
		default:
			out.WriteString(flat(b[i : i+1]))
		}
	}
	return out.String()
}

func TestTemplate(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a place", "{{customer}}", `<p><span class="gap" data-gap="customer">customer</span></p>`},
		{"a hint, and the same again", "{{Next  Step | by \"when\"?}} {{next step}}", `<p><span class="gap" data-gap="next step">Next  Step<span class="gap-hint">: by &quot;when&quot;?</span></span> <span class="gap" data-gap="next step" data-again="">Next  Step</span></p>`},
		{"a choice", "{{tone: formal / 24/7}}", `<p><span class="gap" data-gap="tone"><span class="vh">tone: </span><span class="gap-option">formal</span> / <span class="gap-option">24/7</span></span></p>`},
		{"a choice in Chinese signs", "{{称谓：尊敬的／您好}}", `<p><span class="gap" data-gap="称谓"><span class="vh">称谓: </span><span class="gap-option">尊敬的</span> / <span class="gap-option">您好</span></span></p>`},
		{"a choice told later", "{{tone}} {{tone: a / b | c}}", `<p><span class="gap" data-gap="tone"><span class="vh">tone: </span><span class="gap-option">a</span> / <span class="gap-option">b</span><span class="gap-hint">: c</span></span> <span class="gap" data-gap="tone" data-again="">tone</span></p>`},
		{"a worksheet's value", "**{{value-equation.problem_total}}**", `<p><strong>{value value-equation.problem_total}</strong></p>`},
		{"a name with a point and a blank", "{{e.g. who}}", `<p><span class="gap" data-gap="e.g. who">e.g. who</span></p>`},
		{"an optional paragraph", "{{?trial | agreed?}} It *begins*.", `<p data-part="?trial"><span class="gap-part" data-gap="?trial"><input type="checkbox" checked disabled aria-label="trial"> trial<span class="gap-hint">: agreed?</span></span> It <em>begins</em>.</p>`},
		{"an optional item", "- {{?b}} b", "<ul>\n<li data-part=\"?b\"><span class=\"gap-part\" data-gap=\"?b\"><input type=\"checkbox\" checked disabled aria-label=\"b\"> b</span> b</li>\n</ul>"},
		{"as code, and escaped", "`{{x}}` \\{{y}}", `<p><code>{{x}}</code> {{y}}</p>`},
		{"in a table", "| A |\n| --- |\n| {{who \\| a hint}} |", "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><span class=\"gap\" data-gap=\"who\">who<span class=\"gap-hint\">: a hint</span></span></td>\n</tr>\n</tbody>\n</table>\n</div>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, guest := range []bool{false, true} {
				doc, list := parse(t, Options{Guest: guest}, "<!-- template: a -->\n"+tt.text+"\n<!-- /template -->\n\n{{after}}\n")
				if guest {
					list = nil // what stands behind it is reported
				}
				if len(list) > 0 && !strings.Contains(report(list), "title") {
					t.Fatal(report(list))
				}
				got := filled(doc.Body)
				want := "{template a: }" + tt.want + "\n{end}"
				if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "<p>{{after}}</p>\n") {
					t.Errorf("guest %v\ngot  %s\nwant %s", guest, got, want)
				}
			}
		})
	}
}

func TestTemplateInThePage(t *testing.T) {
	doc, list := home(t, "## Follow *up*\n\ntext\n\n<!-- template: follow-up -->\n### Head {{name}}\n\n{{?x}} {{a: b / c}} {{v.x}} {{name}}\n<!-- /template -->\n\n<details>\n<summary>More</summary>\n\n<!-- template: b -->\n{{name}}\n<!-- /template -->\n\n</details>\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	type template struct {
		ID, Title string
		Gaps      []Gap
	}
	var got []template
	for _, one := range doc.Templates {
		g := template{one.ID, one.Title, nil}
		for _, gap := range one.Gaps {
			gap.Pos = diag.Pos{}
			g.Gaps = append(g.Gaps, *gap)
		}
		got = append(got, g)
	}
	want := []template{
		{"follow-up", "Follow up", []Gap{{Kind: GapText, Name: "name"}, {Kind: GapPart, Name: "x"}, {Kind: GapChoice, Name: "a", Options: []string{"b", "c"}}, {Kind: GapValue, Name: "v.x"}}},
		{"b", "More", []Gap{{Kind: GapText, Name: "name"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if !doc.HasAnchor("template-follow-up") || !doc.HasAnchor("template-b") {
		t.Errorf("anchors: %v", doc.Anchors())
	}
	if !doc.Headings[1].Folded {
		t.Error("a template's heading is in the page's contents")
	}
}

func TestTemplateFaults(t *testing.T) {
	in := func(text string) string { return "<!-- template: a -->\n" + text + "\n<!-- /template -->\n" }
	const notation = "\n    write {{name}}, {{name | a hint}} or {{name: one / another}}"
	for _, tt := range []struct{ name, text, want string }{
		{"empty", in("x {{ }}"), "page.md:5:3: a place to fill in without a name" + notation},
		{"a hint alone", in("{{| by when}}"), "page.md:5:1: a place to fill in without a name" + notation},
		{"choices alone", in("{{: a / b}}"), "page.md:5:1: a place to fill in without a name" + notation},
		{"an optional part without a name", in("{{?}} x"), "page.md:5:1: a place to fill in without a name" + notation},
		{"one choice", in("{{a: b/c}}"), "page.md:5:1: \"a\" has one choice: between two stands a slash with blanks around it" + notation},
		{"an empty choice", in("{{a: b / }}"), "page.md:5:1: \"a\" has a choice that is empty or there twice" + notation},
		{"a choice twice", in("{{a: b / c / b}}"), "page.md:5:1: \"a\" has a choice that is empty or there twice" + notation},
		{"other choices", in("{{a: b / c}}\n{{a: b / d}}"), "page.md:6:1: \"a\" has other choices at line 5\n    write the choices once and the name alone everywhere else"},
		{"an optional part with choices", in("{{?a: b / c}}"), "page.md:5:1: the optional part \"a\" has choices" + notation},
		{"braces in braces", in("{{a {b} }}"), "page.md:5:1: braces in the name \"a {b}\"" + notation},
		{"a value with a hint", in("{{v.x | hint}}"), "page.md:5:1: a value of a worksheet is not asked for\n    write {{v.x}} alone"},
		{"not ended", in("{{a\nb}}"), "page.md:5:1: a place to fill in that does not end\n    end it with }} on the same line, or write \\{{ for braces"},
		{"a hint in a table", in("| A | B |\n| --- | --- |\n| {{a | b}} | c |"), "page.md:7:3: a place to fill in that does not end\n    end it with }} in the same cell; in a table a hint stands behind \\|\npage.md:7:12: warning: the row has more cells than the table's head: the rest is not shown\n    write \\| for a stroke that is part of a text, or give the head another column"},
		{"an optional part in the middle", in("x {{?a}}"), "page.md:5:3: an optional part that begins in the middle\n    write it at the beginning of what may be left out: a paragraph, a list item, a table's row"},
		{"an optional part in a second cell", in("| A | B |\n| --- | --- |\n| a | {{?b}} |"), "page.md:7:7: an optional part that begins in the middle\n    write it at the beginning of what may be left out: a paragraph, a list item, a table's row"},
		{"not closed", "<!-- template: a -->\n{{x}}\n", "page.md:4:1: a template that does not end\n    write <!-- /template --> where it ends, at the left margin"},
		{"two begun", "<!-- template: a -->\n\n<!-- template: b -->\nx\n<!-- /template -->\n", "page.md:4:1: a template that does not end before the next one begins\n    write <!-- /template --> where it ends"},
		{"not begun", "x\n<!-- /template -->\n", "page.md:5:1: the end of a template that has not begun\n    begin it with <!-- template: ID -->"},
		{"in a quotation", "> <!-- template: a -->\n> x\n> <!-- /template -->\n", "page.md:4:3: a template inside of a list or a quotation\n    write its two comments at the left margin"},
		{"no id", "<!-- template: -->\nx\n<!-- /template -->\n", "page.md:4:16: \"\" is no id of a template\n    write <!-- template: follow-up -->: small letters, digits and hyphens"},
		{"a bad id", "<!-- template: Follow Up -->\nx\n<!-- /template -->\n", "page.md:4:16: \"Follow Up\" is no id of a template\n    write <!-- template: follow-up -->: small letters, digits and hyphens"},
		{"an id twice", in("x") + "\n" + in("y"), "page.md:8:16: the id \"a\" is used twice: first at line 4\n    an id names one template of the page"},
		{"a question inside", in(good), "page.md:5:6: a quiz inside of another block\n    move its heading out of the list or quotation"},
		{"as a fence", "```template a\nx\n```\n", "page.md:4:4: a template is no fenced block\n    it is written <!-- template: ID -->, text with {{places to fill in}}, <!-- /template -->"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if _, list := parse(t, Options{Guest: true}, tt.text); list.HasErrors() {
				t.Errorf("errors for a guest:\n%s", report(list))
			}
		})
	}
}

// What a guest's own generator reads is no template, nor a fault of one.
func TestNoTemplate(t *testing.T) {
	text := "<!-- template: blog/post -->\n\n{{< youtube abc >}} {{ page.title }}\n"
	doc, list := parse(t, Options{Guest: true}, text)
	if len(doc.Templates) > 0 || strings.Contains(report(list), "template") {
		t.Errorf("%v\n%s", doc.Templates, report(list))
	}
}

func FuzzGap(f *testing.F) {
	for _, seed := range []string{"a", "a | b", "a: b / c | d", "?a", "", "?", "|", "a：b／c", "v.x", "v.x|", "a\\|b", "{{", "a: / ", "0:/ / 0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		g, hint, _, fault := readGap(inner)
		if fault != "" {
			return
		}
		if g.Name == "" || g.Name != strings.TrimSpace(g.Name) || hint != strings.TrimSpace(hint) {
			t.Errorf("%q: name %q, hint %q", inner, g.Name, hint)
		}
		if (g.Kind == GapChoice) != (len(g.Options) > 1) {
			t.Errorf("%q: kind %d with %q", inner, g.Kind, g.Options)
		}
		for _, option := range g.Options {
			if option == "" {
				t.Errorf("%q: an empty choice in %q", inner, g.Options)
			}
		}
		// What is read reads the same when it is written again.
		again := g.Name
		if g.Kind == GapPart {
			again = "?" + again
		}
		if g.Kind == GapChoice {
			again += ": " + strings.Join(g.Options, " / ")
		}
		if hint != "" {
			again += " | " + hint
		}
		if got, gotHint, _, fault := readGap(again); fault != "" || gotHint != hint || !cmp.Equal(got, g) {
			t.Errorf("%q was written %q: %+v %q %s", inner, again, got, gotHint, fault)
		}
	})
}
