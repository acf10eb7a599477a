// Reading offline: the worker at the root keeps the site, and says in words how
// far it is. Where each byte costs, nothing begins unasked. reader.js loads this
// when the page is there.
import { root } from "./site/page.js";
import { store } from "./reader/store.js";

const workers = navigator.serviceWorker; // from disk it refuses

function keep() {
  const offline = document.querySelector("[data-offline]");
  const { saveData, type } = navigator.connection ?? {};
  const mark = Object.assign(document.createElement("p"), { className: "offline-mark", role: "status" });
  document.querySelector(".site-head").after(mark);
  workers.onmessage = ({ data, source }) => {
    if (data.sign) [offline.textContent, mark.textContent] = [data.sign, data.mark];
    if (data.more) source.postMessage("more");
  };
  if (store.read("offline") === "off") return;
  const hello = () => workers.register(root.dataset.root + "offline.js").then((found) => found.active?.postMessage("hello")).catch(() => {});
  if (workers.controller || !saveData && type !== "cellular") {
    (globalThis.requestIdleCallback ?? setTimeout)(hello);
    workers.addEventListener("controllerchange", hello); // a worker, or a newer one, is there
    for (const change of ["online", "offline"]) addEventListener(change, hello);
  }
}

if (workers) keep();
