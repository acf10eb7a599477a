/**
 * <playbook-calculator>: a form that computes while it is filled in.
 *
 * The page holds the form and the report of its worked example
 * (templates/blocks/calculator.html). This element sends the form's own encoding
 * to the calculators' WebAssembly (runtime.js) and puts the returned report in place.
 * Nothing is loaded before the form is in view and the browser idle, the reader touches
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
 * by default are left out while they are empty. Which parts a page shows
 * (data-view) is asked with it, and is no part of it.
 *
 * A field or a group with data-example begins with the example's values, and its
 * value says what it is when a reader starts empty. Until it is changed it is marked.
 *
 * A link "#ID?form" shows its state and leaves what is stored alone until the
 * reader edits. Fields that it does not have are as in the example. What is no
 * field of the form, or cannot be put into it, is left out with a notice.
 *
 * Storage: "calc:ID" (site/store.js) holds the state, nothing while it is that of the
 * example. What another tab stores is joined to what stands here, field by field.
 *
 * A link "#ID+form" adds to what the reader has: what is still the example's goes,
 * its fields are set, its rows added, and it can be undone. Other calculators hand
 * over their results by such links. Where the reader came by one of this site it is
 * kept at once, else when they say so or edit.
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
import { runtime } from "./calculator/runtime.js";
import { merge, parse, rowName } from "./calculator/encoding.js";
import { store } from "./site/store.js";

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
function morph(node, like) {
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
      if (!old.isEqualNode(now)) morph(old, now);
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
const LONGEST_LINK = 200_000; // characters
const PATIENCE = 20_000; // ms until a reader is told that nothing comes
const NOTICE = 12_000; // ms that a notice stays

/** Writes what is ticked into the field that stands for the boxes. */
const readBoxes = (boxes) => {
  boxes.previousElementSibling.value = [...boxes.querySelectorAll(":checked")].map((box) => box.value).join(",");
};

/** The value with which the page has written a field. */
const written = (control) =>
  control.type === "hidden" ? [...control.nextElementSibling.children].map((box) => box.firstChild).filter((box) => box.defaultChecked).map((box) => box.value).join(",")
    : control.options ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value
      : control.defaultValue;

/** Puts a value into a control; where it cannot hold it, the usual one, and false. */
function put(control, value, usual = "") {
  const usable = (text) => {
    if (control.value !== text) control.value = text;
    if (control.matches("[data-line]")) fitLine(control);
    return control.value === text;
  };
  if (usable(value)) return true;
  usable(usual);
  return false;
}

/** A text of one line, in a box that grows: breaks that were pasted become spaces. */
function fitLine(box) {
  if (/[\r\n]/.test(box.value)) box.value = box.value.replace(/\s*[\r\n]+\s*/g, " ");
  if (CSS.supports("field-sizing", "content")) return;
  box.style.blockSize = "auto";
  box.style.blockSize = box.scrollHeight + 2 + "px";
}

