package search

import (
	"slices"
	"strconv"
	"sync"
)

// How large files get, in bytes before compression. A file of terms is loaded for
// every word of a query, one of entries for every page that is shown, so only a
// page that is longer than a file is cut.
const (
	termBytes  = 14_000
	wordBytes  = 6_000
	entryBytes = 14_000

	// A term in more entries than this keeps those where it counts most: it
	// discriminates little, and its list must not outweigh the rest.
	mostPostings = 1_500
)

// snapshot is the index of one state of the pages.
type snapshot struct {
	lex   *lexicon
	lang  *Language
	pages []*text

	first   []int32 // by page: its first entry
	total   int     // entries
	average int     // words of an entry
	counts  []int32 // by id: postings

	words []string // the lexicon's, as far as they are known here
	term  []uint32 // by id
	stems int      // how many terms

	vocabulary []uint32 // ids in use, in the order of the alphabet
	spelled    []string // Latin words forwards, and backwards behind "~"
	termCuts   []int    // of vocabulary
	wordCuts   []int    // of spelled
	entryCuts  []int    // of entries

	once bool // nothing of this is used by a later snapshot

	collected     sync.Once
	base          *postingLists // postings by term, of these pages or of those of an earlier snapshot
	delta         *postingLists // over base, of the pages that changed since; nil without any
	singleMention []uint8       // by entry: the level of a single mention in the text, as most are
}

// place is a posting of a term in the whole index.
type place struct {
	page     int32
	entry    uint16 // of the page
	mentions uint8
	where    uint8
}

// postingLists are the postings of some pages by term, one an entry.
type postingLists struct {
	pages       []*text // nil where a page's are not among them
	begins, end []int32 // by term: its places
	places      []place
}

func (g *postingLists) postings(term uint32) []place {
	if int(term) >= len(g.end) {
		return nil // it is newer
	}
	return g.places[g.begins[term]:g.end[term]]
}

func newSnapshot(l *lexicon, lang *Language, pages []*text) *snapshot {
	s := &snapshot{lex: l, lang: lang, pages: pages, words: l.words, term: l.term, stems: len(l.stems), counts: slices.Clone(l.counts)}
	s.first = make([]int32, len(pages))
	length := 0
	entries := newCutter(entryBytes)
	for i, p := range pages {
		s.first[i] = int32(s.total)
		page := 0
		for _, e := range p.entries {
			page += e.size()
		}
		entries.fit(s.total, page)
		for _, e := range p.entries {
			length += int(e.length)
			if page > entryBytes {
				entries.fit(s.total, e.size())
			}
			entries.size += e.size()
			s.total++
		}
	}
	s.entryCuts = entries.end(s.total)
	s.average = max(1, length/max(1, s.total))

	l.sort()
	terms := newCutter(termBytes)
	for _, id := range l.alphabet {
		if n := int(s.counts[id]); n > 0 {
			terms.add(len(s.vocabulary), len(s.words[id])/2+4+2*min(n, mostPostings))
			s.vocabulary = append(s.vocabulary, id)
		}
	}
	s.termCuts = terms.end(len(s.vocabulary))

	words := newCutter(wordBytes)
	for _, w := range l.spelled {
		if s.counts[w.id] > 0 {
			words.add(len(s.spelled), len(w.text)/2+2)
			s.spelled = append(s.spelled, w.text)
		}
	}
	s.wordCuts = words.end(len(s.spelled))
	return s
}

// cutter cuts a list into files of at most so many bytes, or of one item.
type cutter struct {
	cuts       []int // where files begin
	size, most int   // of the file that is being filled
}

func newCutter(most int) *cutter { return &cutter{cuts: []int{0}, most: most} }

// fit begins a file with item i if the next bytes do not fit into the one before.
func (c *cutter) fit(i, bytes int) {
	if c.size > 0 && c.size+bytes > c.most {
		c.cuts, c.size = append(c.cuts, i), 0
	}
}

// add adds item i.
func (c *cutter) add(i, bytes int) {
	c.fit(i, bytes)
	c.size += bytes
}

// end returns where the files of n items begin, and n.
func (c *cutter) end(n int) []int {
	if n == 0 {
		return c.cuts
	}
	return append(c.cuts, n)
}

