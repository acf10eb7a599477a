// Package lms packs pages of a site for a learning management system: SCORM 1.2 and
// 2004, as one zip with its manifest.
//
// Start with SCORM. A package is one SCO: a frame that holds the session, and shows the
// pages inside, so that going from page to page does not end it. The frame's script is
// the theme's lms/scorm.js, which says what is reported.
package lms

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/practice"
)

// Source renders the files of a site: a pipeline.Plan.
type Source interface {
	Render(buf []byte, path string) ([]byte, diag.List)
}

// Page is a page of the site that goes into the package.
type Page struct {
	Path, Title string
	Questions   []*practice.Question
}

// Options are what a package is made of beside its pages.
type Options struct {
	Version     string // "1.2" or "2004"
	ID          string // of the site; the package's storage is kept apart under it
	Title, Lang string
	Dir         string // "ltr" or "rtl"
	Pass        int    // per cent of the points
	BaseURL     string // where links to other pages lead; "" takes them off
	Previous    string // the words of the two buttons
	Next        string
	Script      string // lms/scorm.js
	Style       string // lms/frame.css
}

// Versions are the versions of SCORM that a package can be of.
func Versions() []string { return []string{"1.2", "2004"} }

// Room is how many characters of suspend data a version keeps.
func Room(version string) int {
	if version == "1.2" {
		return 4096
	}
	return 64000
}

// Package is a finished package.
type Package struct {
	Zip     []byte
	Suspend int // characters of suspend data when everything has been read and answered
}

// question is what the frame's script knows of one, see lms/scorm.js.
type question struct {
	ID      string   `json:"id"`
	Key     string   `json:"key"` // of its entry in the suspend data; another one when what is right has changed
	Mark    string   `json:"mark"`
	Kind    string   `json:"kind"`
	Points  int      `json:"points"`
	Targets []string `json:"targets,omitempty"` // the values that a part can be answered with
	Right   []string `json:"right,omitempty"`   // patterns, in the version's form
}

type page struct {
	Path  string `json:"path"`
	Key   string `json:"key"`
	Title string `json:"title"`
}

// SCORM packs pages with the assets that they need, out of those of the site. The same
// site gives the same bytes. Faults are those of rendering; with an error among them
// there is no package.
func SCORM(source Source, pages []Page, assets []string, opt Options) (*Package, diag.List) {
	files := map[string][]byte{}
	inside := map[string]bool{}
	for _, p := range pages {
		inside[p.Path] = true
	}
	var faults diag.List
	for _, p := range pages {
		data, f := source.Render(nil, p.Path)
		faults = append(faults, f...)
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			panic(err) // of reading memory
		}
		clean(doc, p.Path, inside, opt)
		var out bytes.Buffer
		if err := html.Render(&out, doc); err != nil {
			panic(err) // of writing memory
		}
		files[p.Path] = out.Bytes()
	}
	faults = append(faults, addAssets(source, files, assets)...)
	if faults.HasErrors() {
		return nil, faults
	}

	setup := struct {
		Version   string     `json:"version"`
		Site      string     `json:"site"`
		Pass      int        `json:"pass"`
		Room      int        `json:"room"`
		Pages     []page     `json:"pages"`
		Questions []question `json:"questions"`
	}{Version: opt.Version, Site: siteID(opt), Pass: opt.Pass, Room: Room(opt.Version), Questions: []question{}}
	for _, p := range pages {
		setup.Pages = append(setup.Pages, page{p.Path, shortHash(p.Path), p.Title})
		for _, q := range p.Questions {
			if q.Scored() {
				setup.Questions = append(setup.Questions, ask(q, opt.Version))
			}
		}
	}
	data, err := json.Marshal(setup) // it escapes < and >
	if err != nil {
		panic(err) // of strings and numbers
	}
	e := html.EscapeString
	files[frameName] = fmt.Appendf(nil, framePage, e(opt.Lang), e(opt.Dir), e(opt.Title), opt.Style, e(opt.Previous), e(opt.Next), data, opt.Script)

	names := make([]string, 0, len(files)+1)
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	files["imsmanifest.xml"] = manifest(names, opt)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range append([]string{"imsmanifest.xml"}, names...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			panic(err) // of writing memory
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return &Package{out.Bytes(), len("1;;") + keySize*len(setup.Pages) + (keySize+2)*len(setup.Questions)}, faults
}

