// What has been read, for course.js too.
import { isVisit } from "../lib/visit.js";
import { $, $$, course, decode, main, root } from "../site/page.js";
import { sectionRead } from "./section.js";
import { store } from "./store.js";

const visits = () => store.entries("visited", isVisit);
const module = main?.dataset.module;
if (module) {
  // The page read last has the latest time, even where the clock was set back.
  const remember = () => store.put("visited", module, [Math.max(Date.now(), ...Object.values(visits()).map(([when]) => when + 1)), sectionRead()], isVisit);
  remember();
  addEventListener("pagehide", remember);
  // The last ones, for the search: [[address from the root, title, language]].
  const address = location.href.replace(/[?#].*/, "").slice(new URL(root.dataset.root, location).href.length);
  const others = store.recent().filter(([other]) => other !== address);
  store.write("recent", JSON.stringify([[address, $("h1").textContent.trim(), root.lang], ...others].slice(0, 10)));
}

if (course) {
  const visited = visits();
  // A module's id is its address, without the language's folder.
  const base = new URL(root.dataset.root, location).pathname;
  const language = new URL($(".nav-home a", course).href).pathname.slice(base.length).replace(/index\.html$/, "");
  for (const link of $$(".nav-tracks a", course)) {
    const id = decode(link.pathname.slice(base.length + language.length)).replace(/\/index\.html$/, "");
    if (!visited[id]) continue;
    link.classList.add("seen");
    link.insertAdjacentHTML("beforeend", '<span class="vh"></span>');
    link.lastChild.textContent = ` (${course.dataset.seen})`;
  }
}
