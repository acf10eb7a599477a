// Language: the choice is remembered, and the chooser at the root follows it
// (course.js).
import { $$ } from "../site/page.js";
import { store } from "./store.js";

for (const link of $$("a[data-language]")) {
  link.addEventListener("click", () => store.write("lang", link.dataset.language));
}
