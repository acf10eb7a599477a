// The frame's script: theme, language, drawer, shortcuts, "on this page", what
// has been read. Everything works without it; nothing leaves the browser. What
// few readers of a page use comes when they reach for it: loadAssets.
import { loadAssets, loaded } from "./site/load.js";
import { store } from "./site/store.js";

const root = document.documentElement;
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const main = $("main");
const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

// Theme: as on the device → the other one → the one that the device has.
const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const themeButton = $(".theme-switch");
const themeWord = themeButton?.ariaLabel;
function paintTheme() {
  const theme = root.dataset.theme || "auto";
  const dark = theme === "dark" || (theme === "auto" && darkDevice.matches);
  for (const meta of $$("meta[name=theme-color]")) meta.content = dark ? "#19211f" : "#f7f6f1";
  if (!themeButton) return;
  themeButton.title = themeButton.ariaLabel = `${themeWord}: ${themeButton.dataset[theme]}`;
}
themeButton?.addEventListener("click", () => {
  const device = darkDevice.matches ? "dark" : "light";
  const other = darkDevice.matches ? "light" : "dark";
  const next = { [other]: device, [device]: "" }[root.dataset.theme] ?? other;
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
  store.write("theme", next || null);
  paintTheme();
});
darkDevice.addEventListener("change", paintTheme);
paintTheme();

// Language: the choice is remembered, and the chooser at the root follows it
// (course.js).
for (const link of $$("a[data-language]")) {
  link.addEventListener("click", () => store.write("lang", link.dataset.language));
}

// The column of the course shows where the reader is. A closed drawer has no boxes.
const course = $("#course");
const here = course && $("[aria-current=page]", course);
if (here) {
  const below = here.getBoundingClientRect().bottom - course.getBoundingClientRect().bottom;
  if (below > 0) course.scrollTop += below + course.clientHeight / 3;
}

// Shortcuts: single keys, so they can be switched off (WCAG 2.1.4), in the list
// of them, which keys.js makes.
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

// Search: its style and its script come when the reader first reaches for it. Until then, and
// without scripts, the button is a link to the list of all headings.
const search = $(".search-open");
const searcher = () => loadAssets(search.dataset.search).then(() => loaded.search);
const openSearch = () => searcher().then((s) => s.open(), () => { location.href = search.href; });
if (search) {
  for (const event of ["pointerenter", "focus"]) search.addEventListener(event, () => searcher().then((s) => s.prepare(), () => {}), { once: true });
  search.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
}
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  const single = keysOn && !command && !event.target.closest?.("input, select, textarea, [contenteditable], dialog");
  if (search && (single && key === "/" || command && !event.shiftKey && key.toLowerCase() === "k")) openSearch();
  else if (!single) return;
  else if (keys && key === "?") listKeys();
  else if (key === "[") $("a[rel=prev]")?.click();
  else if (key === "]") $("a[rel=next]")?.click();
  else return;
  event.preventDefault();
});

// On this page: open where there is room; the section being read is marked.
const toc = $(".toc details");
let section = "";
if (toc) {
  const wide = matchMedia("(width >= 78rem)");
  const fit = () => { toc.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  toc.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) toc.open = false;
  });
  const heads = $$("a", toc).map((link) => [document.getElementById(decode(link.hash.slice(1))), link]).filter(([head]) => head);
  const mark = () => {
    const [current] = heads.findLast(([head]) => head.getBoundingClientRect().top < innerHeight * 0.3) ?? [];
    section = current?.id ?? "";
    for (const [head, link] of heads) link.ariaCurrent = head === current ? "true" : null;
  };
  addEventListener("scroll", mark); // at most once a frame
  mark();
}

// A link into the page leads to its heading, although blocks above it may still
// change their height, until the reader moves or all has been quiet for a while.
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

// What a block needs beyond its style, its words and its script, comes when it comes
// near.
for (const name of ["quiz", "calculator"]) {
  const needs = main?.dataset[name];
  if (!needs) continue;
  const blocks = $$("playbook-" + name, main);
  const begin = () => loadAssets(main.dataset.words + " " + needs);
  const near = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) begin();
  }, { rootMargin: "1000px" });
  // A link into a block, which opens what it is folded in: #quiz-ID, #ID?numbers, #ID+more.
  const follow = () => {
    const target = document.getElementById(decode(location.hash.slice(1).split(/[?+]/)[0]));
    const block = target?.closest("playbook-" + name);
    if (!block) return;
    begin();
    for (const fold of $$("details", block)) fold.open ||= fold.matches(".calculator-fold") || fold.contains(target);
  };
  for (const block of blocks) near.observe(block);
  addEventListener("beforeprint", begin);
  addEventListener("hashchange", follow);
  follow();
}

// What has been read, for course.js too.
const module = main?.dataset.module;
if (module) {
  const remember = () => store.put("visited", module, [Date.now(), section], store.isVisit);
  remember();
  addEventListener("pagehide", remember);
  // The last ones, for the search: [[address from the root, title, language]].
  const address = location.href.replace(/[?#].*/, "").slice(new URL(root.dataset.root, location).href.length);
  const others = store.recent().filter(([other]) => other !== address);
  store.write("recent", JSON.stringify([[address, $("h1").textContent.trim(), root.lang], ...others].slice(0, 10)));
}

if (course) {
  const visited = store.entries("visited", store.isVisit);
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

// A term's card opens by tap or key without this. For a mouse that rests on the
// term there is terms.js.
const cards = $(".term-cards");
if (cards) addEventListener("mouseover", () => loadAssets(cards.dataset.mouse), { once: true });

// Reading offline, when all else is there.
const offline = $("[data-offline]");
if (offline) addEventListener("load", () => loadAssets(offline.dataset.offline));

// Paper has no folds, but those of a form with nothing in them; and the answers to
// the questions stand at its end.
addEventListener("beforeprint", () => {
  for (const details of $$("main details:not([open], .row-more, .group-help, .quiz-answer, .manual, .calculator-fold, .calculator-fold:not([open]) *)")) {
    details.open = true;
    addEventListener("afterprint", () => { details.open = false; }, { once: true });
  }
  const answers = $$(".quiz-answer", main);
  if (!answers.length) return;
  const part = document.createElement("section");
  part.className = "print-answers";
  part.innerHTML = "<h2></h2>";
  part.firstChild.textContent = main.dataset.answers;
  for (const answer of answers) {
    const one = document.createElement("section");
    one.innerHTML = "<h3></h3>";
    one.firstChild.textContent = $(".quiz-title", answer.closest(".quiz")).textContent.trim();
    one.append(...[...answer.cloneNode(true).children].slice(1));
    for (const node of $$("[id]", one)) node.removeAttribute("id");
    part.append(one);
  }
  main.append(part);
  addEventListener("afterprint", () => part.remove(), { once: true });
});
