package render

import (
	"encoding/json"

	"playbook/generator/internal/site"
)

// Reading without a network: the worker at the site's root keeps the pages (see
// package offline), a page tells the reader what is kept and lets them choose,
// and where the network is absent the worker shows it in place of what is not
// kept. A web app manifest lets a phone install the site.

// OfflineEnabled reports whether readers' browsers are to keep the site. Pages that are
// being written are never kept.
func (r *Renderer) OfflineEnabled() bool { return !r.opt.Live && r.site.Settings.Offline }

// OfflinePath is where the page about it stands.
func (r *Renderer) OfflinePath(lang string) string {
	return r.site.SectionPath(lang, site.OfflineSection, "")
}

func (r *Renderer) offlinePages(lang string) []Generated {
	if !r.OfflineEnabled() {
		return nil
	}
	return []Generated{{r.OfflinePath(lang), func() *Page { return r.offlinePage(lang) }}}
}

func (r *Renderer) offlinePage(lang string) *Page {
	return r.newGenerated("offline", lang, r.words[lang].Get("ui.offline.title"), r.OfflinePath)
}

// manifests publishes the web app manifest of each language.
func (r *Renderer) manifests() {
	if r.opt.Live {
		return
	}
	r.apps = map[string]string{}
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	for _, lang := range r.site.Languages {
		at := "assets/"
		data, err := json.Marshal(struct {
			Name       string `json:"name"`
			Lang       string `json:"lang"`
			Start      string `json:"start_url"`
			Scope      string `json:"scope"`
			Display    string `json:"display"`
			Background string `json:"background_color"`
			Theme      string `json:"theme_color"`
			Icons      []icon `json:"icons"`
		}{
			r.site.Settings.TitleIn(lang), r.language(lang).Tag,
			site.Relative(at, r.site.Home.In(lang).Path), "../", "standalone", "#f7f6f1", "#f7f6f1",
			[]icon{{site.Relative(at, r.theme.Path("favicon.svg")), "any", "image/svg+xml"}},
		})
		if err != nil {
			panic(err) // texts always encode
		}
		a := hashedAsset("app."+lang+".webmanifest", data)
		a.Path = r.site.Unused(a.Path)
		r.apps[lang] = a.Path
		r.wordAssets = append(r.wordAssets, a)
	}
}
