package corpus

import (
	"fmt"
	"math/rand/v2"
	"path"
	"path/filepath"
)

// WriteDeep makes dir/content with that many pages as other people's folders have
// them: no site.yaml, one language to a folder and no word of it in the names, an
// eighth as many folders as pages, up to seven deep, a few with most of the pages and
// half of them without a title page.
func WriteDeep(dir string, pages int) error {
	rng := rand.New(rand.NewPCG(uint64(pages), 7))
	folders := deepFolders(rng, pages)
	writers := map[string]*writer{}
	for _, lang := range Languages {
		writers[lang] = &writer{Rand: rng, lang: languages[lang]}
	}
	var files []string // without the extension
	for i, f := range folders {
		if i%2 == 0 {
			files = append(files, path.Join(f.path, "_index"))
			f.titled = true
		}
	}
	of := make([]*deepFolder, len(files))
	for i, f := 0, 0; i < len(files); f++ {
		if folders[f].titled {
			of[i] = folders[f]
			i++
		}
	}
	for n := len(files); n < pages; n++ {
		// Half of the pages stand in a tenth of the folders.
		u := rng.Float64()
		f := folders[int(float64(len(folders))*u*u*u)]
		files, of = append(files, path.Join(f.path, fmt.Sprintf("%s-%d", f.word, n))), append(of, f)
	}
	for n, file := range files {
		w := writers[of[n].lang]
		w.b.Reset()
		var text string
		if path.Base(file) == "_index" {
			text = w.title(n)
		} else {
			text = w.page(n, func() string {
				to, err := filepath.Rel(filepath.FromSlash(of[n].path), filepath.FromSlash(files[rng.IntN(len(files))]))
				if err != nil {
					panic(err) // both are relative
				}
				return filepath.ToSlash(to) + ".md"
			})
		}
		if err := write(filepath.Join(dir, "content", filepath.FromSlash(file)+".md"), text); err != nil {
			return err
		}
	}
	return nil
}

type deepFolder struct {
	path, lang, word string
	depth            int
	titled           bool
}

// deepFolders are the folders of a corpus, each behind its parent; the first is the
// root.
func deepFolders(rng *rand.Rand, pages int) []*deepFolder {
	words := []string{"accounts", "visits", "offers", "people", "plans", "reviews", "service", "tenders"}
	all := []*deepFolder{{lang: Languages[0], word: "start"}}
	for n := 1; n < pages/8+1; n++ {
		up := all[rng.IntN(len(all))]
		for up.depth == 7 {
			up = all[rng.IntN(len(all))]
		}
		f := &deepFolder{lang: up.lang, word: words[rng.IntN(len(words))], depth: up.depth + 1}
		if up.depth < 3 {
			f.lang = Languages[n%len(Languages)]
		}
		f.path = path.Join(up.path, fmt.Sprintf("%s-%d", f.word, n))
		all = append(all, f)
	}
	return all
}
