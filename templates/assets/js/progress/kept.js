// All that the browser keeps for the site. It stands apart from store.js because this page
// alone asks for it, and every page loads that.
import { mine, storage, store } from "../reader/store.js";

/** What is kept beyond a tab: name → text; nothing where storage is blocked or a newer version's. */
export function all() {
  try {
    const names = Object.keys(storage()).filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length));
    return Object.fromEntries(names.map((name) => [name, store.read(name)]));
  } catch { return {}; }
}
