// What leaves the page: prints and tables.
import { saveFile } from "../lib/output.js";
import { BuyerPage } from "./buyer.js";

export class Exports {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
  }

  /**
   * Asks for another rendering of the form; null where that has faults, which are
   * shown, or fails.
   */
  async render(command) {
    let answer;
    try {
      answer = await this.calculator.computation.request(command);
    } catch (error) {
      console.error(error);
      this.calculator.notice.say(this.ui.failed, [], true);
      return null;
    }
    this.calculator.faults.list = answer.faults;
    for (const [name] of answer.faults) this.calculator.faults.left.add(name);
    this.calculator.faults.paint();
    if (answer.report === null) this.calculator.form.querySelector("[aria-invalid=true]")?.focus();
    return answer.report;
  }

  async saveCSV() {
    const text = await this.render("csv");
    if (text === null) return;
    // With the mark that tells a spreadsheet that this is UTF-8.
    saveFile(this.calculator.id + ".csv", "\ufeff" + text, "text/csv");
  }

  /** Shows the page for the buyer as it will be printed. */
  async openBuyer() {
    if (this.buyer) return this.buyer.focus();
    const report = await this.render("buyer");
    if (report === null) return;
    this.buyer = new BuyerPage(this.calculator, this, report);
  }
}
