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
//	sign "flag"           the red flag or the little bell, as an inline picture
//	json v, add a b, dict "k" v …, lower s
func (r *Renderer) funcs(lang, root string) template.FuncMap {
	w := r.words[lang]
	href := r.moduleHref(lang, root)
	return template.FuncMap{
		"t":     func(key string, args ...any) string { return w.Say(key, args...) },
		"tt":    func(key string, args ...any) template.HTML { return linked(w.Say(key, args...), href) },
		"asset": func(logical string) string { return r.optional(root, logical) },
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

// stubFuncs lets templates parse before a language is known.
func stubFuncs() template.FuncMap { return (&Renderer{theme: &Theme{}}).funcs("", "") }

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
