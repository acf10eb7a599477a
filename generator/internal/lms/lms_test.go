package lms

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"playbook/generator/internal/diag"
)

type site map[string]string

func (s site) Render(buf []byte, path string) ([]byte, diag.List) {
	text, ok := s[path]
	if !ok {
		return buf, diag.List{diag.Errorf(diag.Pos{File: path}, "path", "the site has no such file")}
	}
	return append(buf, text...), nil
}

var demo = site{
	"en/a/index.html": `<!doctype html><html lang="en" data-site="demo" data-site-before="x1"><head><link rel="stylesheet" href="../../assets/site.12.css"><link rel="manifest" href="../../app.webmanifest"></head>` +
		`<body><div class="shell"><nav class="course-nav"><a href="../c/">C</a></nav><main><a href="../b/index.html#x">B</a> <a href="../c/index.html">C</a> <a href="https://example.org/">out</a> <a href="#here">here</a><img src="pic%20ture.png"></main></div></body></html>`,
	"en/b/index.html":    `<html><body>B & co</body></html>`,
	"assets/site.12.css": `a { background: url(bell.34.svg) }`,
	"assets/bell.34.svg": `<svg/>`,
	"assets/other.56.js": `1`,
	"en/a/pic ture.png":  `png`,
}

func unpack(t *testing.T, data []byte) (names []string, files map[string]string) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		files[f.Name] = string(text)
	}
	return names, files
}

const resources = `  <resources>
    <resource identifier="sco" type="webcontent" SCO="sco" href="playbook-frame.html">
      <file href="assets/bell.34.svg"/>
      <file href="assets/site.12.css"/>
      <file href="en/a/index.html"/>
      <file href="en/a/pic%20ture.png"/>
      <file href="en/b/index.html"/>
      <file href="playbook-frame.html"/>
    </resource>
  </resources>
</manifest>
`

func TestSCORM(t *testing.T) {
	assets := []string{"assets/site.12.css", "assets/bell.34.svg", "assets/other.56.js", "en/a/pic ture.png"}
	for version, want := range map[string][]string{
		"1.2":  {"<schemaversion>1.2</schemaversion>", strings.Replace(resources, "SCO", "adlcp:scormtype", 1)},
		"2004": {"<schemaversion>2004 4th Edition</schemaversion>", strings.Replace(resources, "SCO", "adlcp:scormType", 1)},
	} {
		p, faults := SCORM(demo, []Page{{Path: "en/a/index.html", Title: "A"}, {Path: "en/b/index.html", Title: "B </script>"}}, assets,
			Options{Version: version, ID: "demo", Title: "Demo & more", Lang: "en", Dir: "ltr", Pass: 80, Previous: "Previous", Next: "Next", Script: "go()", Style: "a{}"})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		names, files := unpack(t, p.Zip)
		if names[0] != "imsmanifest.xml" || !slices.IsSorted(names[1:]) {
			t.Error(names)
		}
		for _, text := range append(want, `<manifest identifier="playbook-demo"`, "<title>Demo &amp; more</title>") {
			if !strings.Contains(files["imsmanifest.xml"], text) {
				t.Errorf("%s: the manifest has no %s:\n%s", version, text, files["imsmanifest.xml"])
			}
		}
		page := files["en/a/index.html"]
		for _, text := range []string{`data-site="demo-lms"`, `<a href="../b/index.html#x">B</a> <a>C</a> <a href="https://example.org/" target="_blank">out</a> <a href="#here">here</a>`} {
			if !strings.Contains(page, text) {
				t.Errorf("no %s:\n%s", text, page)
			}
		}
		for _, text := range []string{"course-nav", "manifest", "site-before", "shell"} {
			if strings.Contains(page, text) {
				t.Errorf("%s is left:\n%s", text, page)
			}
		}
		if frame := files[frameName]; strings.Contains(frame, "B </script>") || !strings.Contains(frame, `"version":"`+version+`"`) {
			t.Error(frame)
		}
		if p.Suspend != len("1;;")+2*keySize {
			t.Error(p.Suspend)
		}
	}
	if p, faults := SCORM(demo, []Page{{Path: "en/none/index.html"}}, nil, Options{Version: "1.2"}); p != nil || !faults.HasErrors() {
		t.Error("a page that is not there")
	}
}
