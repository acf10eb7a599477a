// Search: the engine, which reads the index that package search writes, and the
// dialog. The frame's script loads this file when a reader first reaches for the
// search; without a document it only offers the engine, for tests.
(function () {
  "use strict";

  // ---- Text: as generator/internal/search/text.go reads it -------------------

  const TOKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?:[\p{L}\p{N}\p{M}]|(?<=[\p{L}\p{N}\p{M}])['’](?=[\p{L}\p{N}\p{M}])|(?<=[0-9]),(?=[0-9])))+/gu;
  const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŧ: "t", ς: "σ" };
  const fold = (s) => s.normalize("NFKD").toLowerCase().replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, "$1")
    .replace(/[ßæœøđðþłħıŧς]/g, (c) => SPELLED[c]).replace(/[^\p{L}\p{N}\p{M}]/gu, "").normalize("NFC");

  /**
   * Reads a text: words and single characters of scripts without blanks, folded,
   * with where they stand. follows: directly behind another such character.
   * @returns {{text: string, han: boolean, follows: boolean, start: number, end: number}[]}
   */
  function tokenize(text) {
    const all = [];
    for (const match of text.matchAll(TOKEN)) {
      const han = HAN.test(match[0]);
      const token = { text: fold(match[0]), han, start: match.index, end: match.index + match[0].length };
      const before = all[all.length - 1];
      token.follows = !!before && han && before.han && before.end === token.start;
      if (token.text) all.push(token);
    }
    return all;
  }

  // ---- The index's writing: see generator/internal/search/encode.go -----------

  const BASE = 45;
  const VALUES = new Uint8Array(128);
  for (let code = 35, n = 0; n < 2 * BASE; code++) if (code !== 92) VALUES[code] = n++;

  function numbers(text) {
    const all = [];
    let n = 0;
    for (let i = 0; i < text.length; i++) {
      const v = VALUES[text.charCodeAt(i)];
      if (v < BASE) { all.push(n * BASE + v); n = 0; } else n = n * BASE + v - BASE;
    }
    return all;
  }

  function wordList(text) {
    const all = [];
    let word = "";
    for (const item of text.split(" ")) {
      if (item) all.push(word = word.slice(0, VALUES[item.charCodeAt(0)]) + item.slice(1));
    }
    return all;
  }

  /** How many of the sorted texts are not above a text, less one: the file that holds it. */
  function fileOf(starts, text) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= text) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  }

  // ---- The engine ------------------------------------------------------------

  const LEVELS = 32;
  const COMMON = 37; // rarity of a term in a quarter of the entries: it may be missing
  // What a match is worth, in sixths: the word, its beginning, another name, a word
  // mistyped, another form of the word.
  const EXACT = 6, BEGINS = 3, NAMED = 5, MISTYPED = 3, RELATED = 3;
  const FEW = 4; // words that may be spread over a page: in a long one many are, by chance
  const MANY = 10; // pages with every word: those with some of them are left out
  const TELLING = 0.55; // of the rarest word's rarity: words that are more common are not marked
  const SPOKEN = 4; // letters of pinyin
  const MOST_FILES = 3; // of terms for one beginning
  const MOST_BEGINNINGS = 40, MOST_CORRECTIONS = 6;

  /** Whether one insertion, deletion, swap or, from five letters on, substitution makes b of a. */
  function oneOff(a, b) {
    if (a.length > b.length) return oneOff(b, a);
    if (b.length - a.length > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
    if (a.length < 5 && a[i] !== b[i + 1]) return false; // another letter makes another word of a short one
    return i < a.length && (a.slice(i + 1) === b.slice(i + 1)
      || a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  }

  /** Whether a word begins with what one slip makes of the typed. */
  const beginsOneOff = (typed, word) =>
    [-1, 0, 1].some((d) => word.length > typed.length + d && oneOff(typed, word.slice(0, typed.length + d)));

  class Engine {
    /**
     * @param {string} lang the language's code
     * @param {(name: string, stamp?: string) => Promise<{stamp: string, data: any}>} load
     *   gives a file of the index
     */
    constructor(lang, load) {
      this.lang = lang;
      this.load = load;
      this.files = new Map();
    }

    /** Loads the root; again after the site has changed under the reader. */
    open() {
      return this.opening ??= this.load(this.lang, this.stale).then(({ stamp, data }) => {
        this.root = data;
        this.stamp = stamp;
        this.files.clear();
        this.first = [];
        this.pageOf = [];
        numbers(data.pages).forEach((n, page) => {
          this.first.push(this.pageOf.length);
          for (; n > 0; n--) this.pageOf.push(page);
        });
        this.cuts = [0];
        for (const n of numbers(data.entries)) this.cuts.push(this.cuts[this.cuts.length - 1] + n);
        return data;
      }).catch((error) => { this.opening = null; throw error; });
    }

    /** Loads a file of the index once; it must belong to the root. */
    file(name, read) {
      if (!this.files.has(name)) {
        const loading = this.load(this.lang + "/" + name, this.stamp).then(({ stamp, data }) => {
          if (stamp !== this.stamp) throw new Stale(stamp);
          return read(data);
        });
        loading.catch(() => this.files.delete(name));
        this.files.set(name, loading);
      }
      return this.files.get(name);
    }

    terms(n) {
      return this.file("t" + n, (data) => {
        const words = wordList(data.words);
        const places = data.places.split(" ");
        let count = 0;
        const of = numbers(data.of).map((back) => (back === 0 ? count++ : count - back));
        return { words, of, places, read: [] };
      });
    }

    /** A term's rarity and its places: entry → level. */
    term(file, n) {
      return file.read[n] ??= (() => {
        const [rarity, ...list] = numbers(file.places[n]);
        const levels = new Map();
        let entry = -1;
        for (const value of list) {
          entry += 1 + Math.floor(value / LEVELS);
          levels.set(entry, value % LEVELS);
        }
        const words = file.words.filter((_, i) => file.of[i] === n);
        return { key: file.words[file.of.indexOf(n)], rarity, levels, words };
      })();
    }

    /** The term of a word as it stands, or null. */
    async exact(word) {
      if (!this.root.terms.length) return null;
      const file = await this.terms(fileOf(this.root.terms, word));
      const at = file.words.indexOf(word);
      return at < 0 ? null : this.term(file, file.of[at]);
    }

    /** The terms whose words begin so, each with the words that do. */
    async beginning(text) {
      if (!this.root.terms.length) return [];
      const from = fileOf(this.root.terms, text);
      const to = Math.min(fileOf(this.root.terms, text + "\uffff"), from + MOST_FILES - 1);
      const files = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => this.terms(from + i)));
      const found = [];
      for (const file of files) {
        const seen = new Set();
        file.words.forEach((word, i) => {
          if (word.startsWith(text) && !seen.has(file.of[i]) && found.length < MOST_BEGINNINGS) {
            seen.add(file.of[i]);
            found.push(this.term(file, file.of[i]));
          }
        });
      }
      return found;
    }

    /** The words of the index that begin with a text, forwards, or backwards behind "~". */
    async spelled(text) {
      const starts = this.root.spelling;
      if (!starts.length) return [];
      const from = fileOf(starts, text), to = fileOf(starts, text + "\uffff");
      const files = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => this.file("w" + (from + i), wordList)));
      return files.flat().filter((word) => word.startsWith(text));
    }

    /**
     * The words that one slip away from the typed one are in the index. A slip
     * leaves one half of a word as it is, so only words that share a half are
     * looked at, and the one that a swap in the middle makes.
     */
    async corrections(typed, last) {
      const n = [...typed].length;
      if (n < 4 || /\d/.test(typed)) return [];
      const half = n >> 1;
      const swapped = typed.slice(0, half - 1) + typed[half] + typed[half - 1] + typed.slice(half + 1);
      const back = [...typed.slice(half)].reverse().join("");
      const [head, tail, middle] = await Promise.all([
        this.spelled(typed.slice(0, half)), this.spelled("~" + back), this.spelled(swapped),
      ]);
      const words = new Set([...head, ...middle, ...tail.map((word) => [...word.slice(1)].reverse().join(""))]);
      const whole = [], begun = [];
      for (const word of words) {
        if (oneOff(typed, word)) whole.push(word);
        else if (last && n >= 5 && beginsOneOff(typed, word)) begun.push(word);
      }
      // Who mistypes a word mostly has its first letter right.
      const order = (a, b) => (b[0] === typed[0]) - (a[0] === typed[0]) || (a < b ? -1 : 1);
      return [...whole.sort(order), ...(whole.length ? [] : begun.sort(order))].slice(0, MOST_CORRECTIONS);
    }

    /** Ways to find one word: lists of terms that all must occur, each way with its worth. */
    async ways(word, last) {
      const ways = [];
      const exact = await this.exact(word);
      if (exact) ways.push({ terms: [exact], worth: EXACT });
      if (last && word.length > 1 || !exact) {
        for (const term of word.length > 1 ? await this.beginning(word) : []) {
          if (!exact || term.key !== exact.key) ways.push({ terms: [term], worth: BEGINS, begins: word });
        }
      }
      if (!ways.length) {
        for (const right of await this.corrections(word, last)) {
          const term = await this.exact(right);
          if (term && !ways.some((way) => way.terms[0].key === term.key)) ways.push({ terms: [term], worth: MISTYPED });
        }
      }
      // A form that no page has: the words that share all but its ending.
      for (let cut = 1; !ways.length && cut <= 4 && word.length - cut >= 5; cut++) {
        for (const term of await this.beginning(word.slice(0, -cut))) ways.push({ terms: [term], worth: RELATED });
      }
      return ways;
    }

    /** The terms of a phrase, as it stands; null where one is missing. */
    async phrase(tokens) {
      const terms = await Promise.all(keysOf(tokens).map((key) => this.exact(key)));
      return terms.length && terms.every(Boolean) ? terms : null;
    }

    /**
     * The units of a query: what is to be found, each with the ways to find it.
     * A name that the site has other names for is one unit.
     */
    async units(query) {
      const tokens = tokenize(query);
      const names = this.root.names ? await this.names() : new Map();
      const open = !/\s$/.test(query);
      for (const key of keysOf(tokens)) this.exact(key).catch(() => {}); // on the way while the first is read
      const units = [];
      for (let i = 0; i < tokens.length;) {
        const named = longest(names, tokens, i);
        if (named) {
          const own = tokens.slice(i, i + named.length);
          const ways = [];
          const terms = await this.phrase(own);
          if (terms) ways.push({ terms, worth: EXACT });
          for (const other of named.others) {
            const terms = await this.phrase(other.tokens);
            if (terms) ways.push({ terms, worth: NAMED });
          }
          if (ways.length) {
            units.push({ text: own.map((t) => t.text).join(own[0].han ? "" : " "), ways });
            i += named.length;
            continue;
          }
        }
        const spoken = this.root.names ? await this.spoken(tokens, i) : null;
        if (spoken) {
          units.push(spoken);
          i += spoken.length;
          continue;
        }
        const run = [tokens[i++]]; // a word, or the characters that stand together
        while (run[0].han && i < tokens.length && tokens[i].follows && !longest(names, tokens, i)) run.push(tokens[i++]);
        units.push(...await this.run(run, open && i === tokens.length, i));
      }
      return units;
    }

    /** A unit of the names whose pinyin, from one of its syllables on, begins as words that the index does not have, written together or apart. */
    async spoken(tokens, at) {
      if (tokens[at].han || await this.exact(tokens[at].text)) return null;
      for (let to = tokens.length; to > at; to--) {
        const run = tokens.slice(at, to);
        const text = run.map((token) => token.text).join("");
        if (text.length < SPOKEN || run.some((token) => token.han)) continue;
        const ways = [];
        for (const { joined, syllables, phrases } of this.pinyin) {
          if (!syllables.some((start) => joined.startsWith(text, start))) continue;
          for (const phrase of phrases) {
            const terms = await this.phrase(phrase.tokens);
            if (terms) ways.push({ terms, worth: NAMED });
          }
        }
        if (ways.length) return { text, ways, length: run.length };
      }
      return null;
    }

    async run(run, last, n) {
      if (!run[0].han) return [{ text: run[0].text, ways: await this.ways(run[0].text, last) }];
      const one = async (key) => {
        const term = await this.exact(key);
        return { text: key, han: true, run: n, ways: term ? [{ terms: [term], worth: EXACT }] : [] };
      };
      const pairs = await Promise.all(keysOf(run).map(one));
      const found = pairs.filter((unit) => unit.ways.length);
      if (found.length || run.length === 1) return pairs;
      const single = await Promise.all(run.map((token) => one(token.text)));
      return single.some((unit) => unit.ways.length) ? single : pairs;
    }

    /** The site's names for the same things: first token → phrases. Those in pinyin stand by themselves. */
    names() {
      return this.naming ??= this.load("names", this.stamp).then(({ data }) => {
        this.pinyin = [];
        const names = new Map();
        for (const group of data) {
          const phrases = group.filter((name) => name[0] !== "~").map((name) => ({ name, tokens: tokenize(name) })).filter((p) => p.tokens.length);
          for (const name of group.filter((name) => name[0] === "~")) {
            let joined = "";
            const syllables = name.slice(1).split(" ").map((syllable) => { joined += syllable; return joined.length - syllable.length; });
            this.pinyin.push({ joined, syllables, phrases });
          }
          for (const phrase of phrases) {
            const others = phrases.filter((p) => p !== phrase);
            const key = phrase.tokens[0].text;
            if (!names.has(key)) names.set(key, []);
            names.get(key).push({ ...phrase, others });
          }
        }
        return names;
      }).catch(() => { this.pinyin = []; return new Map(); });
    }

    /**
     * Searches.
     * @returns {Promise<{pages: object[], others: object[], units: object[], missing: string[]}>} pages with
     *   all words and others with some, best first: {page, entries}, each with its best entries
     */
    async find(query) {
      await this.open();
      try {
        return await this.rank(query);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        this.stale = error.stamp;
        this.opening = null;
        await this.open();
        return this.rank(query);
      }
    }

    async rank(query) {
      const asked = await this.units(query);
      const units = asked.filter((unit) => unit.ways.length);
      const missing = asked.filter((unit) => !unit.ways.length && !unit.han).map((unit) => unit.text);
      // A word that a quarter of all entries hold may be missing, unless there is no other.
      for (const unit of units) unit.common = unit.ways.every((way) => way.terms.every((term) => term.rarity < COMMON));
      const strict = units.some((unit) => !unit.common);
      let required = 0;
      // Of the pairs of characters that stand together most must be there: not every
      // pair is a word. Those that no page has count too.
      const runs = new Map();
      units.forEach((unit, i) => {
        if (strict && unit.common) return;
        required |= 1 << i % 30;
        if (!unit.han) return;
        const before = runs.get(unit.run) ?? 0; // by itself: the minifier takes the brackets off "(a ?? b) | c"
        runs.set(unit.run, before | 1 << i % 30);
      });
      const pairs = new Map([...runs.keys()].map((n) => [n, asked.filter((unit) => unit.run === n).length]));
      let words = required;
      for (const run of runs.values()) words &= ~run;
      const all = (mask) => (mask & words) === words
        && [...runs].every(([n, run]) => 3 * bits(mask & run) >= 2 * bits(run) && 2 * bits(mask & run) >= pairs.get(n));
      const scores = new Map(); // entry → [score, units]
      const spread = new Map(); // page → what its best mentions of each unit add up to
      units.forEach((unit, i) => {
        const best = new Map();
        for (const [entry, score] of unitScores(unit)) {
          const page = this.pageOf[entry];
          best.set(page, Math.max(score, best.get(page) ?? 0));
          const at = scores.get(entry);
          if (at) { at[0] += score; at[1] |= 1 << i % 30; } else scores.set(entry, [score, 1 << i % 30]);
        }
        for (const [page, score] of best) spread.set(page, score + (spread.get(page) ?? 0));
      });
      const need = bits(required);
      const pages = new Map();
      for (const [entry, [score, mask]] of scores) {
        const has = bits(mask & required);
        const whole = all(mask);
        const worth = whole ? score : Math.floor(score * has / (need + 1));
        const number = this.pageOf[entry];
        const page = pages.get(number) ?? { page: number, mask: 0, whole: false, best: 0, entries: [] };
        page.mask |= mask;
        page.whole ||= whole;
        page.best = Math.max(page.best, worth);
        page.entries.push([entry, worth]);
        pages.set(number, page);
      }
      const tier = (page) => (page.whole ? 2 : need <= FEW && all(page.mask) ? 1 : 0);
      const score = (page) => 2 * page.best + spread.get(page.page);
      const found = [...pages.values()].sort((a, b) => tier(b) - tier(a) || score(b) - score(a) || a.page - b.page);
      for (const page of found) {
        page.entries.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
        page.entries = page.entries.filter(([, worth]) => 2 * worth >= page.best).map(([entry]) => entry);
      }
      const whole = found.filter((page) => tier(page) > 0);
      return { pages: whole, others: whole.length < MANY ? found.slice(whole.length) : [], units, missing };
    }

    /** An entry as it is shown. */
    async entry(number) {
      let n = 0;
      while (this.cuts[n + 1] <= number) n++;
      const file = await this.file("d" + n, (data) => data);
      const [page, id, heading, text] = file.entries[number - this.cuts[n]];
      const [path, title, track] = file.pages[page];
      return { path, title, track, id, heading, text };
    }
  }

  /** A file belongs to a newer root than the one that was loaded. */
  class Stale extends Error {
    constructor(stamp) { super("the index has changed"); this.stamp = stamp; }
  }

  const bits = (mask) => { let n = 0; for (; mask; mask &= mask - 1) n++; return n; };

  /** What a run of tokens is looked up by: words, single characters, or pairs of them. */
  function keysOf(tokens) {
    const keys = [];
    tokens.forEach((token, i) => {
      if (token.follows && i > 0) keys.push(tokens[i - 1].text + token.text);
      else if (!(tokens[i + 1]?.follows)) keys.push(token.text);
    });
    return keys;
  }

  /** The longest name that stands in the tokens at a place. */
  function longest(names, tokens, at) {
    let best = null;
    for (const phrase of names.get(tokens[at].text) ?? []) {
      const n = phrase.tokens.length;
      if (n > (best?.length ?? 0) && at + n <= tokens.length
        && phrase.tokens.every((t, i) => tokens[at + i].text === t.text && (i === 0 || tokens[at + i].follows === t.follows))) {
        best = { length: n, others: phrase.others };
      }
    }
    return best;
  }

  /** What a unit is worth in each entry: the best of its ways. */
  function unitScores(unit) {
    const scores = new Map();
    for (const { terms, worth } of unit.ways) {
      const [head, ...rest] = terms;
      next: for (const [entry, level] of head.levels) {
        let sum = head.rarity * level;
        for (const term of rest) {
          const other = term.levels.get(entry);
          if (other === undefined) continue next;
          sum += term.rarity * other;
        }
        sum = Math.floor(sum * worth / (6 * terms.length)) + (terms.length > 1 ? sum >> 2 : 0);
        if (sum > (scores.get(entry) ?? 0)) scores.set(entry, sum);
      }
    }
    return scores;
  }

  const MOST_PAGES = 30;
  const ENOUGH = 3; // pages in the reader's language; with fewer, the others are searched too

  /**
   * Searches the reader's language, and the others where it gives little: first
   * what has every word, then the reader's pages with some of them.
   * @param {(lang: string) => Engine} engine
   */
  async function findEverywhere(query, own, engine) {
    const found = async (lang) => {
      const result = await engine(lang).find(query);
      const told = (pages) => pages.slice(0, MOST_PAGES).map((page) => ({ ...page, lang, units: result.units }));
      return { pages: told(result.pages), others: told(result.others), missing: result.missing };
    };
    const first = await found(own);
    const all = first.pages;
    for (const lang of engine(own).root.others) if (all.length < ENOUGH) all.push(...(await found(lang)).pages);
    return { all: [...all, ...first.others].slice(0, MOST_PAGES), missing: first.missing };
  }

  // ---- Snippets ---------------------------------------------------------------

  /** Where a text holds what was looked for: [start, end, unit] in order. */
  function marksIn(text, units) {
    const words = new Map(), begins = [], pairs = new Map();
    const rarity = (unit) => Math.min(...unit.ways.map((way) => Math.max(...way.terms.map((term) => term.rarity ?? 0))));
    const least = TELLING * Math.max(...units.map(rarity));
    units.forEach((unit, n) => {
      if (rarity(unit) < least) return; // "the" says nothing where rarer words were found
      for (const way of unit.ways) {
        for (const term of way.terms) {
          for (const word of term.words) (HAN.test(word) ? pairs : words).set(word, n);
        }
        if (way.begins) begins.push([way.begins, n]);
      }
    });
    const marks = [];
    const tokens = tokenize(text);
    tokens.forEach((token, i) => {
      if (token.han) {
        const pair = token.follows ? tokens[i - 1].text + token.text : "";
        if (pairs.has(pair)) marks.push([tokens[i - 1].start, token.end, pairs.get(pair)]);
        if (pairs.has(token.text)) marks.push([token.start, token.end, pairs.get(token.text)]);
        return;
      }
      const begun = begins.find(([text]) => token.text.startsWith(text));
      if (words.has(token.text)) marks.push([token.start, token.end, words.get(token.text)]);
      else if (begun) marks.push([token.start, token.end, begun[1]]);
    });
    const joined = [];
    for (const mark of marks) {
      const before = joined[joined.length - 1];
      if (before && mark[0] <= before[1]) before[1] = Math.max(before[1], mark[1]);
      else joined.push([...mark]);
    }
    return joined;
  }

  /**
   * Cuts a window out of a text, where it says most about the units.
   * @returns {[string, boolean][]} pieces, marked or not
   */
  function snippet(text, units, size) {
    const marks = marksIn(text, units);
    let from = 0, most = 0;
    for (const [start] of marks) {
      const inside = marks.filter((m) => m[0] >= start && m[1] <= start + size);
      const worth = 8 * new Set(inside.map((m) => m[2])).size + inside.length;
      if (worth > most) { most = worth; from = start; }
    }
    from = Math.max(0, from - (size >> 2));
    if (from > 0) { // begin with a sentence or a word
      const head = text.slice(from, from + (size >> 2));
      const stop = head.search(/[。！？；.!?;]\s*/u);
      const blank = head.search(/\s/);
      from += stop >= 0 && stop < head.length - 2 ? stop + head.slice(stop).match(/^[。！？；.!?;]\s*/u)[0].length : blank >= 0 ? blank + 1 : 0;
    }
    let to = Math.min(text.length, from + size);
    if (to < text.length) {
      const blank = text.slice(to - 16, to).search(/\s\S*$/);
      if (blank > 0) to = to - 16 + blank;
      else if (/[\uD800-\uDBFF]/.test(text[to - 1])) to--;
    }
    const pieces = [];
    if (from > 0) pieces.push(["… ", false]);
    let at = from;
    for (const [start, end] of marks) {
      if (end <= from || start >= to || start < at) continue;
      if (start > at) pieces.push([text.slice(at, start), false]);
      pieces.push([text.slice(start, Math.min(end, to)), true]);
      at = Math.min(end, to);
    }
    if (at < to) pieces.push([text.slice(at, to), false]);
    if (to < text.length) pieces.push([" …", false]);
    return pieces;
  }

  if (typeof document === "undefined") {
    globalThis.PlaybookSearch = { Engine, findEverywhere, tokenize, keysOf, oneOff, snippet };
    return;
  }

  // ---- Files --------------------------------------------------------------------

  const root = document.documentElement;
  const waiting = new Map(); // name → what to do with it

  // Every file of the index calls this with its name, stamp and content.
  globalThis.playbookSearch = (name, stamp, data) => waiting.get(name)?.({ stamp, data });

  function load(name, stamp) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
      script.src = root.dataset.root + "search/" + name + ".js" + (stamp ? "?" + stamp : "");
      script.onerror = () => reject(new Error("not loaded: " + name));
      script.onload = () => script.remove();
      document.head.append(script);
    });
  }

  // ---- The dialog -----------------------------------------------------------------

  const opener = document.querySelector(".search-open");
  const own = opener.dataset.lang;
  const engines = new Map();
  const engine = (lang) => {
    if (!engines.has(lang)) engines.set(lang, new Engine(lang, load));
    return engines.get(lang);
  };

  const FIRST = 6, MORE = 10, PER_PAGE = 3;

  function element(name, attributes = {}, ...content) {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...content);
    return e;
  }

  let words = {};
  const say = (key, n) => (words[key] ?? "")
    .replace(/\{n\?([^|}]*)\|([^}]*)\}/g, (_, one, many) => (n === 1 ? one : many))
    .replaceAll("{n}", n);

  const label = opener.textContent.trim();
  const icon = opener.querySelector("svg").cloneNode(true);
  const input = element("input", {
    type: "search", id: "search-input", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    enterkeyhint: "go", placeholder: label, "aria-label": label, "aria-controls": "search-found",
  });
  const close = element("button", { type: "button", class: "quiet search-close" }, "×");
  const status = element("p", { class: "search-status", role: "status" });
  const start = element("div", { class: "search-start" });
  const list = element("ol", { class: "search-found", id: "search-found" });
  const foot = element("p", { class: "search-foot" });
  const dialog = element("dialog", { class: "search", "aria-label": label, closedby: "any" },
    element("form", { role: "search", method: "dialog" }, icon, input, close), status, start, list, foot);
  document.body.append(dialog);

  let asked = ""; // what the list answers
  let turn = 0; // of the newest query
  let shown = 0;
  let found = [];

  async function ready() {
    const data = await engine(own).open();
    words = data.words;
    close.setAttribute("aria-label", say("close"));
    input.placeholder = say("placeholder");
    if (!foot.childNodes.length) {
      foot.append(element("a", { href: opener.getAttribute("href") }, say("letters")));
      offer("recent", recent());
      offer("parts", parts());
    }
  }

  // Before anything is typed: what was read last (see site.js), and the parts of
  // the course, as its column lists them.
  const RECENT = 4;

  function recent() {
    return playbookStore.recent().filter(([, , lang]) => lang === root.lang).map(([address, title]) => [(root.dataset.root || "./") + address, title])
      .filter(([href]) => new URL(href, location).pathname !== location.pathname).slice(0, RECENT);
  }

  const parts = () => [...document.querySelectorAll("#course .nav-tracks > li")].map((part) => [part.querySelector("a"), part.querySelector(".nav-track, summary")])
    .filter(([, name]) => name).map(([link, name]) => [link.href, name.textContent.trim().replace(/\s+/g, " ")]);

  function offer(key, links) {
    if (!links.length) return;
    start.append(element("p", {}, say(key)), element("ul", {}, ...links.map(([href, text]) => element("li", {}, element("a", { href }, text)))));
  }

  function open() {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    ready().catch(fail);
  }

  function fail() {
    status.textContent = words.failed || opener.dataset.failed;
    list.replaceChildren();
  }

  /** Answers what is typed; an answer that a newer query overtook is dropped. */
  async function answer() {
    const query = input.value;
    if (query.trim() === asked.trim() && query.trim()) return;
    asked = query;
    const mine = ++turn;
    start.hidden = !!query.trim();
    if (!query.trim()) {
      list.replaceChildren();
      status.textContent = "";
      found = [];
      return;
    }
    try {
      await ready();
      const { all, missing } = await findEverywhere(query, own, engine);
      const items = await Promise.all(all.slice(0, FIRST).map(item));
      if (mine !== turn) return;
      found = all;
      shown = items.length;
      list.replaceChildren(...items, ...moreButton());
      list.scrollTop = 0;
      status.textContent = !all.length ? say("none") : say("count", all.length)
        + (missing.length && all.length ? " " + say("missing").replace("{words}", missing.join(", ")) : "");
    } catch {
      if (mine === turn) { asked = ""; fail(); }
    }
  }

  function moreButton() {
    if (shown >= found.length) return [];
    const button = element("button", { type: "button", class: "link" }, say("more", found.length - shown));
    const place = element("li", { class: "search-more" }, button);
    button.addEventListener("click", async () => {
      const mine = turn;
      const items = await Promise.all(found.slice(shown, shown + MORE).map(item));
      if (mine !== turn) return;
      shown += items.length;
      place.replaceWith(...items, ...moreButton());
      items[0].querySelector("a").focus();
    });
    return [place];
  }

  /** One page of the results, with its best entries. */
  async function item({ entries, lang, units }) {
    const from = engine(lang);
    const all = await Promise.all(entries.slice(0, PER_PAGE).map((n) => from.entry(n)));
    const size = /^(zh|ja|ko)/.test(from.root.tag) ? 72 : 150;
    const li = element("li", lang === own ? {} : { lang: from.root.tag });
    all.forEach((entry, i) => {
      const href = root.dataset.root + encodeURI(entry.path) + (entry.id ? "#" + encodeURIComponent(entry.id) : "");
      const place = [entry.heading ? entry.title : "", entry.track === entry.title ? "" : entry.track, lang === own ? "" : from.root.name];
      const link = element("a", { href, class: i ? "also" : "" },
        element("span", { class: "search-title" }, ...marked(entry.heading || entry.title, units)));
      const where = place.filter(Boolean).join(" · ");
      if (!i && where) link.append(" ", element("span", { class: "search-place" }, where));
      if (entry.text) link.append(" ", element("span", { class: "search-text" }, ...snippet(entry.text, units, i ? size >> 1 : size).map(([text, hit]) => (hit ? element("mark", {}, text) : text))));
      li.append(link);
    });
    return li;
  }

  /** A title with what was looked for marked in it. */
  function marked(text, units) {
    const pieces = [];
    let at = 0;
    for (const [start, end] of marksIn(text, units)) {
      pieces.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...pieces, text.slice(at)];
  }

  // While an input method composes, its keys are its own and its letters no query.
  let composing = false;
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; answer(); });
  input.addEventListener("input", () => { if (!composing) answer(); });

  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return;
    const stops = [input, ...(start.hidden ? list : start).querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Escape") dialog.close(); // at once: a search field would only empty itself
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      to?.focus();
      if (to === input) list.scrollTop = 0;
    } else if (event.key === "Enter" && document.activeElement === input) {
      // What is typed and not answered yet is answered first.
      Promise.resolve(answer()).then(() => list.querySelector("a")?.click());
    } else if (at > 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      input.focus();
      return; // the letter goes where the reader types
    } else return;
    event.preventDefault();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close(); // the page may be this one
    if (event.target === dialog) dialog.close();
  });

  globalThis.playbookSearch.open = open;
  globalThis.playbookSearch.prepare = () => { ready().catch(() => {}); };
})();
