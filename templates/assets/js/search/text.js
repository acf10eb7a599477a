// Reads a text as generator/internal/search/text.go does.
const TOKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?:[\p{L}\p{N}\p{M}]|(?<=[\p{L}\p{N}\p{M}])['’](?=[\p{L}\p{N}\p{M}])|(?<=[0-9]),(?=[0-9])))+/gu;
export const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŧ: "t", ς: "σ" };
const fold = (s) => s.normalize("NFKD").toLowerCase().replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, "$1")
  .replace(/[ßæœøđðþłħıŧς]/g, (c) => SPELLED[c]).replace(/[^\p{L}\p{N}\p{M}]/gu, "").normalize("NFC");

/**
 * Reads a text: words and single characters of scripts without blanks, folded,
 * with where they stand. follows: directly behind another such character.
 * elision: an apostrophe parts words, as in l'objectif.
 * @returns {{text: string, han: boolean, follows: boolean, start: number, end: number}[]}
 */
export function tokenize(text, elision) {
  const all = [];
  for (const match of (elision ? text.replace(/['’]/g, " ") : text).matchAll(TOKEN)) {
    const han = HAN.test(match[0]);
    const token = { text: fold(match[0]), han, start: match.index, end: match.index + match[0].length };
    const before = all[all.length - 1];
    token.follows = !!before && han && before.han && before.end === token.start;
    if (token.text) all.push(token);
  }
  return all;
}

/** What a run of tokens is looked up by: words, single characters, or pairs of them. */
export function keysOf(tokens) {
  const keys = [];
  tokens.forEach((token, i) => {
    if (token.follows && i > 0) keys.push(tokens[i - 1].text + token.text);
    else if (!(tokens[i + 1]?.follows)) keys.push(token.text);
  });
  return keys;
}
