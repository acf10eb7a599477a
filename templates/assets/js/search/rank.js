// Ranks the pages in which the units of a query are found.
const COMMON = 37; // rarity of a term in a quarter of the entries: it may be missing
const FEW = 4; // words that may be spread over a page: in a long one many are, by chance
const MANY = 10; // pages with every word: those with some of them are left out

/**
 * The pages with all of a query's units and those with some, best first.
 * @returns {{pages: object[], others: object[], units: object[], missing: string[]}}
 *   pages as {page, entries}, each with its best entries; missing: words that no page has
 */
export function rank(index, asked) {
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
      const page = index.pageOf[entry];
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
    const number = index.pageOf[entry];
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

const bits = (mask) => { let n = 0; for (; mask; mask &= mask - 1) n++; return n; };
