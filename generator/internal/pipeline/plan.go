package pipeline

import (
	"cmp"
	"crypto/sha256"
	"slices"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/offline"
	"playbook/generator/internal/output"
	"playbook/generator/internal/render"
	"playbook/generator/internal/search"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// Kind says what makes a file of a site.
type Kind string

const (
	Page      Kind = "page"      // a text of the author's, or the page that stands in for one
	Generated Kind = "generated" // a page that no author writes
	Redirect  Kind = "redirect"  // the page of an alias
	Asset     Kind = "asset"     // of the theme, of scripts' words, or beside the author's texts
	Search    Kind = "search"    // of the search index
	Markdown  Kind = "markdown"  // of a page, for machines
	Listing   Kind = "listing"   // for machines and hosts: the sitemap, llms.txt, _headers
	Worker    Kind = "worker"    // the offline worker, or what removes it
)

// File is a file of a site, and what makes it.
type File struct {
	Path   string // from the site's root
	Kind   Kind
	Source string // the author's file that it is made of; "" where there is none
	Data   []byte // of what is known without rendering; must not be changed

	render func(buf []byte) ([]byte, diag.List)
}

// Plan is a site that can be rendered: every path that is published, and what makes
// the file there. It does not change, depends on nothing that does, and is safe for
// concurrent use.
type Plan struct {
	site    *site.Site
	words   map[string]*words.Table // by language
	baseURL string
	siteID  string
	files   []File                                // sorted by path
	worker  func(others []output.Artifact) []byte // nil where no browser keeps the site
}

var _ output.Source = (*Plan)(nil)

func newPlan(r *render.Renderer, model *site.Site, theme *render.Theme, tables map[string]*words.Table, index []search.File) *Plan {
	p := &Plan{site: model, words: tables, siteID: r.SiteID(), files: make([]File, 0, 2*len(model.Modules)*len(model.Languages))}
	add := func(path string, kind Kind, render func(buf []byte) ([]byte, diag.List)) {
		p.files = append(p.files, File{Path: path, Kind: kind, render: render})
	}
	for _, m := range model.Modules {
		for _, page := range m.Pages {
			file := ""
			if page.Text != nil {
				file = page.Text.File.Path
			}
			p.files = append(p.files, File{Path: page.Path, Kind: Page, Source: file, render: func(buf []byte) ([]byte, diag.List) { return r.Page(buf, page) }})
			if r.HasMarkdown(page) {
				p.files = append(p.files, File{Path: page.Markdown, Kind: Markdown, Source: file, render: func(buf []byte) ([]byte, diag.List) { return r.Markdown(buf, page) }})
			}
		}
	}
	for _, g := range r.Generated() {
		add(g.Path, Generated, func(buf []byte) ([]byte, diag.List) { return r.RenderGenerated(buf, g) })
	}
	for _, g := range r.Redirects() {
		add(g.Path, Redirect, func(buf []byte) ([]byte, diag.List) { return r.RenderGenerated(buf, g) })
	}
	for _, a := range slices.Concat(theme.Files(), r.WordAssets()) {
		p.files = append(p.files, File{Path: a.Path, Kind: Asset, Data: a.Data})
	}
	if card := r.Card(); card.Path != "" {
		p.files = append(p.files, File{Path: card.Path, Kind: Asset, Data: card.Data})
	}
	for _, f := range model.Assets {
		p.files = append(p.files, File{Path: model.AssetAddress(f), Kind: Asset, Source: f.Path, Data: f.Data})
	}
	for _, f := range index {
		add(f.Path, Search, func(buf []byte) ([]byte, diag.List) { return append(buf, f.Data()...), nil })
	}
	for _, l := range r.Listings() {
		add(l.Path, Listing, func(buf []byte) ([]byte, diag.List) { return l.Render(buf), nil })
	}
	if r.OfflineEnabled() {
		p.worker = offlineWorker(p, r, model, theme)
		add(offline.Name, Worker, func(buf []byte) ([]byte, diag.List) {
			others, faults := p.renderOthers()
			return append(buf, p.worker(others)...), faults
		})
	} else {
		p.files = append(p.files, File{Path: offline.Name, Kind: Worker, Data: theme.Offline(false)})
	}
	slices.SortFunc(p.files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return p
}

// Files lists the files, sorted by path. The list must not be changed.
func (p *Plan) Files() []File { return p.files }

// File returns the file at a path, and whether there is one.
func (p *Plan) File(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(p.files, path, func(f File, path string) int { return cmp.Compare(f.Path, path) })
	if !ok {
		return File{}, false
	}
	return p.files[i], true
}

// Paths lists the paths, sorted.
func (p *Plan) Paths() []string {
	paths := make([]string, len(p.files))
	for i, f := range p.files {
		paths[i] = f.Path
	}
	return paths
}

// Render appends the file at a path to buf, and returns what is wrong with it: an error
// keeps the site from being published, and may leave the file incomplete.
func (p *Plan) Render(buf []byte, path string) (data []byte, faults diag.List) {
	f, ok := p.File(path)
	switch {
	case !ok:
		return buf, diag.List{diag.Errorf(diag.Pos{File: path}, "path", "the site has no such file")}
	case f.render == nil:
		return append(buf, f.Data...), nil
	}
	failed := diag.Guard(cmp.Or(f.Source, "templates"), func() { data, faults = f.render(buf) })
	return data, append(faults, failed...)
}

// Final is the offline worker, which lists what a browser keeps of all others.
func (p *Plan) Final() (path string, render func(others []output.Artifact) []byte) {
	if p.worker == nil {
		return "", nil
	}
	return offline.Name, p.worker
}

// renderOthers renders all files but the final one, for who asks for that alone.
func (p *Plan) renderOthers() (others []output.Artifact, faults diag.List) {
	var buf []byte
	for _, f := range p.files {
		if f.Kind != Worker {
			data, found := p.Render(buf[:0], f.Path)
			others = append(others, output.Artifact{Path: f.Path, Sum: sha256.Sum256(data), Size: int64(len(data))})
			buf, faults = data, append(faults, found...)
		}
	}
	return others, faults.Unique()
}
