// The search of one language's index, and of all.
import { Index, Stale } from "./index.js";
import { unitsOf } from "./query.js";
import { rank } from "./rank.js";

const MOST_PAGES = 30;
const ENOUGH = 3; // pages in the reader's language; with fewer, the others are searched too

export class Engine extends Index {
  /** Searches: what rank gives. A site that has changed under the reader is read anew. */
  async find(query) {
    await this.open();
    try {
      return rank(this, await unitsOf(this, query));
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      this.stale = error.stamp;
      this.opening = null;
      await this.open();
      return rank(this, await unitsOf(this, query));
    }
  }
}

/**
 * Searches the reader's language, and the others where it gives little: first
 * what has every word, then the reader's pages with some of them.
 * @param {(lang: string) => Engine} engine
 */
export async function findEverywhere(query, own, engine) {
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