// spellable reports whether a word can be mistyped: four letters or more, no
// digits, no script that is written without blanks.
func spellable(w string) bool {
	n := 0
	for _, r := range w {
		if r < 'a' && r != '\'' || unspaced(r) {
			return false
		}
		n++
	}
	return n >= 4
}

func backwards(w string) string {
	r := []rune(w)
	slices.Reverse(r)
	return string(r)
}

// termStarts gives what words each file of terms begins with: as much of the
// first as tells it from the last of the file before.
func (s *snapshot) termStarts() []string {
	return starts(s.termCuts, func(i int) string { return s.words[s.vocabulary[i]] })
}

func (s *snapshot) wordStarts() []string {
	return starts(s.wordCuts, func(i int) string { return s.spelled[i] })
}

func starts(cuts []int, word func(i int) string) []string {
	var all []string
	for _, cut := range cuts[:len(cuts)-1] {
		if cut == 0 {
			all = append(all, "")
		} else {
			all = append(all, shortestAfter(word(cut-1), word(cut)))
		}
	}
	return all
}

// shortestAfter is the shortest beginning of b that comes after a.
func shortestAfter(a, b string) string {
	for i := range b {
		if i > 0 && b[:i] > a {
			return b[:i]
		}
	}
	return b
}

// collect makes the lists of places. After a save all but a few pages are what
// they were, and so most lists too: those of an earlier snapshot serve.
func (s *snapshot) collect() {
	s.singleMention = make([]uint8, 0, s.total)
	for i, p := range s.pages {
		for j := range p.entries {
			s.singleMention = append(s.singleMention, s.level(place{page: int32(i), entry: uint16(j), mentions: 1}))
		}
	}
	if s.once {
		s.base = s.invert(s.pages, s.counts)
		return
	}
	s.lex.mu.Lock()
	defer s.lex.mu.Unlock()
	if s.lex.base == nil || !s.patch(s.lex.base) {
		s.lex.base = s.invert(s.pages, s.counts)
	}
	s.base = s.lex.base
}

// invert turns the postings of pages into lists by term. counts are their
// numbers by id.
func (s *snapshot) invert(pages []*text, counts []int32) *postingLists {
	g := &postingLists{pages: pages, begins: make([]int32, s.stems)}
	for id, n := range counts {
		g.begins[s.term[id]] += n
	}
	sum := int32(0)
	for t, n := range g.begins {
		g.begins[t] = sum
		sum += n
	}
	g.end = slices.Clone(g.begins)
	g.places = make([]place, sum)
	for i, p := range pages {
		if p == nil {
			continue
		}
		for _, posting := range p.postings {
			t := s.term[posting.id]
			n := g.end[t]
			if n > g.begins[t] {
				if last := &g.places[n-1]; last.page == int32(i) && last.entry == posting.entry { // another word of the term
					last.mentions = uint8(min(255, int(last.mentions)+int(posting.mentions)))
					last.where |= posting.where
					continue
				}
			}
			g.places[n] = place{int32(i), posting.entry, posting.mentions, posting.where}
			g.end[t]++
		}
		if s.once {
			p.postings = nil
		}
	}
	return g
}

// mostOthers is how many pages may differ from those whose postings are inverted.
const mostOthers = 50

// patch gathers the pages that differ from those of g, if they are few.
func (s *snapshot) patch(g *postingLists) bool {
	if len(g.pages) != len(s.pages) {
		return false
	}
	var others []*text
	n := 0
	for i, p := range s.pages {
		if p != g.pages[i] {
			if others == nil {
				others = make([]*text, len(s.pages))
			}
			others[i] = p
			n++
		}
	}
	if n == 0 || n > mostOthers {
		return n == 0
	}
	counts := make([]int32, len(s.counts))
	for _, p := range others {
		if p != nil {
			for _, posting := range p.postings {
				counts[posting.id]++
			}
		}
	}
	s.delta = s.invert(others, counts)
	return true
}

// postings gives the places of a term in order.
func (s *snapshot) postings(term uint32) []place {
	old := s.base.postings(term)
	if s.delta == nil {
		return old
	}
	fresh := s.delta.postings(term)
	all := make([]place, 0, len(old)+len(fresh))
	for _, p := range old {
		if s.delta.pages[p.page] != nil {
			continue
		}
		for len(fresh) > 0 && fresh[0].page < p.page {
			all, fresh = append(all, fresh[0]), fresh[1:]
		}
		all = append(all, p)
	}
	return append(all, fresh...)
}

