// The element: a form, its state, and what is made of it.
import { Computation } from "./computation.js";
import { fitLine, readBoxes, setValue, written } from "./controls.js";
import { merge, parse, rowName } from "./encoding.js";
import { Example } from "./example.js";
import { Exports } from "./exports.js";
import { Faults } from "./faults.js";
import { Files } from "./files.js";
import { paintForm } from "./form.js";
import { Group } from "./group.js";
import { Link } from "./link.js";
import { Notice } from "./notice.js";
import { Presets } from "./presets.js";
import { Report } from "./report.js";
import { pressRow } from "./rows.js";
import { today } from "./day.js";
import { printAlone } from "../lib/output.js";
import { fill } from "../lib/words.js";
import { store } from "../reader/store.js";

export class PlaybookCalculator extends HTMLElement {
  connectedCallback() {
    if (this.form || !this.dataset.wasm) return;
    this.form = this.querySelector(".calculator-form");
    this.ui = self.playbookWords[document.getElementById("main").dataset.text].calculator;
    this.key = "calc:" + this.id;
    this.findFields();
    this.notice = new Notice(this);
    this.report = new Report(this);
    this.files = new Files(this);
    this.faults = new Faults(this);
    this.presets = new Presets(this);
    this.computation = new Computation(this);
    this.exports = new Exports(this);
    this.link = new Link(this);

    // What the reader did before this script came is not the example.
    for (const boxes of this.form.querySelectorAll(".boxes")) readBoxes(boxes);
    const typed = this.state;
    const values = [...this.form.elements].filter((control) => control.name).map((control) => [control, control.value]);
    for (const [control] of values) control.value = written(control);
    this.example = new Example(this, this.state);
    for (const [control, value] of values) control.value = value;
    this.shown = this.example.encoded; // the state that the report is of
    this.base = this.stored ?? this.example.encoded; // the state that was last stored, here or in another tab

    this.listen();
    this.listenToButtons();
    paintForm(this);
    this.report.paintVerdict();
    const stored = this.stored;
    const pasted = [...this.files.boxes.values()].filter((box) => box.value !== box.defaultValue);
    for (const box of pasted) this.files.keep(box.dataset.file, box.value);
    if (typed !== this.example.encoded || pasted.length) this.edited();
    else if (!this.link.follow() && stored !== null && stored !== this.example.encoded) {
      this.showMine(stored);
      this.computation.whenSeen();
    }
  }