// frameName is the page that the system opens.
const frameName = "playbook-frame.html"

// siteID keeps what a reader does in the system apart from the published site.
func siteID(opt Options) string { return opt.ID + "-lms" }

// keySize is how many characters a key has.
const keySize = 5

// shortHash is a key of a text.
func shortHash(s string) string {
	h := fnv.New64a()
	h.Write([]byte(s))
	s = "0000" + strconv.FormatUint(h.Sum64(), 36)
	return s[len(s)-keySize:]
}

// letter names the n-th thing, from 0, in one character, as SCORM 1.2 wants it.
func letter(n int) string { return "abcdefghijklmnopqrstuvwxyz0123456789"[n : n+1] }

func ask(q *practice.Question, version string) question {
	out := question{ID: q.ID, Key: shortHash(q.ID + " " + q.Mark()), Mark: q.Mark(), Kind: q.Kind, Points: q.Points, Targets: q.Values()}
	comma, dot := ",", "."
	if version == "2004" {
		comma, dot = "[,]", "[.]"
	}
	switch {
	case len(q.Options) > 36 || len(q.Parts) > 36 || len(q.Choices) > 36: // no pattern has so many
	case q.Kind == "choice" || q.Kind == "multiple":
		var right []string
		for i, o := range q.Options {
			if o.Right {
				right = append(right, letter(i))
			}
		}
		out.Right = []string{strings.Join(right, comma)}
	case q.Kind == "text":
		for _, o := range q.Options {
			if o.Right && len(o.Text) < 250 {
				out.Right = append(out.Right, o.Text)
			}
		}
	case q.Kind == "gaps":
		var right []string
		for _, accepted := range q.Gaps {
			if len(accepted) != 1 {
				return out
			}
			right = append(right, accepted[0])
		}
		if all := strings.Join(right, comma); len(all) < 250 {
			out.Right = []string{all}
		}
	case q.Kind == "numeric":
		low, high := q.Range()
		if low == high && version == "1.2" {
			out.Right = []string{low}
		} else if version == "2004" {
			out.Right = []string{low + "[:]" + high}
		}
	case q.Kind == "order":
		right := make([]string, len(q.Parts))
		for i := range right {
			right[i] = letter(i)
		}
		out.Right = []string{strings.Join(right, comma)}
	case len(q.Parts) > 0:
		right := make([]string, len(q.Parts))
		for _, p := range q.Parts {
			if len(p.Accept) != 1 { // one pattern cannot say it
				return out
			}
			right[p.Place-1] = letter(p.Place-1) + dot + letter(q.Target(p.Accept[0]))
		}
		out.Right = []string{strings.Join(right, comma)}
	}
	return out
}

// What of a page is of no use inside a system, by class or id.
var leftOut = map[string]bool{
	"search-open": true, "menu-button": true, "languages": true, "course-nav": true, "pager": true, "site-foot": true, "crumbs": true,
}

// clean takes from a page what leads out of the package.
func clean(n *html.Node, page string, inside map[string]bool, opt Options) {
	for c, next := n.FirstChild, (*html.Node)(nil); c != nil; c = next {
		next = c.NextSibling
		if c.Type != html.ElementNode {
			continue
		}
		rel := attr(c, "rel")
		if slices.ContainsFunc(strings.Fields(attr(c, "class")), func(s string) bool { return leftOut[s] }) ||
			c.DataAtom == atom.Link && (rel == "manifest" || rel == "canonical" || rel == "alternate") ||
			c.DataAtom == atom.Script && attr(c, "type") == "application/ld+json" ||
			c.DataAtom == atom.Meta && strings.HasPrefix(attr(c, "property"), "og:") {
			n.RemoveChild(c)
			continue
		}
		if attr(c, "class") == "shell" { // its grid has a track for the column
			remove(c, "class")
		}
		if c.DataAtom == atom.Html {
			set(c, "data-site", siteID(opt))
			remove(c, "data-site-before")
		}
		if c.DataAtom == atom.A {
			link(c, page, inside, opt.BaseURL)
		}
		clean(c, page, inside, opt)
	}
}

