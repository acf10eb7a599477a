// What a query asks for: its units, each with the ways to find it in an index.
import { beginsOneOff, oneOff } from "./spelling.js";
import { keysOf, tokenize } from "./text.js";

// What a match is worth, in sixths: the word, its beginning, another name, a word
// mistyped, another form of the word.
const EXACT = 6, BEGINS = 3, NAMED = 5, MISTYPED = 3, RELATED = 3;
const SPOKEN = 4; // letters of pinyin
const MOST_CORRECTIONS = 6;

/**
 * The units of a query: what is to be found, each with the ways to find it.
 * A name that the site has other names for is one unit.
 */
export async function unitsOf(index, query) {
  const tokens = tokenize(query, index.root.elision);
  const names = index.root.names ? await index.names() : new Map();
  const open = !/\s$/.test(query);
  for (const key of keysOf(tokens)) index.exact(key).catch(() => {}); // on the way while the first is read
  const units = [];
  for (let i = 0; i < tokens.length;) {
    const named = longest(names, tokens, i);
    if (named) {
      const own = tokens.slice(i, i + named.length);
      const ways = [];
      const terms = await phraseOf(index, own);
      if (terms) ways.push({ terms, worth: EXACT });
      for (const other of named.others) {
        const terms = await phraseOf(index, other.tokens);
        if (terms) ways.push({ terms, worth: NAMED });
      }
      if (ways.length) {
        units.push({ text: own.map((t) => t.text).join(own[0].han ? "" : " "), ways });
        i += named.length;
        continue;
      }
    }
    const spoken = index.root.names ? await spokenUnit(index, tokens, i) : null;
    if (spoken) {
      units.push(spoken);
      i += spoken.length;
      continue;
    }
    const run = [tokens[i++]]; // a word, or the characters that stand together
    while (run[0].han && i < tokens.length && tokens[i].follows && !longest(names, tokens, i)) run.push(tokens[i++]);
    units.push(...await unitsOfRun(index, run, open && i === tokens.length, i));
  }
  return units;
}

async function unitsOfRun(index, run, last, n) {
  if (!run[0].han) return [{ text: run[0].text, ways: await waysTo(index, run[0].text, last) }];
  const one = async (key) => {
    const term = await index.exact(key);
    return { text: key, han: true, run: n, ways: term ? [{ terms: [term], worth: EXACT }] : [] };
  };
  const pairs = await Promise.all(keysOf(run).map(one));
  const found = pairs.filter((unit) => unit.ways.length);
  if (found.length || run.length === 1) return pairs;
  const single = await Promise.all(run.map((token) => one(token.text)));
  return single.some((unit) => unit.ways.length) ? single : pairs;
}

/** A unit of the names whose pinyin, from one of its syllables on, begins as words that the index does not have, written together or apart. */
async function spokenUnit(index, tokens, at) {
  if (tokens[at].han || await index.exact(tokens[at].text)) return null;
  for (let to = tokens.length; to > at; to--) {
    const run = tokens.slice(at, to);
    const text = run.map((token) => token.text).join("");
    if (text.length < SPOKEN || run.some((token) => token.han)) continue;
    const ways = [];
    for (const { joined, syllables, phrases } of index.pinyin) {
      if (!syllables.some((start) => joined.startsWith(text, start))) continue;
      for (const phrase of phrases) {
        const terms = await phraseOf(index, phrase.tokens);
        if (terms) ways.push({ terms, worth: NAMED });
      }
    }
    if (ways.length) return { text, ways, length: run.length };
  }
  return null;
}

/** The terms of a phrase, as it stands; null where one is missing. */
async function phraseOf(index, tokens) {
  const terms = await Promise.all(keysOf(tokens).map((key) => index.exact(key)));
  return terms.length && terms.every(Boolean) ? terms : null;
}

/** Ways to find one word: lists of terms that all must occur, each way with its worth. */
async function waysTo(index, word, last) {
  const ways = [];
  const exact = await index.exact(word);
  if (exact) ways.push({ terms: [exact], worth: EXACT });
  if (last && word.length > 1 || !exact) {
    for (const term of word.length > 1 ? await index.beginning(word) : []) {
      if (!exact || term.key !== exact.key) ways.push({ terms: [term], worth: BEGINS, begins: word });
    }
  }
  if (!ways.length) {
    for (const right of await corrections(index, word, last)) {
      const term = await index.exact(right);
      if (term && !ways.some((way) => way.terms[0].key === term.key)) ways.push({ terms: [term], worth: MISTYPED });
    }
  }
  // A form that no page has: the words that share all but its ending.
  for (let cut = 1; !ways.length && cut <= 4 && word.length - cut >= 5; cut++) {
    for (const term of await index.beginning(word.slice(0, -cut))) ways.push({ terms: [term], worth: RELATED });
  }
  return ways;
}

/**
 * The words that one slip away from the typed one are in the index. A slip
 * leaves one half of a word as it is, so only words that share a half are
 * looked at, and the one that a swap in the middle makes.
 */
async function corrections(index, typed, last) {
  const n = [...typed].length;
  if (n < 4 || /\d/.test(typed)) return [];
  const half = n >> 1;
  const swapped = typed.slice(0, half - 1) + typed[half] + typed[half - 1] + typed.slice(half + 1);
  const back = [...typed.slice(half)].reverse().join("");
  const [head, tail, middle] = await Promise.all([
    index.spelled(typed.slice(0, half)), index.spelled("~" + back), index.spelled(swapped),
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
