package plan965531

import "playbook/calculators/report"

// milestones sets the forecast weight beside the odds that the counts imply,
// which do not follow from each other and are never multiplied.
func (a *answer) milestones() []report.Block {
	t := &report.Table{
		Caption: say("milestones.caption"),
		Columns: []report.Column{
			column("milestones.name"), numeric("milestones.weeks"), numeric("milestones.until"), numeric("milestones.elapsed"),
			numeric("milestones.weight"), numeric("milestones.count"), numeric("milestones.odds"), numeric("milestones.total"),
		},
	}
	cycle, weeks := a.CycleWeeks(), 0
	var product int64 // Σ count × weight, what must not be computed, in millionths
	for i, m := range a.Milestones {
		weeks += m.Weeks
		product += int64(m.Count) * m.Weight
		t.Rows = append(t.Rows, []report.Cell{
			messageCell(a.name(i)),
			cell(count(m.Weeks)),
			cell(count(weeks)),
			cell(report.Percent(int64((200*weeks+cycle)/(2*cycle)) * 10_000)),
			cell(report.Percent(m.Weight)),
			cell(count(m.Count)),
			cell(report.Percent(impliedOdds(m.Count) * 1000)),
			cell(count(m.Count * a.orders)),
		})
	}
	tenths := (product + 50_000) / 100_000
	args := []report.Arg{
		{Name: "n", Data: count(a.Milestones[0].Count)},
		{Name: "odds", Data: report.Percent(impliedOdds(a.Milestones[0].Count) * 1000)},
		{Name: "weight", Data: report.Percent(a.Milestones[0].Weight)},
		{Name: "product", Data: report.Fixed(tenths, 1)},
	}
	blocks := []report.Block{heading("milestones.title"), table(t), paragraph(say("milestones.text", args...))}
	if tenths != 10 { // otherwise the warning would warn of nothing
		blocks = append(blocks, note(report.Flag, say("milestones.never", args...)))
	}
	return blocks
}
