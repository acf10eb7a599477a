package script

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// files makes a file system of "path: text" pairs.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func TestJoin(t *testing.T) {
	got, faults := Join(files(
		"js/site.js", "import { read } from \"./site/store.js\";\nimport { page } from \"./lib.js\";\nconsole.log(read(page));\n",
		"js/site/store.js", "import { page } from \"../lib.js\";\nlet count = 0;\nexport function read(key) { return key + page + count++; }\nexport const unused = 1;\n",
		"js/lib.js", "export const page = document.title;\n",
		"js/own.js", "/*! keep */\nimport {\n  read,\n} from \"./site/store.js\";\nimport { Third } from \"./own/third.js\";\nalert(read(new Third().key));\n",
		"js/own/second.js", "import { Third } from \"./third.js\";\nalert(Third.name);\n",
		"js/own/third.js", "import { page } from \"../lib.js\";\nexport class Third { key = page; }\n",
		"js/also.js", "import { page } from \"./lib.js\";\nexport const also = page;\n",
		"js/last.js", "import { also } from \"./also.js\";\nimport { page } from \"./lib.js\";\nalert(also, page);\n",
		"alone.js", "export async function go() { await 1; }\ngo();\n",
	), "", []string{"js/site.js", "js/also.js", "js/own.js", "js/last.js", "alone.js"}, "js/site.js", "js/also.js")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := map[string]string{
		"js/site.js": `(()=>{"use strict";const e=document.title;let n=0;function t(t){return t+e+n++}const s=1;console.log(t(e)),self.playbook={...self.playbook,page:e,read:t}})()`,
		"js/own.js":  `(()=>{/*! keep */"use strict";const{page:t,read:n}=self.playbook;class e{key=t}alert(e.name),alert(n((new e).key))})()`,
		"js/also.js": `(()=>{"use strict";const{page:e}=self.playbook,t=e;self.playbook={...self.playbook,also:t}})()`,
		"js/last.js": `(()=>{"use strict";const{also:e,page:t}=self.playbook;alert(e,t)})()`,
		"alone.js":   `(()=>{"use strict";async function e(){await 1}e()})()`,
	}
	text := map[string]string{}
	for path, data := range got {
		text[path] = string(data)
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Error(diff)
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"no such file", files("a.js", "import { b } from \"./b.js\";\nimport \"../c.js\";\n"),
			"x/a.js:1:19: there is no ./b.js: name a file, from the folder of this one\nx/a.js:2:8: there is no ../c.js: name a file, from the folder of this one\n"},
		{"not exported", files("a.js", "// é\nimport { got, has } from \"./b.js\";\n", "b.js", "export const get = 1;\nexport class Has {}\n"),
			"x/a.js:2:10: ./b.js does not export got: did you mean \"get\"?\nx/a.js:2:15: ./b.js does not export has: did you mean \"Has\"?\n"},
		{"a circle", files("a.js", "import { b } from \"./b.js\";\nexport const a = 1;\n", "b.js", "import { c } from \"./c.js\";\nexport const b = 1;\n", "c.js", "import { a } from \"./a.js\";\nexport const c = 1;\n"),
			"x/c.js:1:19: x/a.js imports this file, itself or by others: move what both need into a third file\n"},
		{"one name twice", files("a.js", "import \"./b.js\";\nfunction go() {}\ngo();\n", "b.js", "// go\nexport const go = 1;\n"),
			"x/a.js:2:10: go is a name of x/b.js too: rename one: the files of a script share one scope\n"},
		{"a name of the browser's", files("a.js", "import { close } from \"./b.js\";\nclose();\n", "b.js", "import \"./c.js\";\nexport function close() {}\n", "c.js", "addEventListener(\"click\", () => { close(); });\n"),
			"x/b.js:2:17: close hides what x/c.js means by it: import it there, or rename it here\n"},
		{"a name of the shared script's", files("site.js", "export function print() {}\nprint();\n", "a.js", "import { print } from \"./site.js\";\nimport \"./b.js\";\nprint();\n", "b.js", "print();\n"),
			"x/site.js:1:17: print hides what x/b.js means by it: import it there, or rename it here\n"},
		{"one name of two shared scripts", files("site.js", "export const a = 1;\n", "also.js", "export const a = 2;\n", "a.js", "import { a } from \"./site.js\";\nimport \"./b.js\";\n", "b.js", "import { a } from \"./also.js\";\n"),
			"x/site.js:1:14: a is a name of x/also.js too: rename one: both are shared\n"},
		{"other forms", files("a.js", "import b from \"./b.js\";\nimport * as c from \"./b.js\";\nimport { b as d } from \"./b.js\";\nimport { e } from \"e\";\nexport default 1;\nexport let f = 1;\nexport { f };\n", "b.js", "export const b = 1;\n"),
			"x/a.js:1:1: FORM\nx/a.js:2:1: FORM\nx/a.js:3:1: FORM\nx/a.js:4:1: FORM\nx/a.js:5:1: FORM\nx/a.js:6:1: FORM\nx/a.js:7:1: FORM\n"},
		{"within a line", files("a.js", "let a = 1; export function b() {}\n"), "x/a.js: FORM\n"},
		{"wrong script", files("a.js", "import \"./b.js\";\nlet é = (1;\n", "b.js", "let a = 1;\nlet a = 2;\n"),
			"x/a.js:2:11: unexpected ; in expression\nx/b.js:2:5: identifier a has already been declared\n"},
		{"wrong in a function alone", files("a.js", "import {\n  b,\n} from \"./b.js\";\nb();\nawait b();\n", "b.js", "export function b() {}\n"),
			"x/a.js:5:7: unexpected b in expression\n"},
		{"no entry", files(), "x/a.js: the script cannot be read\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var shared []string
			if test.files["site.js"] != nil {
				shared = append(shared, "site.js")
			}
			if test.files["also.js"] != nil {
				shared = append(shared, "also.js")
			}
			_, faults := Join(test.files, "x", []string{"a.js"}, shared...)
			var got strings.Builder
			for _, f := range faults {
				line := f.Pos.String() + ": " + f.Message
				if f.Help != "" {
					line += ": " + f.Help
				}
				got.WriteString(line + "\n")
			}
			form := `import and export have one form here, at the beginning of a line: write import { name } from "./file.js"; or export before function, class or const`
			if diff := cmp.Diff(strings.ReplaceAll(test.want, "FORM", form), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
