// A term's card opens by tap or key without this. For a mouse that rests on the
// term there is terms.js.
import { loadAssets } from "../site/load.js";
import { $ } from "../site/page.js";

const cards = $(".term-cards");
if (cards) addEventListener("mouseover", () => loadAssets(cards.dataset.mouse), { once: true });
