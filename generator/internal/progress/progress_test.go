package progress

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ann = `{"format": "playbook-progress", "version": 1, "site": "s", "name": "Ann", "exported": "2026-02-01", "visited": {"a": [1, ""]},
 "quiz": {"q": {"right": true, "best": 1, "of": 1, "tries": 2, "mark": "m"}, "r": {"right": false, "tries": 1, "mark": "m"},
  "old": {"right": true, "tries": 1, "mark": "gone"}, "early": {"right": true, "tries": 1}, "damaged": {"right": "yes"}, "none": null}}`

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"":   "it is no file of progress: save one on the page \"My progress\"",
		"[]": "it is no file of progress: save one on the page \"My progress\"",
		`{"format": "playbook-progress", "site": "s"}`:                  "it is no file of progress: save one on the page \"My progress\"",
		`{"format": "playbook-progress", "version": 2, "site": "s"}`:    "it is of version 2: a newer playbook reads it",
		`{"format": "playbook-progress", "version": 1, "site": "else"}`: "it is of the site \"else\", not of \"s\"",
	} {
		if _, err := Read([]byte(text), "s"); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	f, err := Read([]byte(ann), "s")
	if err != nil || f.Name != "Ann" || len(f.Quiz) != 4 {
		t.Errorf("%+v, %v", f, err)
	}
}

func question(id string) Question { return Question{ID: id, Mark: "m", Title: id} }

func TestCount(t *testing.T) {
	f, err := Read([]byte(ann), "s")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		module Module
		want   Count
	}{
		{Module{ID: "a", Questions: []Question{question("q"), question("r"), question("new")}}, Count{Read: true, Tried: 2, Right: 1, Of: 3, Wrong: []string{"r"}}},
		{Module{ID: "b", Questions: []Question{question("old"), question("early"), question("damaged")}}, Count{Tried: 1, Right: 1, Of: 3}},
	} {
		if diff := cmp.Diff(tt.want, f.Count(tt.module)); diff != "" {
			t.Errorf("%s: %s", tt.module.ID, diff)
		}
	}
}

func TestLatest(t *testing.T) {
	names := ""
	for _, f := range Latest([]*File{{Name: "B", Exported: "2"}, {Exported: "x"}, {Name: "A", Exported: "1"}, {Name: "B", Exported: "3"}, {Name: "B", Exported: "1"}, {Exported: "y"}}) {
		names += f.Name + f.Exported + " "
	}
	if want := "x y A1 B3 "; names != want {
		t.Errorf("%s, want %s", names, want)
	}
}

func TestHardest(t *testing.T) {
	m := "m"
	of := func(right ...string) *File {
		f := &File{Quiz: map[string]Score{"q": {Tries: 1, Mark: &m}, "r": {Tries: 1, Mark: &m}, "s": {Tries: 1, Mark: &m}}}
		for _, id := range right {
			f.Quiz[id] = Score{Right: true, Tries: 1, Mark: &m}
		}
		return f
	}
	got := Hardest([]*File{of("q"), of("q", "r"), of("q")}, []Module{{Questions: []Question{question("q"), question("r")}}, {Questions: []Question{question("s")}}}, 5)
	want := []Hard{{question("s"), 3, 3}, {question("r"), 2, 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
