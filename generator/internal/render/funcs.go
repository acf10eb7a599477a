package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"playbook/calculators/chart"
)

// funcs are the functions of the templates, for one language and depth:
//
//	t "ui.next" "n" 5     a word with arguments
//	tt "ui.intro"         a word whose [text](module:ID) links are links
//	asset "css/site.css"  the address of a published asset, "" if there is none
//	words "en"            the address of the script with a language's words
//	sign "flag"           the red flag or the little bell, as an inline picture
//	json v, add a b, dict "k" v …, lower s
func (t *Theme) funcs(lang, root string) template.FuncMap {
	say := func(key string, args ...any) string { return t.renderer.Load().words[lang].Say(key, args...) }
	return template.FuncMap{
		"t": say,
		"tt": func(key string, args ...any) template.HTML {
			return linked(say(key, args...), t.renderer.Load().moduleHref(lang, root))
		},
		"asset": func(logical string) string { return t.renderer.Load().optional(root, logical) },
		"words": func(lang string) string { return root + t.renderer.Load().wordFiles[lang] },
		"sign":  func(sign string) template.HTML { return template.HTML(chart.SignSVG(sign)) },
		"json": func(v any) (template.JS, error) {
			data, err := json.Marshal(v)
			return template.JS(data), err
		},
		"add":   func(a, b int) int { return a + b },
		"dict":  dict,
		"lower": strings.ToLower,
	}
}

// pure are the functions that say the same as long as the theme and its words stay.
// "tt" and "words" do not: they depend on the site.
var pure = []string{"t", "asset", "sign", "json", "add", "dict", "lower"}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict needs pairs of a key and a value")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is not a key", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
