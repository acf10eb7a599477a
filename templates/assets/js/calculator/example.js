// The worked example that a form begins with, and what of it still stands there.
import { paintForm } from "./form.js";

export class Example {
  /** encoded: the form as the page has it. */
  constructor(calculator, encoded) {
    this.calculator = calculator;
    this.ui = calculator.ui;
    this.encoded = encoded;
    this.state = calculator.parse(encoded);
  }

  /** Whether a field of its own still has the example's value. */
  isExample(field) {
    const box = field.querySelector("[data-file]");
    if (box) return !this.calculator.files.texts.has(box.dataset.file);
    const control = field.querySelector("[name]");
    return control.value !== field.dataset.example && control.value === this.state.fields.get(control.name);
  }

  /** The fields and groups that begin with the example's values, where the page shows them. */
  get parts() { return this.calculator.form.querySelectorAll(":is(.field, .group)[data-example]:not([hidden])"); }

  /** Empties what is still the example's; all: everything but the settings. */
  empty(all) {
    for (const part of this.parts) {
      const group = this.calculator.groups.get(part.dataset.group);
      const box = part.querySelector("[data-file]");
      if (group) {
        const rows = all ? [] : group.rows.filter((row) => !group.isExample(row));
        group.list.replaceChildren(...rows);
        while (group.rows.length < Number(part.dataset.example)) group.add();
        group.number();
      } else if (!all && !this.isExample(part)) continue;
      else if (box) this.calculator.files.keep(box.dataset.file, "");
      else part.querySelector("[name]").value = part.dataset.example;
    }
    this.calculator.blank = true;
    this.calculator.faults.left.clear();
    paintForm(this.calculator);
  }

  /** Back to the example, where the page shows it. */
  reset() {
    const state = this.calculator.parse(this.calculator.state);
    for (const item of this.calculator.form.querySelectorAll(":is(.field, .group):not([hidden], .row *)")) {
      const group = item.dataset.group;
      if (group) state.rows.set(group, this.state.rows.get(group) ?? []);
      else state.fields.delete(item.dataset.field);
    }
    this.calculator.show(state, this.calculator.files.texts);
  }

  /** Marks what is still the example's, and says so above the form. */
  paint() {
    let marked = 0;
    let own = 0;
    for (const part of this.parts) {
      const group = this.calculator.groups.get(part.dataset.group);
      for (const item of group?.rows ?? [part]) {
        const is = group ? group.isExample(item) : this.isExample(item);
        item.classList.toggle("is-example", is);
        if (is) marked++;
        else if (group || item.querySelector("[name], [data-file]").value !== part.dataset.example) own++;
      }
    }
    const untouched = this.calculator.state === this.encoded;
    this.calculator.querySelector(".calculator-state").textContent = untouched ? this.ui.example : marked ? this.ui["example-some"] : "";
    this.calculator.querySelector(".calculator-empty").hidden = !marked && !own;
    this.calculator.querySelector(".calculator-reset").hidden = untouched;
  }
}
