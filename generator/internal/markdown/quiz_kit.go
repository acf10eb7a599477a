package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"playbook/generator/internal/diag"
)

// Kit is a role-play for two people and whoever watches. The headings below the
// question's are its cards, which one reads and the others do not:
//
//	### The price, face to face <!-- q: kit-price type=kit minutes=8 -->
//
//	Helen has the offer on her desk.
//
//	#### Helen, the buyer
//
//	You may pay £9,000. Say so only if you are asked what waiting costs.
//
//	#### Who watches
//
//	| Look for | Points |
//	| --- | --- |
//	| Asks before answering | 2 |
type Kit struct{ Cards []*Card }

// Card is what one person reads.
type Card struct {
	Pos   diag.Pos
	ID    string // of its heading
	Title Body
	Text  Body
	Sheet []SheetRow // what to look for, of whoever watches

	nodes []ast.Node
}

// SheetRow is a line of a sheet, and how many points there are for it.
type SheetRow struct {
	Text   Body
	Points int
}

// mostPoints is how many there are at most for a line of a sheet.
const mostPoints = 20

func init() {
	addQuizKind(quizKind{name: "kit", whole: readKit, open: true})
}

func readKit(r *reading, p *quizParts, nodes []ast.Node) Task {
	kit := &Kit{}
	r.need("kit")
	r.need("details")
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Heading:
			kit.Cards = append(kit.Cards, &Card{Pos: r.pos(n), ID: headingID(n), Title: r.inlines(headingText(n))})
			continue
		case *marked:
			r.errorf(r.at(n.Pos()), "kit", "write it as text of a card, or as a card of its own", "**%s:** in a role-play for two", titleCase(string(n.mark)))
			continue
		case *east.Table:
			if len(kit.Cards) > 0 && r.isSheet(n) {
				card := kit.Cards[len(kit.Cards)-1]
				card.Sheet = append(card.Sheet, r.sheet(n)...)
				continue
			}
		}
		if len(kit.Cards) == 0 {
			p.prompt = append(p.prompt, n)
		} else {
			card := kit.Cards[len(kit.Cards)-1]
			card.nodes = append(card.nodes, n)
		}
	}
	if len(kit.Cards) < 2 {
		r.errorf(p.Pos, "kit", "write each as a heading below the question's, with what this person alone knows", "role-play %q needs two cards or more", p.ID)
	}
	for _, card := range kit.Cards {
		card.Text = r.blocks(card.nodes)
		if card.nodes = nil; len(card.Text) == 0 && len(card.Sheet) == 0 {
			r.errorf(card.Pos, "kit", "write what this person alone knows", "an empty card")
		}
	}
	return kit
}

// isSheet reports whether the last of a table's two columns is points.
func (r *reading) isSheet(table *east.Table) bool {
	if len(table.Alignments) != 2 || table.ChildCount() < 2 {
		return false
	}
	for row := table.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		if n, err := strconv.Atoi(r.plain(children(row.LastChild())...)); err != nil || n < 1 || n > mostPoints {
			return false
		}
	}
	return true
}

func (r *reading) sheet(table *east.Table) (all []SheetRow) {
	for row := table.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		n, _ := strconv.Atoi(r.plain(children(row.LastChild())...)) // isSheet has read it
		all = append(all, SheetRow{r.inlines(children(row.FirstChild())), n})
	}
	return all
}

// Key is how many cards there are, with the points of their sheets.
func (k *Kit) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, " of %d cards", len(k.Cards))
	for i, card := range k.Cards {
		for _, row := range card.Sheet {
			fmt.Fprintf(&b, ", %d: %d", i+1, row.Points)
		}
	}
	return b.String()
}

func (k *Kit) Data() string   { return "" }
func (k *Kit) Graded() string { return "" }

// Asked has no card: what is on it is for one person alone.
func (k *Kit) Asked() []Body { return nil }

func (k *Kit) Told() (all []Body) {
	for _, card := range k.Cards {
		all = append(all, card.Title, card.Text)
		for _, row := range card.Sheet {
			all = append(all, row.Text)
		}
	}
	return all
}
