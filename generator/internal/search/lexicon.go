package search

import (
	"context"
	"slices"
	"strings"
	"sync"

	"playbook/generator/internal/pool"
)

// lexicon is every token that was met in a language, numbered, and the pages that
// were read. It only grows; a snapshot counts what is in use.
type lexicon struct {
	of   Writing
	stem func(string) string

	keys   []pageKey // of the pages that were read last
	last   []*text   // what they gave
	counts []int32   // by id: their postings

	alphabet []uint32   // ids in the order of the words
	spelled  []spelling // in order

	mu    sync.Mutex
	ids   map[string]uint32
	words []string // by id
	term  []uint32 // by id: words of one stem are one term
	stems map[string]uint32
	base  *postingLists // of an earlier snapshot
}

// spelling is a word that can be mistyped, or that backwards behind "~".
type spelling struct {
	text string
	id   uint32
}

// text is what a page gave.
type text struct {
	entries  []entry
	postings []posting // in the order of the entries
}

type entry struct {
	bytes   int32 // of text, as it is shown
	length  int32 // words; a character of Han is one
	heading int32 // length of the heading, two characters of Han being a word
}

// size is what the entry takes in a file, more or less.
func (e entry) size() int { return int(e.bytes) + 40 }

type posting struct {
	id       uint32
	entry    uint16 // of the page
	mentions uint8  // in the text; 255 and more are 255
	where    uint8
}

func newLexicon(of Writing) *lexicon {
	return &lexicon{
		of: of, stem: stemmer(of.Stemmer),
		ids: map[string]uint32{}, stems: map[string]uint32{},
	}
}

// pageKey is everything that a page's postings depend on.
type pageKey struct {
	key                          any
	title, description, keywords string
	reference                    bool
}

// read reads the pages that are not known yet, in parallel.
func (l *lexicon) read(pages []Page) ([]*text, error) {
	keys := make([]pageKey, len(pages))
	for i := range pages {
		keys[i] = pageKey{pages[i].Key, pages[i].Title, pages[i].Description, pages[i].Keywords, pages[i].Reference}
	}
	stays := func(i int) bool { return i < len(keys) && i < len(l.keys) && keys[i] == l.keys[i] }
	moved := map[pageKey]*text{} // mostly a few pages changed, and none of these is known
	for i, k := range l.keys {
		if !stays(i) {
			moved[k] = l.last[i]
		}
	}
	out := make([]*text, len(pages))
	var fresh []int
	for i, k := range keys {
		if stays(i) {
			out[i] = l.last[i]
		} else if out[i] = moved[k]; out[i] == nil {
			fresh = append(fresh, i)
		}
	}
	err := pool.DoWith(context.Background(), len(fresh),
		func() *reader { return &reader{lex: l, tokens: newTable(), long: map[string]*slot{}} },
		func(r *reader, i int) error {
			out[fresh[i]] = r.page(&pages[fresh[i]])
			return nil
		})
	if err != nil {
		return nil, err
	}
	l.count(out)
	l.keys, l.last = keys, out
	return out, nil
}

// count brings the counts to the state of the pages, by what came and went.
func (l *lexicon) count(pages []*text) {
	change := map[*text]int32{}
	for i := range max(len(pages), len(l.last)) {
		if i < len(pages) && i < len(l.last) && pages[i] == l.last[i] {
			continue
		}
		if i < len(pages) {
			change[pages[i]]++
		}
		if i < len(l.last) {
			change[l.last[i]]--
		}
	}
	l.counts = append(l.counts, make([]int32, len(l.words)-len(l.counts))...)
	for t, by := range change {
		if by != 0 {
			for _, p := range t.postings {
				l.counts[p.id] += by
			}
		}
	}
}

// id numbers a token. Its term is that of its stem.
func (l *lexicon) id(word string, stem func(string) string) uint32 {
	l.mu.Lock()
	defer l.mu.Unlock()
	id, known := l.ids[word]
	if known {
		return id
	}
	id = uint32(len(l.words))
	l.ids[word] = id
	l.words = append(l.words, word)
	if stem != nil {
		word = stem(word)
	}
	t, known := l.stems[word]
	if !known {
		t = uint32(len(l.stems))
		l.stems[word] = t
	}
	l.term = append(l.term, t)
	return id
}

