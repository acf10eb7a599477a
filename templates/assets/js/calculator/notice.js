// What is said below the form, and what is announced to those who hear the page.

const LASTS = 12_000; // ms that a notice stays

export class Notice {
  constructor(calculator) {
    this.element = calculator.querySelector(".calculator-notice");
    this.live = calculator.querySelector(".calculator-live");
  }

  /**
   * Says something below the form, with buttons [label, act] for what there is to
   * do. It leaves with the next edit, or after a while unless the reader is at it;
   * stays: until something else is said.
   */
  say(text, actions = [], stays = false) {
    clearTimeout(this.leaves);
    this.leaves = this.troubled = 0;
    this.element.textContent = text;
    for (const [label, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = label;
      button.addEventListener("click", () => {
        this.say("");
        act();
      });
      this.element.append(" ", button);
    }
    const leave = () => {
      if (this.element.matches(":hover, :focus-within")) this.leaves = setTimeout(leave, LASTS);
      else this.say("");
    };
    if (text && !stays) this.leaves = setTimeout(leave, LASTS);
  }

  /** Takes back what would leave by itself. */
  dismiss() { if (this.leaves) this.say(""); }

  announce(text) { this.live.textContent = text; }
}
