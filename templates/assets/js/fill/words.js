// The words of the page, and buttons that say them.
import { main } from "../site/page.js";

export const words = () => self.playbookWords[main.dataset.text].fill;

export function button(text, act, className = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
  made.addEventListener("click", act);
  return made;
}

/** A line that is read aloud when it changes. */
export function statusLine(className) {
  const line = Object.assign(document.createElement("p"), { className });
  line.setAttribute("role", "status");
  return line;
}
