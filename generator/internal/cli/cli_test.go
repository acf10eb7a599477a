package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"playbook/calculators/form"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"playbook": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScript runs testdata/script. Beside testscript's commands there are
//
//	status N playbook …   the exit status is exactly N
//	json FILE KEY VALUE   the member (a.b.c) of the object in FILE, as JSON
//	bytes FILE TEXT       writes a Go string, such as 'a\r\n\xff'
//	stamp DIR FILE        the names and times of all files in DIR
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			e.Setenv("XDG_CACHE_HOME", filepath.Join(home, ".cache"))
			e.Setenv("LocalAppData", filepath.Join(home, "cache"))
			return os.Mkdir(home, 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"json":   member,
			"bytes":  raw,
			"stamp":  stamp,

			"published": published,
		},
	})
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command …")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("%s: exit status %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func member(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: json FILE KEY VALUE")
	}
	var value any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &value); err != nil {
		ts.Fatalf("%v", err)
	}
	for rest := args[1]; rest != ""; {
		object, ok := value.(map[string]any)
		if !ok {
			ts.Fatalf("no object holds %s", rest)
		}
		if whole, ok := object[rest]; ok { // field names hold dots themselves
			value, rest = whole, ""
			continue
		}
		var key string
		key, rest, _ = strings.Cut(rest, ".")
		if value, ok = object[key]; !ok {
			ts.Fatalf("there is no %s in %s", key, args[1])
		}
	}
	if got, _ := json.Marshal(value); string(got) != args[2] {
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

func raw(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// published takes the mark of a draft out of files.
func published(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: published FILE …")
	}
	for _, name := range args {
		kept := slices.DeleteFunc(strings.SplitAfter(ts.ReadFile(name), "\n"), func(line string) bool { return strings.HasPrefix(line, "draft: true") })
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.Join(kept, "")), 0o644))
	}
}

func stamp(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: stamp DIR FILE")
	}
	var b strings.Builder
	err := filepath.Walk(ts.MkAbs(args[0]), func(name string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			b.WriteString(name + " " + info.ModTime().String() + "\n")
		}
		return err
	})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

func TestParseInput(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"years=1&problem.0.name=R%26D+costs\n", "years=1|problem.0.name=R&D costs"},
		{"?years=1", "years=1"},
		{"years=1", "years=1"},
		{"problem.0.name=R&D", "problem.0.name=R&D"},
		{"\uFEFF# what it costs\r\n\r\n years = 1 \r\nproblem.0.name=a=b & c=d\r\n", "years=1|problem.0.name=a=b & c=d"},
		{"", ""},
		{"years=1\nnonsense\n", `input:2:1: this is not a field: write field=value`},
		{"=1", `input:1:1: this is not a field: write field=value`},
	} {
		pairs, err := parseInput("input", c.text)
		var parts []string
		for _, p := range pairs {
			parts = append(parts, p.Name+"="+p.Value)
		}
		got := strings.Join(parts, "|")
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func FuzzParseInput(f *testing.F) {
	f.Add("years=1&problem.0.name=R%26D+costs\n")
	f.Add("# c\nyears = 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		pairs, err := parseInput("input", text)
		if err == nil && !isEncoded(strings.TrimSpace(text)) {
			var lines []string
			for _, p := range pairs {
				if strings.ContainsAny(p.Name, "#?") || p.Name == "" {
					return
				}
				lines = append(lines, p.Name+"="+p.Value)
			}
			if len(lines) < 2 {
				return // one line may read as an encoding
			}
			again, err := parseInput("input", strings.Join(lines, "\n"))
			if err != nil || form.Encode(again) != form.Encode(pairs) {
				t.Errorf("%q: %v, then %v (%v)", text, pairs, again, err)
			}
		}
	})
}

func TestCheckOutputDir(t *testing.T) {
	site := t.TempDir()
	for _, dir := range []string{"content/01-a", "templates", "public"} {
		if err := os.MkdirAll(filepath.Join(site, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(site, "content"), link); err != nil {
		link = filepath.Join(site, "content")
	}
	for out, ok := range map[string]bool{
		filepath.Join(site, "public"):            true,
		filepath.Join(site, "public", "sub"):     true,
		filepath.Join(site, "..", "out"):         true,
		site:                                     false,
		filepath.Dir(site):                       false,
		filepath.Join(site, "content"):           false,
		filepath.Join(site, "content", "public"): false,
		filepath.Join(site, "templates", "x"):    false,
		link:                                     false,
		filepath.Join(link, "new"):               false,
	} {
		if err := checkOutputDir(site, out); (err == nil) != ok {
			t.Errorf("%s: %v", out, err)
		}
	}
}

// The first Ctrl-C ends a command that waits for input which never comes.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such signal")
	}
	c := exec.Command(os.Args[0], "calc", "value-equation", "--input", "-")
	c.Args[0] = "playbook" // by which testscript knows the command
	input, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond) // it reads
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = c.Wait()
	if c.ProcessState.ExitCode() != exitInterrupted && !strings.Contains(fmt.Sprint(err), "interrupt") {
		t.Errorf("it ended with %v", err)
	}
}
