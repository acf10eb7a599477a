package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// registerTask renders the box of a task list. It cannot be ticked, and its name
// says whether it is.
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
}
