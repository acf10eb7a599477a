/**
 * The offline worker: what a reader has of the site without a network. It is
 * published as offline.js at the site's root, behind a line that says what the
 * site consists of (see generator/internal/offline):
 *
 *   self.playbookOffline = {
 *     stamp: of this release, whole: keep everything, bytes: of all files that are kept,
 *     files: {path: what its bytes are, "" where the name says it},
 *     languages: [code], words: {code: {key: text}},
 *   }
 *
 * A copy is kept under its path and what its bytes are, so two releases lie side
 * by side: the one that is "kept", complete, and the one that is coming. When
 * every file of the coming one is here it becomes the kept one, and what neither
 * needs goes. So what is read without a network is always of one release.
 *
 * Files whose names change with their content come from the cache. A page comes
 * from the cache at once when the copy is the newest that is known and the site
 * was asked within the last minutes; else from the network, for which the reader
 * waits two seconds if there is a copy.
 *
 * Saving comes in batches of a few files, each the answer to one message of a
 * page: "hello" (what is the state? go on), "more" (the next batch), "save"
 * (whatever it costs). So a worker that is stopped goes on where it was, an update
 * need not wait for it, and no event that navigations wait for has anything to do
 * with it. While the reader waits for the network no file is asked for.
 *
 * Pages also send "remove" and "list" (of what is kept). All are sent the state:
 * {state, sign, text, mark, more}; words in the language of the page, and whether
 * there is a next batch.
 */

const { stamp, whole, bytes, files, languages, words } = self.playbookOffline;
const scope = self.registration.scope;
const name = "playbook:" + new URL(scope).pathname;

const VISIT = 10 * 60e3; // milliseconds: so long a copy counts as the newest after the site was asked
const PATIENCE = 2e3; // milliseconds
const MOST_OPENED = 300; // files that the release does not list
const LARGE = 4 << 20; // bytes: a film is not kept because it was looked at
const BATCH = 8; // files
const LATEST = 120e3; // milliseconds for a batch: an update waits for it
const CONCURRENCY = 2; // requests

// ---- Paths and keys -----------------------------------------------------------

const isPage = (path) => path.endsWith(".html");

/** The path of a file from the site's root; null for what is no file of the site. */
function pathOf(address) {
  const url = new URL(address);
  if (!address.startsWith(scope)) return null;
  try {
    const path = decodeURIComponent(url.pathname.slice(new URL(scope).pathname.length));
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  } catch { return null; }
}

const addressOf = (path) => scope + path.split("/").map(encodeURIComponent).join("/");

/** What tells a file's bytes: "" where its name does. What a release does not list is of that release. */
const versionOf = (release, path) => release.files[path] ?? (/^assets\/.*\.[0-9a-f]{10}\.\w+$/.test(path) ? "" : release.stamp);

/** Where a copy lies. */
const keyOf = (release, path) => [addressOf(path), versionOf(release, path)].filter(Boolean).join("?");

const folderOf = (code) => (languages.length > 1 ? code + "/" : "");
const languageOf = (path) => languages.find((code) => path.startsWith(folderOf(code))) ?? languages[0];

// ---- The kept release -----------------------------------------------------------

const coming = { stamp, files };
const isNamed = (path) => versionOf(coming, path) === "";
let kept = null; // {stamp, files}, complete
let checked = 0; // when coming was known to be the newest
let lost = false; // the network was not there when it was needed

const NOTE = scope + "?kept", TIME = scope + "?checked";
let opened; // promise of the cache; kept and checked are read by then

const open = () => (removed ? Promise.reject(new Error("removed")) : opened ??= (async () => {
  const cache = await caches.open(name);
  const [note, time] = await Promise.all([cache.match(NOTE), cache.match(TIME)]);
  const release = await note?.json().catch(() => null);
  kept = typeof release?.stamp === "string" && Object(release.files) === release.files ? release : null; // a damaged one is none
  checked = Math.max(checked, Number(await time?.text()) || 0);
  return cache;
})());

// The addresses under which copies lie, listed once: the cache itself answers
// only when it is not being written.
let listing = null; // promise
let listed = null; // what it gave
const urls = () => listing ??= open().then((cache) => cache.keys())
  .then((keys) => { listed = new Set(keys.map((request) => request.url)); return listed; });

async function put(url, response) {
  await (await open()).put(url, response);
  listed?.add(url);
}

async function copyOf(path) {
  const cache = await open();
  for (const release of kept ? [kept, coming] : [coming]) {
    const url = keyOf(release, path);
    const copy = (!listed || listed.has(url)) && await cache.match(url);
    if (copy) return copy;
  }
}

/** Whether a copy, if there is one, is what the site has now. */
const isNewest = (path) => Date.now() - checked < VISIT && (!kept || keyOf(kept, path) === keyOf(coming, path));

async function confirm() {
  checked = Date.now();
  await put(TIME, new Response(String(checked)));
}

