// The texts of files that a form takes: the reader's own, and the boxes that show them.
import { runtime } from "./runtime.js";
import { fill } from "../lib/words.js";
import { store } from "../reader/store.js";

const LONG = 20_000; // characters: a longer text is shown in part

/** The first line in which readings of a text differ, of each. */
function differing(texts) {
  const lines = texts.map((text) => text.split(/\r\n?|\n/));
  const at = Math.max(0, lines[0].findIndex((line, i) => lines.some((other) => other[i] !== line)));
  return lines.map((all) => (all[at] ?? "").trim().slice(0, 80));
}

export class Files {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
    this.texts = new Map(); // the reader's own: field → text
    this.boxes = new Map(); // field → the box that shows it
    this.version = 0; // changes with every text
    for (const box of calculator.querySelectorAll("[data-file]")) this.boxes.set(box.dataset.file, box);
  }

  /** The texts that this tab has kept. */
  stored() {
    const texts = new Map();
    for (const name of this.boxes.keys()) {
      const text = store.read(`${this.calculator.key}:${name}`, { session: true });
      if (text !== null) texts.set(name, text);
    }
    return texts;
  }

  /** Takes a text for a field's own; null: the example's. */
  keep(name, text, label = "") {
    const box = this.boxes.get(name);
    if (this.texts.get(name) === text && !label) return;
    if (text === null) {
      if (!this.texts.delete(name)) return;
      box.value = box.defaultValue;
    } else {
      this.texts.set(name, text);
      if (box.value !== text) {
        const long = text.length > LONG;
        box.value = long ? text.slice(0, 5_000).replace(/[^\n]*$/, "…") : text;
      }
    }
    this.version++;
    runtime.forget(this.calculator);
    const lines = text ? text.split("\n").length - text.endsWith("\n") : 0;
    box.readOnly = (text?.length ?? 0) > LONG;
    box.closest(".field").querySelector(".file-name").textContent =
      label ? fill(this.ui["file-own"], { name: label, lines }) : box.readOnly ? fill(this.ui["file-part"], { lines }) : "";
  }

  /** Keeps the files for this tab; false where there is no room. */
  store() {
    if (this.storedVersion === this.version) return true;
    this.storedVersion = this.version;
    for (const name of this.boxes.keys()) {
      store.write(`${this.calculator.key}:${name}`, null, { session: true });
      if (this.texts.has(name) && !store.write(`${this.calculator.key}:${name}`, this.texts.get(name), { session: true })) return false;
    }
    return true;
  }

  /** A file may also be dropped on its box, and a long text pasted. */
  watch(box) {
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
      if (!all && text.length <= LONG) return; // as any text
      event.preventDefault();
      this.take(box, text, "");
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
      const names = (await runtime.ask(this.calculator, "charset", bytes)).split(" ");
      const texts = names.map((name) => new TextDecoder(name || "utf-8").decode(bytes));
      const label = (name) => (name === "utf-8" ? "" : name.toUpperCase());
      const choice = (i) => this.take(box, texts[i], file.name, label(names[i]));
      if (texts.length === 1) choice(0);
      else this.askCharset(box, differing(texts).map((line, i) => [label(names[i]), line, () => choice(i)]));
    } catch (error) {
      console.warn(error);
      this.calculator.notice.say(this.ui["file-failed"]);
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

  take(box, text, label, encoding = "") {
    const size = new Blob([text]).size;
    if (size > box.dataset.max) return this.refuse(box, size);
    const name = box.dataset.file;
    let kept;
    this.calculator.change(() => {
      this.keep(name, text, label);
      kept = this.store();
    }, () => [encoding && fill(this.ui["file-read"], { encoding }), !kept && this.ui["file-big"]].filter(Boolean).join(" ") || this.ui.added);
  }

  /** Says that a file is too large; what was there stays. */
  refuse(box, size) {
    const mb = (n) => (n / 2 ** 20).toFixed(n % 2 ** 20 ? 1 : 0);
    const message = fill(this.ui["file-large"], { mb: mb(Number(box.dataset.max)), size: mb(size) });
    this.calculator.faults.show(box, message);
  }
}
