// Command bench measures whole programs side by side and prints tables: Playbook,
// Hugo on the same corpus with the same features (hugo/), alone and with Pagefind
// run on what it made, and the floor (floor/).
//
//	go run ./tests/bench [-pages 100,1000,10000] [-shapes even,deep] [-runs 5]
//
// The corpus has two shapes: a playbook with sections of even size, and a folder of
// other people's, deep and uneven (see package corpus).
//
// Runs are paired: in each round every program runs once, in an order that turns
// from round to round, and a quotient is the median of the rounds' quotients.
// Output and corpus stand in memory (/dev/shm, or -work). Hugo is installed with
// "go install" into the user's cache folder, outside of go.mod, the first time, and
// Pagefind with npm; without npm its table is left out.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"playbook/tests/bench/corpus"
)

const (
	hugoVersion     = "v0.165.0"
	pagefindVersion = "1.6.0"
)

func main() {
	sizes := flag.String("pages", "100,1000,10000", "sizes of the corpus, in pages")
	shapes := flag.String("shapes", "even,deep", "shapes of the corpus")
	runs := flag.Int("runs", 5, "rounds for each figure")
	work := flag.String("work", "", "a folder to work in (default: /dev/shm, or the system's folder for temporary files)")
	playbook := flag.String("playbook", "", "a program to measure (default: built from this source)")
	flag.Parse()
	b := &bench{runs: *runs, playbook: *playbook}
	for shape := range strings.SplitSeq(*shapes, ",") {
		if corpora[shape] == nil {
			fmt.Fprintln(os.Stderr, "bench: -shapes: even or deep, separated by commas")
			os.Exit(2)
		}
		for s := range strings.SplitSeq(*sizes, ",") {
			n, err := strconv.Atoi(s)
			if err != nil || n < 50 {
				fmt.Fprintln(os.Stderr, "bench: -pages: numbers of at least 50, separated by commas")
				os.Exit(2)
			}
			b.samples = append(b.samples, sample{shape, n})
		}
	}
	err := b.setUp(*work)
	if err == nil {
		err = b.measure()
	}
	if b.dir != "" {
		os.RemoveAll(b.dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// corpora write a corpus of a shape.
var corpora = map[string]func(dir string, pages int) error{"even": corpus.Write, "deep": corpus.WriteDeep}

// sample is a corpus to measure with.
type sample struct {
	shape string
	pages int
}

func (s sample) String() string { return fmt.Sprintf("%d %s", s.pages, s.shape) }

type bench struct {
	runs    int
	samples []sample
	dir     string // everything that is written stands in it

	hugo, floor, playbook string // programs
	pagefind              string // "": cannot be had here
}

// setUp builds the programs and writes the corpora.
func (b *bench) setUp(work string) error {
	if work == "" {
		if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
			work = "/dev/shm"
		}
	}
	var err error
	if b.dir, err = os.MkdirTemp(work, "playbook-bench-"); err != nil {
		return err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	bin := filepath.Join(cache, "playbook-bench", "hugo-"+hugoVersion)
	b.hugo = filepath.Join(bin, "hugo")
	if _, err := os.Stat(b.hugo); err != nil {
		fmt.Fprintln(os.Stderr, "installing Hugo", hugoVersion, "(once, some minutes)")
		install := exec.Command("go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
		install.Dir, install.Env, install.Stderr = b.dir, append(os.Environ(), "GOBIN="+bin, "GOFLAGS="), os.Stderr
		if err := install.Run(); err != nil {
			return fmt.Errorf("installing Hugo: %w", err)
		}
	}
	if b.pagefind, err = installPagefind(filepath.Join(cache, "playbook-bench", "pagefind-"+pagefindVersion)); err != nil {
		fmt.Fprintln(os.Stderr, "bench: without Pagefind:", err)
	}
	b.floor = filepath.Join(b.dir, "floor")
	if err := goBuild(b.floor, "./tests/bench/floor"); err != nil {
		return err
	}
	if b.playbook == "" {
		b.playbook = filepath.Join(b.dir, "playbook")
		if err := goBuild(b.playbook, "./generator"); err != nil {
			return err
		}
	}
	for _, s := range b.samples {
		if err := corpora[s.shape](b.site(s), s.pages); err != nil {
			return err
		}
	}
	return nil
}

// installPagefind returns Pagefind's program, which npm brings for this system.
func installPagefind(dir string) (string, error) {
	const name = "node_modules/@pagefind/*/bin/pagefind_extended*"
	find := func() string {
		files, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(name)))
		for _, f := range files {
			if info, err := os.Stat(f); err == nil && info.Mode()&0o111 != 0 {
				return f
			}
		}
		return ""
	}
	if program := find(); program != "" {
		return program, nil
	}
	install := exec.Command("npm", "install", "--prefix", dir, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "pagefind@"+pagefindVersion)
	install.Stderr = os.Stderr
	if err := install.Run(); err != nil {
		return "", err
	}
	if program := find(); program != "" {
		return program, nil
	}
	return "", fmt.Errorf("no program for %s/%s", runtime.GOOS, runtime.GOARCH)
}

func goBuild(out, pkg string) error {
	c := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, pkg)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("go build %s (run it in the project's folder): %w", pkg, err)
	}
	return nil
}