func (s *snapshot) level(p place) uint8 {
	e := &s.pages[p.page].entries[p.entry]
	return uint8(level(int(p.mentions), p.where, int(e.heading), int(e.heading), int(e.length), s.average))
}

// terms writes a file of terms: its words, for each the term counted back from
// the newest, and for each term its rarity, how many places it has and the
// places: how many entries after the one before, and the level.
func (s *snapshot) terms(from, to int, b []byte) []byte {
	s.collected.Do(s.collect)
	local := map[uint32]int{}
	var order []uint32
	b = append(b, `{"words":"`...)
	before := ""
	for _, id := range s.vocabulary[from:to] {
		b = appendWord(b, before, s.words[id])
		before = s.words[id]
	}
	b = append(b, `","of":"`...)
	for _, id := range s.vocabulary[from:to] {
		t := s.term[id]
		n, known := local[t]
		if !known {
			n = len(order)
			local[t] = n
			order = append(order, t)
			b = appendNumber(b, 0)
			continue
		}
		b = appendNumber(b, len(order)-n)
	}
	b = append(b, `","places":"`...)
	var scratch []uint8
	for i, t := range order {
		if i > 0 {
			b = append(b, ' ')
		}
		b = s.list(t, b, &scratch)
	}
	return append(b, `"}`...)
}

// list writes one term. scratch is space for it.
func (s *snapshot) list(term uint32, b []byte, scratch *[]uint8) []byte {
	all := s.postings(term)
	b = appendNumber(b, rarity(s.total, len(all)))
	worth := slices.Grow((*scratch)[:0], len(all))[:len(all)]
	*scratch = worth
	var counts [levels]int
	for i, p := range all {
		if p.mentions == 1 && p.where == 0 {
			worth[i] = s.singleMention[s.number(p)]
		} else {
			worth[i] = s.level(p)
		}
		counts[worth[i]]++
	}
	least, spare := 0, 0 // places below least are left out; of those at it, spare stay
	if len(all) > mostPostings {
		kept := 0
		for least = levels - 1; kept+counts[least] < mostPostings; least-- {
			kept += counts[least]
		}
		spare = mostPostings - kept
	}
	last := -1
	for i, p := range all {
		if int(worth[i]) < least {
			continue
		}
		if len(all) > mostPostings && int(worth[i]) == least {
			if spare == 0 {
				continue
			}
			spare--
		}
		n := s.number(p)
		b = appendNumber(b, (n-last-1)*levels+int(worth[i]))
		last = n
	}
	return b
}

// number is a place's entry among all entries.
func (s *snapshot) number(p place) int { return int(s.first[p.page]) + int(p.entry) }

// spelling writes a file of words alone.
func (s *snapshot) spelling(from, to int, b []byte) []byte {
	b = append(b, '"')
	before := ""
	for _, w := range s.spelled[from:to] {
		b = appendWord(b, before, w)
		before = w
	}
	return append(b, '"')
}

// entries writes a file of entries: the pages they stand on, and for each the
// page counted from 0, its anchor, heading and text.
func (s *snapshot) entries(from, to int, b []byte) []byte {
	page := 0
	if i, exact := slices.BinarySearch(s.first, int32(from)); exact {
		page = i
	} else {
		page = i - 1
	}
	end := page
	b = append(b, `{"pages":[`...)
	for ; end < len(s.pages) && int(s.first[end]) < to; end++ {
		if end > page {
			b = append(b, ',')
		}
		p := &s.lang.Pages[end]
		b = appendStrings(b, p.Path, p.Title, p.Track)
	}
	b = append(b, `],"entries":[`...)
	var scratch []byte
	for i := range end - page {
		p, first := &s.lang.Pages[page+i], int(s.first[page+i])
		p.entries(func(n int, section Section) {
			e := first + n
			if e < from || e >= to {
				return
			}
			if e > from {
				b = append(b, ',')
			}
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(i), 10)
			b = appendString(append(b, ','), section.ID)
			b = appendString(append(b, ','), section.Heading)
			b = appendString(append(b, ','), p.shown(n, section, &scratch))
			b = append(b, ']')
		})
	}
	return append(b, "]}"...)
}
