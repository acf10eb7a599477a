// What of a text is shown: a window where it says most, with what was looked for marked.
import { HAN, tokenize } from "./text.js";

const TELLING = 0.55; // of the rarest word's rarity: words that are more common are not marked

/** Where a text holds what was looked for: [start, end, unit] in order. */
export function marksIn(text, units, elision) {
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
  const tokens = tokenize(text, elision);
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
export function snippet(text, units, size, elision) {
  const marks = marksIn(text, units, elision);
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
