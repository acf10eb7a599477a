// Buttons that bring numbers into a form, and what another calculator hands over.
import { focusable, setValue } from "./controls.js";
import { paintForm } from "./form.js";

export class Presets {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
  }

  /** What a preset or a handover brings. "@month" is this month. */
  parseMore(encoded) {
    const now = new Date();
    const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
    return this.calculator.parse(encoded.replaceAll("%40month", month));
  }

  /** Whether a preset has something new to give, at the time that the form is about. */
  offers(button) {
    const { fields, rows } = this.parseMore(button.dataset.preset);
    const isNew = [...fields].some(([name, value]) => this.calculator.fields.get(name).value !== value)
      || [...rows].some(([name, list]) => list.some((row) => !this.calculator.groups.get(name).has(row)));
    const from = this.calculator.fields.get(button.dataset.from)?.value;
    if (!isNew || !from) return isNew && !button.dataset.from;
    const [year, rest] = [Number(from.slice(0, 4)), from.slice(4)];
    const until = this.calculator.fields.get(button.dataset.until)?.value || year + 1 + rest;
    const dates = [...fields.values(), ...[...rows.values()].flat().flatMap((row) => [...row.values()])];
    return dates.some((date) => date >= from && date < until);
  }

  /** Sets fields and adds the rows that are not there yet; returns the first new one. */
  add(encoded) {
    const { fields, rows, bare } = this.parseMore(encoded);
    for (const [name, value] of fields) {
      const control = this.calculator.fields.get(name);
      if (control) setValue(control, value, control.value);
    }
    // The bare name of a group: it has no rows but those that follow.
    for (const name of bare) this.calculator.groups.get(name).list.replaceChildren();
    let first;
    for (const [name, list] of rows) {
      const group = this.calculator.groups.get(name);
      for (const values of list) {
        const row = !group.has(values) && group.add();
        if (!row) continue;
        group.set(row, values);
        first ??= row;
      }
      group.number();
    }
    paintForm(this.calculator);
    return first;
  }

  apply(button) {
    let added;
    this.calculator.change(() => { added = this.add(button.dataset.preset); }, this.ui.added);
    if (button.hidden) (added ?? button.closest(".field")).querySelector(focusable).focus();
  }
}
