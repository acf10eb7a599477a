package markdown

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"playbook/generator/internal/diag"
)

// A task list can be ticked in the browser, where no question has it for its answers.
// An entry is known by its heading and its text, or by an id. A comment at its end says
// more about it; at the end of a heading it speaks for every entry below:
//
//	## The first month <!-- task: day=30 signs="sales manager" -->
//
//	- [ ] Sit in on three calls <!-- task: listen role="sales; support" -->
//
// day counts from the reader's first day, which is day 1.

// task is what the comments say of an entry.
type task struct {
	id, signs string
	day       int
	roles     []string
	level     int // of the heading that says it
}

var (
	taskComment = regexp.MustCompile(`^<!--\s*task\s*[:：]((?s:.*?))-->$`)
	taskWord    = regexp.MustCompile(`([a-z]+)=(?:"([^"]*)"|([^\s"]+))|\S+`)
	taskKeys    = []string{"day", "role", "signs"}
)

const lastDay = 3660

func init() {
	addBlock(block{name: "task", notation: "as a task list: - [ ] Text", node: ast.KindHeading, make: (*reading).taskHeading})
}

// commentOf finds the comment of a task among inline nodes.
func (r *reading) commentOf(parent ast.Node) (comment *ast.RawHTML, text string, offset int) {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		raw, ok := c.(*ast.RawHTML)
		if !ok || raw.Segments.Len() != 1 {
			continue
		}
		seg := raw.Segments.At(0)
		if m := taskComment.FindSubmatchIndex(seg.Value(r.src)); m != nil {
			return raw, string(r.src[seg.Start+m[2] : seg.Start+m[3]]), seg.Start + m[2]
		}
	}
	return nil, "", 0
}

// taskHeading lets a heading have an id before its comment.
func (r *reading) taskHeading(_, n ast.Node) {
	if comment, _, _ := r.commentOf(n); comment != nil {
		r.idBefore(n.(*ast.Heading), comment)
	}
}

// task reads the comment of an entry or a heading over what stands above it.
func (r *reading) task(n ast.Node, t task, above task) task {
	comment, text, offset := r.commentOf(n)
	if comment == nil {
		return t
	}
	_, ofHeading := n.(*ast.Heading)
	for i, m := range taskWord.FindAllStringSubmatchIndex(text, -1) {
		at, word := r.at(offset+m[0]), text[m[0]:m[1]]
		if m[2] < 0 {
			switch {
			case i > 0 || ofHeading || !isID(word):
				r.errorf(at, "task", `write <!-- task: ID day=30 role="…" signs="…" -->; the id comes first, and a heading has none`, "unexpected %q in a task's comment", word)
			default:
				if first, taken := r.taskIDs[word]; taken {
					r.errorf(at, "task", "an id names one task of the page", "the id %q is used twice: first at line %d", word, first.Line)
				} else {
					r.taskIDs[word], t.id = at, word
				}
			}
			continue
		}
		value := ""
		if m[4] >= 0 {
			value = strings.TrimSpace(text[m[4]:m[5]])
		} else {
			value = text[m[6]:m[7]]
		}
		key := text[m[2]:m[3]]
		day, err := strconv.Atoi(value)
		switch {
		case value == "":
			r.errorf(at, "task", "", "%s= says nothing", key)
		case key == "day" && (err != nil || day < 1 || day > lastDay):
			r.errorf(at, "task", fmt.Sprintf("write day=30; the first day is 1, the last %d", lastDay), "%q is no day", value)
		case key == "day":
			t.day = day
		case key == "role":
			t.roles = nil
			for role := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ';' || c == '；' }) {
				t.roles = append(t.roles, strings.TrimSpace(role))
			}
		case key == "signs":
			t.signs = value
		default:
			r.errorf(at, "task", diag.DidYouMean(key, taskKeys, "the keys are"), "unknown key %q of a task", key)
		}
	}
	n.RemoveChild(n, comment)
	r.trim(n)
	own := t
	if own.day == above.day {
		own.day = 0
	}
	if own.signs == above.signs {
		own.signs = ""
	}
	if strings.Join(own.roles, ";") == strings.Join(above.roles, ";") {
		own.roles = nil
	}
	if own.day > 0 || own.signs != "" || own.roles != nil {
		note := &taskNote{task: own}
		if ofHeading {
			n.Parent().InsertAfter(n.Parent(), n, &taskNoteBlock{note: note})
		} else {
			n.AppendChild(n, note)
		}
	}
	return t
}

