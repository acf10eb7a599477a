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
 * Pages send "hello" (what is the state? go on), "save" (whatever it costs),
 * "remove" and "list" (of what is kept). All are sent the state:
 * {state, n, of, size, sign, text, mark}; words in the language of the page.
 */
(function () {
  "use strict";

  const { stamp, whole, bytes, files, languages, words } = self.playbookOffline;
  const scope = self.registration.scope;
  const name = "playbook:" + new URL(scope).pathname;

  const VISIT = 10 * 60e3; // milliseconds: so long a copy counts as the newest after the site was asked
  const PATIENCE = 2e3; // milliseconds
  const MOST_OPENED = 300; // files that the release does not list
  const LARGE = 4 << 20; // bytes: a film is not kept because it was looked at
  const LANES = 2;

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

  const open = () => opened ??= (async () => {
    const cache = await caches.open(name);
    const [note, time] = await Promise.all([cache.match(NOTE), cache.match(TIME)]);
    kept = note ? await note.json() : null;
    checked = Math.max(checked, time ? Number(await time.text()) : 0);
    return cache;
  })();

  const urls = async () => (await (await open()).keys()).map((request) => request.url);

  async function copyOf(path) {
    const cache = await open();
    return (kept && await cache.match(keyOf(kept, path))) ?? cache.match(keyOf(coming, path));
  }

  /** Whether a copy, if there is one, is what the site has now. */
  const isNewest = (path) => Date.now() - checked < VISIT && (!kept || keyOf(kept, path) === keyOf(coming, path));

  async function confirm() {
    checked = Date.now();
    await (await open()).put(TIME, new Response(String(checked)));
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
    await (await open()).put(keyOf(coming, path), new Response(body, { headers }));
    return true;
  }

  /** Whether a file that was read is worth keeping. The search is whole or not at all. */
  const isWanted = (path, response) => response.ok && response.type === "basic" && (path in files
    || !whole && !path.startsWith("search/") && (isPage(path) || Number(response.headers.get("Content-Length") ?? LARGE) < LARGE));

  // ---- Answers --------------------------------------------------------------------

  const wait = (time) => new Promise((done) => setTimeout(done, time));

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const path = pathOf(request.url);
    if (removed || request.method !== "GET" || request.headers.has("Range") || path === null || path === "offline.js") return;
    event.respondWith(answer(event, path));
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
      if (isWanted(path, response)) event.waitUntil(keep(path, response.clone()).catch(() => {}));
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

  let saving = null; // promise
  let full = false;
  let removed = false;

  const save = () => saving ??= saveAll().catch(() => {}).finally(() => { saving = null; return tell(); });

  async function saveAll() {
    const cache = await open();
    const has = new Set(await urls());
    const todo = Object.keys(files).filter((path) => !has.has(keyOf(coming, path)));
    if (kept && kept.stamp !== stamp) { // what was opened, in its new form
      for (const url of has) {
        const path = url.endsWith("?" + kept.stamp) ? pathOf(url) : "";
        if (isPage(path) && !(path in files)) todo.push(path);
      }
    }
    if (!todo.length && kept?.stamp === stamp) return whole || await sweep(kept);

    // What every page needs first, then the reader's language; the rest can wait.
    const here = await self.clients.matchAll({ type: "window" });
    const own = languageOf(here.length ? pathOf(here[0].url) ?? "" : "");
    const rank = (path) => (path.endsWith(".wasm") ? 2 : path.startsWith("assets/") ? 0
      : path.startsWith(folderOf(own)) || path.startsWith("search/" + own) ? 1 : 3);
    todo.sort((a, b) => rank(a) - rank(b));

    let done = 0, refused = 0;
    const lane = async () => {
      for (let path; !removed && (path = todo.shift()) !== undefined;) {
        const response = await fetch(addressOf(path), { cache: isNamed(path) ? "default" : "no-cache", priority: "low" });
        if (response.status >= 500) throw new Error(path);
        if (!response.ok) refused++; // the next visit asks again
        else if (!await keep(path, response)) throw new Error("of another release: " + path);
        if (++done % 8 === 0) tell();
      }
    };
    tell();
    try {
      full = false;
      await Promise.all(Array.from({ length: LANES }, lane));
    } catch (error) {
      todo.length = 0;
      full = error.name === "QuotaExceededError";
      throw error;
    }
    if (removed || 4 * refused > done) return; // a site that is being taken down takes nothing with it
    const before = kept;
    await cache.put(NOTE, new Response(JSON.stringify(coming)));
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
    const others = (await urls()).filter((url) => !useful.has(url));
    const read = whole ? [] : others.filter((url) => url.endsWith("?" + stamp)).slice(-MOST_OPENED);
    await Promise.all(others.filter((url) => !read.includes(url)).map((url) => cache.delete(url)));
  }

  // ---- What pages are told ----------------------------------------------------------

  async function tell() {
    const has = new Set(await urls());
    const paths = Object.keys(files);
    const n = paths.filter((path) => has.has(keyOf(coming, path))).length;
    const state = kept ? (whole ? "ready" : "opened") : saving ? "saving" : full ? "full" : "waiting";
    for (const client of await self.clients.matchAll({ type: "window" })) {
      const say = words[languageOf(pathOf(client.url) ?? "")];
      const put = (text) => text.replace("{n}", n).replace("{m}", paths.length).replace("{size}", Math.ceil(bytes / 1e6));
      client.postMessage({
        state,
        sign: put(say["sign." + state] ?? say.title),
        text: put(say["state." + state]),
        mark: lost || !self.navigator.onLine ? say.mark : "",
      });
    }
  }

  /** The pages that can be read in one language: [path, the first heading's HTML]. */
  async function list(code) {
    const pages = [];
    for (const path of new Set((await urls()).map(pathOf))) {
      if (!isPage(path) || !path.startsWith(folderOf(code)) || pages.length >= MOST_OPENED) continue;
      const title = (await (await copyOf(path))?.text())?.match(/<h1[^>]*>(.*?)<\/h1>/s);
      if (title) pages.push([path, title[1]]);
    }
    return pages;
  }

  async function remove() {
    removed = true;
    await saving;
    await caches.delete(name);
    opened = kept = null;
    await self.registration.unregister();
  }

  const deeds = {
    hello: () => removed || (isCostly() ? tell() : save()),
    save: () => { removed = false; return save(); },
    list: async (client) => client.postMessage({ pages: await list(languageOf(pathOf(client.url) ?? "")) }),
    remove,
  };
  self.addEventListener("message", (event) => event.waitUntil(deeds[event.data]?.(event.source)));

  self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
  self.addEventListener("activate", (event) => event.waitUntil(
    self.clients.claim().then(confirm).then(() => (isCostly() ? tell() : save())),
  ));
})();
