// On this page: open where there is room.
import { $ } from "./page.js";

const toc = $(".toc details");
if (toc) {
  const wide = matchMedia("(width >= 78rem)");
  const fit = () => { toc.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  toc.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) toc.open = false;
  });
}
