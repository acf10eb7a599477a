/**
 * The calculators' WebAssembly in a worker, one for all calculators of the page,
 * started by the first request. calculator.js is its only user.
 *
 *   runtime.start(element)               makes ready for it
 *   runtime.ask(element, command, what)  promises the answer (calculators/wasm);
 *                                                what: a form's encoding, or bytes
 *   runtime.forget(element)              what the worker knows of it is out of date
 *   runtime.stop(reason)                 gives up what is under way: the next
 *                                                request starts another worker
 *
 * An element gives data-worker, data-wasm, data-inline and data-words (see
 * calculator.js), and files.
 */
import { wordLines } from "./words.js";

let worker; // promise of the Worker
let halt; // rejects what waits for this worker
let last = 0;
const open = new Map(); // number of a request → [resolve, reject]
const words = new Map(); // calculator → the element whose words the worker has

const script = (address) => new Promise((resolve, reject) => {
  const element = document.createElement("script");
  element.src = address;
  element.onload = resolve;
  element.onerror = () => reject(new Error(address));
  document.head.append(element);
});

async function begin(data, aborted) {
  let w;
  let message; // the first, or a promise of it
  if (location.protocol === "file:") {
    await Promise.all([script(data.worker), script(data.inline)]);
    const zipped = Uint8Array.from(atob(window.playbookCalculators), (c) => c.charCodeAt(0));
    const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
    message = { module: await WebAssembly.compile(await new Response(stream).arrayBuffer()) };
    w = new Worker(URL.createObjectURL(new Blob([window.playbookWorker], { type: "text/javascript" })));
  } else {
    // Fetched and compiled here while the worker starts. A page that may not
    // compile leaves it to the worker, which has a policy of its own.
    const wasm = new URL(data.wasm, document.baseURI).href;
    message = WebAssembly.compileStreaming(fetch(wasm, { signal: aborted })).then((module) => ({ module }), () => ({ wasm }));
    w = new Worker(data.worker);
  }
  aborted.addEventListener("abort", () => w.terminate());
  w.onmessage = ({ data: { id, answer, error } }) => {
    if (error !== undefined) return stop(error);
    open.get(id)[0](answer);
    open.delete(id);
  };
  w.onerror = (event) => stop(event.message);
  w.postMessage(await message);
  return w;
}

function stop(reason) {
  halt?.abort(new Error(reason));
  worker = halt = undefined;
  words.clear();
  for (const [, reject] of open.values()) reject(new Error(reason));
  open.clear();
}

const loaded = new Map(); // address of words → promise; what failed is tried again
const wordsOf = (address) => {
  if (!loaded.has(address)) {
    loaded.set(address, script(address));
    loaded.get(address).catch(() => loaded.delete(address));
  }
  return loaded.get(address);
};

function start(element) {
  if (!worker) {
    const { signal } = halt = new AbortController();
    const halted = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    worker = Promise.race([begin(element.dataset, signal), halted]);
    worker.catch((error) => { if (halt?.signal === signal) stop(error.message); });
  }
  return Promise.all([worker, wordsOf(element.dataset.words)]).then(([w]) => w);
}

async function ask(element, command, payload) {
  const w = await start(element);
  const calculator = element.dataset.calculator;
  if (words.get(calculator) !== element) {
    words.set(calculator, element);
    w.postMessage({ request: `words ${calculator}\n${wordLines(element)}` });
    for (const [name, text] of element.files.texts) w.postMessage({ request: `file ${calculator}\n${name}\n${text}` });
  }
  let request = `${command} ${calculator}\n`;
  if (typeof payload === "string") request += payload;
  else request = new Uint8Array(await new Blob([request, payload]).arrayBuffer());
  return new Promise((resolve, reject) => {
    open.set(++last, [resolve, reject]);
    w.postMessage({ id: last, request });
  });
}

const forget = (element) => words.delete(element.dataset.calculator);

export const runtime = { start, ask, stop, forget };
