package pipeline

import (
	"strings"

	"playbook/calculators/wasm/binary"
	"playbook/generator/internal/offline"
	"playbook/generator/internal/output"
	"playbook/generator/internal/render"
	"playbook/generator/internal/site"
)

// offlineWords are the words that the offline worker says, by the names that it
// has for them.
const offlineWords = "ui.offline."

// offlineWorker returns what makes the offline worker of everything else in a plan.
func offlineWorker(p *Plan, r *render.Renderer, model *site.Site, theme *render.Theme) func(others []output.Artifact) []byte {
	code := theme.Offline(true)
	required := map[string]bool{"index.html": true}
	for _, files := range [][]render.Asset{theme.Files(), r.WordAssets()} {
		for _, f := range files {
			required[f.Path] = true
		}
	}
	say := map[string]map[string]string{}
	for _, lang := range model.Languages {
		required[model.Home.In(lang).Path] = true
		required[r.OfflinePath(lang)] = true
		say[lang] = map[string]string{}
		for key, text := range theme.Words()[lang].Under(offlineWords+"sign.", offlineWords+"state.", offlineWords+"title", offlineWords+"mark") {
			say[lang][strings.TrimPrefix(key, offlineWords)] = text
		}
	}
	policy := offline.Policy{
		Required: func(path string) bool { return required[path] },
		// For hosts, for machines, and for pages opened from disk.
		Unrequested: func(path string) bool {
			f, _ := p.File(path)
			return path == "404.html" || f.Kind == Markdown || f.Kind == Listing || path == theme.Path(binary.Script) || path == r.Card().Path
		},
	}
	return func(others []output.Artifact) []byte {
		files := make([]offline.File, len(others))
		for i, f := range others {
			files[i] = offline.File(f)
		}
		return offline.Worker(offline.NewRelease(files, policy), model.Languages, say, code)
	}
}
