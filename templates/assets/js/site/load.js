// What comes after the page: style sheets and scripts, when a reader needs them.
const loading = {}; // by list

/** Loads the style sheets and scripts of a list of addresses once, the scripts in their order. */
export const loadAssets = (list) => loading[list] ??= Promise.all(list.split(" ").map((url) => new Promise((onload, onerror) => {
  // A link takes no notice of a script's properties, nor a script of a link's.
  document.head.append(Object.assign(document.createElement(url.endsWith(".css") ? "link" : "script"),
    { rel: "stylesheet", href: url, src: url, async: false, onload, onerror }));
}))).catch((error) => { delete loading[list]; throw error; });

/** What scripts that were loaded give to the page: keys.js and search.js a function each. */
export const loaded = {};
