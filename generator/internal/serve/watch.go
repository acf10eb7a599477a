package serve

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"playbook/generator/internal/output"
)

const (
	// debounce is how long the folders must be still before a build begins: an
	// editor that saves by renaming causes several events at once.
	debounce = 8 * time.Millisecond
	// maxDelay is how long events that never cease can put a build off.
	maxDelay = 150 * time.Millisecond
)

// watcher notices changes of the author's files. It watches folders, not files,
// because editors that save by renaming put a new file in the old one's place.
type watcher struct {
	root    string
	notify  *fsnotify.Watcher
	changed chan struct{} // holds at most one request: what comes during a build coalesces
	log     io.Writer
	warned  bool // said already that not everything is watched

	// targets are the files that links of the site lead to: a change of one is a
	// change of the site, wherever it stands. Used by newWatcher and run alone.
	targets map[string]bool

	mu    sync.Mutex
	paths []string // that changed since take; nil and lost: anything may have
	lost  bool
}

// take returns the paths that changed since the last call; nil when it is not
// known what changed.
func (w *watcher) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	paths := w.paths
	if w.lost || len(paths) == 0 {
		paths = nil
	}
	w.paths, w.lost = nil, false
	return paths
}

// add keeps a path for take; "" when events were lost.
func (w *watcher) add(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if path == "" {
		w.lost = true
	} else if !slices.Contains(w.paths, path) {
		w.paths = append(w.paths, path)
	}
	if len(w.paths) > 100 { // a whole branch was checked out
		w.paths, w.lost = nil, true
	}
}

func newWatcher(root string, log io.Writer) (*watcher, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	if resolved, err := filepath.EvalSymlinks(root); err == nil {
		root = resolved
	}
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{root: root, notify: notify, changed: make(chan struct{}, 1), log: log, targets: map[string]bool{}}
	if err := notify.Add(root); err != nil {
		notify.Close()
		return nil, err
	}
	w.watchTree(root)
	return w, nil
}

func (w *watcher) close() { w.notify.Close() }

// run turns events into requests to build, until the context ends.
func (w *watcher) run(ctx context.Context) {
	timer := time.NewTimer(0)
	<-timer.C
	defer timer.Stop()
	var first time.Time // of the events since the last request; zero: none
	moved := false      // a folder may have another name since the last request
	for {
		select {
		case <-ctx.Done():
			return
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			switch {
			case w.targets[event.Name] && event.Op != fsnotify.Chmod:
				w.add("") // the link's own path is not known here
			case w.relevant(event):
				w.add(event.Name)
			default:
				continue
			}
			if event.Has(fsnotify.Create) {
				w.watchTree(event.Name) // before the build, so that nothing falls between
			}
			moved = moved || event.Has(fsnotify.Rename)
			if first.IsZero() {
				first = time.Now()
			}
			timer.Reset(max(0, min(debounce, time.Until(first.Add(maxDelay)))))
		case _, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			// Events were lost: look at everything again.
			w.add("")
			w.watchTree(w.root)
			timer.Reset(debounce)
		case <-timer.C:
			first = time.Time{}
			if moved {
				// A folder that is renamed keeps its watch under the old name, which
				// goes when that name's event has come: add the new name again.
				moved = false
				w.watchTree(w.root)
			}
			select {
			case w.changed <- struct{}{}:
			default:
			}
		}
	}
}

// relevant leaves out what no page is made of.
func (w *watcher) relevant(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	rel, err := filepath.Rel(w.root, event.Name)
	if err != nil {
		return false
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	for _, part := range parts {
		if hidden(part) {
			return false
		}
	}
	// A site is its content and templates; a folder of Markdown is itself.
	return !w.hasContent() || parts[0] == "content" || parts[0] == "templates"
}

func (w *watcher) hasContent() bool {
	info, err := os.Stat(filepath.Join(w.root, "content"))
	return err == nil && info.IsDir()
}

// hidden reports whether a name belongs to an editor or to another tool.
func hidden(name string) bool {
	return name != "." && strings.HasPrefix(name, ".") ||
		strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") ||
		name == "node_modules" || name == "4913" // what vim tries a folder with
}

// watchTree watches a folder and all below it, published sites excepted.
func (w *watcher) watchTree(dir string) {
	part := w.hasContent() // only part of the folder is the site
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type()&fs.ModeSymlink != 0 {
			w.watchTarget(name)
		}
		if err != nil || !d.IsDir() {
			return nil // gone again, or nothing to watch
		}
		base := d.Name()
		if name != w.root {
			if hidden(base) || part && filepath.Dir(name) == w.root && base != "content" && base != "templates" {
				return fs.SkipDir
			}
			if _, err := os.Lstat(filepath.Join(name, output.ManifestName)); err == nil {
				return fs.SkipDir
			}
		}
		if err := w.notify.Add(name); err != nil && !w.warned {
			w.warned = true
			fmt.Fprintf(w.log, "not every folder can be watched for changes: %v\n", err)
		}
		return nil
	})
}

// watchTarget watches the folder of the file that a link leads to.
func (w *watcher) watchTarget(name string) {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return
	}
	if info, err := os.Stat(target); err == nil && info.Mode().IsRegular() && w.notify.Add(filepath.Dir(target)) == nil {
		w.targets[target] = true
	}
}
