package selfcheck

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// picture is the picture of a part: layers as bars, the top one above as on the
// deck's map; techniques as a web; rungs as a ladder.
type picture struct {
	kind   string
	lowest int // the mark with the flag
	marks  []mark
}

// mark is a bar, a spoke or a rung. On a rung, value stand and text climbed to it.
type mark struct {
	word  string
	value float64
	text  report.Datum
}

func (p *picture) add(word string, value float64, text report.Datum) {
	p.marks = append(p.marks, mark{word, value, text})
}

func (p *picture) draw(w *report.Words) chart.Chart {
	bars, radar, ladder := &chart.Bars{Unit: w.Say(report.Say("layers.unit"))}, &chart.Radar{}, &chart.Ladder{}
	for i := range p.marks {
		at := i
		if p.kind == "layers" {
			at = len(p.marks) - 1 - i
		}
		m := &p.marks[at]
		name, sign, text := w.Say(report.Say(m.word)), "", w.Format(m.text)
		if at == p.lowest {
			sign = "flag"
		}
		switch p.kind {
		case "layers":
			bars.Items = append(bars.Items, chart.BarItem{Label: name, Value: m.value, Text: text, Sign: sign})
		case "techniques":
			radar.Axes = append(radar.Axes, chart.Spoke{Label: name, Value: m.value, Max: 5, Text: text, Sign: sign})
		default:
			key := "rungs.note"
			if i == 0 {
				key = "rungs.note-first"
			}
			ladder.Items = append(ladder.Items, chart.ChainItem{Label: name, Note: w.Say(report.Say(key, "here", report.Count(int64(m.value)), "share", m.text)), Sign: sign})
		}
	}
	switch p.kind {
	case "layers":
		return bars
	case "techniques":
		return radar
	}
	return ladder
}
