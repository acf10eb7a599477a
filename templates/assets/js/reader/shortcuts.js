// Shortcuts: single keys, so they can be switched off (WCAG 2.1.4), in the list
// of them, which keys.js makes.
import { loadAssets, loaded } from "../site/load.js";
import { $ } from "../site/page.js";
import { openSearch, searchButton } from "../site/search-button.js";
import { store } from "./store.js";

const keys = $("[data-keys]");
let keysOn = store.read("keys") !== "off";
const listKeys = () => loadAssets(keys.dataset.keys).then(() => loaded.keys(keys, keysOn), () => {});
if (keys) {
  keys.addEventListener("click", () => keys.popoverTargetElement || listKeys());
  addEventListener("change", ({ target }) => {
    if (target.id !== "keys-on") return;
    keysOn = target.checked;
    store.write("keys", keysOn ? null : "off");
  });
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  const single = keysOn && !command && !event.target.closest?.("input, select, textarea, [contenteditable], dialog");
  if (searchButton && (single && key === "/" || command && !event.shiftKey && key.toLowerCase() === "k")) openSearch();
  else if (!single) return;
  else if (keys && key === "?") listKeys();
  else if (key === "[") $("a[rel=prev]")?.click();
  else if (key === "]") $("a[rel=next]")?.click();
  else return;
  event.preventDefault();
});