  findFields() {
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
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.computation.prepareWhenSeen();
    this.form.addEventListener("input", ({ target }) => {
      const boxes = target.closest(".boxes");
      if (boxes) readBoxes(boxes);
      if (target.matches("[data-line]")) fitLine(target);
      if (target.type === "file") return void this.files.choose(target, target.files[0]);
      this.groups.get(target.closest(".group")?.dataset.group)?.retell(target.closest(".row"));
      if (target.dataset.file) this.files.keep(target.dataset.file, target.value);
      this.edited();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("[data-line]")) event.preventDefault();
    });
    for (const box of this.files.boxes.values()) this.files.watch(box);
    this.form.addEventListener("focusout", ({ target }) => {
      this.faults.left.add(target.name);
      this.faults.paint();
    });
    addEventListener("hashchange", () => this.link.follow());
    store.watch(this.key, (stored) => this.follow(stored));
  }

  listenToButtons() {
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.matches(".preset")) this.presets.apply(button);
      else if (button) pressRow(this, button);
    });
    const on = (selector, act) => this.querySelector(selector)?.addEventListener("click", act);
    on(".calculator-reset", () => this.change(() => this.example.reset(), this.ui.restored));
    on(".calculator-empty", () => this.change(() => this.example.empty(true), this.ui.emptied));
    on(".calculator-link", () => this.link.copy());
    // The module's example goes along only where the reader has nothing of their own.
    on(".calculator-open a", ({ currentTarget: link }) => {
      if (this.stored !== null) link.hash = link.hash.replace(/\?.*/s, "");
    });
    on(".calculator-print", () => printAlone(this));
    on(".calculator-buyer", () => this.exports.openBuyer());
    on(".calculator-csv", () => this.exports.saveCSV());
    this.report.element.addEventListener("click", (event) => {
      const link = event.target.closest(".report-handoffs a");
      if (link) store.write("handover", link.hash, { session: true });
    });
  }

  /** The form's encoding. */
  get state() {
    const pairs = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const [, group, , field] = rowName.exec(name) ?? [];
      if (group ? value !== "" || !this.groups.get(group).mayBeAbsent(field) : this.fields.has(name)) pairs.append(name, value);
    }
    for (const [name, group] of this.groups) if (!group.rows.length) pairs.append(name, "");
    for (const name of this.files.texts.keys()) pairs.append(name, "");
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
    if (name) pairs.push([name, state === this.example.encoded ? day : today()]);
    return new URLSearchParams(pairs) + "&" + state;
  }

  /** The state, files included: what a report is of. */
  get mark() { return this.files.version ? `${this.state}#${this.files.version}` : this.state; }

  /** An encoding, taken apart. */
  parse(encoded) {
    const state = parse(encoded, { fields: { has: (name) => this.fields.has(name) || this.files.boxes.has(name) }, groups: this.groups });
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
      const usual = this.example.state.fields.get(name) ?? "";
      if (!setValue(control, given.fields.get(name) ?? usual, usual)) unused.add(name);
    }
    for (const name of this.files.boxes.keys()) {
      this.files.keep(name, given.fields.has(name) ? files.get(name) ?? given.fields.get(name) : null);
    }
    for (const [name, group] of this.groups) {
      group.fill(given.rows.get(name) ?? this.example.state.rows.get(name) ?? [], (n, field) => unused.add(`${name}.${n}.${field}`));
    }
    paintForm(this);
    return [...unused];
  }

  get stored() { return store.read(this.key); }

  /** Shows the reader's own state, with the files that this tab has. */
  showMine(state) {
    const files = this.files.stored();
    const unused = this.show(state, files);
    this.base = state;
    this.linked = false;
    this.blank = true;
    const given = new URLSearchParams(state);
    if (unused.length) this.notice.say(this.dropped(unused), [], true);
    else if ([...this.files.boxes.keys()].some((name) => given.has(name) && !files.has(name))) this.notice.say(this.ui["file-gone"], [], true);
  }

  /** Says what of an encoding could not be used. */
  dropped(names) {
    return names.length ? fill(this.ui.dropped, { names: names.slice(0, 5).join(this.ui.list) + (names.length > 5 ? " …" : "") }) : "";
  }

  /** Another tab has stored a state, or removed it. */
  follow(stored) {
    if (this.linked || !this.join(stored)) return;
    if (this.state !== this.base) this.store();
    this.computation.compute();
  }

  /**
   * Joins what another tab has stored since base to what stands here. Where both
   * have changed the same, what stands here stays, and the reader is told.
   */
  join(stored) {
    const theirs = stored ?? this.example.encoded;
    if (this.linked || theirs === this.base) return false;
    const joined = merge(this.parse(this.base), this.parse(this.state), this.parse(theirs));
    for (const name of this.files.boxes.keys()) { // a file is the tab's own
      if (this.files.texts.has(name)) joined.fields.set(name, "");
      else joined.fields.delete(name);
    }
    this.base = theirs;
    this.show(joined, this.files.texts);
    const names = [...joined.conflicts].map((name) => this.labelOf(name));
    if (names.length) this.notice.say(fill(this.ui.conflict, { names: names.slice(0, 5).join(this.ui.list) }), [], true);
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

  store() {
    if (this.files.boxes.size) this.files.store();
    this.join(this.stored); // another tab may have been faster than its event
    const state = this.state;
    store.write(this.key, state === this.example.encoded ? null : state, { work: true });
    this.base = state;
    this.linked = false;
  }

  /** The reader has changed something (the rows of group): what is shown is now theirs. */
  edited(group) {
    group?.number();
    this.notice.dismiss();
    this.store();
    this.link.dropFragment();
    paintForm(this);
    this.computation.compute();
  }

  /** Changes the form in a way that can be undone; says text, or what it gives. */
  change(act, text) {
    const before = [this.state, new Map(this.files.texts)];
    const button = document.activeElement;
    act();
    this.edited();
    this.notice.say(typeof text === "string" ? text : text(), [[this.ui.undo, () => {
      this.show(...before);
      this.edited();
      button.focus();
      this.notice.announce(this.ui.undone);
    }]]);
  }

  /** Shows an answer to what the form was. */
  paint({ faults, report }, mark) {
    if (this.notice.troubled) this.notice.say("");
    this.faults.list = faults;
    this.faults.stale = report === null;
    this.faults.paint();
    if (report === null || mark === this.shown) return;
    this.shown = mark;
    this.blank = false;
    this.report.element.hidden = false;
    this.report.put(report);
    this.exports.buyer?.refresh();
    this.report.paintVerdict();
    this.report.announce();
  }
}