/** Opens what keeps a control from being seen. */
function reveal(control) {
  for (let fold = control?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return control;
}

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
    this.key = "calc:" + this.id;
    this.files = new Map(); // the reader's own: field → text
    this.boxes = new Map(); // field → the box that shows it
    this.version = 0; // of the files
    for (const box of this.querySelectorAll("[data-file]")) this.boxes.set(box.dataset.file, box);
    this.fields = new Map(); // name → control; without those of rows
    this.views = []; // set by the page alone
    for (const control of this.form.elements) {
      if (!control.name || control.closest(".rows")) continue;
      if (control.closest("[data-view]")) this.views.push(control);
      else this.fields.set(control.name, control);
    }
    this.groups = new Map();
    for (const element of this.querySelectorAll(".group")) {
      const group = new Group(element, this.ui);
      this.groups.set(element.dataset.group, group);
      group.number();
    }
    // What the reader did before this script came is not the example.
    for (const boxes of this.form.querySelectorAll(".boxes")) readBoxes(boxes);
    const typed = this.state;
    const values = [...this.form.elements].filter((control) => control.name).map((control) => [control, control.value]);
    for (const [control] of values) control.value = written(control);
    this.example = this.state;
    this.defaults = this.parse(this.example); // the worked example, as the page has it
    for (const [control, value] of values) control.value = value;
    this.shown = this.example; // the state that the report is of
    this.base = this.stored ?? this.example; // the state that was last stored, here or in another tab
    this.left = new Set(); // fields that the reader has been in

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
    this.form.addEventListener("input", ({ target }) => {
      const boxes = target.closest(".boxes");
      if (boxes) readBoxes(boxes);
      if (target.matches("[data-line]")) fitLine(target);
      if (target.type === "file") return void this.choose(target, target.files[0]);
      this.groups.get(target.closest(".group")?.dataset.group)?.retell(target.closest(".row"));
      if (target.dataset.file) this.keepFile(target.dataset.file, target.value);
      this.edited();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("[data-line]")) event.preventDefault();
    });
    for (const box of this.boxes.values()) this.watchFile(box);
    this.form.addEventListener("focusout", ({ target }) => {
      this.left.add(target.name);
      this.paintFaults();
    });
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.press(button);
    });
    const on = (selector, act) => $(selector)?.addEventListener("click", act);
    on(".calculator-reset", () => this.change(() => this.reset(), this.ui.restored));
    on(".calculator-empty", () => this.change(() => this.empty(true), this.ui.emptied));
    on(".calculator-link", () => this.copyLink());
    on(".calculator-print", () => this.print(this));
    on(".calculator-buyer", () => this.openBuyer());
    on(".calculator-csv", () => this.saveCSV());
    this.report.addEventListener("click", (event) => {
      const link = event.target.closest(".report-handoffs a");
      if (link) store.write("handover", link.hash, { session: true });
    });
    addEventListener("hashchange", () => this.followLink());
    store.watch(this.key, (stored) => this.follow(stored));

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
      if (group ? value !== "" || !this.groups.get(group).mayBeAbsent(field) : this.fields.has(name)) pairs.append(name, value);
    }
    for (const [name, group] of this.groups) if (!group.rows.length) pairs.append(name, "");
    for (const name of this.files.keys()) pairs.append(name, "");
    return pairs.toString();
  }

  /**
   * What a report is asked for with: which parts the page shows, the state, and the
   * example's day or, once the state is the reader's own, theirs.
   */
  get asked() {
    const { state } = this;
    const [name, day] = this.dataset.today.split("=");
    const pairs = this.views.map((view) => [view.name, view.value]);
    if (name) pairs.push([name, state === this.example ? day : today()]);
    return new URLSearchParams(pairs) + "&" + state;
  }

  /** The state, files included: what a report is of. */
  get mark() { return this.version ? `${this.state}#${this.version}` : this.state; }

  /** An encoding, taken apart. */
  parse(encoded) {
    const state = parse(encoded, { fields: { has: (name) => this.fields.has(name) || this.boxes.has(name) }, groups: this.groups });
    for (const { name } of this.views) state.unused.delete(name);
    state.unused.delete(this.dataset.today.split("=")[0]); // the day is the reader's
    return state;
  }

  /**
   * Fills the form from an encoding, or one taken apart; what it does not have is as
   * in the example. Returns the names of what could not be used. Files have the texts
   * that are given, by field, or none.
   */
  show(given, files = new Map()) {
    if (typeof given === "string") given = this.parse(given);
    const unused = new Set(given.unused);
    for (const [name, control] of this.fields) {
      const usual = this.defaults.fields.get(name) ?? "";
      if (!put(control, given.fields.get(name) ?? usual, usual)) unused.add(name);
    }
    for (const name of this.boxes.keys()) {
      this.keepFile(name, given.fields.has(name) ? files.get(name) ?? given.fields.get(name) : null);
    }
    for (const [name, group] of this.groups) {
      group.fill(given.rows.get(name) ?? this.defaults.rows.get(name) ?? [], (n, field) => unused.add(`${name}.${n}.${field}`));
    }
    this.paintForm();
    return [...unused];
  }

  get stored() { return store.read(this.key); }

  /** Shows the reader's own state, with the files that this tab has. */
  showMine(state) {
    const files = new Map();
    for (const name of this.boxes.keys()) {
      const text = store.read(`${this.key}:${name}`, { session: true });
      if (text !== null) files.set(name, text);
    }
    const unused = this.show(state, files);
    this.base = state;
    this.linked = false;
    this.blank = true;
    const given = new URLSearchParams(state);
    if (unused.length) this.tell(this.dropped(unused), [], true);
    else if ([...this.boxes.keys()].some((name) => given.has(name) && !files.has(name))) this.tell(this.ui["file-gone"], [], true);
  }

  /** Says what of an encoding could not be used. */
  dropped(names) {
    return names.length ? fill(this.ui.dropped, { names: names.slice(0, 5).join(this.ui.list) + (names.length > 5 ? " …" : "") }) : "";
  }

  /** Another tab has stored a state, or removed it. */
  follow(stored) {
    if (this.linked || !this.join(stored)) return;
    if (this.state !== this.base) this.store();
    this.compute();
  }

  /**
   * Joins what another tab has stored since base to what stands here. Where both
   * have changed the same, what stands here stays, and the reader is told.
   */
  join(stored) {
    const theirs = stored ?? this.example;
    if (this.linked || theirs === this.base) return false;
    const joined = merge(this.parse(this.base), this.parse(this.state), this.parse(theirs));
    for (const name of this.boxes.keys()) { // a file is the tab's own
      if (this.files.has(name)) joined.fields.set(name, "");
      else joined.fields.delete(name);
    }
    this.base = theirs;
    this.show(joined, this.files);
    const names = [...joined.conflicts].map((name) => this.labelOf(name));
    if (names.length) this.tell(fill(this.ui.conflict, { names: names.slice(0, 5).join(this.ui.list) }), [], true);
    return true;
  }

  /** The label of a field or a group. */
  labelOf(name) {
    const group = this.groups.get(name)?.element;
    const [, of, n] = rowName.exec(name) ?? [];
    const control = this.fields.get(name) ?? this.form.querySelector(`[name="${CSS.escape(name)}"]`);
    const label = (group ?? control?.closest(".field"))?.querySelector(".group-title, .field-label")?.textContent.trim() ?? name;
    return of ? `${this.groups.get(of).rowName(Number(n))}: ${label}` : label;
  }

  // ---- The example

  /** Whether a field of its own still has the example's value. */
  isExample(field) {
    const box = field.querySelector("[data-file]");
    if (box) return !this.files.has(box.dataset.file);
    const control = field.querySelector("[name]");
    return control.value !== field.dataset.example && control.value === this.defaults.fields.get(control.name);
  }

  /** The fields and groups that begin with the example's values, where the page shows them. */
  get examples() { return this.form.querySelectorAll(":is(.field, .group)[data-example]:not([hidden])"); }

  /** Empties what is still the example's; all: everything but the settings. */
  empty(all) {
    for (const part of this.examples) {
      const group = this.groups.get(part.dataset.group);
      const box = part.querySelector("[data-file]");
      if (group) {
        const rows = all ? [] : group.rows.filter((row) => !group.isExample(row));
        group.list.replaceChildren(...rows);
        while (group.rows.length < Number(part.dataset.example)) group.add();
        group.number();
      } else if (!all && !this.isExample(part)) continue;
      else if (box) this.keepFile(box.dataset.file, "");
      else part.querySelector("[name]").value = part.dataset.example;
    }
    this.blank = true;
    this.left.clear();
    this.paintForm();
  }

  /** Back to the example, where the page shows it. */
  reset() {
    const state = this.parse(this.state);
    for (const item of this.form.querySelectorAll(":is(.field, .group):not([hidden], .row *)")) {
      const group = item.dataset.group;
      if (group) state.rows.set(group, this.defaults.rows.get(group) ?? []);
      else state.fields.delete(item.dataset.field);
    }
    this.show(state, this.files);
  }

  /** Marks what is still the example's, and says so above the form. */
  paintExample() {
    let marked = 0;
    let own = 0;
    for (const part of this.examples) {
      const group = this.groups.get(part.dataset.group);
      for (const item of group?.rows ?? [part]) {
        const is = group ? group.isExample(item) : this.isExample(item);
        item.classList.toggle("is-example", is);
        if (is) marked++;
        else if (group || item.querySelector("[name], [data-file]").value !== part.dataset.example) own++;
      }
    }
    const untouched = this.state === this.example;
    this.querySelector(".calculator-state").textContent = untouched ? this.ui.example : marked ? this.ui["example-some"] : "";
    this.querySelector(".calculator-empty").hidden = !marked && !own;
    this.querySelector(".calculator-reset").hidden = untouched;
  }

  // ---- Files

  /** Takes a text for a field's own; null: the example's. */
  keepFile(name, text, label = "") {
    const box = this.boxes.get(name);
    if (this.files.get(name) === text && !label) return;
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
      store.write(`${this.key}:${name}`, null, { session: true });
      if (this.files.has(name) && !store.write(`${this.key}:${name}`, this.files.get(name), { session: true })) return false;
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
    let kept;
    this.change(() => {
      this.keepFile(name, text, label);
      kept = this.storeFiles();
    }, () => [encoding && fill(this.ui["file-read"], { encoding }), !kept && this.ui["file-big"]].filter(Boolean).join(" ") || this.ui.added);
  }

  /** Says that a file is too large; what was there stays. */
  refuse(box, size) {
    const mb = (n) => (n / 2 ** 20).toFixed(n % 2 ** 20 ? 1 : 0);
    const message = fill(this.ui["file-large"], { mb: mb(Number(box.dataset.max)), size: mb(size) });
    this.paintFault(box, document.getElementById(this.faultID(box)), message);
  }

  store() {
    if (this.boxes.size) this.storeFiles();
    this.join(this.stored); // another tab may have been faster than its event
    const state = this.state;
    store.write(this.key, state === this.example ? null : state, { work: true });
    this.base = state;
    this.linked = false;
  }

  /** The reader has changed something (the rows of group): what is shown is now theirs. */
  edited(group) {
    group?.number();
    if (this.leaves) this.tell("");
    this.store();
    this.dropFragment();
    this.paintForm();
    this.compute();
  }

  /** A fragment that no longer tells what is shown becomes a plain anchor. */
  dropFragment() {
    if (location.hash.startsWith(`#${this.id}?`) || location.hash.startsWith(`#${this.id}+`)) this.address("#" + this.id);
  }

  address(hash) {
    try { history.replaceState(history.state, "", hash); } catch { /* as it was */ }
  }

  /** Shows what the page's link brings, if it is for this calculator: "#ID?state" or "#ID+more". */
  followLink() {
    const [, id, way, encoded] = /^#([^?+]*)([?+])(.*)$/s.exec(location.hash) ?? [];
    if (id !== this.id) return false;
    const mine = this.stored;
    if (this.tooLarge(encoded)) {
      if (mine !== null) {
        this.showMine(mine);
        this.computeWhenSeen();
      }
      this.tell(this.ui["link-large"], [], true);
      return true;
    }
    if (way === "+") this.takeOver(encoded, mine);
    else this.showLink(encoded, mine);
    this.scrollIntoView();
    if (this.mark !== this.shown) this.compute();
    return true;
  }

  /** Whether a link holds more than the form takes; told before anything is made of it. */
  tooLarge(encoded) {
    if (encoded.length > LONGEST_LINK) return true;
    const { rows } = this.parse(encoded);
    return [...rows].some(([name, { length }]) => length > this.groups.get(name).max);
  }

  showLink(encoded, mine) {
    const unused = this.show(encoded);
    this.linked = true;
    const other = mine !== null && mine !== this.state;
    this.tell([this.ui[other ? "shared" : "shared-new"], this.dropped(unused)].filter(Boolean).join(" "), other ? [[this.ui.mine, () => {
      this.showMine(mine);
      this.linked = true; // whatever was made of the link's meanwhile
      this.edited();
    }]] : [], true);
  }

  /** Adds what another calculator hands over. */
  takeOver(encoded, mine) {
    const accepted = store.read("handover", { session: true }) === location.hash;
    store.write("handover", null, { session: true });
    if (mine !== null) this.showMine(mine);
    const act = () => {
      this.empty(false);
      this.add(encoded);
    };
    if (accepted) return this.change(act, this.ui.added);
    const before = [this.state, new Map(this.files)];
    act();
    this.linked = true;
    this.tell(this.ui.handed, [[this.ui.keep, () => this.edited()], [this.ui.undo, () => {
      this.show(...before);
      this.linked = true;
      this.edited();
    }]], true);
  }

  // ---- Computing

  /**
   * Asks for the report of the form as it is. One request at a time: what is
   * edited meanwhile is asked for once, after it, so that an older answer never
   * comes after a newer one. Where nothing comes, the reader may try again; what
   * stands there stays.
   */
  async compute() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.report.setAttribute("aria-busy", "true");
    let failed = null;
    try {
      do {
        this.again = false;
        const mark = this.mark;
        this.paint(await this.request("compute"), mark);
      } while (this.again);
    } catch (error) {
      failed = error;
    }
    this.busy = this.again = false;
    this.report.removeAttribute("aria-busy");
    if (!failed) return;
    this.paintVerdict();
    if (this.retrying) {
      this.retrying = false;
      return this.compute();
    }
    console.error(failed);
    this.trouble(this.ui.failed, () => this.compute());
  }

  /** Asks for a rendering of the form; says so where that takes long. */
  async request(command) {
    const slow = setTimeout(() => this.paintGlance(this.ui.loading), 500);
    const late = setTimeout(() => this.trouble(this.ui.late, () => runtime.stop("no answer")), PATIENCE);
    try {
      return read(await runtime.ask(this, command, this.asked));
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  }

  /** Says that no result comes, with the way to try again. */
  trouble(text, again) {
    this.tell(text, [[this.ui.retry, () => {
      this.retrying = this.busy;
      again();
    }]], true);
    this.troubled = true;
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
    if (this.troubled) this.tell("");
    this.faults = faults;
    this.stale = report === null;
    this.paintFaults();
    if (report === null || mark === this.shown) return;
    this.shown = mark;
    this.blank = false;
    this.report.hidden = false;
    this.paintReport(report);
    this.buyer?.refresh();
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
      if (block) morph(block, maker.content.firstChild);
      else this.report.insertBefore(maker.content, rest);
    });
    for (const block of old) block.remove();
  }

  /** The verdict in a line that stays in view below the form. */
  paintVerdict() {
    const answer = this.report.querySelector(".report-answer");
    this.glance.hidden = !answer || this.report.hidden;
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
      if (message && !old && this.blank && place.value === "" && !this.left.has(place.name)) continue;
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
    // Beside the reader's own numbers the example's result would be wrong.
    const empty = this.stale && this.blank && this.shown === this.example;
    this.report.hidden = empty;
    const stale = this.querySelector(".calculator-stale");
    stale.lastElementChild.textContent = empty
      ? fill(this.ui.waiting, { names: [...faults.keys()].slice(0, 5).map((name) => this.labelOf(name)).join(this.ui.list) })
      : this.ui.stale;
    if (!waiting) stale.hidden = !faults.size || !this.stale;
    if (!stale.hidden) this.paintGlance(stale.lastElementChild.textContent);
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
      if (place.name) reveal(place);
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
      const from = this.form.querySelector(`[name="${CSS.escape(label.dataset.from)}"]`);
      label.dataset.word ??= label.textContent;
      const text = from?.value || label.dataset.word;
      if (label.textContent !== text) label.textContent = text;
      label.closest(".field").hidden = !from;
    }
    for (const boxes of this.form.querySelectorAll(".boxes")) {
      const chosen = boxes.previousElementSibling.value.split(/[\s,，、;]+/);
      for (const box of boxes.querySelectorAll("input")) box.checked = chosen.includes(box.value);
    }
    const currency = this.fields.get("currency")?.value.toUpperCase();
    for (const unit of this.form.querySelectorAll("[data-unit=currency]")) {
      const text = unit.id ? currency : `(${currency})`;
      if (unit.textContent !== text) unit.textContent = text;
    }
    for (const button of this.form.querySelectorAll(".preset")) button.hidden = !this.offers(button);
    this.paintExample();
  }

  /**
   * Says something below the form, with buttons [label, act] for what there is to
   * do. It leaves with the next edit, or after a while unless the reader is at it;
   * stays: until something else is said.
   */
  tell(text, actions = [], stays = false) {
    clearTimeout(this.leaves);
    this.leaves = this.troubled = 0;
    this.notice.textContent = text;
    for (const [label, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = label;
      button.addEventListener("click", () => {
        this.tell("");
        act();
      });
      this.notice.append(" ", button);
    }
    const leave = () => {
      if (this.notice.matches(":hover, :focus-within")) this.leaves = setTimeout(leave, NOTICE);
      else this.tell("");
    };
    if (text && !stays) this.leaves = setTimeout(leave, NOTICE);
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
    this.tell(this.ui.removed, [[this.ui.undo, () => {
      group.list.insertBefore(row, group.rows[place] ?? null);
      this.edited(group);
      reveal(row.querySelector(focusable)).focus();
      this.live.textContent = this.ui.undone;
    }]]);
  }

  /** Changes the form in a way that can be undone; says text, or what it gives. */
  change(act, text) {
    const before = [this.state, new Map(this.files)];
    const button = document.activeElement;
    act();
    this.edited();
    this.tell(typeof text === "string" ? text : text(), [[this.ui.undo, () => {
      this.show(...before);
      this.edited();
      button.focus();
      this.live.textContent = this.ui.undone;
    }]]);
  }

  /** What a preset or a handover brings. "@month" is this month. */
  parseMore(encoded) {
    const now = new Date();
    const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
    return this.parse(encoded.replaceAll("%40month", month));
  }

  /** Whether a preset has something new to give, at the time that the form is about. */
  offers(button) {
    const { fields, rows } = this.parseMore(button.dataset.preset);
    const isNew = [...fields].some(([name, value]) => this.fields.get(name).value !== value)
      || [...rows].some(([name, list]) => list.some((row) => !this.groups.get(name).has(row)));
    const from = this.fields.get(button.dataset.from)?.value;
    if (!isNew || !from) return isNew && !button.dataset.from;
    const [year, rest] = [Number(from.slice(0, 4)), from.slice(4)];
    const until = this.fields.get(button.dataset.until)?.value || year + 1 + rest;
    const dates = [...fields.values(), ...[...rows.values()].flat().flatMap((row) => [...row.values()])];
    return dates.some((date) => date >= from && date < until);
  }

  /** Sets fields and adds the rows that are not there yet; returns the first new one. */
  add(encoded) {
    const { fields, rows, bare } = this.parseMore(encoded);
    for (const [name, value] of fields) {
      const control = this.fields.get(name);
      if (control) put(control, value, control.value);
    }
    // The bare name of a group: it has no rows but those that follow.
    for (const name of bare) this.groups.get(name).list.replaceChildren();
    let first;
    for (const [name, list] of rows) {
      const group = this.groups.get(name);
      for (const values of list) {
        const row = !group.has(values) && group.add();
        if (!row) continue;
        group.set(row, values);
        first ??= row;
      }
      group.number();
    }
    this.paintForm();
    return first;
  }

  preset(button) {
    let added;
    this.change(() => { added = this.add(button.dataset.preset); }, this.ui.added);
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

  /** Prints a part of the page alone, under a title. */
  print(part, title = document.title) {
    const root = document.documentElement;
    const before = document.title;
    root.classList.add("print-one");
    part.classList.add("print-this");
    document.title = title;
    addEventListener("afterprint", () => {
      root.classList.remove("print-one");
      part.classList.remove("print-this");
      document.title = before;
    }, { once: true });
    print();
  }

  /**
   * Asks for another rendering of the form; null where that has faults, which are
   * shown, or fails.
   */
  async render(command) {
    let answer;
    try {
      answer = await this.request(command);
    } catch (error) {
      console.error(error);
      this.tell(this.ui.failed, [], true);
      return null;
    }
    this.faults = answer.faults;
    for (const [name] of answer.faults) this.left.add(name);
    this.paintFaults();
    if (answer.report === null) this.form.querySelector("[aria-invalid=true]")?.focus();
    return answer.report;
  }

  async saveCSV() {
    const text = await this.render("csv");
    if (text === null) return;
    const link = document.createElement("a");
    // With the mark that tells a spreadsheet that this is UTF-8.
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.download = this.id + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Shows the page for the buyer as it will be printed. */
  async openBuyer() {
    if (this.buyer) return this.buyer.focus();
    const report = await this.render("buyer");
    if (report === null) return;
    this.buyer = new BuyerPage(this, report);
  }
}

/**
 * The page for the buyer, seen before it is printed: what the calculator made for
 * the buyer, and nothing else of the form or the report, below a title, the date and
 * for whom and by whom it is. These three are not kept.
 */
class BuyerPage {
  constructor(calculator, report) {
    this.calculator = calculator;
    this.element = calculator.querySelector(".buyer-template").content.firstElementChild.cloneNode(true);
    const $ = (selector) => this.element.querySelector(selector);
    this.body = $(".buyer-body");
    const day = $("[type=date]");
    day.value = today();
    this.element.addEventListener("input", () => this.paint());
    $(".buyer-print").addEventListener("click", () => calculator.print($(".buyer-page"), this.title));
    $(".buyer-close").addEventListener("click", () => {
      this.element.remove();
      calculator.buyer = null;
      calculator.querySelector(".calculator-buyer").focus();
    });
    calculator.querySelector(".calculator-exports").after(this.element);
    this.put(report);
    this.paint();
    this.focus();
  }

  get title() { return this.body.querySelector(".report-heading").textContent; }

  focus() { this.element.querySelector("input").focus(); }

  put(report) { this.body.innerHTML = report; }

  /** The form has changed. */
  async refresh() {
    const report = await this.calculator.render("buyer");
    if (report !== null) this.put(report);
  }

  /** The lines above the page: those that are filled in. */
  paint() {
    for (const line of this.element.querySelectorAll("[data-line-of]")) {
      const input = this.element.querySelector(`[name="${line.dataset.lineOf}"]`);
      const value = input.type === "date" && input.value
        ? new Date(input.value + "T12:00").toLocaleDateString(this.element.closest("[lang]").lang, { dateStyle: "long" })
        : input.value.trim();
      line.hidden = !value;
      line.lastElementChild.textContent = value;
    }
  }
}

/** A group of rows. */
class Group {
  constructor(element, ui) {
    this.element = element;
    this.ui = ui;
    this.list = element.querySelector(".rows");
    this.template = element.querySelector(".row-template").content.firstElementChild;
    const tools = this.template.querySelector(".row-tools");
    if (tools) for (const row of this.rows) row.firstElementChild.append(tools.cloneNode(true));
    this.max = Number(element.dataset.max);
    this.next = this.rows.length; // numbers in ids are never used twice
    this.usual = new Map([...this.template.querySelectorAll("[name]")].map((control) => [Group.field(control), control.value]));
    // An empty field may be left out where it is empty by default; the first stands
    // for the row.
    this.optional = new Set([...this.usual].slice(1).filter(([, value]) => value === "").map(([field]) => field));
    this.examples = new Set(element.matches("[data-example]") ? this.rows.map((row) => this.line(row, written)) : []);
  }

  /** A field's own name, and the controls of a row by it. */
  static field(control) { return control.closest(".field").dataset.field; }
  static controls(row) { return new Map([...row.querySelectorAll("[name]")].map((control) => [Group.field(control), control])); }

  /** What a row holds, as one text to compare by. */
  line(row, of = (control) => control.value) { return JSON.stringify([...Group.controls(row).values()].map(of)); }

  /** Whether a row is one of the example's, unchanged. */
  isExample(row) { return this.examples.has(this.line(row)); }

  /** A card's line, as FormItem.Line has it: the name, and two facts with their labels. */
  retell(row) {
    const line = row?.querySelector(".row-line");
    if (!line) return;
    const { ui } = this;
    line.textContent = [...row.querySelectorAll("[name]")].map((control, i) => {
      const field = control.closest(".field");
      const text = control.localName === "select" ? control.value && control.selectedOptions[0].text
        : control.type === "hidden" ? control.value.replaceAll(",", " ")
          : field.matches(".field-number, .field-whole") ? control.value.replace(/^\d{4,}(?=$|\.\d+$)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ui.group))
            : control.value;
      return text && i ? field.querySelector(".field-label").firstChild.textContent.trim() + ui.colon + text : text;
    }).filter(Boolean).slice(0, 3).join(" · ");
  }

  get rows() { return [...this.list.children]; }

  /** What the reader calls the nth row. */
  rowName(n) { return fill(this.element.dataset.row, { n: n + 1 }); }

  /** Whether a row's empty field may be left out. */
  mayBeAbsent(field) { return this.optional.has(field); }

  /** Whether there is a row with these values. */
  has(values) {
    return this.rows.some((row) => {
      const controls = Group.controls(row);
      return [...values].every(([field, value]) => controls.get(field)?.value === value);
    });
  }

  /** Adds a row; null beyond the bound, of which one row too many says so. */
  add(list = this.list) {
    if (list.childElementCount > this.max) return null;
    const row = this.template.cloneNode(true);
    numberNodes(row, this.next++);
    list.append(row);
    return row;
  }

  /** Sets a row's fields, and shows what of it is folded away. */
  set(row, values, unused = () => {}) {
    const controls = Group.controls(row);
    for (const [field, value] of values) {
      const control = controls.get(field);
      if (!control || !put(control, value, this.usual.get(field))) unused(field);
    }
    const fold = row.querySelector(".row-more");
    if (fold) fold.open = [...fold.querySelectorAll("input[name], textarea")].some((input) => input.value !== this.usual.get(Group.field(input)));
    this.retell(row);
  }

  /** Makes the rows those given; the ones that there are are used again. */
  fill(rows, unused) {
    const before = this.rows;
    const added = document.createDocumentFragment();
    for (const row of before.slice(rows.length)) row.remove();
    rows.forEach((values, n) => {
      const row = before[n] ?? (n <= this.max && this.add(added));
      if (!row) {
        for (const field of values.keys()) unused(n, field);
        return;
      }
      this.set(row, new Map([...this.usual, ...values]), (field) => unused(n, field));
      const card = !before[n] && row.querySelector(".row-card");
      if (card) card.open = rows.length <= 2;
    });
    this.list.append(added);
    this.number();
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
