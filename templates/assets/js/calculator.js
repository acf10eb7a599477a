/**
 * <playbook-calculator>: a form that computes while it is filled in.
 *
 * The page holds the form and the report of its worked example
 * (templates/blocks/calculator.html). This element sends the form's own encoding
 * to the calculators' WebAssembly and puts the returned report in place. Nothing
 * is loaded before the form is in view and the browser idle, the reader touches
 * it, or brings numbers of their own: stored ones, or those of a link. On slow
 * lines, and where the reader saves data, being in view is not enough.
 *
 * Attributes
 *   id               the anchor; also the name of links and of what is stored
 *   data-calculator  the calculator's id
 *   data-worker      address of worker.js
 *   data-wasm        address of the module
 *   data-inline      address of the script that carries the module for file://
 *   data-words       address of the script with the words of its reports
 *
 * The words of the form come from the script of the text's language, which is
 * loaded before this one.
 *
 * The form is the state. Rows are group.N.field, N counted from 0 in the order
 * of the page; a group without rows is "group="; a row's fields that are empty
 * by default are left out while they are empty.
 *
 * A link "#ID?form" shows its state and leaves what is stored alone until the
 * reader edits. Fields that it does not have are as in the example. What is no
 * field of the form, or cannot be put into it, is left out with a notice.
 *
 * Storage: localStorage "playbook:SITE:calc:ID" holds the state, nothing while
 * it is that of the example. Where storage is blocked nothing is kept.
 *
 * A link "#ID+form" adds to what the reader has: its fields are set, its rows
 * added, as a preset's are, and it can be undone. Other calculators hand over
 * their results by such links.
 *
 * Files. What a field for a file holds is no part of the encoding: a state has
 * an empty value where the reader has a file of their own, and none for the
 * example's. The text is sent to the worker once, beside the requests, and kept in
 * sessionStorage, so that it outlives a reload and not the tab; what is too large
 * for that, or for the calculator, is told. A box shows the first lines of a long
 * text, because laying out thousands of lines would stop the page.
 *
 * A wrong value is told at its field, the last good report stays. Of a report
 * only the verdict is announced, once the reader pauses.
 *
 * Presets are buttons with data-preset, a form encoding: its fields are set, its
 * rows added ("@month" is this month). One with data-from (and data-until),
 * names of fields with a month or a date, is offered only while a date that it
 * sets lies between these; without data-until, within twelve months.
 */