// link leads to a page of the package, to the published site in another window, or
// nowhere.
func link(a *html.Node, page string, inside map[string]bool, baseURL string) {
	href := attr(a, "href")
	target, fragment, _ := strings.Cut(href, "#")
	target, _, _ = strings.Cut(target, "?")
	switch {
	case target == "":
		return
	case strings.Contains(target, ":") || strings.HasPrefix(target, "//"):
		set(a, "target", "_blank")
		return
	}
	to := path.Join(path.Dir(page), unescape(target))
	if inside[to] || !strings.HasSuffix(to, ".html") {
		return
	}
	if baseURL == "" {
		remove(a, "href")
		return
	}
	to = baseURL + strings.TrimSuffix(to, "index.html")
	if fragment != "" {
		to += "#" + fragment
	}
	set(a, "href", to)
	set(a, "target", "_blank")
}

// addAssets adds what the files name, and what that names in turn. Names of assets are
// told by their last part, which holds a hash where the theme gave it.
func addAssets(source Source, files map[string][]byte, assets []string) (faults diag.List) {
	var look [][]byte
	for _, data := range files {
		look = append(look, data)
	}
	for len(look) > 0 {
		data := look[0]
		look = look[1:]
		for _, name := range assets {
			base := path.Base(name)
			if files[name] != nil || !bytes.Contains(data, []byte(base)) && !bytes.Contains(data, []byte(escape(base))) {
				continue
			}
			asset, f := source.Render(nil, name)
			faults = append(faults, f...)
			files[name] = append([]byte{}, asset...)
			if strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".js") {
				look = append(look, files[name])
			}
		}
	}
	return faults
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func remove(n *html.Node, key string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func set(n *html.Node, key, value string) {
	remove(n, key)
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

const framePage = `<!doctype html>
<html lang="%s" dir="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[3]s</title>
<style>%s</style>
</head>
<body>
<iframe name="page" title="%[3]s"></iframe>
<nav><button type="button" id="previous">%[5]s</button> <span id="place" role="status"></span> <button type="button" id="next">%s</button></nav>
<script>self.setup = %s;</script>
<script>%s</script>
</body>
</html>
`

func manifest(files []string, opt Options) []byte {
	var b bytes.Buffer
	text := func(s string) string {
		var b strings.Builder
		xml.EscapeText(&b, []byte(s))
		return b.String()
	}
	list := ""
	for _, f := range files {
		list += fmt.Sprintf("      <file href=\"%s\"/>\n", text(escape(f)))
	}
	fmt.Fprintf(&b, map[string]string{"1.2": manifest12, "2004": manifest2004}[opt.Version], "playbook-"+text(opt.ID), text(opt.Title), frameName, list)
	return b.Bytes()
}

// There is no mastery score in a manifest: by it a system would overrule what the
// package reports, and call failed who is half way.
const manifest12 = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="%[1]s" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>%[2]s</title>
      <item identifier="item" identifierref="sco">
        <title>%[2]s</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="%[3]s">
%[4]s    </resource>
  </resources>
</manifest>
`

const manifest2004 = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="%[1]s" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>%[2]s</title>
      <item identifier="item" identifierref="sco">
        <title>%[2]s</title>
        <imsss:sequencing>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="%[3]s">
%[4]s    </resource>
  </resources>
</manifest>
`

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

func escape(name string) string { return (&url.URL{Path: name}).EscapedPath() }
