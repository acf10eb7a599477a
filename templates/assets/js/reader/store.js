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
//   version   of the shape of all this; absent: 1, the one that is known here. Who changes
//             a shape so that this file would read it wrongly writes a greater one
//
// A site that got its key later took a hash of its title and address before
// (data-site-before): what is stored under that is moved once.
//
// Storage may be blocked or full, and may hold anything. What cannot be kept
// lasts as long as the page, what cannot be read is left out, and where that was
// the reader's work they are told once. What a newer version of the site has written
// is neither read nor changed. Nothing leaves the browser.
import { $, main, root } from "../site/page.js";

const { site, siteBefore = site } = root.dataset;
export const mine = `playbook:${site}:`; // what every name begins with
const before = `playbook:${siteBefore}:`;
const unkept = new Map(); // name → value that could not be stored
const told = new Set();

/**
 * localStorage, or sessionStorage; it throws where it is blocked, or a newer version's. That
 * is asked each time: the newer version may be open in another tab.
 */
export function storage(session) {
  if (session) return sessionStorage;
  if (localStorage[mine + "version"] > 1) {
    tell("newer");
    throw new Error(); // as where it is blocked
  }
  return localStorage;
}

if (before !== mine) for (const session of [false, true]) {
  try {
    const from = storage(session);
    for (const old of Object.keys(from).filter((key) => key.startsWith(before))) {
      const now = mine + old.slice(before.length);
      const value = from.getItem(old);
      from.removeItem(old); // first, for there may be no room for both
      if (from.getItem(now) === null) from.setItem(now, value);
    }
  } catch { /* blocked: there is nothing to move */ }
}

/** The value of a name, null where there is none. */
function read(name, { session } = {}) {
  if (unkept.has(name)) return unkept.get(name);
  try { return storage(session).getItem(mine + name); } catch { return null; }
}

/**
 * Keeps a value; null removes it. Returns whether it is kept beyond the page. If
 * it is not, work: true tells the reader.
 */
function write(name, value, { session, work } = {}) {
  try {
    const place = storage(session);
    if (value === null) place.removeItem(mine + name);
    else place.setItem(mine + name, value);
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
function entries(name, sound, { work } = {}) {
  const text = read(name);
  if (text === null) return {};
  let all;
  try { all = JSON.parse(text); } catch { /* damaged as a whole */ }
  const map = Object(all) === all && !Array.isArray(all) ? all : {};
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
  map[id] = entry ?? undefined; // which JSON leaves out
  return write(name, JSON.stringify(map), options);
}

/** Calls act(value) when another tab has changed a name, or cleared all. */
function watch(name, act) {
  addEventListener("storage", ({ key, storageArea }) => {
    try { if (storageArea !== localStorage || (key ?? mine + name) !== mine + name) return; } catch { return; }
    unkept.delete(name);
    act(read(name));
  });
}

/** Says once what has become of the reader's work, in a line at the foot of the window. */
function tell(reason) {
  const words = self.playbookWords?.[main?.dataset.text]?.store;
  if (!words || told.has(reason) || told.has("newer")) return;
  told.add(reason);
  let line = $(".store-note");
  if (!line) {
    line = document.createElement("div");
    line.className = "store-note";
    line.role = "status";
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

export const store = { read, write, entries, put, watch, tell, recent };
