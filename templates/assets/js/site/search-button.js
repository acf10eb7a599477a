// Search: its style and its script come when the reader first reaches for it. Until then, and
// without scripts, the button is a link to the list of all headings.
import { loadWithReader, loaded } from "./load.js";
import { $ } from "./page.js";

export const searchButton = $(".search-open");
const searcher = () => loadWithReader(searchButton.dataset.search).then(() => loaded.search);
export const openSearch = () => searcher().then((s) => s.open(), () => { location.href = searchButton.href; });
if (searchButton) {
  for (const event of ["pointerenter", "focus"]) searchButton.addEventListener(event, () => searcher().then((s) => s.prepare(), () => {}), { once: true });
  searchButton.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
}