// tasks makes the task lists ready to be ticked.
func (r *reading) tasks(root ast.Node) {
	if r.doc.Meta.Glossary {
		return
	}
	r.taskIDs = map[string]diag.Pos{}
	headings := []task{{}}
	heading := ""
	var first ast.Node // before which the bar stands
	lists, days, roles := false, false, false
	seen := map[string]int{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *templateNode, *blockNode:
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			if entering {
				for headings[len(headings)-1].level >= n.Level {
					headings = headings[:len(headings)-1]
				}
				heading = r.plain(headingText(n)...)
				above := headings[len(headings)-1]
				if comment, _, _ := r.commentOf(n); comment != nil && first == nil {
					first = n
				}
				t := r.task(n, above, above)
				t.level = n.Level
				headings = append(headings, t)
			}
		case *ast.ListItem:
			if !entering || box(n) == nil {
				break
			}
			line := n.FirstChild()
			above := headings[len(headings)-1]
			t := r.task(line, above, above)
			if t.id == "" {
				key := normal(heading) + "\n" + normal(r.plain(line))
				seen[key]++
				h := fnv.New32a()
				fmt.Fprint(h, key, seen[key])
				t.id = "~" + strconv.FormatUint(uint64(h.Sum32()), 36) // no id that an author gives
			}
			n.SetAttributeString("data-task", []byte(t.id))
			if t.day > 0 {
				n.SetAttributeString("data-day", strconv.AppendInt(nil, int64(t.day), 10))
			}
			if t.roles != nil {
				n.SetAttributeString("data-roles", appendEscaped(nil, strings.Join(t.roles, ";")))
			}
			list := n.Parent()
			if first == nil {
				first = list
			}
			list.SetAttributeString("data-tasks", []byte{})
			lists, days, roles = true, days || t.day > 0, roles || t.roles != nil
		}
		return ast.WalkContinue, nil
	})
	if !lists {
		return
	}
	for item := first.Parent(); item.Kind() == ast.KindListItem; item = first.Parent() {
		first = item.Parent()
	}
	first.Parent().InsertBefore(first.Parent(), first, &taskBar{days: days, roles: roles})
	r.need("fill")
	r.need("copy")
}

// normal is a text without what a small edit changes.
func normal(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsNumber(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}

// taskNote is what a comment says of a task, as readers see it.
type taskNote struct {
	ast.BaseInline
	task task
}

// taskNoteBlock is one that stands below a heading.
type taskNoteBlock struct {
	ast.BaseBlock
	note *taskNote
}

// taskBar is the place of what a script adds to the lists of a page.
type taskBar struct {
	ast.BaseBlock
	days, roles bool // there are some
}

var (
	kindTaskNote      = ast.NewNodeKind("TaskNote")
	kindTaskNoteBlock = ast.NewNodeKind("TaskNoteBlock")
	kindTaskBar       = ast.NewNodeKind("TaskBar")
)

func (n *taskNote) Kind() ast.NodeKind                 { return kindTaskNote }
func (n *taskNote) Dump(source []byte, level int)      { ast.DumpHelper(n, source, level, nil, nil) }
func (n *taskNoteBlock) Kind() ast.NodeKind            { return kindTaskNoteBlock }
func (n *taskNoteBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *taskBar) Kind() ast.NodeKind                  { return kindTaskBar }
func (n *taskBar) Dump(source []byte, level int)       { ast.DumpHelper(n, source, level, nil, nil) }

// registerTask renders the box of a task list. It cannot be ticked without a script,
// and its name says whether it is.
func registerTask(on register) {
	on(east.KindTaskCheckBox, leaf(func(e *emitter, n ast.Node) {
		key, checked := "ui.task.open", ""
		if n.(*east.TaskCheckBox).IsChecked {
			key, checked = "ui.task.done", " checked"
		}
		e.WriteString(`<input type="checkbox" disabled` + checked + ` aria-label="`)
		e.escaped(e.r.opt.word(key))
		e.WriteString(`"> `)
	}))
	on(kindTaskNote, leaf(func(e *emitter, n ast.Node) { e.taskNote("span", n.(*taskNote).task) }))
	on(kindTaskNoteBlock, leaf(func(e *emitter, n ast.Node) { e.taskNote("p", n.(*taskNoteBlock).note.task) }))
	on(kindTaskBar, leaf(func(e *emitter, n ast.Node) {
		bar := n.(*taskBar)
		e.WriteString("<playbook-tasks")
		if bar.days {
			e.WriteString(" data-days")
		}
		if bar.roles {
			e.WriteString(" data-roles")
		}
		e.WriteString("></playbook-tasks>\n")
	}))
}

func (e *emitter) taskNote(element string, t task) {
	e.apart = true
	if element == "span" {
		e.WriteByte(' ')
	}
	e.WriteString("<" + element + ` class="task-note">`)
	for _, part := range []struct{ class, key, name, value string }{
		{"task-day", "ui.task.day", "{n}", strconv.Itoa(t.day)},
		{"task-role", "ui.task.role", "{name}", strings.Join(t.roles, e.r.opt.word("format.list"))},
		{"task-signs", "ui.task.signs", "{name}", t.signs},
	} {
		if part.value != "" && part.value != "0" {
			e.WriteString(`<span class="` + part.class + `"`)
			if part.class == "task-day" {
				e.WriteString(` data-day="` + part.value + `"`)
			}
			e.WriteString(">")
			e.say(strings.ReplaceAll(e.r.opt.word(part.key), part.name, part.value))
			e.WriteString("</span> ")
		}
	}
	e.buf = bytes.TrimSuffix(e.buf, []byte(" "))
	e.WriteString("</" + element + ">")
	if element == "p" {
		e.WriteByte('\n')
	}
}
