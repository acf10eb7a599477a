// Asks for reports, one at a time.
import { parseAnswer } from "./answer.js";
import { runtime } from "./runtime.js";

const PATIENCE = 20_000; // ms until a reader is told that nothing comes

export class Computation {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
  }

  /**
   * Asks for the report of the form as it is. One request at a time: what is
   * edited meanwhile is asked for once, after it, so that an older answer never
   * comes after a newer one. Where nothing comes, the reader may try again; what
   * stands there stays.
   */
  async compute() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.calculator.report.element.setAttribute("aria-busy", "true");
    let failed = null;
    try {
      do {
        this.again = false;
        const mark = this.calculator.mark;
        this.calculator.paint(await this.request("compute"), mark);
      } while (this.again);
    } catch (error) {
      failed = error;
    }
    this.busy = this.again = false;
    this.calculator.report.element.removeAttribute("aria-busy");
    if (!failed) return;
    this.calculator.report.paintVerdict();
    if (this.retrying) {
      this.retrying = false;
      return this.compute();
    }
    console.error(failed);
    this.trouble(this.ui.failed, () => this.compute());
  }

  /** Asks for a rendering of the form; says so where that takes long. */
  async request(command) {
    const slow = setTimeout(() => this.calculator.report.paintSticky(this.ui.loading), 500);
    const late = setTimeout(() => this.trouble(this.ui.late, () => runtime.stop("no answer")), PATIENCE);
    try {
      return parseAnswer(await runtime.ask(this.calculator, command, this.calculator.asked));
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  }

  /** Says that no result comes, with the way to try again. */
  trouble(text, again) {
    this.calculator.notice.say(text, [[this.ui.retry, () => {
      this.retrying = this.busy;
      again();
    }]], true);
    this.calculator.notice.troubled = true;
  }

  /** Makes ready where the form is touched, or is in view and the browser idle, unless every byte counts. */
  prepareWhenSeen() {
    const { form } = this.calculator;
    const start = () => this.prepare().catch(() => {});
    for (const type of ["focusin", "pointerdown"]) form.addEventListener(type, start, { once: true });
    const line = navigator.connection;
    if (line?.saveData || /2g|3g/.test(line?.effectiveType)) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      if (window.requestIdleCallback) requestIdleCallback(start);
      else setTimeout(start, 200);
    });
    seen.observe(form);
  }

  /**
   * Makes all ready for the reader's first edit. The report that stands there is
   * computed once more: code is compiled when it first runs, and its lines tell
   * later which blocks have changed.
   */
  async prepare() {
    await runtime.start(this.calculator);
    const mark = this.calculator.mark;
    if (this.busy || this.calculator.report.lines || mark !== this.calculator.shown) return;
    const { report } = parseAnswer(await runtime.ask(this.calculator, "compute", this.calculator.asked));
    if (mark === this.calculator.shown) this.calculator.report.lines ??= report?.split("\n").filter(Boolean);
  }

  /** Numbers of the reader's own are computed when they come into view. */
  whenSeen() {
    this.calculator.report.element.setAttribute("aria-busy", "true");
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      if (window.requestIdleCallback) requestIdleCallback(() => this.compute(), { timeout: 500 });
      else this.compute();
    }, { rootMargin: "50%" });
    seen.observe(this.calculator);
    addEventListener("beforeprint", () => this.compute(), { once: true });
  }
}