(() => {
  "use strict";

  /** One worker for all calculators of the page, started by the first request. */
  const runtime = (() => {
    let worker; // promise of the Worker
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

    async function begin(data) {
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
        message = WebAssembly.compileStreaming(fetch(wasm)).then((module) => ({ module }), () => ({ wasm }));
        w = new Worker(data.worker);
      }
      w.onmessage = ({ data: { id, answer, error } }) => {
        if (error !== undefined) return stop(error);
        open.get(id)[0](answer);
        open.delete(id);
      };
      w.onerror = (event) => stop(event.message);
      w.postMessage(await message);
      return w;
    }

    /** The worker is of no use any more; the next request starts another. */
    function stop(reason) {
      worker?.then((w) => w.terminate(), () => {});
      worker = undefined;
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

    const start = (element) => {
      worker ??= begin(element.dataset);
      worker.catch(stop);
      return Promise.all([worker, wordsOf(element.dataset.words)]).then(([w]) => w);
    };

    /** Sends a command about an element's calculator, with a text or bytes, and promises the answer. */
    async function ask(element, command, payload) {
      const w = await start(element);
      const calculator = element.dataset.calculator;
      if (words.get(calculator) !== element) {
        words.set(calculator, element);
        w.postMessage({ request: `words ${calculator}\n${element.wordLines()}` });
        for (const [name, text] of element.files) w.postMessage({ request: `file ${calculator}\n${name}\n${text}` });
      }
      let request = `${command} ${calculator}\n`;
      if (typeof payload === "string") request += payload;
      else request = new Uint8Array(await new Blob([request, payload]).arrayBuffer());
      return new Promise((resolve, reject) => {
        open.set(++last, [resolve, reject]);
        w.postMessage({ id: last, request });
      });
    }

    /** What the worker knows of a calculator is out of date. */
    const forget = (element) => words.delete(element.dataset.calculator);

    return { start, ask, forget };
  })();

  const escapeField = (s) => s.replace(/[\\\n\t]/g, (c) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t" })[c]);
  const unescapeField = (s) => s.replace(/\\([\\nt])/g, (_, c) => ({ "\\": "\\", n: "\n", t: "\t" })[c]);
  const fill = (text, args) => text.replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);

  /** Takes an answer apart: {faults: [[field, message]], report} (null: none). */
  function read(answer) {
    const faults = [];
    for (let at = 0; at < answer.length;) {
      const end = answer.indexOf("\n", at);
      const line = answer.slice(at, end < 0 ? undefined : end);
      if (line === "") return { faults, report: answer.slice(at + 1) };
      const [kind, field, message = ""] = line.split("\t");
      if (kind !== "fault") throw new Error(line);
      faults.push([unescapeField(field), unescapeField(message)]);
      at += line.length + 1;
    }
    return { faults, report: null };
  }

  /**
   * Makes a node like another. What is the same stays, with its layout, how far it
   * is scrolled and whether the reader has opened it.
   */
  function liken(node, like) {
    if (node.nodeType === Node.TEXT_NODE && like.nodeType === Node.TEXT_NODE) {
      if (node.data !== like.data) node.data = like.data;
      return;
    }
    const kind = (e) => e.nodeName + e.getAttributeNames?.().filter((name) => name !== "open");
    if (kind(node) !== kind(like)) return node.replaceWith(like);
    for (const { name, value } of like.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    let old = node.firstChild;
    for (let now = like.firstChild, next; now; now = next) {
      next = now.nextSibling;
      if (!old) node.append(now);
      else {
        const after = old.nextSibling;
        if (!old.isEqualNode(now)) liken(old, now);
        old = after;
      }
    }
    for (let next; old; old = next) {
      next = old.nextSibling;
      old.remove();
    }
  }

  /** The first line in which readings of a text differ, of each. */
  function differing(texts) {
    const lines = texts.map((text) => text.split(/\r\n?|\n/));
    const at = Math.max(0, lines[0].findIndex((line, i) => lines.some((other) => other[i] !== line)));
    return lines.map((all) => (all[at] ?? "").trim().slice(0, 80));
  }

  /** The reader's day as YYYY-MM-DD. */
  const today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  };

  const focusable = "input:not([type=hidden]), select, textarea";
  const rowName = /^(.+?)\.(\d+)\.(.+)$/; // group, number, field

  /** Writes what is ticked into the field that stands for the boxes. */
  const readBoxes = (boxes) => {
    boxes.previousElementSibling.value = [...boxes.querySelectorAll(":checked")].map((box) => box.value).join(",");
  };

  /** The value with which the page has written a field. */
  const written = (control) =>
    control.type === "hidden" ? [...control.nextElementSibling.children].map((box) => box.firstChild).filter((box) => box.defaultChecked).map((box) => box.value).join(",")
      : control.options ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value
        : control.defaultValue;

  /** Puts a row's number into everything of a new row that has the place for it. */
  function numberNodes(row, n) {
    for (const node of row.querySelectorAll("*")) {
      for (const attribute of node.attributes) {
        if (attribute.value.includes("__N__")) attribute.value = attribute.value.replaceAll("__N__", n);
      }
    }
  }

  class PlaybookCalculator extends HTMLElement {
    connectedCallback() {
      if (this.form || !this.dataset.wasm) return;
      const $ = (selector) => this.querySelector(selector);
      this.form = $(".calculator-form");
      this.report = $(".report");
      this.notice = $(".calculator-notice");
      this.glance = $(".calculator-glance");
      this.live = $(".calculator-live");
      this.ui = self.playbookWords[document.getElementById("main").dataset.text].calculator;
      this.key = `playbook:${document.documentElement.dataset.site}:calc:${this.id}`;
      this.files = new Map(); // the reader's own: field → text
      this.boxes = new Map(); // field → the box that shows it
      this.version = 0; // of the files
      for (const box of this.querySelectorAll("[data-file]")) this.boxes.set(box.dataset.file, box);
      this.groups = new Map();
      for (const element of this.querySelectorAll(".group")) {
        const group = new Group(element);
        this.groups.set(element.dataset.group, group);
        group.number();
      }
      // What the reader did before this script came is not the example.
      for (const boxes of this.form.querySelectorAll(".boxes")) readBoxes(boxes);
      const typed = this.state;
      const values = [...this.form.elements].filter((control) => control.name).map((control) => [control, control.value]);
      for (const [control] of values) control.value = written(control);
      this.defaults = new URLSearchParams(new FormData(this.form)); // the worked example, as the page has it
      this.example = this.state;
      for (const [control, value] of values) control.value = value;
      this.shown = this.example; // the state that the report is of

      this.form.addEventListener("submit", (event) => event.preventDefault());
      const start = () => this.prepare().catch(() => {});
      for (const type of ["focusin", "pointerdown"]) this.form.addEventListener(type, start, { once: true });
      // Who looks at a form is about to fill it in: made ready while nothing else
      // is to do, unless every byte counts.
      const line = navigator.connection;
      if (!line?.saveData && !/2g|3g/.test(line?.effectiveType)) {
        const seen = new IntersectionObserver((entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          seen.disconnect();
          if (window.requestIdleCallback) requestIdleCallback(start);
          else setTimeout(start, 200);
        });
        seen.observe(this.form);
      }
      this.form.addEventListener("input", (event) => {
        const boxes = event.target.closest(".boxes");
        if (boxes) readBoxes(boxes);
        Group.retell(event.target.closest(".row"));
        if (event.target.type === "file") return void this.choose(event.target, event.target.files[0]);
        if (event.target.dataset.file) this.keepFile(event.target.dataset.file, event.target.value);
        this.edited();
      });
      for (const box of this.boxes.values()) this.watchFile(box);
      this.form.addEventListener("focusout", () => this.paintFaults());
      this.form.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) this.press(button);
      });
      const on = (selector, act) => $(selector).addEventListener("click", act);
      on(".calculator-reset", () => this.reset());
      on(".calculator-link", () => this.copyLink());
      on(".calculator-print", () => this.print(""));
      on(".calculator-buyer", () => this.print("for-buyer"));
      on(".calculator-csv", () => this.saveCSV());
      addEventListener("hashchange", () => this.followLink());

      // The line below the form is not needed where the report is in view.
      new IntersectionObserver(([entry]) => this.toggleAttribute("data-seen", entry.isIntersecting), { rootMargin: "0px 0px -96px" })
        .observe(this.report);
      this.paintForm();
      this.paintVerdict();
      const stored = this.stored;
      const pasted = [...this.boxes.values()].filter((box) => box.value !== box.defaultValue);
      for (const box of pasted) this.keepFile(box.dataset.file, box.value);
      if (typed !== this.example || pasted.length) this.edited();
      else if (!this.followLink() && stored !== null && stored !== this.example) {
        this.showMine(stored);
        this.computeWhenSeen();
      }
    }

    // ---- State

    /** The form's encoding. */
    get state() {
      const pairs = new URLSearchParams();
      for (const [name, value] of new FormData(this.form)) {
        const [, group, , field] = rowName.exec(name) ?? [];
        if (value !== "" || !group || !this.groups.get(group).mayBeAbsent(field)) pairs.append(name, value);
      }
      for (const [name, group] of this.groups) if (!group.rows.length) pairs.append(name, "");
      for (const name of this.files.keys()) pairs.append(name, "");
      return pairs.toString();
    }

    /** What is computed: the state, on the example's day or, once it is the reader's own, on theirs. */
    get asked() {
      const { state } = this;
      const [name, day] = this.dataset.today.split("=");
      return name ? `${state}&${name}=${state === this.example ? day : today()}` : state;
    }

    /** The state, files included: what a report is of. */
    get mark() { return this.version ? `${this.state}#${this.version}` : this.state; }

    /**
     * Fills the form from an encoding; what it does not have is as in the
     * example. Returns the names of what could not be used. Files have the texts that
     * are given, by field, or none.
     */
    show(encoded, files = new Map()) {
      const example = this.defaults;
      const given = new URLSearchParams(encoded);
      const unused = new Set(given.keys());
      unused.delete(this.dataset.today.split("=")[0]); // the day is the reader's
      const set = (control, value, name) => {
        control.value = value;
        if (control.value === value) unused.delete(name);
        else control.value = example.get(name) ?? "";
      };
      for (const control of this.form.elements) {
        if (!control.name || rowName.test(control.name)) continue;
        if (control.closest("[data-view]")) { // which parts are shown is the page's
          unused.delete(control.name);
          continue;
        }
        const value = given.get(control.name) ?? example.get(control.name);
        if (value !== null) set(control, value, control.name);
      }
      for (const name of this.boxes.keys()) {
        unused.delete(name);
        this.keepFile(name, given.has(name) ? files.get(name) ?? given.get(name) : null);
      }
      for (const [name, group] of this.groups) {
        const has = (pairs) => [...pairs.keys()].some((key) => key === name || rowName.exec(key)?.[1] === name);
        const rows = new Map();
        for (const [key, value] of has(given) ? given : example) {
          const [, of, n, field] = rowName.exec(key) ?? [];
          if (key === name) unused.delete(key);
          if (of !== name) continue;
          if (!rows.has(n)) rows.set(n, new Map());
          rows.get(n).set(field, [key, value]);
        }
        const list = document.createDocumentFragment();
        for (const n of [...rows.keys()].sort((a, b) => a - b)) {
          const row = group.add(list);
          if (!row) break; // more than the calculator takes: told by the names left out
          for (const [field, [key, value]] of rows.get(n)) {
            const control = Group.control(row, field);
            if (control) set(control, value, key);
          }
          Group.unfold(row);
          Group.retell(row);
        }
        for (const card of list.querySelectorAll(".row-card")) card.open = list.childElementCount <= 2;
        group.list.replaceChildren(list);
        group.number();
      }
      this.paintForm();
      return [...unused];
    }

    get stored() {
      try { return localStorage.getItem(this.key); } catch { return null; }
    }

    /** Shows the reader's own state, with the files that this tab has. */
    showMine(state) {
      const files = new Map();
      for (const name of this.boxes.keys()) {
        try {
          const text = sessionStorage.getItem(`${this.key}:${name}`);
          if (text !== null) files.set(name, text);
        } catch { /* not kept */ }
      }
      this.show(state, files);
      const given = new URLSearchParams(state);
      if ([...this.boxes.keys()].some((name) => given.has(name) && !files.has(name))) this.tell(this.ui["file-gone"]);
    }

    // ---- Files

    /** Takes a text for a field's own; null: the example's. */
    keepFile(name, text, label = "") {
      const box = this.boxes.get(name);
      if (text === null) {
        if (!this.files.delete(name)) return;
        box.value = box.defaultValue;
      } else {
        this.files.set(name, text);
        if (box.value !== text) {
          const long = text.length > 20_000;
          box.value = long ? text.slice(0, 5_000).replace(/[^\n]*$/, "…") : text;
        }
      }
      this.version++;
      runtime.forget(this);
      const lines = text ? text.split("\n").length - text.endsWith("\n") : 0;
      box.readOnly = (text?.length ?? 0) > 20_000;
      box.closest(".field").querySelector(".file-name").textContent =
        label ? fill(this.ui["file-own"], { name: label, lines }) : box.readOnly ? fill(this.ui["file-part"], { lines }) : "";
    }

    /** Keeps the files for this tab; false where there is no room. */
    storeFiles() {
      if (this.storedVersion === this.version) return true;
      this.storedVersion = this.version;
      for (const name of this.boxes.keys()) {
        const key = `${this.key}:${name}`;
        try {
          sessionStorage.removeItem(key);
          if (this.files.has(name)) sessionStorage.setItem(key, this.files.get(name));
        } catch { return !this.files.size; }
      }
      return true;
    }

    /** A file may also be dropped on its box, and a long text pasted. */
    watchFile(box) {
      box.addEventListener("dragover", (event) => event.preventDefault());
      box.addEventListener("drop", (event) => {
        const file = event.dataTransfer.files[0];
        if (!file) return;
        event.preventDefault();
        this.choose(box, file);
      });
      box.addEventListener("paste", (event) => {
        const text = event.clipboardData.getData("text");
        const all = box.readOnly || (box.selectionStart === 0 && box.selectionEnd === box.value.length);
        if (!all && text.length <= 20_000) return; // as any text
        event.preventDefault();
        this.takeFile(box, text, "");
      });
    }

    /** Reads a file that was chosen; the size first, so that nothing stands still. */
    async choose(control, file) {
      const box = control.closest(".field").querySelector("[data-file]");
      if (!file) return;
      if (file.size > box.dataset.max * 2) return this.refuse(box, file.size);
      this.askCharset(box, []);
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const names = (await runtime.ask(this, "charset", bytes)).split(" ");
        const texts = names.map((name) => new TextDecoder(name || "utf-8").decode(bytes));
        const label = (name) => (name === "utf-8" ? "" : name.toUpperCase());
        const take = (i) => this.takeFile(box, texts[i], file.name, label(names[i]));
        if (texts.length === 1) take(0);
        else this.askCharset(box, differing(texts).map((line, i) => [label(names[i]), line, () => take(i)]));
      } catch (error) {
        console.warn(error);
        this.tell(this.ui["file-failed"]);
      }
      if (control.type === "file") control.value = ""; // the same file may be chosen again
    }

    /** Asks which reading of a file is right: a button for each, with a line of it. */
    askCharset(box, readings) {
      const field = box.closest(".field");
      field.querySelector(".file-which")?.remove();
      if (!readings.length) return;
      const question = document.createElement("div");
      question.className = "file-which";
      question.setAttribute("role", "group");
      const text = document.createElement("p");
      text.textContent = this.ui["file-which"];
      text.id = box.id + "-which";
      question.setAttribute("aria-labelledby", text.id);
      question.append(text);
      for (const [name, line, take] of readings) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.textContent = `${name}: ${line}`;
        button.addEventListener("click", () => {
          question.remove();
          box.focus();
          take();
        });
        question.append(button);
      }
      field.querySelector(".file-choice").after(question);
      question.querySelector("button").focus();
    }

    takeFile(box, text, label, encoding = "") {
      const size = new Blob([text]).size;
      if (size > box.dataset.max) return this.refuse(box, size);
      const name = box.dataset.file;
      const before = [this.state, new Map(this.files)];
      this.keepFile(name, text, label);
      const kept = this.storeFiles();
      this.edited();
      const said = [encoding && fill(this.ui["file-read"], { encoding }), kept || this.ui["file-big"]].filter((s) => s && s !== true).join(" ");
      this.tell(said || this.ui.added, this.ui.undo, () => {
        this.show(...before);
        this.edited();
        this.live.textContent = this.ui.undone;
      });
    }

    /** Says that a file is too large; what was there stays. */
    refuse(box, size) {
      const mb = (n) => (n / 2 ** 20).toFixed(n % 2 ** 20 ? 1 : 0);
      const message = fill(this.ui["file-large"], { mb: mb(Number(box.dataset.max)), size: mb(size) });
      this.paintFault(box, document.getElementById(this.faultID(box)), message);
    }

    store() {
      if (this.boxes.size) this.storeFiles();
      const state = this.state;
      try {
        if (state === this.example) localStorage.removeItem(this.key);
        else localStorage.setItem(this.key, state);
      } catch { /* not kept */ }
    }

    /** The reader has changed something (the rows of group): what is shown is now theirs. */
    edited(group) {
      group?.number();
      this.store();
      this.dropFragment();
      this.paintForm();
      this.compute();
    }

    /** A fragment that no longer tells what is shown becomes a plain anchor. */
    dropFragment() {
      if (location.hash.startsWith(`#${this.id}?`)) this.address("#" + this.id);
    }

    address(hash) {
      try { history.replaceState(history.state, "", hash); } catch { /* as it was */ }
    }

    /** Shows the state of the page's link, if it has one for this calculator. */
    followLink() {
      if (location.hash.startsWith(`#${this.id}+`)) return this.takeOver(location.hash.slice(this.id.length + 2));
      const [id, encoded] = location.hash.slice(1).split(/\?(.*)/s);
      if (encoded === undefined || id !== this.id) return false;
      const mine = this.stored;
      const unused = this.show(encoded);
      const other = mine !== null && mine !== this.state;
      const dropped = unused.length ? " " + fill(this.ui.dropped, { names: unused.slice(0, 5).join(this.ui.list) + (unused.length > 5 ? " …" : "") }) : "";
      this.tell((other ? this.ui.shared : this.ui["shared-new"]) + dropped, other && this.ui.mine, () => {
        this.showMine(mine);
        this.edited();
      });
      this.scrollIntoView();
      if (this.mark !== this.shown) this.compute();
      return true;
    }

    /** Adds what another calculator hands over. */
    takeOver(encoded) {
      const mine = this.stored;
      if (mine !== null) this.showMine(mine);
      this.address("#" + this.id);
      this.add(encoded);
      this.scrollIntoView();
      return true;
    }

    // ---- Computing

    /**
     * Asks for the report of the form as it is. One request at a time: what is
     * edited meanwhile is asked for once, after it, so that an older answer never
     * comes after a newer one.
     */
    async compute() {
      if (this.busy) {
        this.again = true;
        return;
      }
      this.busy = true;
      this.report.setAttribute("aria-busy", "true");
      const slow = setTimeout(() => this.paintGlance(this.ui.loading), 500);
      try {
        do {
          this.again = false;
          const mark = this.mark;
          this.paint(read(await runtime.ask(this, "compute", this.asked)), mark);
        } while (this.again);
      } catch (error) {
        console.error(error);
        this.paintVerdict();
        this.tell(this.ui.failed);
        this.failed = true;
      }
      clearTimeout(slow);
      this.busy = this.again = false;
      this.report.removeAttribute("aria-busy");
    }

    /**
     * Makes all ready for the reader's first edit. The report that stands there is
     * computed once more: code is compiled when it first runs, and its lines tell
     * later which blocks have changed.
     */
    async prepare() {
      await runtime.start(this);
      const mark = this.mark;
      if (this.busy || this.lines || mark !== this.shown) return;
      const { report } = read(await runtime.ask(this, "compute", this.asked));
      if (mark === this.shown) this.lines ??= report?.split("\n").filter(Boolean);
    }

    /** Numbers of the reader's own are computed when they come into view. */
    computeWhenSeen() {
      this.report.setAttribute("aria-busy", "true");
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        if (window.requestIdleCallback) requestIdleCallback(() => this.compute(), { timeout: 500 });
        else this.compute();
      }, { rootMargin: "50%" });
      seen.observe(this);
      addEventListener("beforeprint", () => this.compute(), { once: true });
    }

    /** The words for the WebAssembly, as lines of key, tab, word. */
    wordLines() {
      const words = self.playbookWords[document.getElementById("main").dataset.text + "/" + this.dataset.calculator];
      const root = document.documentElement.dataset.root;
      return Object.entries(words).map(([key, word]) =>
        escapeField(key) + "\t" + escapeField(key.startsWith("link.") ? root + word : word) + "\n").join("");
    }

    // ---- What is shown

    paint({ faults, report }, mark) {
      if (this.failed) {
        this.failed = false;
        this.tell("");
      }
      this.faults = faults;
      this.stale = report === null;
      this.paintFaults();
      if (report === null || mark === this.shown) return;
      this.shown = mark;
      this.paintReport(report);
      this.paintVerdict();
      clearTimeout(this.pause);
      const said = this.report.querySelector(".report-answer")?.textContent.trim();
      this.pause = setTimeout(() => {
        if (said && said !== this.said) this.live.textContent = this.said = said;
      }, 1000);
    }

    /**
     * Puts a report in place. Every block is a line of its own (report.HTML, which
     * escapes what readers typed), so what is as before need not be read: the blocks
     * at both ends, and those between in their places.
     */
    paintReport(report) {
      const lines = report.split("\n").filter(Boolean);
      const blocks = [...this.report.children];
      const before = this.lines?.length === blocks.length ? this.lines : [];
      this.lines = lines;
      const both = Math.min(before.length, lines.length);
      let [head, tail] = [0, 0];
      while (head < both && lines[head] === before[head]) head++;
      while (tail < both - head && lines.at(-1 - tail) === before.at(-1 - tail)) tail++;
      const old = blocks.slice(head, blocks.length - tail);
      const rest = blocks[blocks.length - tail] ?? null;
      const maker = document.createElement("template");
      lines.slice(head, lines.length - tail).forEach((line, i) => {
        const block = old.shift();
        if (block && line === before[head + i]) return;
        maker.innerHTML = line;
        if (block) liken(block, maker.content.firstChild);
        else this.report.insertBefore(maker.content, rest);
      });
      for (const block of old) block.remove();
    }

    /** The verdict in a line that stays in view below the form. */
    paintVerdict() {
      const answer = this.report.querySelector(".report-answer");
      this.querySelector(".calculator-buyer").hidden = !this.report.querySelector(".for-seller");
      this.glance.hidden = !answer;
      if (answer) this.glance.firstChild.replaceChildren(...answer.cloneNode(true).childNodes);
      this.said ??= answer?.textContent.trim();
    }

    paintGlance(text) {
      this.glance.hidden = false;
      this.glance.firstChild.textContent = text;
    }

    /**
     * Each fault stands at its field, or its group. In the row in hand it waits
     * until the reader leaves, in the field until they pause: half a number is no
     * mistake, nor is a field that they have not come to.
     */
    paintFaults() {
      clearTimeout(this.patience);
      const faults = new Map(this.faults);
      const now = document.activeElement;
      const places = [...this.form.elements].filter((place) => place.name || place.dataset.file || place.dataset.group);
      let waiting = false;
      for (const place of places) {
        const message = faults.get(place.name || place.dataset.file || place.dataset.group) ?? "";
        const old = document.getElementById(this.faultID(place));
        if (old?.lastElementChild.textContent === message || (!old && !message)) continue;
        const inHand = place === now || place.closest(".row")?.contains(now);
        if (message && !old && inHand && !(this.patient && place === now && place.value)) {
          waiting = true;
          continue;
        }
        this.paintFault(place, old, message);
      }
      if (waiting && !this.patient) {
        this.patience = setTimeout(() => {
          this.patient = true;
          this.paintFaults();
          this.patient = false;
        }, 1200);
      }
      const stale = this.querySelector(".calculator-stale");
      if (!waiting) stale.hidden = !faults.size || !this.stale;
      if (!stale.hidden) this.paintGlance(stale.textContent);
      else this.paintVerdict();
    }

    faultID(place) { return (place.id || `${this.id}-${place.dataset.group}`) + "-fault"; }

    paintFault(place, old, message) {
      const id = this.faultID(place);
      const told = (place.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
      if (place.name || place.dataset.file) place.setAttribute("aria-invalid", Boolean(message));
      if (message) {
        place.closest(".field, .group").hidden = false; // whatever the block shows
        const fault = old ?? this.querySelector(".fault-template").content.firstElementChild.cloneNode(true);
        fault.id = id;
        fault.lastElementChild.textContent = message;
        if (place.dataset.group) place.querySelector(".group-actions").before(fault);
        else place.closest(".field-box").after(fault);
        if (place.name) Group.reveal(place);
        told.unshift(id);
        const label = place.labels?.[0] ?? (place.dataset.group ? place : place.closest(".field")).firstElementChild;
        this.live.textContent = `${label.textContent}: ${message}`;
      } else {
        old?.remove();
      }
      if (told.length) place.setAttribute("aria-describedby", told.join(" "));
      else place.removeAttribute("aria-describedby");
    }

    /** What follows from the form alone: labels, units and presets. */
    paintForm() {
      for (const label of this.form.querySelectorAll("label[data-from]")) {
        const from = this.form.elements[label.dataset.from];
        label.dataset.word ??= label.textContent;
        const text = from?.value || label.dataset.word;
        if (label.textContent !== text) label.textContent = text;
        label.closest(".field").hidden = !from;
      }
      for (const boxes of this.form.querySelectorAll(".boxes")) {
        const chosen = boxes.previousElementSibling.value.split(/[\s,，、;]+/);
        for (const box of boxes.querySelectorAll("input")) box.checked = chosen.includes(box.value);
      }
      const currency = this.form.elements.currency?.value.toUpperCase();
      for (const unit of this.form.querySelectorAll("[data-unit=currency]")) {
        const text = unit.id ? currency : `(${currency})`;
        if (unit.textContent !== text) unit.textContent = text;
      }
      for (const button of this.form.querySelectorAll(".preset")) button.hidden = !this.offers(button);
    }

    /** Says something below the form, with a button if there is something to do. */
    tell(text, label, act) {
      this.notice.textContent = text;
      if (!label) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = label;
      button.addEventListener("click", () => {
        this.notice.textContent = "";
        act();
      });
      this.notice.append(" ", button);
    }

    // ---- Buttons

    press(button) {
      const row = button.closest(".row");
      const group = this.groups.get(button.closest(".group")?.dataset.group);
      if (button.matches(".row-add")) {
        const added = group.add();
        if (added) this.edited(group);
        added?.querySelector(focusable).focus();
      } else if (button.matches(".row-remove")) this.remove(group, row);
      else if (button.matches(".row-up, .row-down")) this.move(group, row, button.matches(".row-up"));
      else if (button.matches(".preset")) this.preset(button);
    }

    move(group, row, up) {
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      // The neighbour moves, so that the row keeps the focus.
      if (up) row.after(other);
      else row.before(other);
      this.edited(group);
      const rows = group.rows;
      this.live.textContent = fill(this.ui.moved, { n: rows.indexOf(row) + 1, of: rows.length });
    }

    remove(group, row) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      const place = group.rows.indexOf(row);
      row.remove();
      this.edited(group);
      (next?.querySelector(".row-remove") ?? group.element.querySelector(".row-add")).focus();
      this.tell(this.ui.removed, this.ui.undo, () => {
        group.list.insertBefore(row, group.rows[place] ?? null);
        this.edited(group);
        Group.reveal(row.querySelector(focusable)).focus();
        this.live.textContent = this.ui.undone;
      });
    }

    /** Changes the whole form in a way that can be undone. */
    change(act, text) {
      const before = [this.state, new Map(this.files)];
      const button = document.activeElement;
      act();
      this.edited();
      this.tell(text, this.ui.undo, () => {
        this.show(...before);
        this.edited();
        button.focus();
        this.live.textContent = this.ui.undone;
      });
    }

    reset() { this.change(() => this.show(this.defaults), this.ui.restored); }

    /** The fields and rows of a preset; rows as lists of [field, value]. */
    parsePreset(encoded) {
      const fields = [];
      const rows = new Map();
      const now = new Date();
      const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
      for (const [name, value] of new URLSearchParams(encoded)) {
        const text = value === "@month" ? month : value;
        const [, group, n, field] = rowName.exec(name) ?? [];
        if (!group) fields.push([name, text]);
        else rows.set(group + "." + n, { group, pairs: [...rows.get(group + "." + n)?.pairs ?? [], [field, text]] });
      }
      return { fields, rows: [...rows.values()] };
    }

    /** Whether a preset has something new to give, at the time that the form is about. */
    offers(button) {
      const { fields, rows } = this.parsePreset(button.dataset.preset);
      const controls = this.form.elements;
      const isNew = fields.some(([name, value]) => controls[name]?.value !== value)
        || rows.some(({ group, pairs }) => !this.groups.get(group).has(pairs));
      const from = controls[button.dataset.from]?.value;
      if (!isNew || !from) return isNew && !button.dataset.from;
      const [year, rest] = [Number(from.slice(0, 4)), from.slice(4)];
      const until = controls[button.dataset.until]?.value || year + 1 + rest;
      const dates = [...fields, ...rows.flatMap(({ pairs }) => pairs)].map(([, value]) => value);
      return dates.some((date) => date >= from && date < until);
    }

    /** Sets fields and adds the rows that are not there yet; returns the first new one. */
    add(encoded) {
      const { fields, rows } = this.parsePreset(encoded);
      let added;
      this.change(() => {
        for (const [name, value] of fields) {
          const control = this.form.elements[name];
          if (control) control.value = value;
          // The bare name of a group: it has no rows but those that follow.
          if (value === "") this.groups.get(name)?.list.replaceChildren();
        }
        for (const { group: name, pairs } of rows) {
          const group = this.groups.get(name);
          const row = group && !group.has(pairs) && group.add();
          if (!row) continue;
          for (const [field, value] of pairs) {
            const control = Group.control(row, field);
            if (control) control.value = value;
          }
          Group.unfold(row);
          Group.retell(row);
          group.number();
          added ??= row;
        }
      }, this.ui.added);
      return added;
    }

    preset(button) {
      const added = this.add(button.dataset.preset);
      if (button.hidden) (added ?? button.closest(".field")).querySelector(focusable).focus();
    }

    async copyLink() {
      const state = this.state;
      const without = this.files.size ? " " + this.ui["file-linked"] : "";
      this.address(`#${this.id}?${state}`);
      try {
        await navigator.clipboard.writeText(location.href.split("#")[0] + `#${this.id}?${state}`);
        this.tell(this.ui.linked + without);
      } catch {
        this.tell(this.ui["linked-above"] + without);
      }
    }

    /** Prints this calculator alone; the styles leave out what the way names. */
    print(way) {
      const root = document.documentElement;
      root.classList.add("print-one");
      this.classList.add("print-this");
      if (way) this.classList.add(way);
      addEventListener("afterprint", () => {
        root.classList.remove("print-one");
        this.classList.remove("print-this", "for-buyer");
      }, { once: true });
      print();
    }

    async saveCSV() {
      let answer;
      try {
        answer = read(await runtime.ask(this, "csv", this.asked));
      } catch (error) {
        console.error(error);
        return this.tell(this.ui.failed);
      }
      this.faults = answer.faults;
      this.paintFaults();
      if (answer.report === null) return this.form.querySelector("[aria-invalid=true]")?.focus();
      const link = document.createElement("a");
      // With the mark that tells a spreadsheet that this is UTF-8.
      link.href = URL.createObjectURL(new Blob(["\ufeff", answer.report], { type: "text/csv" }));
      link.download = this.id + ".csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }
  }

  /** A group of rows. */
  class Group {
    constructor(element) {
      this.element = element;
      this.list = element.querySelector(".rows");
      this.template = element.querySelector(".row-template").content.firstElementChild;
      const tools = this.template.querySelector(".row-tools");
      if (tools) for (const row of this.rows) row.firstElementChild.append(tools.cloneNode(true));
      this.max = Number(element.dataset.max);
      this.next = this.rows.length; // numbers in ids are never used twice
      this.optional = new Set();
      [...this.template.querySelectorAll("[name]")].forEach((control, i) => {
        if (i && control.value === "") this.optional.add(Group.field(control));
      });
    }

    /** The fields' own names, and the control of one of a row's. */
    static field(control) { return control.closest(".field").dataset.field; }
    static control(row, field) { return row.querySelector(`[data-field="${CSS.escape(field)}"] [name]`); }

    /** A card's line: what was typed, chosen and ticked, as FormItem.Line has it. */
    static retell(row) {
      const line = row?.querySelector(".row-line");
      if (!line) return;
      line.textContent = [...row.querySelectorAll("[name]")].map((control) =>
        (control.localName === "select" && control.value ? control.selectedOptions[0].text : control.value.replaceAll(",", control.type === "hidden" ? " " : ","))
      ).filter(Boolean).join(" · ");
    }

    /** Opens what keeps a control from being seen. */
    static reveal(control) {
      for (let fold = control?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      return control;
    }

    /** Opens a row's fold where it holds something. */
    static unfold(row) {
      const fold = row.querySelector(".row-more");
      if (fold) fold.open = [...fold.querySelectorAll("input[name], textarea")].some((input) => input.value !== input.defaultValue);
    }

    get rows() { return [...this.list.children]; }

    /** Whether a row's empty field may be left out: it is empty by default. */
    mayBeAbsent(field) { return this.optional.has(field); }

    /** Whether there is a row with these values. */
    has(pairs) { return this.rows.some((row) => pairs.every(([field, value]) => Group.control(row, field)?.value === value)); }

    /** Adds a row; null beyond the bound, of which one row too many says so. */
    add(list = this.list) {
      if (list.childElementCount > this.max) return null;
      const row = this.template.cloneNode(true);
      numberNodes(row, this.next++);
      list.append(row);
      return row;
    }

    /** Numbers the rows in the order of the page. */
    number() {
      const rows = this.rows;
      rows.forEach((row, i) => {
        row.dataset.row = i;
        for (const control of row.querySelectorAll("[name]")) control.name = control.name.replace(/\.[^.]+\./, `.${i}.`);
        for (const node of row.querySelectorAll("[data-n]")) {
          const text = fill(node.dataset.n, { n: i + 1 });
          if (node.matches("button")) node.setAttribute("aria-label", text);
          else node.textContent = text;
        }
        const [up, down] = row.querySelectorAll(".row-up, .row-down");
        if (!up) return; // fixed: other fields go by their places
        const focus = document.activeElement;
        up.disabled = i === 0;
        down.disabled = i === rows.length - 1;
        if (focus === up && up.disabled) down.focus();
        if (focus === down && down.disabled) up.focus();
      });
    }
  }

  customElements.define("playbook-calculator", PlaybookCalculator);
})();
