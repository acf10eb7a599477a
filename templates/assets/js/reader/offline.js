// Reading offline.
import { loadAssets } from "../site/load.js";
import { $ } from "../site/page.js";

const offline = $("[data-offline]");
if (offline) {
  const keep = () => loadAssets(offline.dataset.offline);
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}
