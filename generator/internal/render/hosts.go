package render

import (
	"net/url"
	"strings"

	"playbook/generator/internal/site"
)

// hostFiles are what some hosts read (Netlify, Cloudflare Pages and others), and what
// keeps GitHub Pages from making pages of the Markdown. Others, and pages opened from
// disk, do not mind them.
func (r *Renderer) hostFiles() []Listing {
	all := []Listing{
		{site.Headers, r.headers},
		{site.NoJekyll, func(buf []byte) []byte { return buf }},
	}
	if len(r.site.Aliases) > 0 {
		all = append(all, Listing{site.Redirects, r.redirects})
	}
	return all
}

// hostRoot is the path of the site on its host: "/", or "/playbook/".
func (r *Renderer) hostRoot() string {
	if u, err := url.Parse(r.opt.BaseURL); err == nil && u.Path != "" {
		return u.EscapedPath()
	}
	return "/"
}

// headers say how long browsers keep what. What has a hash in its name they keep for
// ever; where an author has files in the same folder, that is said file by file.
func (r *Renderer) headers(buf []byte) []byte {
	root := r.hostRoot()
	rule := func(path, cache string) {
		buf = append(buf, root+path+"\n  Cache-Control: "+cache+"\n"...)
	}
	const forever = "public, max-age=31536000, immutable"
	ours := r.hashed()
	shared := false
	for _, f := range r.site.Assets {
		shared = shared || strings.HasPrefix(r.site.AssetAddress(f), assetFolder)
	}
	for _, p := range r.site.Modules {
		for _, page := range p.Pages {
			shared = shared || strings.HasPrefix(page.Path, assetFolder)
		}
	}
	if shared {
		for _, f := range ours {
			rule(f, forever)
		}
	} else {
		rule(assetFolder+"*", forever)
	}
	rule("search/*", "no-cache")
	rule("offline.js", "no-cache")
	return buf
}

// hashed are the published files whose names say what they hold.
func (r *Renderer) hashed() (paths []string) {
	for _, files := range [][]Asset{r.theme.files, r.wordAssets} {
		for _, f := range files {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

const assetFolder = "assets/"

// redirects lead from old addresses to the pages.
func (r *Renderer) redirects(buf []byte) []byte {
	at := func(path string) string {
		return r.hostRoot() + site.Relative("", strings.TrimSuffix(path, "index.html"))
	}
	for _, a := range r.site.Aliases {
		buf = append(buf, at(a.Path)+" "+at(a.To.Path)+" 301\n"...)
	}
	return buf
}
