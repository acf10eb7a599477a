// What the browser keeps of a reader: the one place that reads and writes storage.
//
// Names are of the site, whose key begins every one: "playbook:SITE:NAME".
//
//   theme, lang, keys, offline   the reader's choices
//   visited   {MODULE: [when, section]}
//   recent    [[address, title, language]], the pages read last
//   quiz, answers                see quiz.js
//   seed      by which options are shuffled, see quiz/choice.js
//   fill      what was filled in, see fill/template.js
//   tasks     what was ticked, see fill/tasks.js
//   name      what the reader calls themselves in files of progress
//   calc:ID   the state of a calculator; absent while it is the example
//
// A site that got its key later took a hash of its title and address before
// (data-site-before): what is stored under that is moved once.
//
// Storage may be blocked or full, and may hold anything. What cannot be kept
// lasts as long as the page, what cannot be read is left out, and where that was
// the reader's work they are told once. Nothing leaves the browser.
import { main, root } from "../site/page.js";

const { site, siteBefore } = root.dataset;
const prefix = (key) => "playbook:" + key + ":";
const unkept = new Map(); // name → value that could not be stored
const told = new Set();

/** localStorage, or sessionStorage; it throws where it is blocked. */
const storage = (session) => (session ? sessionStorage : localStorage);

for (const session of siteBefore && siteBefore !== site ? [false, true] : []) {
  try {
    const from = storage(session);
    for (const old of Object.keys(from).filter((key) => key.startsWith(prefix(siteBefore)))) {
      const now = prefix(site) + old.slice(prefix(siteBefore).length);
      const value = from.getItem(old);
      from.removeItem(old); // first, for there may be no room for both
      if (from.getItem(now) === null) from.setItem(now, value);
    }
  } catch { /* blocked: there is nothing to move */ }
}

/** The value of a name, null where there is none. */
function read(name, { session = false } = {}) {
  if (unkept.has(name)) return unkept.get(name);
  try { return storage(session).getItem(prefix(site) + name); } catch { return null; }
}

/**
 * Keeps a value; null removes it. Returns whether it is kept beyond the page. If
 * it is not, work: true tells the reader.
 */
function write(name, value, { session = false, work = false } = {}) {
  try {
    if (value === null) storage(session).removeItem(prefix(site) + name);
    else storage(session).setItem(prefix(site) + name, value);
    unkept.delete(name);
    return true;
  } catch (error) {
    unkept.set(name, value);
    if (work) tell(error.name === "QuotaExceededError" ? "full" : "blocked");
    return false;
  }
}

/**
 * The entries of a map that is kept as JSON: those that sound(entry) accepts. work:
 * they are the reader's work, who is told of what could not be read.
 */
function entries(name, sound, { work = false } = {}) {
  const text = read(name);
  if (text === null) return {};
  let all;
  try { all = JSON.parse(text); } catch { /* damaged as a whole */ }
  const map = all && typeof all === "object" && !Array.isArray(all) ? all : {};
  const good = Object.fromEntries(Object.entries(map).filter(([, entry]) => sound(entry)));
  if (work && (map !== all || Object.keys(good).length < Object.keys(map).length)) {
    write(name, JSON.stringify(good)); // told once
    tell("damaged");
  }
  return good;
}

/** Sets one entry of such a map, whatever other tabs have set meanwhile; null removes it. */
function put(name, id, entry, sound, options) {
  const map = entries(name, sound, options);
  if (entry === null) delete map[id];
  else map[id] = entry;
  return write(name, JSON.stringify(map), options);
}

/** Calls act(value) when another tab has changed a name, or cleared all. */
function watch(name, act) {
  addEventListener("storage", ({ key, storageArea }) => {
    if (key !== null && key !== prefix(site) + name) return;
    try { if (storageArea !== localStorage) return; } catch { return; }
    unkept.delete(name);
    act(read(name));
  });
}

/** Says once what has become of the reader's work, in a line at the foot of the window. */
function tell(reason) {
  const words = self.playbookWords?.[main?.dataset.text]?.store;
  if (!words || told.has(reason)) return;
  told.add(reason);
  let line = document.querySelector(".store-note");
  if (!line) {
    line = document.createElement("div");
    line.className = "store-note";
    line.setAttribute("role", "status");
    line.innerHTML = '<span></span> <button type="button"></button>';
    line.lastChild.textContent = words.close;
    line.lastChild.addEventListener("click", () => line.remove());
    document.body.append(line);
  }
  line.firstChild.textContent = words[reason];
}

/** The pages read last. */
function recent() {
  let all;
  try { all = JSON.parse(read("recent")); } catch { /* damaged */ }
  return Array.isArray(all) ? all.filter((one) => Array.isArray(one) && one.length === 3 && one.every((part) => typeof part === "string" && part.isWellFormed())) : [];
}

/** All that is kept for the site beyond a tab: name → text. */
function all() {
  try {
    return Object.fromEntries(Object.keys(localStorage).filter((key) => key.startsWith(prefix(site))).map((key) => [key.slice(prefix(site).length), localStorage.getItem(key)]));
  } catch { return Object.fromEntries(unkept); }
}

export const store = { all, read, write, entries, put, watch, tell, recent };
