// The page for the buyer.
import { printAlone } from "../lib/output.js";
import { today } from "./day.js";

/**
 * The page for the buyer, seen before it is printed: what the calculator made for
 * the buyer, and nothing else of the form or the report, below a title, the date and
 * for whom and by whom it is. These three are not kept.
 */
export class BuyerPage {
  constructor(calculator, exports, report) {
    this.exports = exports;
    this.element = calculator.querySelector(".buyer-template").content.firstElementChild.cloneNode(true);
    const $ = (selector) => this.element.querySelector(selector);
    this.body = $(".buyer-body");
    const day = $("[type=date]");
    day.value = today();
    this.element.addEventListener("input", () => this.paint());
    $(".buyer-print").addEventListener("click", () => printAlone($(".buyer-page"), this.title));
    $(".buyer-close").addEventListener("click", () => {
      this.element.remove();
      exports.buyer = null;
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
    const report = await this.exports.render("buyer");
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