/** Asks now and then whether there is a newer release; if so, its worker takes over. */
async function ask() {
  if (Date.now() - checked < VISIT / 2) return;
  try {
    await self.registration.update();
    if (!self.registration.installing && !self.registration.waiting) await confirm();
  } catch { /* no network: the next page asks again */ }
}

/**
 * Whether bytes are of the release that is coming: they are those that were
 * published or, because some hosts write into pages, a page with that release's
 * styles and scripts.
 */
async function belongs(path, body) {
  if (isNamed(path) || !isPage(path) && !(path in files)) return true;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body), 0, 6);
  if (btoa(String.fromCharCode(...sum)) === files[path]) return true;
  const names = isPage(path) && new TextDecoder().decode(body).match(/assets\/[^"'\s>]+\.[0-9a-f]{10}\.(css|js)\b/g);
  return !!names && names.every((name) => name in files);
}

/** Keeps a copy if it belongs to the release that is coming. */
async function keep(path, response) {
  const body = await response.arrayBuffer();
  if (!await belongs(path, body)) return false;
  const headers = new Headers(response.headers);
  for (const one of ["vary", "content-encoding", "content-length"]) headers.delete(one); // the body is plain
  try {
    await put(keyOf(coming, path), new Response(body, { headers }));
  } catch (error) {
    full = error.name === "QuotaExceededError";
    throw error;
  }
  return true;
}

/** Whether a file that was read is worth keeping. The search is whole or not at all. */
const isWanted = (path, response) => response.ok && response.type === "basic" && (path in files
  || !whole && !path.startsWith("search/") && (isPage(path) || Number(response.headers.get("Content-Length") ?? LARGE) < LARGE));

// ---- Answers --------------------------------------------------------------------

const wait = (time) => new Promise((done) => setTimeout(done, time));

// What the reader waits for goes before what is saved.
let reading = 0; // requests
const quiet = []; // to be called when there are none

function reads(request) {
  reading++;
  const done = () => {
    if (--reading) return;
    for (const go of quiet.splice(0)) go();
  };
  request.then(done, done);
  return request;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (removed || request.method !== "GET" || request.headers.has("Range") || path === null || path === "offline.js") return;
  event.respondWith(reads(answer(event, path)));
});

async function answer(event, path) {
  const { request } = event;
  const navigates = request.mode === "navigate";
  const own = await copyOf(path).catch(() => undefined); // no storage: as if there were no worker
  // The root of the search is asked for with a stamp when it has turned out to be old.
  const again = ["no-cache", "no-store", "reload"].includes(request.cache)
    || /^search\/[^/]*$/.test(path) && request.url.includes("?");
  if (own && (isNamed(path) || !again && (isNewest(path) || path.startsWith("search/")))) {
    if (navigates) event.waitUntil(ask());
    return own;
  }
  const fetched = fetch(request).then((response) => {
    lost = false;
    if (isWanted(path, response)) event.waitUntil(reads(keep(path, response.clone())).catch(() => {}));
    return response;
  });
  event.waitUntil(fetched.then(() => (navigates ? ask() : null), () => { lost = true; }));
  const response = await Promise.race([fetched.catch(() => null), ...(own ? [wait(PATIENCE)] : [])]);
  if (response && (response.status < 500 || !own)) return response;
  return own ?? ((navigates && await absent(path)) || Response.error());
}

/** The page that says that there is no network, and what is here. */
async function absent(path) {
  const page = folderOf(languageOf(path)) + "read-offline/index.html";
  const own = await copyOf(page);
  if (!own) return null;
  const html = (await own.text()).replace("<head>", () => `<head><base href="${addressOf(page)}">`);
  return new Response(html, { headers: own.headers });
}

// ---- Saving ---------------------------------------------------------------------

const line = self.navigator.connection ?? {};
const isCostly = () => line.saveData || line.type === "cellular";

let saving = null; // promise of the batch that is saved
let more = false; // there is another
let asked = false; // for by the reader, whatever it costs
let full = false;
let removed = false;
let stop = null; // AbortController of the batch
const refused = new Set(); // paths that the site does not give, asked once in a worker's life

const save = () => saving ??= saveBatch()
  .then((left) => { more = left; }, () => { more = false; })
  .finally(() => { saving = null; return tell(); });

/** The files that are still to come, what every page needs first. */
async function missing() {
  const has = await urls();
  const todo = Object.keys(files).filter((path) => !has.has(keyOf(coming, path)));
  if (kept && kept.stamp !== stamp) { // what was opened, in its new form
    for (const url of has) {
      const path = url.endsWith("?" + kept.stamp) ? pathOf(url) : "";
      if (isPage(path) && !(path in files) && !has.has(keyOf(coming, path))) todo.push(path);
    }
  }
  // Then the reader's language; the rest can wait.
  const here = await self.clients.matchAll({ type: "window" });
  const own = languageOf(here.length ? pathOf(here[0].url) ?? "" : "");
  const rank = (path) => (path.endsWith(".wasm") ? 2 : path.startsWith("assets/") ? 0
    : path.startsWith(folderOf(own)) || path.startsWith("search/" + own) ? 1 : 3);
  return todo.sort((a, b) => rank(a) - rank(b));
}

