// The words that the WebAssembly is given.
const escapeField = (s) => s.replace(/[\\\n\t]/g, (c) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t" })[c]);

/** The words for the WebAssembly, as lines of key, tab, word. */
export function wordLines(calculator) {
  const words = self.playbookWords[document.getElementById("main").dataset.text + "/" + calculator.dataset.calculator];
  const root = document.documentElement.dataset.root;
  return Object.entries(words).map(([key, word]) =>
    escapeField(key) + "\t" + escapeField(key.startsWith("link.") ? root + word : word) + "\n").join("");
}
