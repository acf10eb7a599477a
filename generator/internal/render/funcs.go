package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"playbook/calculators/chart"
)

// The functions of the templates are:
//
//	t "ui.next" "n" 5     a word with arguments
//	tt "ui.intro"         a word whose [text](module:ID) links are links
//	asset "css/site.css"  the address of a published asset, "" if there is none
//	words "en"            the address of the script with a language's words
//	sign "flag"           the red flag or the little bell, as an inline picture
//	json v, add a b, dict "k" v …, lower s
//
// Those of the theme say the same on every page of a view, whatever the site. Those
// of a renderer, named by dynamic, depend on its site.

func (t *Theme) funcs(v view) template.FuncMap {
	return template.FuncMap{
		"t":     func(key string, args ...any) string { return t.words[v.lang].Say(key, args...) },
		"asset": func(logical string) string { return t.href(v.root, logical) },
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

var dynamic = []string{"tt", "words"}

func (r *Renderer) funcs(v view) template.FuncMap {
	return template.FuncMap{
		"tt": func(key string, args ...any) template.HTML {
			return linked(r.words[v.lang].Say(key, args...), r.moduleHref(v.lang, v.root))
		},
		"words": func(lang string) string { return v.root + r.wordFiles[lang] },
	}
}

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
