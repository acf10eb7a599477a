// The page about reading offline: what is kept, and the reader's choice. Where
// the network is absent the worker shows it in place of a page that is not kept.
import { root } from "./site/page.js";
import { store } from "./reader/store.js";

const workers = /^http/.test(location.protocol) && navigator.serviceWorker;
const part = document.querySelector(".offline");
const $ = (selector) => part.querySelector(selector);

// In place of another page: the worker has said where the links start from.
if (document.querySelector("base")) document.querySelector(".offline-absent").hidden = false;

function manage() {
  const state = $(".offline-state");
  const here = $(".offline-here");
  const [save, remove] = part.querySelectorAll("[data-do]");
  const remember = (choice) => store.write("offline", choice || null);

  /** Shows a state; "" is that nothing is kept. */
  function show(now, text) {
    state.textContent = text;
    $(".offline-choice").hidden = false;
    save.hidden = ["ready", "opened", "saving"].includes(now);
    remove.hidden = !now;
    if (!now) here.hidden = true;
  }

  const find = () => workers.getRegistration(root.dataset.root).then((found) => found?.active && found);

  let removed = false; // what the worker still says is of before

  workers.addEventListener("message", ({ data }) => {
    if (removed) return;
    if (data.pages) return list(data.pages);
    show(data.state, data.text);
    if (!data.more) find().then((found) => found?.active.postMessage("list"));
  });

  /** The pages that are here: the course's parts in its order, each with its pages, then the others. */
  function list(pages) {
    const parts = [...document.querySelectorAll("#course a")].map((link) => link.href.replace(/index\.html$/, ""));
    const links = pages.filter(([path]) => !/(^|\/)read-offline\//.test(path)).map(([path, title]) => Object.assign(document.createElement("a"), {
      href: root.dataset.root + path.split("/").map(encodeURIComponent).join("/"),
      textContent: new DOMParser().parseFromString(title, "text/html").body.textContent.trim(),
    }));
    const place = (link) => {
      const own = parts.indexOf(link.href.replace(/index\.html$/, ""));
      const above = parts.findLastIndex((part, n) => n > 0 && link.href.startsWith(part)); // the first is home
      return own >= 0 ? own : above >= 0 ? above + .5 : parts.length;
    };
    links.sort((a, b) => place(a) - place(b) || a.textContent.localeCompare(b.textContent, root.lang, { numeric: true }));
    $("ul").replaceChildren(...links.map((link) => {
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    here.hidden = !links.length;
  }

  save.addEventListener("click", async () => {
    remember("");
    removed = false;
    save.disabled = true;
    try {
      await workers.register(root.dataset.root + "offline.js");
      (await workers.ready).active.postMessage("save");
    } catch { state.textContent = part.dataset.none; }
    save.disabled = false;
  });

  remove.addEventListener("click", async () => {
    remember("off");
    removed = true;
    const found = await find();
    found?.active.postMessage("remove");
    show("", part.dataset.off);
  });

  find().then((found) => (found ? found.active.postMessage("hello") : show("", part.dataset.off)), () => {});
}

if (workers) manage();
