// The report in the page, and its verdict in a line that stays in view.
import { morph } from "./morph.js";

export class Report {
  constructor(calculator) {
    this.calculator = calculator;
    this.element = calculator.querySelector(".report");
    this.sticky = calculator.querySelector(".calculator-glance"); // the verdict in view below the form
    // It is not needed where the report is in view.
    new IntersectionObserver(([entry]) => calculator.toggleAttribute("data-seen", entry.isIntersecting), { rootMargin: "0px 0px -96px" })
      .observe(this.element);
  }

  /**
   * Puts a report in place. Every block is a line of its own (report.HTML, which
   * escapes what readers typed), so what is as before need not be read: the blocks
   * at both ends, and those between in their places.
   */
  put(report) {
    const lines = report.split("\n").filter(Boolean);
    const blocks = [...this.element.children];
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
      else this.element.insertBefore(maker.content, rest);
    });
    for (const block of old) block.remove();
  }

  /** The verdict in a line that stays in view below the form. */
  paintVerdict() {
    const answer = this.element.querySelector(".report-answer");
    this.sticky.hidden = !answer || this.element.hidden;
    if (answer) this.sticky.firstChild.replaceChildren(...answer.cloneNode(true).childNodes);
    this.said ??= answer?.textContent.trim();
  }

  paintSticky(text) {
    this.sticky.hidden = false;
    this.sticky.firstChild.textContent = text;
  }

  /** Announces the verdict, if it is another one, once the reader pauses. */
  announce() {
    clearTimeout(this.pause);
    const said = this.element.querySelector(".report-answer")?.textContent.trim();
    this.pause = setTimeout(() => {
      if (said && said !== this.said) this.calculator.notice.announce(this.said = said);
    }, 1000);
  }
}
