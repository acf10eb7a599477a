package pipeline

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// languageSite is a site in French and in a language that nobody speaks, both of
// which are nothing but files of words: no program and no style sheet knows them.
const languageSite = "../../../tests/languages"

func TestLanguages(t *testing.T) {
	res := build(t, Options{Site: languageSite})
	module := page(t, res, "fr/negociation/prix/index.html")
	for what, want := range map[string]string{
		"the language":          `<html lang="fr" data-script="latin" dir="ltr" `,
		"a title":               "Que répondre à «\u202ftrop cher\u202f»\u202f?</h1>",
		"quotation marks":       "L’acheteur dit\u202f: «\u202fC’est trop cher\u202f!\u202f» ",
		"no space in code":      "<code>a ? b : c</code>",
		"a time":                "À 12:30, ",
		"a number with a sign":  "baisser de 10\u202f%\u202f?",
		"a capital with accent": `popovertarget="term-team">Équipe</button>`,
		"a term after l’":       `popovertarget="term-goal">objectif</button>`,
		"a term of two words":   `popovertarget="term-revenue">chiffre d’affaires</button>`,
		"a sign of the course":  "Drapeau rouge\u202f: </span>L’erreur",
		"a mark of a question":  "Une question vaut mieux qu’une remise.",
		"numbers of a report":   "<strong>Achetez. Le problème pèse 1\u202f234,56\u00a0€, le remède 1\u202f000\u00a0€</strong>",
		"a number in a form":    `name="problem.0.amount" type="text" value="1234,56"`,
		"words of a figure":     "La figure en tableau",
		"what English fills in": "These are the example’s entries.",
		"its words for scripts": "data-words=\"../../../assets/value-equation.fr.",
	} {
		if !strings.Contains(module, want) {
			t.Errorf("%s: no %q in\n%s", what, want, module)
		}
	}
	contains(t, page(t, res, "fr/index.html"), `<p class="lead">Un petit cours, en français`+"\u202f"+`: négocier`)

	// 100 words are half a minute at 200 a minute, and 25 seconds at 240.
	if got := minutesOf(t, 299); got != "1 minute" {
		t.Errorf("299 words take %s", got)
	}
	if got := minutesOf(t, 300); got != "2 minutes" {
		t.Errorf("300 words take %s", got)
	}

	terms := titles(page(t, res, "fr/glossary/index.html"), `<h2 class="letter"[^>]*>([^<]*)</h2>|<dfn>([^<]*)</dfn>`)
	if want := "# 3C C Chiffre d’affaires E Écart Économie réelle Élan Équipe O Objectif Œuvre Z Zone d’accord"; terms != want {
		t.Errorf("the glossary has %s\nwant %s", terms, want)
	}
	letters := titles(page(t, res, "fr/headings/index.html"), `<h2 id="letter-[^>]*>([^<]*)</h2>`)
	if want := "0–9 C E G L O P Q V Z"; letters != want {
		t.Errorf("the list of headings has %s, want %s", letters, want)
	}
	contains(t, page(t, res, "fr/tools/value-equation/index.html"), "Mode d’emploi")
	contains(t, page(t, res, "fr/tools/value-equation/index.html"), "Ce que le remède retire du problème")

	style := ""
	for _, path := range res.Plan.Paths() {
		if strings.HasPrefix(path, "assets/site.") && strings.HasSuffix(path, ".css") {
			style = page(t, res, path)
		}
	}
	contains(t, style, `[lang|=fr]{--font-text:"Noto Sans", system-ui, sans-serif;}`)

	mirrored := page(t, res, "qaa/negociation/prix/index.html")
	contains(t, mirrored, `<html lang="qaa" data-script="arabic" dir="rtl" `)
	contains(t, mirrored, `<div class="prose" lang="fr" data-script="latin" dir="ltr">`)

	report := told(t, res)
	for _, want := range []string{
		`templates/i18n/fr.yaml:76:17: warning: missing word "ui.manual.caption"`,
		`templates/i18n/fr/value-equation.yaml:17:11: warning: missing word "calc.value-equation.field.ramp.label"`,
		`templates/i18n/qaa.yaml:1:1: warning: there are no words of the calculator "value-equation"`,
	} {
		if !strings.Contains(report, want) {
			t.Errorf("not reported: %s\n%s", want, report)
		}
	}
	if strings.Contains(report, "self-check") || strings.Contains(report, "zh") {
		t.Errorf("reported of what the site has not:\n%s", report)
	}
}

// minutesOf is what a page of so many French words says it takes.
func minutesOf(t *testing.T, words int) string {
	t.Helper()
	dir := write(t, "-- content/site.yaml --\ntitle: T\nlanguages: [fr]\n-- content/index.md --\n---\ntitle: A\n---\n-- content/b.md --\n---\ntitle: B\n---\n"+strings.Repeat("mot ", words)+
		"\n-- templates/i18n/fr.yaml --\nlanguage: {name: Français, tag: fr, speed: 200}\n")
	m := regexp.MustCompile(`\d+ minutes?`).FindString(page(t, build(t, Options{Site: dir}), "b/index.html"))
	return m
}

// titles are what a pattern's groups match, in order.
func titles(page, pattern string) string {
	var all []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(page, -1) {
		all = append(all, html.UnescapeString(strings.Join(m[1:], "")))
	}
	return strings.Join(all, " ")
}

// A word of an English site is compared with nothing but the site's languages.
func TestOneLanguage(t *testing.T) {
	res := build(t, Options{Site: write(t, "-- content/site.yaml --\nid: t\ntitle: T\nlanguages: [en]\n-- content/index.md --\n---\ntitle: A\n---\n"+
		"-- templates/i18n/en.yaml --\nui: {extra: Extra, next: Onwards, quiz: {mark: {hint: Clue}}}\n")})
	if got := told(t, res); got != "" {
		t.Errorf("reported:\n%s", got)
	}
}
