// Package history asks git when files changed, and who changed them.
//
// Start with Head and Read. A folder that git does not keep, a clone without its
// history, and a machine without git have none: that is no fault.
package history

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// File is what is known of a file.
type File struct {
	Updated string   // when it last changed, RFC 3339, as the author's clock said
	Authors []string // who changed it, by their names: who did it most often first
}

// Head names the last commit of the folder's repository, "" where there is no history.
// What Read gives depends on it alone.
func Head(ctx context.Context, dir string) string {
	out := git(ctx, dir, "rev-parse", "--is-shallow-repository", "HEAD")
	shallow, head, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if shallow != "false" {
		return ""
	}
	return head
}

// Read returns the history of the files in a folder, by their paths from it, with
// slashes. A file that is renamed begins anew. Git runs once.
func Read(ctx context.Context, dir string) map[string]File {
	// A commit is "\x01time\x02name", and then its files; zero bytes end each of them.
	out := git(ctx, dir, "log", "-z", "--format=%x01%aI%x02%aN", "--name-only", "--no-renames", "--relative", "--", ".")
	files, commits := map[string]File{}, map[string]map[string]int{}
	var at, author string
	for entry := range bytes.SplitSeq(out, []byte{0}) {
		name := strings.TrimPrefix(string(entry), "\n")
		if head, ok := strings.CutPrefix(name, "\x01"); ok {
			at, author, _ = strings.Cut(head, "\x02")
			continue
		}
		if name == "" {
			continue
		}
		if commits[name] == nil {
			commits[name] = map[string]int{}
			files[name] = File{Updated: at}
		}
		commits[name][author]++
	}
	for name, by := range commits {
		f := files[name]
		for author := range by {
			f.Authors = append(f.Authors, author)
		}
		slices.SortFunc(f.Authors, func(a, b string) int { return cmp.Or(by[b]-by[a], strings.Compare(a, b)) })
		files[name] = f
	}
	return files
}

// git runs a command that only reads; what it cannot say is nothing.
func git(ctx context.Context, dir string, args ...string) []byte {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", dir, "-c", "log.showSignature=false"}, args...)...)
	c.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	out, err := c.Output()
	if err != nil {
		return nil
	}
	return out
}