func (b *bench) site(s sample) string    { return filepath.Join(b.dir, s.shape+"-"+strconv.Itoa(s.pages)) }
func (b *bench) content(s sample) string { return filepath.Join(b.site(s), "content") }
func (b *bench) out() string             { return filepath.Join(b.dir, "out") }
func (b *bench) cache() string           { return filepath.Join(b.dir, "cache") }

func (b *bench) measure() error {
	fmt.Printf("%s, %s/%s, %d cores, medians of %d rounds\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.runs)
	if err := b.cold(); err != nil {
		return err
	}
	if err := b.searchable(); err != nil {
		return err
	}
	if err := b.again(); err != nil {
		return err
	}
	return b.save()
}

// program is one of those that are measured.
type program struct {
	name    string
	command func(s sample) *exec.Cmd
}

func (b *bench) programs() []program {
	floor := func(mode string) program {
		return program{"floor " + mode, func(n sample) *exec.Cmd { return exec.Command(b.floor, mode, b.content(n), b.out()) }}
	}
	return []program{
		{"playbook", func(n sample) *exec.Cmd {
			return exec.Command(b.playbook, "build", "--site", b.site(n), "--out", b.out(), "--base-url", "https://example.org/")
		}},
		{"hugo", func(n sample) *exec.Cmd {
			return exec.Command(b.hugo, "--quiet", "--source", "tests/bench/hugo", "--contentDir", b.content(n),
				"--destination", b.out(), "--cacheDir", b.cache(), "--noBuildLock")
		}},
		floor("shell"), floor("chroma"), floor("plain"), floor("copy"),
	}
}

// cold builds into an empty folder, with an empty cache.
func (b *bench) cold() error {
	programs := b.programs()
	fmt.Println("| cold build, pages | program | wall | user + sys | peak memory | output | playbook ÷ it, wall | user + sys |")
	fmt.Println("|---:|---|---:|---:|---:|---:|---:|---:|")
	perPage := map[sample]figure{}
	for _, n := range b.samples {
		figures := make([][]figure, len(programs))
		bytes := make([]int64, len(programs))
		for round := range b.runs {
			for i := range programs {
				at := (i + round) % len(programs)
				if err := b.empty(); err != nil {
					return err
				}
				f, err := run(programs[at].command(n), b.cache())
				if err != nil {
					return fmt.Errorf("%s, %v: %w", programs[at].name, n, err)
				}
				figures[at] = append(figures[at], f)
				bytes[at] = size(b.out())
			}
		}
		for i, p := range programs {
			ratio, cpu := "", ""
			if i > 0 {
				ratio = fmt.Sprintf("%.2f", quotient(figures[0], figures[i], figure.wallOf))
				cpu = fmt.Sprintf("%.2f", quotient(figures[0], figures[i], figure.cpuOf))
			}
			fmt.Printf("| %v | %s | %s | %s | %d MiB | %.1f MB | %s | %s |\n", n, p.name,
				seconds(median(figures[i], figure.wallOf)), seconds(median(figures[i], figure.cpuOf)),
				int(median(figures[i], figure.memoryOf))>>20, float64(bytes[i])/1e6, ratio, cpu)
		}
		perPage[n] = figure{wall: median(figures[0], figure.wallOf) / float64(n.pages), cpu: median(figures[0], figure.cpuOf) / float64(n.pages)}
	}
	fmt.Println()
	for i, to := range b.samples[1:] {
		if from := b.samples[i]; from.shape == to.shape {
			fmt.Printf("Cost of a page at %v ÷ at %v: wall %.2f, user + sys %.2f\n\n", to, from,
				perPage[to].wall/perPage[from].wall, perPage[to].cpu/perPage[from].cpu)
		}
	}
	return nil
}

// searchable compares a site that can be searched: Playbook makes the index as it
// builds, Hugo leaves it to Pagefind, and then writes none of its own.
func (b *bench) searchable() error {
	if b.pagefind == "" {
		return nil
	}
	fmt.Println("| site with search, pages | playbook | Hugo | Pagefind | playbook ÷ both, wall | user + sys |")
	fmt.Println("|---:|---:|---:|---:|---:|---:|")
	programs := b.programs()
	for _, n := range b.samples {
		var ours, hugo, pagefind, both []figure
		for range (b.runs + 1) / 2 {
			one := func(list *[]figure, c *exec.Cmd) error {
				f, err := run(c, b.cache())
				*list = append(*list, f)
				return err
			}
			if err := b.empty(); err != nil {
				return err
			}
			if err := one(&ours, programs[0].command(n)); err != nil {
				return err
			}
			if err := b.empty(); err != nil {
				return err
			}
			c := programs[1].command(n)
			c.Env = append(os.Environ(), "HUGO_PARAMS_OWNINDEX=false")
			if err := one(&hugo, c); err != nil {
				return err
			}
			if err := one(&pagefind, exec.Command(b.pagefind, "--site", b.out(), "--root-selector", "main", "--quiet")); err != nil {
				return err
			}
			last := len(hugo) - 1
			both = append(both, figure{wall: hugo[last].wall + pagefind[last].wall, cpu: hugo[last].cpu + pagefind[last].cpu})
		}
		fmt.Printf("| %v | %s | %s | %s | %.2f | %.2f |\n", n, seconds(median(ours, figure.wallOf)), seconds(median(hugo, figure.wallOf)),
			seconds(median(pagefind, figure.wallOf)), quotient(ours, both, figure.wallOf), quotient(ours, both, figure.cpuOf))
	}
	fmt.Println()
	return nil
}

// again builds a second time with nothing changed.
func (b *bench) again() error {
	fmt.Println("| nothing changed, pages | again | cold | again ÷ cold |")
	fmt.Println("|---:|---:|---:|---:|")
	command := b.programs()[0].command
	for _, n := range b.samples {
		var cold, again []figure
		for range b.runs {
			if err := b.empty(); err != nil {
				return err
			}
			for _, list := range []*[]figure{&cold, &again} {
				f, err := run(command(n), b.cache())
				if err != nil {
					return err
				}
				*list = append(*list, f)
			}
		}
		fmt.Printf("| %v | %s | %s | %.2f |\n", n, seconds(median(again, figure.wallOf)), seconds(median(cold, figure.wallOf)), quotient(again, cold, figure.wallOf))
	}
	fmt.Println()
	return nil
}

// empty clears the output and the caches.
func (b *bench) empty() error {
	for _, dir := range []string{b.out(), b.cache()} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}

func size(dir string) (total int64) {
	filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// figure is one run.
type figure struct {
	wall, cpu float64 // seconds
	memory    float64 // bytes, at most at one time
}

func (f figure) wallOf() float64   { return f.wall }
func (f figure) cpuOf() float64    { return f.cpu }
func (f figure) memoryOf() float64 { return f.memory }

func median(list []figure, of func(figure) float64) float64 {
	var values []float64
	for _, f := range list {
		values = append(values, of(f))
	}
	return middle(values)
}

// quotient is the median of the rounds' a ÷ b.
func quotient(a, b []figure, of func(figure) float64) float64 {
	var values []float64
	for i := range a {
		values = append(values, of(a[i])/max(of(b[i]), 1e-9))
	}
	return middle(values)
}

func middle(values []float64) float64 {
	slices.SortFunc(values, cmp.Compare[float64])
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func seconds(s float64) string { return fmt.Sprintf("%.3f s", s) }
