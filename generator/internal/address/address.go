// Package address says which paths a site can publish under, and keeps who has
// which. The model claims every path in a Registry, so that check and build
// report the same; package output refuses by the same rules.
//
// A path is relative to the site's root, with slashes: "en/questions/index.html".
package address

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"playbook/generator/internal/diag"
)

const (
	maxSegment = 255 - len(".br") // what file systems allow, with room for a compressed form
	maxPath    = 1000             // bytes; some systems allow 1,024

	// Reserved begins the names that a publication keeps for itself.
	Reserved = ".playbook"
)

// Fault says why no file can be published under a path; "" when one can.
func Fault(path string) string {
	switch {
	case path == "":
		return "it is empty"
	case !utf8.ValidString(path):
		return "it is not UTF-8"
	case strings.HasPrefix(path, "/"):
		return "it is absolute"
	case strings.Contains(path, `\`):
		return "it holds a backslash"
	case strings.ContainsFunc(path, unicode.IsControl):
		return "it holds a control character"
	case len(path) >= 2 && path[1] == ':':
		return "it names a drive"
	case strings.HasPrefix(Fold(path), Reserved):
		return "the name is kept for the publication itself"
	case len(path) > maxPath:
		return fmt.Sprintf("it is longer than %d bytes", maxPath)
	}
	for segment := range strings.SplitSeq(path, "/") {
		switch {
		case segment == "":
			return "it has an empty part"
		case segment == "." || segment == "..":
			return "it leads elsewhere"
		case len(segment) > maxSegment:
			return fmt.Sprintf("a part of it is longer than %d bytes", maxSegment)
		}
	}
	return ""
}

// Fold maps paths that a file system may take for the same to one: some tell
// neither letter case apart, nor the ways in which Unicode writes an é.
func Fold(path string) string {
	for i := range len(path) {
		if c := path[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFC.String(path))))
		}
	}
	return path
}

// Owner is who claims a path.
type Owner struct {
	What string   // it is: `the alias "/old/"`, "the list of the tags"; "" for a file
	Pos  diag.Pos // where it stands; none for what the program makes
	Help string   // what to do when it cannot have the path
}

// String names an owner in a fault of another one.
func (o Owner) String() string {
	switch {
	case o.What == "":
		return o.Pos.File
	case o.Pos.File == "":
		return o.What
	}
	return o.What + " in " + o.Pos.File
}

// holder is what a path is: a file, or a folder that was claimed with the first
// file in it.
type holder struct {
	path   string
	owner  Owner
	folder bool
	closed bool // a folder of one owner's, who has all of it
}

// Registry keeps who has which path. The zero Registry is empty.
type Registry struct {
	held map[string]holder // by folded path
}

// Conflict is a claim that was refused.
type Conflict struct {
	Path   string
	By     Owner
	Fault  string // of the path itself; "" when it is taken
	Holder Owner  // who has it, or what is in its way
	Taken  string // the path that is in the way: this one, one that differs in letter case, a folder of it

	folder bool // Taken is a folder: the path itself, or one that differs in letter case
}

// Claim gives a path to an owner, or says why it cannot be had.
func (r *Registry) Claim(path string, by Owner) *Conflict {
	if fault := Fault(path); fault != "" {
		return &Conflict{Path: path, By: by, Fault: fault}
	}
	refuse := func(h holder) *Conflict {
		return &Conflict{Path: path, By: by, Holder: h.owner, Taken: h.path, folder: h.folder}
	}
	key := Fold(path)
	if h, taken := r.held[key]; taken {
		return refuse(h)
	}
	var folders []string // that are new, innermost first
	for i := len(path) - 1; i > 0; i-- {
		if path[i] != '/' {
			continue
		}
		h, known := r.held[Fold(path[:i])]
		if known && (!h.folder || h.closed || h.path != path[:i]) {
			return refuse(h)
		}
		if known {
			break // and so are the folders above it
		}
		folders = append(folders, path[:i])
	}
	if r.held == nil {
		r.held = map[string]holder{}
	}
	for _, folder := range folders {
		r.held[Fold(folder)] = holder{path: folder, owner: by, folder: true}
	}
	r.held[key] = holder{path: path, owner: by}
	return nil
}

// Close gives a folder and all paths in it, of which nobody has claimed any, to
// an owner who needs no Claim for them.
func (r *Registry) Close(folder string, by Owner) *Conflict {
	if c := r.Claim(folder, by); c != nil {
		return c
	}
	r.held[Fold(folder)] = holder{path: folder, owner: by, folder: true, closed: true}
	return nil
}

// Taken reports whether somebody has a path, or one that a file system may take for
// the same.
func (r *Registry) Taken(path string) bool {
	_, taken := r.held[Fold(path)]
	return taken
}

// Diag is the conflict as a fault: at whoever claimed the path, or, where that is
// the program, at who has it.
func (c *Conflict) Diag() diag.Diag {
	d := diag.Diag{Pos: c.By.Pos, Rule: "address", Message: c.message(), Help: c.By.Help}
	if c.By.Pos.File == "" {
		d.Pos, d.Help = c.Holder.Pos, c.Holder.Help
		d.Message = fmt.Sprintf("the address %s is needed for %s", Shown(c.Path), c.By)
	}
	return d
}

func (c *Conflict) message() string {
	path, taken := Shown(c.Path), Shown(c.Taken)
	switch {
	case c.Fault != "":
		return fmt.Sprintf("%s has no valid address: %s", cmp.Or(c.By.What, "the file"), c.Fault)
	case c.Taken == c.Path && !c.folder:
		return fmt.Sprintf("the address %s is already taken by %s", path, c.Holder)
	case c.folder && Fold(c.Taken) == Fold(c.Path):
		return fmt.Sprintf("the address %s is a folder, in which there is %s", path, c.Holder)
	case Fold(c.Taken) == Fold(c.Path):
		return fmt.Sprintf("the address %s differs from %s, of %s, only in letter case", path, taken, c.Holder)
	case !c.folder:
		return fmt.Sprintf("the address %s needs a folder %s, which is a file: %s", path, taken, c.Holder)
	case strings.HasPrefix(c.Path, c.Taken+"/"):
		return fmt.Sprintf("the folder %s/ is kept for %s", taken, c.Holder)
	}
	return fmt.Sprintf("the folder of the address %s differs from %s, of %s, only in letter case", path, taken, c.Holder)
}

// Shown is a path as people read it: from the root, a page by its folder, not
// without end.
func Shown(path string) string {
	const most = 60
	path = "/" + path
	if folder, isPage := strings.CutSuffix(path, "/index.html"); isPage {
		path = folder + "/"
	}
	if r := []rune(path); len(r) > most {
		path = string(r[:most]) + "…"
	}
	return path
}
