// Reads the files of one language's index, which package search writes.
import { fileOf, numbers, wordList } from "./decode.js";
import { tokenize } from "./text.js";

const LEVELS = 32;
const MOST_FILES = 3; // of terms for one beginning
const MOST_BEGINNINGS = 40;

export class Index {
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

  /** The site's names for the same things: first token → phrases. Those in pinyin stand by themselves. */
  names() {
    return this.naming ??= this.load("names", this.stamp).then(({ data }) => {
      this.pinyin = [];
      const names = new Map();
      for (const group of data) {
        const phrases = group.filter((name) => name[0] !== "~").map((name) => ({ name, tokens: tokenize(name, this.root.elision) })).filter((p) => p.tokens.length);
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
export class Stale extends Error {
  constructor(stamp) { super("the index has changed"); this.stamp = stamp; }
}
