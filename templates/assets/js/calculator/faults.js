// Faults, each at its field.
import { reveal } from "./controls.js";
import { fill } from "../lib/words.js";

export class Faults {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
    this.list = []; // [field, message] of the last answer
    this.left = new Set(); // fields that the reader has been in
    this.stale = false; // with them there was no report
  }

  /**
   * Each fault stands at its field, or its group. In the row in hand it waits
   * until the reader leaves, in the field until they pause: half a number is no
   * mistake, nor is a field that they have not come to.
   */
  paint() {
    clearTimeout(this.patience);
    const faults = new Map(this.list);
    const now = document.activeElement;
    const places = [...this.calculator.form.elements].filter((place) => place.name || place.dataset.file || place.dataset.group);
    let waiting = false;
    for (const place of places) {
      const message = faults.get(place.name || place.dataset.file || place.dataset.group) ?? "";
      const old = document.getElementById(this.idOf(place));
      if (old?.lastElementChild.textContent === message || (!old && !message)) continue;
      if (message && !old && this.calculator.blank && place.value === "" && !this.left.has(place.name)) continue;
      const inHand = place === now || place.closest(".row")?.contains(now);
      if (message && !old && inHand && !(this.patient && place === now && place.value)) {
        waiting = true;
        continue;
      }
      this.show(place, message);
    }
    if (waiting && !this.patient) {
      this.patience = setTimeout(() => {
        this.patient = true;
        this.paint();
        this.patient = false;
      }, 1200);
    }
    // Beside the reader's own numbers the example's result would be wrong.
    const empty = this.stale && this.calculator.blank && this.calculator.shown === this.calculator.example.encoded;
    this.calculator.report.element.hidden = empty;
    const stale = this.calculator.querySelector(".calculator-stale");
    stale.lastElementChild.textContent = empty
      ? fill(this.ui.waiting, { names: [...faults.keys()].slice(0, 5).map((name) => this.calculator.labelOf(name)).join(this.ui.list) })
      : this.ui.stale;
    if (!waiting) stale.hidden = !faults.size || !this.stale;
    if (!stale.hidden) this.calculator.report.paintSticky(stale.lastElementChild.textContent);
    else this.calculator.report.paintVerdict();
  }

  idOf(place) { return (place.id || `${this.calculator.id}-${place.dataset.group}`) + "-fault"; }

  show(place, message) {
    const id = this.idOf(place);
    const old = document.getElementById(id);
    const told = (place.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    if (place.name || place.dataset.file) place.setAttribute("aria-invalid", Boolean(message));
    if (message) {
      place.closest(".field, .group").hidden = false; // whatever the block shows
      const fault = old ?? this.calculator.querySelector(".fault-template").content.firstElementChild.cloneNode(true);
      fault.id = id;
      fault.lastElementChild.textContent = message;
      if (place.dataset.group) place.querySelector(".group-actions").before(fault);
      else place.closest(".field-box").after(fault);
      if (place.name) reveal(place);
      told.unshift(id);
      const label = place.labels?.[0] ?? (place.dataset.group ? place : place.closest(".field")).firstElementChild;
      this.calculator.notice.announce(`${label.textContent}: ${message}`);
    } else {
      old?.remove();
    }
    if (told.length) place.setAttribute("aria-describedby", told.join(" "));
    else place.removeAttribute("aria-describedby");
  }
}
