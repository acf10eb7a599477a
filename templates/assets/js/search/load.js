// Loads the files of the index.
const waiting = new Map(); // name → what to do with it

// Every file of the index calls this with its name, stamp and content.
globalThis.playbookSearch = (name, stamp, data) => waiting.get(name)?.({ stamp, data });

export function load(name, stamp) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    waiting.set(name, resolve);
    script.src = document.documentElement.dataset.root + "search/" + name + ".js" + (stamp ? "?" + stamp : "");
    script.onerror = () => reject(new Error("not loaded: " + name));
    script.onload = () => script.remove();
    document.head.append(script);
  });
}
