// live.js keeps a page that is being written up to date: it reloads the page
// when its content changed, at the same place, and lays the faults of a build
// that failed over it. It is part of pages that `playbook serve` shows, and of
// no others.
(function () {
  "use strict";

  var store = "playbook:live:" + location.pathname;

  // ---- the same place after a reload

  function remember() {
    var open = [];
    document.querySelectorAll("details").forEach(function (d, i) {
      if (d.open) open.push(i);
    });
    try {
      sessionStorage.setItem(store, JSON.stringify({ x: scrollX, y: scrollY, open: open }));
      history.scrollRestoration = "manual";
    } catch { /* storage is off: the browser's own way must do */ }
  }

  function restore() {
    var place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(store));
      sessionStorage.removeItem(store);
    } catch { /* as above */ }
    if (!place) return;
    document.querySelectorAll("details").forEach(function (d, i) {
      if (place.open.indexOf(i) >= 0) d.open = true;
    });
    var go = function () { scrollTo({ left: place.x, top: place.y, behavior: "instant" }); };
    go();
    addEventListener("load", function () { // pictures have their height now
      go();
      history.scrollRestoration = "auto";
    });
  }

  // ---- faults over the page

  var overlay = null; // the dialog's host
  var seen = "[]";    // the faults that were shown last: closed ones stay closed

  var css = [
    ":host { all: initial }",
    "dialog { box-sizing: border-box; inline-size: min(60rem, 100vi - 2rem); max-block-size: calc(100vb - 2rem); overflow: auto;",
    "  margin: auto; padding: 1.25rem 1.5rem 1.5rem; border: 2px solid #b3261e; border-radius: 6px;",
    "  background: #fffdf8; color: #1c1a17; font: 1rem/1.5 system-ui, sans-serif }",
    "dialog::backdrop { background: rgb(0 0 0 / .45) }",
    ".head { display: flex; align-items: start; gap: 1rem; justify-content: space-between }",
    "h1 { font-size: 1.25rem; line-height: 1.3; margin: .5rem 0 }",
    "button { flex: none; font: inherit; min-inline-size: 44px; min-block-size: 44px; padding: 0 .75rem; border: 1px solid currentColor; border-radius: 6px; background: none; color: inherit; cursor: pointer }",
    ":focus-visible { outline: 3px solid #1f5fbf; outline-offset: 2px }",
    "ol { padding-inline-start: 1.5rem; margin: 0 } li { margin-block: 1rem }",
    "code, pre { font: .9375rem/1.5 ui-monospace, monospace } code { overflow-wrap: anywhere }",
    "pre { margin: .5rem 0; padding: .75rem; border-inline-start: 4px solid #b3261e; background: rgb(128 128 128 / .12); overflow-x: auto }",
    "p { margin: .25rem 0 } .message { font-weight: 600 }",
    ".stale { position: fixed; box-sizing: border-box; max-inline-size: calc(100vi - 2rem); inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483647; border: 2px solid #b3261e; background: #fffdf8; color: #1c1a17; font: 600 1rem/1.5 system-ui, sans-serif }",
    ".stale[hidden] { display: none } @media print { .stale { display: none } }",
    "@media (prefers-color-scheme: dark) { dialog, .stale { background: #1d2320; color: #f1efe7; border-color: #ff8a80 } pre { border-color: #ff8a80 } :focus-visible { outline-color: #8ab4f8 } }"
  ].join("\n");

  function element(name, text, className) {
    var e = document.createElement(name);
    if (text) e.textContent = text; // never as HTML: it quotes the author's file
    if (className) e.className = className;
    return e;
  }

  function show(faults) {
    var now = JSON.stringify(faults);
    if (now === seen) return;
    seen = now;
    if (overlay) overlay.remove();
    overlay = null;
    if (!faults.length || document.documentElement.hasAttribute("data-faults")) return; // the page itself lists them
    overlay = document.createElement("playbook-faults");
    var root = overlay.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];

    var dialog = element("dialog");
    dialog.setAttribute("aria-labelledby", "title");
    dialog.lang = "en";
    var title = element("h1", faults.length === 1 ? "A fault keeps the new version from being shown" : faults.length + " faults keep the new version from being shown");
    title.id = "title";
    var close = element("button", "Close");
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    var header = element("div", "", "head");
    header.append(title, close);
    var list = element("ol");
    faults.forEach(function (f) {
      var item = element("li");
      if (f.place) item.append(element("code", f.place));
      item.append(element("p", f.message, "message"));
      if (f.source) {
        const line = element("pre", f.source + "\n" + f.blank + "^");
        line.tabIndex = 0;
        item.append(line);
      }
      if (f.help) item.append(element("p", f.help));
      list.append(item);
    });
    dialog.append(header, list);
    // Closed, it leaves a button: what is shown is not what was saved.
    var stale = element("button", (faults.length === 1 ? "1 fault" : faults.length + " faults") + ": an older version is shown", "stale");
    stale.type = "button";
    stale.lang = "en";
    stale.hidden = true;
    stale.addEventListener("click", function () { stale.hidden = true; dialog.showModal(); });
    dialog.addEventListener("close", function () { stale.hidden = false; });
    root.append(dialog, stale);
    document.documentElement.append(overlay);
    dialog.showModal(); // Esc closes it, and focus goes back to where it was
  }

  // ---- news from the server

  var mine = null; // the state that this page was loaded in
  try {
    performance.getEntriesByType("navigation")[0].serverTiming.forEach(function (t) {
      if (t.name === "playbook") mine = t.description;
    });
  } catch { /* not told: the first message counts */ }

  var stream = null;

  function connect() {
    if (stream || document.hidden) return;
    // A stream that breaks off, because the server is started anew, opens again
    // by itself; its first message says whether the page is still current.
    stream = new EventSource("/_playbook/events?page=" + encodeURIComponent(location.pathname));
    stream.onmessage = function (e) {
      var state = JSON.parse(e.data);
      if (mine === null) mine = state.page;
      if (state.page !== mine) {
        disconnect();
        remember();
        location.reload();
        return;
      }
      show(state.faults);
    };
    stream.onerror = function () {
      if (stream && stream.readyState === EventSource.CLOSED) { // refused: try again later
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }

  function disconnect() {
    if (stream) stream.close();
    stream = null;
  }

  // Browsers allow six streams a server; pages that nobody sees need none.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) disconnect(); else connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  restore();
  connect();
})();
