// What leaves the page: prints and tables.
import { BuyerPage } from "./buyer.js";

export class Exports {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
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
    const link = document.createElement("a");
    // With the mark that tells a spreadsheet that this is UTF-8.
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.download = this.calculator.id + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Shows the page for the buyer as it will be printed. */
  async openBuyer() {
    if (this.buyer) return this.buyer.focus();
    const report = await this.render("buyer");
    if (report === null) return;
    this.buyer = new BuyerPage(this.calculator, this, report);
  }
}