// sort brings alphabet and spelling to the state of the words.
func (l *lexicon) sort() {
	var ids []uint32
	var spelled []spelling
	for id := len(l.alphabet); id < len(l.words); id++ {
		ids = append(ids, uint32(id))
		if w := l.words[id]; spellable(w) {
			spelled = append(spelled, spelling{w, uint32(id)}, spelling{"~" + backwards(w), uint32(id)})
		}
	}
	l.alphabet = merge(l.alphabet, ids, func(a, b uint32) int { return strings.Compare(l.words[a], l.words[b]) })
	l.spelled = merge(l.spelled, spelled, func(a, b spelling) int { return strings.Compare(a.text, b.text) })
}

// merge sorts what is new and puts it among what is sorted. Neither changes
// where others may still read it.
func merge[T any](old, fresh []T, compare func(a, b T) int) []T {
	if len(fresh) == 0 {
		return old
	}
	slices.SortFunc(fresh, compare)
	all := make([]T, 0, len(old)+len(fresh))
	for len(old) > 0 && len(fresh) > 0 {
		if compare(fresh[0], old[0]) < 0 {
			all, fresh = append(all, fresh[0]), fresh[1:]
		} else {
			all, old = append(all, old[0]), old[1:]
		}
	}
	return append(append(all, old...), fresh...)
}

// reader reads pages on one goroutine. It keeps the tokens that it has met, so
// that the common ones need no lock.
type reader struct {
	lex     *lexicon
	tokens  table            // of up to eight bytes, as most are
	long    map[string]*slot // others
	buf     []byte
	scratch []byte

	postings []posting // of the page that is read
	entries  []entry
	pages    uint32 // how many postings the pages before have
	earlier  uint32 // … and the entries before
	entry    uint16
	where    uint8 // 0: the text
	length   int32
	chars    int32  // of length: characters of Han
	before   uint64 // the character of Han before
	shift    int    // its length in bits
}

func (r *reader) page(p *Page) *text {
	r.pages += uint32(len(r.postings))
	r.postings, r.entries = r.postings[:0], r.entries[:0]
	p.entries(func(n int, s Section) {
		r.entry, r.earlier = uint16(n), r.pages+uint32(len(r.postings))
		e := entry{}
		if n == 0 {
			e.heading = r.line(inTitle, p.Title)
			e.length = r.line(0, p.Description)
			r.line(keyword, p.Keywords)
		} else {
			heading := uint8(inHeading)
			if p.Reference {
				heading = term
			}
			r.line(under, p.Title)
			e.heading = r.line(heading, s.Heading)
		}
		e.length += r.field(0, s.Text)
		e.bytes = int32(len(p.shown(n, s, &r.scratch)))
		r.entries = append(r.entries, e)
	})
	// What is kept is no longer than it must be.
	return &text{entries: slices.Clone(r.entries), postings: slices.Clone(r.postings)}
}

func (r *reader) line(where uint8, s string) int32 {
	r.scratch = append(r.scratch[:0], s...)
	return r.field(where, r.scratch)
}

// field reads one text of the entry and returns its length: in words for the
// text, for titles with two characters of Han to a word.
func (r *reader) field(where uint8, s []byte) int32 {
	r.where, r.length, r.chars = where, 0, 0
	r.buf = tokenize(s, r.buf, r.lex.of.Elision, r)
	if where == 0 {
		return r.length
	}
	return r.length - r.chars/2
}

func (r *reader) word(w []byte) {
	r.length++
	if len(w) <= 8 {
		r.post(r.short(keyOf(w), r.lex.stem))
		return
	}
	s := r.long[string(w)]
	if s == nil {
		word := string(w)
		s = &slot{id: r.lex.id(word, r.lex.stem)}
		r.long[word] = s
	}
	r.post(s)
}

// han notes a character, and the pair that it makes with the one before.
func (r *reader) han(w []byte, follows bool) {
	r.length++
	r.chars++
	key := keyOf(w)
	r.post(r.short(key, nil))
	if follows {
		r.post(r.short(r.before|key<<r.shift, nil))
	}
	r.before, r.shift = key, 8*len(w)
}

// short gives the slot of a token of up to eight bytes.
func (r *reader) short(key uint64, stem func(string) string) *slot {
	s := r.tokens.slot(key)
	if s.key == 0 {
		s = r.tokens.fill(s, slot{key: key, id: r.lex.id(tokenOf(key), stem)})
	}
	return s
}

// post notes one mention.
func (r *reader) post(s *slot) {
	if s.last <= r.earlier {
		r.postings = append(r.postings, posting{id: s.id, entry: r.entry})
		s.last = r.pages + uint32(len(r.postings))
	}
	p := &r.postings[s.last-r.pages-1]
	p.where |= r.where
	if r.where == 0 && p.mentions < 255 {
		p.mentions++
	}
}
