// What comes after the page: style sheets and scripts, when a reader needs them.
const loading = {}; // by address

// A link takes no notice of a script's properties, nor a script of a link's.
const add = (url, rel = "stylesheet") => new Promise((onload, onerror) => {
  document.head.append(Object.assign(document.createElement(rel === "preload" || url.endsWith(".css") ? "link" : "script"),
    { rel, as: "script", href: url, src: url, async: false, onload, onerror }));
});
const load = (url) => loading[url] ??= add(url).catch((error) => { delete loading[url]; throw error; });

/** Loads a list of style sheets and scripts, each once: the scripts in their order, after the style sheets. */
export async function loadAssets(list) {
  const urls = list.split(" ").filter(Boolean);
  const styles = urls.filter((url) => url.endsWith(".css"));
  const scripts = urls.filter((url) => !styles.includes(url));
  if (styles.some((url) => !loading[url])) for (const url of scripts) if (!loading[url]) add(url, "preload");
  await Promise.all(styles.map(load));
  await Promise.all(scripts.map(load));
}

/** The reader's script with its style, where the page does not have them already. */
const reader = document.currentScript.dataset.reader ?? "";

/** Loads a list behind the reader's script, from which all that it holds may import. */
export const loadWithReader = (list = "") => loadAssets(reader + " " + list);

/** What scripts that were loaded give to the page: keys.js and search.js a function each. */
export const loaded = {};
