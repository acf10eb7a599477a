// A link into the page leads to its heading, although blocks above it may still
// change their height, until the reader moves or all has been quiet for a while.
import { decode, main, root } from "./page.js";

let aim = null;
let quiet = 0;
const miss = () => Math.abs(aim.getBoundingClientRect().top - parseFloat(getComputedStyle(aim).scrollMarginTop) - parseFloat(getComputedStyle(root).scrollPaddingTop));
const release = () => { aim = null; };
const hold = () => {
  clearTimeout(quiet);
  quiet = setTimeout(release, 5000);
};
const aimAt = (hash) => {
  aim = document.getElementById(decode(hash.slice(1).split(/[?+]/)[0]));
  hold();
};
if (main) {
  if (location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") aimAt(location.hash);
  new ResizeObserver(() => {
    if (!aim || miss() < 4) return;
    aim.scrollIntoView({ behavior: "instant" });
    hold();
  }).observe(main);
  for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(type, release, { passive: true, capture: true });
  addEventListener("hashchange", () => { if (aim) aimAt(location.hash); });
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href*='#']");
    if (link?.hash && link.pathname === location.pathname) aimAt(link.hash);
  });
}
