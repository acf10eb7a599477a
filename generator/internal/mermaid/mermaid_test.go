package mermaid

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"playbook/calculators/chart"
)

// What a diagram says in words is all that was read of it.
func TestDescription(t *testing.T) {
	for src, want := range map[string]string{
		"graph TD;A-->B;B---C;":                                       "A → B; B — C",
		"flowchart LR\n a[Call] -- yes --> b(Visit)":                  "Call → Visit (yes)",
		"flowchart LR\n a ==>|\"a | b\"| b -.-> c -. text .-> d":      "a → b (a | b); b → c; c → d (text)",
		"graph\n a & b --> c & d":                                     "a → c; a → d; b → c; b → d",
		"graph RL\n a <--> b o--o c x--x d":                           "a ↔ b; b ↔ c; c ↔ d",
		"graph TD\n a --> b --> c\n --> d":                            "a → b; b → c; c → d",
		"graph TD\n A[[Sub]] --> B[(Data<br/>base)]:::x --> C((O))":   "Sub → Data base; Data base → O",
		"graph TD\n A{{Hex}} --> B{\"Is it (x)?\"} --> C>Flag] --> D": "Hex → Is it (x)?; Is it (x)? → Flag; Flag → D",
		"graph TD\n A[/r/] --> B[\\l\\] --> C[/t\\] --> D[\\f/]":      "r → l; l → t; t → f",
		"graph TD\n A([s]) --> B(((d))) ~~~ C":                        "s → d; C",
		"graph TD\n A[f(x) and g[0]] --> B(a (b))":                    "f(x) and g[0] → a (b)",
		"graph TD\n 价值[\"价值 #quot;x#quot; #35;1\"] --> 结果":            "价值 \"x\" #1 → 结果",
		"graph TD\n a-b --> c.d --> end1 --> e":                       "a-b → c.d; c.d → end1; end1 → e",
		"graph TD\n A@{ shape: diam, label: \"Is it?\" } --> B":       "Is it? → B",
		"graph TD\n A e1@--> B\n e1@{ animate: true }":                "A → B",
		"graph TD\n A[\"`**Bold** and _more_`\"]":                     "Bold and more",
		"graph TD\n %% a comment\n A --> B %% another\n":              "A → B",
		"%%{init: {'theme':'dark'}}%%\ngraph TD\nA-->B":               "A → B",
		"graph TD\n classDef x fill:#f00\n class A x\n style A fill:#0\n linkStyle 0 stroke:red\n click A \"http://x\"\n A-->B":                                        "A → B",
		"graph TD\n subgraph s [Group one]\n direction LR\n a --> b\n end\n s --> c":                                                                                   "Group one: a, b; a → b; Group one → c",
		"graph TD\n subgraph Two words\n a\n end\n subgraph \"Quoted\"\n b\n end":                                                                                      "Two words: a; Quoted: b",
		"graph TD\n subgraph a\n subgraph b\n x\n end\n end\n subgraph empty\n end\n x --> empty":                                                                      "a: b; b: x; x → empty",
		"graph TD\n accDescr: All of it\n a --> b":                                                                                                                     "All of it",
		"sequenceDiagram\n participant A as Ann<br>(buyer)\n actor B\n A->>+B: Hi #59; ho\n B-->>-A: Yes\n A-xB: lost\n B-)A: later\n A->B: open":                      "Ann (buyer) → B: Hi ; ho; B → Ann (buyer): Yes; Ann (buyer) → B: lost; B → Ann (buyer): later; Ann (buyer) → B: open",
		"sequenceDiagram\n autonumber 5\n A->>A: self\n Note right of A: a note\n Note over A,B: both\n alt yes\n A->>B: x\n else no\n B->>A: y\n end":                 "A → A: 5. self; A: a note; A, B: both; alt: yes; A → B: 6. x; –: no; B → A: 7. y",
		"sequenceDiagram\n box Aqua Team\n participant A\n end\n rect rgb(1,2,3)\n A->>B: x\n end\n par\n A->>B: y\n and\n B->>A: z\n end\n activate A\n deactivate A": "A → B: x; par; A → B: y; –; B → A: z",
	} {
		d, fault := Draw(src)
		if fault != nil {
			t.Errorf("%q: %v", src, fault)
		} else if d.Description != want {
			t.Errorf("%q\ngot  %s\nwant %s", src, d.Description, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for src, want := range map[string]string{
		"":                                "1:1: the diagram does not say what it is: begin it with flowchart TD or sequenceDiagram",
		"gantt\n title x":                 "1:1: diagrams of the kind gantt are not drawn; it is shown as it is written",
		"graph TD":                        "1:9: the diagram is empty",
		"graph XY\n a":                    `1:7: "XY" is no direction: write TD, BT, LR or RL`,
		"graph ><\n a":                    `1:8: the name of a node is missing before "<"`,
		"graph TD\n a --> ":               "2:7: the name of a node is missing",
		"graph TD\n 价 b":                  `2:4: an arrow such as --> or the end of the line is missing before "b"`,
		"graph TD\n a[x\n b --> c":        "2:3: the text of a node does not end with ]",
		"graph TD\n a -- x":               "2:4: the arrow does not end: write A --> B or A -- text --> B",
		"graph TD\n subgraph s\n a":       `3:3: the subgraph "s" has no end`,
		"graph TD\n end":                  "2:2: an end without a subgraph",
		"sequenceDiagram\n A says B":      `2:2: "A" is no message, written A->>B: text, and no word of a sequence diagram`,
		"sequenceDiagram\n loop x\n A->B": "3:6: loop has no end",
		"sequenceDiagram\n end":           "2:2: an end without a beginning",
		"graph TD\n" + strings.Repeat(" a --> b\n", 401): "1:1: the diagram has 2 nodes and 401 arrows; at most 250 and 400 are drawn",
	} {
		d, fault := Draw(src)
		if fault == nil {
			t.Errorf("%.40q was drawn: %s", src, d.Description)
		} else if fault.Error() != want {
			t.Errorf("%.40q\ngot  %s\nwant %s", src, fault, want)
		}
	}
}

// No box lies on another, none leaves the picture, and who stands in a subgraph stands
// within its frame.
func TestPlaces(t *testing.T) {
	for _, direction := range []string{"TD", "BT", "LR", "RL"} {
		src := "flowchart " + direction + `
 subgraph one [A title that is wider than what stands below it]
  a1 --> a2 -->|a label| a3
  subgraph in
   a3 --> a4
  end
 end
 subgraph two
  b1{Is it?} --> b2
  b3
 end
 a1 --> b2 --> c --> a1
 b1 --> a4
 c --> c
 x & y & z --> c
 two --> d
`
		d, fault := Draw(src)
		if fault != nil {
			t.Fatal(fault)
		}
		check(t, direction, d.Diagram)
		if n := len(d.Diagram.Lines); n != 13 {
			t.Errorf("%s: %d lines", direction, n)
		}
		within := func(text string, area int) {
			for _, b := range d.Diagram.Boxes {
				if strings.Join(b.Text.Lines, " ") == text {
					if a := d.Diagram.Areas[area]; b.X < a.X || b.Y < a.Y || b.X+b.W > a.X+a.W || b.Y+b.H > a.Y+a.H {
						t.Errorf("%s: %s is outside of its group", direction, text)
					}
				}
			}
		}
		for i, list := range []string{"a1 a2 a3 a4", "a4", "b1 b2 b3"} {
			for _, text := range strings.Fields(list) {
				within(text, i)
			}
		}
	}
}

func check(t *testing.T, name string, d *chart.Diagram) {
	t.Helper()
	apart := func(a, b chart.DiagramBox) bool {
		return a.X+a.W <= b.X || b.X+b.W <= a.X || a.Y+a.H <= b.Y || b.Y+b.H <= a.Y
	}
	for i, a := range d.Boxes {
		if a.X < 0 || a.Y < 0 || a.X+a.W > d.Width || a.Y+a.H > d.Height {
			t.Errorf("%s: %v leaves the picture", name, a)
		}
		for _, b := range d.Boxes[i+1:] {
			if a.Shape != chart.ShapeBar && b.Shape != chart.ShapeBar && !apart(a, b) {
				t.Errorf("%s: %v lies on %v", name, a.Text.Lines, b.Text.Lines)
			}
		}
	}
	for i, a := range d.Areas {
		for _, b := range d.Areas[i+1:] {
			inside := b.X >= a.X && b.X+b.W <= a.X+a.W && b.Y >= a.Y && b.Y+b.H <= a.Y+a.H
			if !apart(a, b) && !inside {
				t.Errorf("%s: group %v lies across %v", name, a.Text.Lines, b.Text.Lines)
			}
		}
	}
}

// The pictures, as files that can be looked at: UPDATE=1 go test writes them anew.
func TestPictures(t *testing.T) {
	for name, src := range map[string]string{
		"flowchart": "graph LR\n A[电话] -->|有兴趣| B{见面?}\n B -- no --> A\n B ==> C((Order))",
		"sequence":  "sequenceDiagram\n actor S as Seller\n S->>+Buyer: Hello\n loop each week\n Buyer-->>-S: 请报价\n end",
	} {
		d, fault := Draw(src)
		if fault != nil {
			t.Fatal(fault)
		}
		got := chart.SVG(d.Diagram, "f", name, d.Description) + "\n"
		file := filepath.Join("testdata", name+".svg")
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || got != string(want) {
			t.Errorf("%s differs from %s (%v)", name, file, err)
		}
	}
}

func FuzzDraw(f *testing.F) {
	f.Add("graph TD\n a[x] -- y --> b{z} & c\n subgraph s [T]\n b --> s2\n end\n s --> a --> a\n subgraph s2\n d\n end")
	f.Add("flowchart RL\n a@{shape: hex}\n a -.-> b ~~~ c\n s --> s\n subgraph s\n s\n end")
	f.Add("---\ntitle: x\n---\nsequenceDiagram\n autonumber 2 3\n box red T\n actor A as B<br>C\n end\n A->>+A: x\n alt y\n Note left of A: z\n else\n A--)-B: w\n end")
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 2000 {
			return
		}
		d, fault := Draw(src)
		if fault != nil {
			if lines := strings.Count(src, "\n") + 1; fault.Line < 1 || fault.Line > lines || fault.Col < 1 {
				t.Fatalf("the fault is nowhere: %v", fault)
			}
			return
		}
		if d.Kind == "flowchart" {
			check(t, src, d.Diagram)
		}
		if svg := chart.SVG(d.Diagram, "f", d.Title, d.Description); !strings.HasSuffix(svg, "</svg>") {
			t.Fatal(svg)
		}
	})
}
