package diag

import (
	"encoding/json"
	"testing"
)

func TestJSON(t *testing.T) {
	list := List{
		Errorf(Pos{"a.md", 3, 7}, "quiz", "no right answer in %q", "q-1").WithHelp("mark it with [x]"),
		Warnf(Pos{File: "b.md"}, "empty", "nothing <here>"),
	}
	got, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"file":"a.md","line":3,"col":7,"severity":"error","rule":"quiz","message":"no right answer in \"q-1\"","help":"mark it with [x]"},` +
		`{"file":"b.md","line":0,"col":0,"severity":"warning","rule":"empty","message":"nothing \u003chere\u003e"}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	list.Soften()
	if list.HasErrors() {
		t.Error("softened faults are warnings")
	}
}

func TestDidYouMean(t *testing.T) {
	keys := []string{"points", "tags", "type"}
	for name, want := range map[string]string{
		"point": `did you mean "points"?`, "tgas": `did you mean "tags"?`, "价值": "the keys are: points, tags, type",
	} {
		if got := DidYouMean(name, keys, "the keys are"); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
