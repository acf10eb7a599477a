// The frame's script: theme, language, drawer, shortcuts, "on this page", what
// has been read. Everything works without it; nothing leaves the browser.
(function () {
  "use strict";
  const root = document.documentElement;
  const main = document.getElementById("main");
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Storage may be blocked or full: then nothing is remembered, and nothing breaks.
  const key = (purpose) => "playbook:" + root.dataset.site + ":" + purpose;
  const load = (purpose) => {
    try { return localStorage.getItem(key(purpose)); } catch { return null; }
  };
  const save = (purpose, value) => {
    try {
      if (value === null) localStorage.removeItem(key(purpose));
      else localStorage.setItem(key(purpose), value);
    } catch { /* not remembered */ }
  };
  const loadMap = (purpose) => {
    try {
      const map = JSON.parse(load(purpose));
      return map && typeof map === "object" ? map : {};
    } catch { return {}; }
  };

  // Theme: as on the device → the other one → the one that the device has.
  const darkDevice = matchMedia("(prefers-color-scheme: dark)");
  const themeButton = $(".theme-switch");
  function paintTheme() {
    const theme = root.dataset.theme || "auto";
    const dark = theme === "dark" || (theme === "auto" && darkDevice.matches);
    for (const meta of $$("meta[name=theme-color]")) meta.content = dark ? "#19211f" : "#f7f6f1";
    if (!themeButton) return;
    const words = themeButton.dataset;
    themeButton.setAttribute("aria-label", words.label + ": " + words[theme]);
    themeButton.title = words.label + ": " + words[theme];
  }
  themeButton?.addEventListener("click", () => {
    const device = darkDevice.matches ? "dark" : "light";
    const other = darkDevice.matches ? "light" : "dark";
    const next = { [other]: device, [device]: "" }[root.dataset.theme] ?? other;
    if (next) root.dataset.theme = next;
    else delete root.dataset.theme;
    save("theme", next || null);
    paintTheme();
  });
  darkDevice.addEventListener("change", paintTheme);
  paintTheme();

  // Language: the choice is remembered, and the chooser at the root follows it.
  // It is replaced in the history, so "back" leaves the site as it should; with
  // #choose it stays.
  for (const link of $$("a[data-language]")) {
    link.addEventListener("click", () => save("lang", link.dataset.language));
  }
  if (main?.hasAttribute("data-choose") && location.hash !== "#choose") {
    const link = $$("a[data-language]").find((a) => a.dataset.language === load("lang"));
    if (link) location.replace(link.href);
  }

  // The column of the course shows where the reader is.
  const course = document.getElementById("course");
  const here = course && $("[aria-current=page]", course);
  if (here && getComputedStyle(course).position === "sticky") {
    const below = here.getBoundingClientRect().bottom - course.getBoundingClientRect().bottom;
    if (below > 0) course.scrollTop += below + course.clientHeight / 3;
  }

  // Shortcuts: single keys, so they can be switched off (WCAG 2.1.4).
  const keys = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  if (keysOn) {
    keysOn.checked = load("keys") !== "off";
    keysOn.addEventListener("change", () => save("keys", keysOn.checked ? null : "off"));
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keysOn.checked) return;
      if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
      if (event.key === "?") keys.togglePopover?.();
      else if (event.key === "[") $("a[rel=prev]")?.click();
      else if (event.key === "]") $("a[rel=next]")?.click();
      else return;
      event.preventDefault();
    });
  }

  // Search: its style and its script come when the reader first reaches for it. Until then, and
  // without scripts, the button is a link to the list of all headings.
  const search = $(".search-open");
  if (search) {
    let coming;
    const searcher = () => coming ??= new Promise((resolve, reject) => {
      const [href, src] = search.dataset.search.split(" ");
      let waiting = 2;
      const onload = () => --waiting || resolve(globalThis.playbookSearch);
      document.head.append(
        Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload, onerror: reject }),
        Object.assign(document.createElement("script"), { src, onload, onerror: reject }),
      );
    }).catch((error) => { coming = null; throw error; });
    const openSearch = () => searcher().then((s) => s.open(), () => { location.href = search.href; });
    for (const event of ["pointerenter", "focus"]) search.addEventListener(event, () => searcher().then((s) => s.prepare(), () => {}), { once: true });
    search.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openSearch();
    });
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey && event.key !== "/") return;
      const typing = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !typing && (!keysOn || keysOn.checked);
      const letter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!slash && !letter) return;
      event.preventDefault();
      openSearch();
    });
  }

  // On this page: open where there is room; the section being read is marked.
  const toc = $(".toc details");
  const passed = new Map(); // heading id → link
  let section = "";
  if (toc) {
    const wide = matchMedia("(width >= 78rem)");
    const fit = () => { toc.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    for (const link of $$("a", toc)) passed.set(decodeURIComponent(link.hash.slice(1)), link);
    toc.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) toc.open = false;
    });
    const heads = [...passed.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const current = heads.findLast((h) => h.getBoundingClientRect().top < innerHeight * 0.3);
      section = current ? current.id : "";
      for (const [id, link] of passed) {
        if (id === section) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) waiting = !!requestAnimationFrame(mark);
    }, { passive: true });
    mark();
  }

  // What a block needs, its style, its words and its script, comes when it comes
  // near.
  for (const name of ["quiz", "calculator"]) {
    const needs = main?.dataset[name];
    if (!needs) continue;
    const blocks = $$("playbook-" + name, main);
    const begin = () => {
      near.disconnect();
      removeEventListener("beforeprint", begin);
      removeEventListener("hashchange", follow);
      const [href, src] = needs.split(" ");
      const script = (src) => Object.assign(document.createElement("script"), { src, async: false });
      document.head.append(
        Object.assign(document.createElement("link"), { rel: "stylesheet", href }),
        script(main.dataset.words), script(src),
      );
    };
    const near = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) begin();
    }, { rootMargin: "1000px" });
    // A link into a block: #quiz-ID, #ID?numbers, #ID+more.
    const follow = () => {
      const target = location.hash.slice(1).split(/[?+]/)[0];
      if (blocks.some((block) => block.id === target || block.contains(document.getElementById(target)))) begin();
    };
    for (const block of blocks) near.observe(block);
    addEventListener("beforeprint", begin);
    addEventListener("hashchange", follow);
    follow();
  }

  // What has been read: module id → [when, section], for course.js too.
  const visited = loadMap("visited");
  const module = main?.dataset.module;
  if (module) {
    const remember = () => {
      const all = loadMap("visited");
      all[module] = [Date.now(), section];
      save("visited", JSON.stringify(all));
    };
    remember();
    addEventListener("pagehide", remember);
    visited[module] = [Date.now(), ""];
  }

  if (course) {
    for (const link of $$("a[data-module]", course)) {
      if (!visited[link.dataset.module]) continue;
      link.classList.add("seen");
      link.append(Object.assign(document.createElement("span"), { className: "vh", textContent: " (" + course.dataset.seen + ")" }));
    }
  }

  // A term's card opens by tap or key without this. A mouse that rests on the
  // term opens it too; it closes when the mouse has left both, and Esc closes it
  // as it closes any popover.
  let hovered = null; // the term whose card the mouse has opened
  let resting = 0;
  const cardOf = (term) => document.getElementById(term.getAttribute("popovertarget"));
  if ($(".term")) {
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse") return;
      const term = event.target.closest(".term");
      const card = event.target.closest(".term-card");
      clearTimeout(resting);
      if (term && term !== hovered && cardOf(term) && !$(":popover-open:not(.term-card)")) {
        resting = setTimeout(() => {
          if (cardOf(term).matches(":popover-open")) return;
          cardOf(term).showPopover({ source: term });
          hovered = term;
        }, 300);
      } else if (!term && !card && hovered) {
        resting = setTimeout(() => { cardOf(hovered).hidePopover(); }, 200);
      }
    });
    // A press on the term under the mouse keeps the card instead of closing it.
    document.addEventListener("click", (event) => {
      const term = event.target.closest(".term");
      if (term && term === hovered) event.preventDefault();
      hovered = null;
    });
    for (const card of $$(".term-card")) {
      card.addEventListener("toggle", (event) => {
        if (event.newState === "closed" && hovered && cardOf(hovered) === card) hovered = null;
      });
    }
  }

  // Reading offline: the worker at the root keeps the site, and says in words how
  // far it is. Where each byte costs, nothing begins unasked.
  const offline = $("[data-offline]");
  const workers = navigator.serviceWorker; // from disk it refuses
  if (offline && workers && load("offline") !== "off") {
    const { saveData, type } = navigator.connection ?? {};
    const mark = Object.assign(document.createElement("p"), { className: "offline-mark", role: "status" });
    $(".site-head").after(mark);
    workers.onmessage = ({ data }) => {
      if (data.sign) [offline.textContent, mark.textContent] = [data.sign, data.mark];
    };
    const hello = () => workers.register(root.dataset.root + "offline.js").then((found) => found.active?.postMessage("hello")).catch(() => {});
    if (workers.controller || !saveData && type !== "cellular") {
      addEventListener("load", () => (globalThis.requestIdleCallback ?? setTimeout)(hello));
      for (const change of ["online", "offline"]) addEventListener(change, hello);
    }
  }

  // Paper has no folds.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = $$("main details:not([open])");
    for (const details of unfolded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  });
})();
