// Reads what generator/internal/search/encode.go writes.
const BASE = 45;
const VALUES = new Uint8Array(128);
for (let code = 35, n = 0; n < 2 * BASE; code++) if (code !== 92) VALUES[code] = n++;

export function numbers(text) {
  const all = [];
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const v = VALUES[text.charCodeAt(i)];
    if (v < BASE) { all.push(n * BASE + v); n = 0; } else n = n * BASE + v - BASE;
  }
  return all;
}

export function wordList(text) {
  const all = [];
  let word = "";
  for (const item of text.split(" ")) {
    if (item) all.push(word = word.slice(0, VALUES[item.charCodeAt(0)]) + item.slice(1));
  }
  return all;
}

/** How many of the sorted texts are not above a text, less one: the file that holds it. */
export function fileOf(starts, text) {
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= text) low = middle + 1; else high = middle;
  }
  return Math.max(0, low - 1);
}
