// What a page needs at once: its column and list of headings in their places, links
// into it, blocks that come near, the way to the search. Everything works without it.
// What follows the reader comes when the page is there, or is touched: reader.js.
import "./site/column.js";
import "./site/toc.js";
import "./site/target.js";
import "./site/search-button.js";
import "./site/blocks.js";
import { loadWithReader } from "./site/load.js";

for (const event of ["load", "pointerdown", "keydown"]) addEventListener(event, () => loadWithReader(), { once: true });
