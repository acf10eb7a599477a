// A group of rows of the same fields.
import { setValue, written } from "./controls.js";
import { fill } from "../lib/words.js";

/** Puts a row's number into everything of a new row that has the place for it. */
function numberNodes(row, n) {
  for (const node of row.querySelectorAll("*")) {
    for (const attribute of node.attributes) {
      if (attribute.value.includes("__N__")) attribute.value = attribute.value.replaceAll("__N__", n);
    }
  }
}

/** A group of rows. */
export class Group {
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
    line.textContent = [...row.querySelectorAll("[name]:not(.row-more *)")].map((control, i) => {
      const field = control.closest(".field");
      const text = control.localName === "select" ? control.value && control.selectedOptions[0].text
        : control.type === "hidden" ? control.value.replaceAll(",", " ")
          : field.matches(".field-number, .field-whole") ? control.value.replace(/^(\d+)([.,]\d+)?$/, (all, whole, decimals = ui.decimal) =>
            (decimals[0] === "." || decimals[0] === ui.decimal ? whole.replace(/\B(?=(\d{3})+$)/g, ui.group) + (decimals[1] ? ui.decimal + decimals.slice(1) : "") : all))
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
      if (!control || !setValue(control, value, this.usual.get(field))) unused(field);
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
