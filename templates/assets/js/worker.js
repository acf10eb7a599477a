/*! calculators.wasm contains parts of Go: see licences.*.txt beside this file */
/**
 * The worker that holds the calculators' WebAssembly: a wasip1 reactor with the
 * exports input, run, size and rest (see calculators/wasm).
 *
 * On a host this file is the worker. On a page opened from disk, where a worker
 * cannot be loaded from an address, it is a classic script of the page and hands
 * over its own text as playbookWorker, for a worker from a Blob.
 *
 * The page sends first {module: WebAssembly.Module}, or {wasm: address} where it
 * may not compile one itself, then {request}, a text or bytes (answered by nothing),
 * and {id, request} (answered by {id, answer}), which are served in their order. Whatever goes wrong is answered by {error},
 * after which the worker is of no use.
 */

function work(scope) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  // Garbage is collected between the requests, not beside them: see rest.
  const environment = encoder.encode("GOGC=off\0");

  async function compile(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.status + " " + address);
    const streams = /^application\/wasm/.test(response.headers.get("Content-Type"));
    return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  }

  /** Starts the module; answer answers a request, rest is to be called when nobody waits. */
  async function start({ wasm, module }) {
    let memory;
    const view = () => new DataView(memory.buffer);
    const bytes = (at, n) => new Uint8Array(memory.buffer, at >>> 0, n >>> 0);
    const none = (count, size) => {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return 0;
    };
    // What Go's runtime asks of its system. Everything else is answered by 8,
    // "bad file descriptor": there are no files.
    const system = {
      args_get: () => 0,
      args_sizes_get: none,
      environ_get(list, at) {
        view().setUint32(list, at, true);
        bytes(at, environment.length).set(environment);
        return 0;
      },
      environ_sizes_get(count, size) {
        view().setUint32(count, 1, true);
        view().setUint32(size, environment.length, true);
        return 0;
      },
      sched_yield: () => 0,
      clock_time_get(clock, precision, at) {
        view().setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true);
        return 0;
      },
      random_get(at, n) {
        crypto.getRandomValues(bytes(at, n));
        return 0;
      },
      // Waiting is over at once: every subscription has its event.
      poll_oneoff(subscriptions, events, n, count) {
        for (let i = 0; i < n; i++) {
          bytes(events + 32 * i, 32).fill(0);
          view().setBigUint64(events + 32 * i, view().getBigUint64(subscriptions + 48 * i, true), true);
        }
        view().setUint32(count, n, true);
        return 0;
      },
      // What the runtime writes before it gives up.
      fd_write(file, vectors, n, written) {
        let all = 0;
        let text = "";
        for (let i = 0; i < n; i++) {
          const length = view().getUint32(vectors + 8 * i + 4, true);
          text += decoder.decode(bytes(view().getUint32(vectors + 8 * i, true), length));
          all += length;
        }
        console.error(text);
        view().setUint32(written, all, true);
        return 0;
      },
      proc_exit(status) { throw new Error("exit status " + status); },
    };
    const imports = { wasi_snapshot_preview1: new Proxy(system, { get: (known, name) => known[name] ?? (() => 8) }) };
    const { exports } = await WebAssembly.instantiate(module ?? await compile(wasm), imports);
    memory = exports.memory;
    exports._initialize();
    const answer = (request) => {
      const sent = typeof request === "string" ? encoder.encode(request) : request;
      const at = exports.input(sent.length);
      if (!at) throw new Error("the request is too long");
      bytes(at, sent.length).set(sent);
      const answer = exports.run();
      return decoder.decode(bytes(answer, exports.size()));
    };
    return { answer, rest: exports.rest };
  }

  let ready;
  let pause;
  scope.onmessage = async ({ data }) => {
    try {
      if (data.request === undefined) return void await (ready = start(data));
      const { answer, rest } = await ready;
      clearTimeout(pause);
      const text = answer(data.request);
      if (data.id) scope.postMessage({ id: data.id, answer: text });
      pause = setTimeout(rest); // done before anybody can type the next letter
    } catch (error) {
      scope.postMessage({ error: String(error) });
    }
  };
}

if (typeof document === "undefined") work(self);
else self.playbookWorker = "(" + work + ")(self)";