/**
 * Saves the next files of the release that is coming; when all are here it
 * becomes the kept one.
 * @returns {Promise<boolean>} whether there is more to do
 */
async function saveBatch() {
  const left = await missing();
  const todo = left.filter((path) => !refused.has(path)).slice(0, BATCH);
  if (!todo.length) {
    if (kept?.stamp === stamp) await (whole || sweep(kept));
    else if (!await isTakenDown(left)) await take();
    return false;
  }
  full = false;
  if (!more) {
    more = true;
    tell();
  }
  stop = new AbortController();
  const late = setTimeout(() => stop.abort(), LATEST);
  const lane = async () => {
    for (let path; !removed && (path = todo.shift()) !== undefined;) {
      while (reading && !removed) await new Promise((go) => quiet.push(go));
      const response = await fetch(addressOf(path), { cache: isNamed(path) ? "default" : "no-cache", priority: "low", signal: stop.signal });
      if (response.status >= 500) throw new Error(path);
      if (!response.ok) refused.add(path);
      else if (!await keep(path, response)) throw new Error("of another release: " + path);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  } finally {
    clearTimeout(late);
    todo.length = 0; // of the other lane, where one failed
  }
  return !removed;
}

/**
 * Whether the host refuses so much of what is new that the site is being put there
 * or taken down: then nothing is taken in. What it refused of the kept release too
 * does not count, it always will.
 */
async function isTakenDown(left) {
  const has = await urls();
  const isNew = (path) => !kept || keyOf(kept, path) !== keyOf(coming, path) && (!(path in kept.files) || has.has(keyOf(kept, path)));
  return 4 * left.filter(isNew).length > Object.keys(files).filter(isNew).length;
}

/** Puts the release that is coming, now complete, into the place of the kept one. */
async function take() {
  const before = kept;
  await put(NOTE, new Response(JSON.stringify(coming)));
  kept = coming;
  await sweep(before);
}

/**
 * Removes what is of no use any more, and what was opened long ago. The scripts
 * and styles of the release before stay: a page that is open may ask for them.
 */
async function sweep(before) {
  const cache = await open();
  const useful = new Set([NOTE, TIME, ...Object.keys(files).map((path) => keyOf(coming, path))]);
  for (const path of Object.keys(before?.files ?? {})) if (before.files[path] === "") useful.add(addressOf(path));
  const others = [...await urls()].filter((url) => !useful.has(url));
  const read = whole ? [] : others.filter((url) => url.endsWith("?" + stamp)).slice(-MOST_OPENED);
  await Promise.all(others.filter((url) => !read.includes(url)).map((url) => {
    listed.delete(url);
    return cache.delete(url);
  }));
}

// ---- What pages are told ----------------------------------------------------------

async function tell() {
  if (removed) return;
  const has = await urls();
  const paths = Object.keys(files);
  const n = paths.filter((path) => has.has(keyOf(coming, path))).length;
  const state = full ? "full" : kept ? (whole ? "ready" : "opened") : more ? "saving" : "waiting";
  for (const client of await self.clients.matchAll({ type: "window" })) {
    const say = words[languageOf(pathOf(client.url) ?? "")];
    const put = (text) => text.replace("{n}", n).replace("{m}", paths.length).replace("{size}", Math.ceil(bytes / 1e6));
    client.postMessage({
      state,
      sign: put(say["sign." + state] ?? say.title),
      text: put(say["state." + state]),
      mark: lost || !self.navigator.onLine ? say.mark : "",
      more: more && !saving,
    });
  }
}

/** The pages that can be read in one language: [path, the first heading's HTML]. */
async function list(code) {
  const pages = [];
  for (const path of new Set([...await urls()].map(pathOf))) {
    if (!isPage(path) || !path.startsWith(folderOf(code)) || pages.length >= MOST_OPENED) continue;
    const title = (await (await copyOf(path))?.text())?.match(/<h1[^>]*>(.*?)<\/h1>/s);
    if (title) pages.push([path, title[1]]);
  }
  return pages;
}

async function remove() {
  removed = true;
  stop?.abort();
  for (const go of quiet.splice(0)) go();
  await saving?.catch(() => {});
  await caches.delete(name);
  opened = kept = listing = listed = null;
  await self.registration.unregister();
}

const handlers = {
  hello: () => removed || (isCostly() ? tell() : save()),
  more: () => removed || (isCostly() && !asked ? tell() : save()),
  save: () => { removed = false; asked = true; return save(); },
  list: async (client) => client.postMessage({ pages: await list(languageOf(pathOf(client.url) ?? "")) }),
  remove,
};
self.addEventListener("message", (event) => event.waitUntil(handlers[event.data]?.(event.source)));

// A navigation waits until the worker is active: nothing is saved here. Pages
// that come under the worker say "hello".
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(confirm)));
