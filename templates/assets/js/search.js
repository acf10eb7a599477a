// The search: its dialog. The frame's script loads this file when a reader first
// reaches for the search.
import { Engine, findEverywhere } from "./search/engine.js";
import { fill } from "./lib/words.js";
import { load } from "./search/load.js";
import { marksIn, snippet } from "./search/snippet.js";
import { loaded } from "./site/load.js";
import { root } from "./site/page.js";
import { store } from "./reader/store.js";

const opener = document.querySelector(".search-open");
const own = opener.dataset.lang;
const engines = new Map();
const engine = (lang) => {
  if (!engines.has(lang)) engines.set(lang, new Engine(lang, load));
  return engines.get(lang);
};

const FIRST = 6, MORE = 10, PER_PAGE = 3;

function element(name, attributes = {}, ...content) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...content);
  return e;
}

let words = {};
const say = (key, n) => fill(words[key] ?? "", { n });

const label = opener.textContent.trim();
const icon = opener.querySelector("svg").cloneNode(true);
const input = element("input", {
  type: "search", id: "search-input", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
  enterkeyhint: "go", placeholder: label, "aria-label": label, "aria-controls": "search-found",
});
const close = element("button", { type: "button", class: "quiet search-close" }, "×");
const status = element("p", { class: "search-status", role: "status" });
const start = element("div", { class: "search-start" });
const list = element("ol", { class: "search-found", id: "search-found" });
const foot = element("p", { class: "search-foot" });
const dialog = element("dialog", { class: "search", "aria-label": label, closedby: "any" },
  element("form", { role: "search", method: "dialog" }, icon, input, close), status, start, list, foot);
document.body.append(dialog);

let asked = ""; // what the list answers
let turn = 0; // of the newest query
let shown = 0;
let found = [];

async function ready() {
  const data = await engine(own).open();
  words = data.words;
  close.setAttribute("aria-label", say("close"));
  input.placeholder = say("placeholder");
  if (!foot.childNodes.length) {
    foot.append(element("a", { href: opener.getAttribute("href") }, say("letters")));
    offer("recent", recent());
    offer("parts", parts());
  }
}

// Before anything is typed: what was read last (see reader/visited.js), and the parts of
// the course, as its column lists them.
const RECENT = 4;

function recent() {
  return store.recent().filter(([, , lang]) => lang === root.lang).map(([address, title]) => [(root.dataset.root || "./") + address, title])
    .filter(([href]) => new URL(href, location).pathname !== location.pathname).slice(0, RECENT);
}

const parts = () => [...document.querySelectorAll("#course .nav-tracks > li")].map((part) => [part.querySelector("a"), part.querySelector(".nav-track, summary")])
  .filter(([, name]) => name).map(([link, name]) => [link.href, name.textContent.trim().replace(/\s+/g, " ")]);

function offer(key, links) {
  if (!links.length) return;
  start.append(element("p", {}, say(key)), element("ul", {}, ...links.map(([href, text]) => element("li", {}, element("a", { href }, text)))));
}

function open() {
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
  ready().catch(fail);
}

function fail() {
  status.textContent = words.failed || opener.dataset.failed;
  list.replaceChildren();
}

/** Answers what is typed; an answer that a newer query overtook is dropped. */
async function answer() {
  const query = input.value;
  if (query.trim() === asked.trim() && query.trim()) return;
  asked = query;
  const mine = ++turn;
  start.hidden = !!query.trim();
  if (!query.trim()) {
    list.replaceChildren();
    status.textContent = "";
    found = [];
    return;
  }
  try {
    await ready();
    const { all, missing } = await findEverywhere(query, own, engine);
    const items = await Promise.all(all.slice(0, FIRST).map(item));
    if (mine !== turn) return;
    found = all;
    shown = items.length;
    list.replaceChildren(...items, ...moreButton());
    list.scrollTop = 0;
    status.textContent = !all.length ? say("none") : say("count", all.length)
      + (missing.length && all.length ? " " + fill(words.missing ?? "", { words: missing.join(", ") }) : "");
  } catch {
    if (mine === turn) { asked = ""; fail(); }
  }
}

function moreButton() {
  if (shown >= found.length) return [];
  const button = element("button", { type: "button", class: "link" }, say("more", found.length - shown));
  const place = element("li", { class: "search-more" }, button);
  button.addEventListener("click", async () => {
    const mine = turn;
    const items = await Promise.all(found.slice(shown, shown + MORE).map(item));
    if (mine !== turn) return;
    shown += items.length;
    place.replaceWith(...items, ...moreButton());
    items[0].querySelector("a").focus();
  });
  return [place];
}

/** One page of the results, with its best entries. */
async function item({ entries, lang, units }) {
  const from = engine(lang);
  const all = await Promise.all(entries.slice(0, PER_PAGE).map((n) => from.entry(n)));
  const size = from.root.dense ? 72 : 150;
  const li = element("li", lang === own ? {} : { lang: from.root.tag, "data-script": from.root.script });
  all.forEach((entry, i) => {
    const href = root.dataset.root + encodeURI(entry.path) + (entry.id ? "#" + encodeURIComponent(entry.id) : "");
    const place = [entry.heading ? entry.title : "", entry.track === entry.title ? "" : entry.track, lang === own ? "" : from.root.name];
    const link = element("a", { href, class: i ? "also" : "" },
      element("span", { class: "search-title" }, ...marked(entry.heading || entry.title, units, from.root.elision)));
    const where = place.filter(Boolean).join(" · ");
    if (!i && where) link.append(" ", element("span", { class: "search-place" }, where));
    if (entry.text) link.append(" ", element("span", { class: "search-text" }, ...snippet(entry.text, units, i ? size >> 1 : size, from.root.elision).map(([text, hit]) => (hit ? element("mark", {}, text) : text))));
    li.append(link);
  });
  return li;
}

/** A title with what was looked for marked in it. */
function marked(text, units, elision) {
  const pieces = [];
  let at = 0;
  for (const [start, end] of marksIn(text, units, elision)) {
    pieces.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at)];
}

// While an input method composes, its keys are its own and its letters no query.
let composing = false;
input.addEventListener("compositionstart", () => { composing = true; });
input.addEventListener("compositionend", () => { composing = false; answer(); });
input.addEventListener("input", () => { if (!composing) answer(); });

dialog.addEventListener("keydown", (event) => {
  if (event.isComposing || composing || event.keyCode === 229) return;
  const stops = [input, ...(start.hidden ? list : start).querySelectorAll("a, button")];
  const at = stops.indexOf(document.activeElement);
  if (event.key === "Escape") dialog.close(); // at once: a search field would only empty itself
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const to = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    to?.focus();
    if (to === input) list.scrollTop = 0;
  } else if (event.key === "Enter" && document.activeElement === input) {
    // What is typed and not answered yet is answered first.
    Promise.resolve(answer()).then(() => list.querySelector("a")?.click());
  } else if (at > 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.focus();
    return; // the letter goes where the reader types
  } else return;
  event.preventDefault();
});
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close(); // the page may be this one
  if (event.target === dialog) dialog.close();
});

loaded.search = { open, prepare: () => { ready().catch(() => {}); } };
