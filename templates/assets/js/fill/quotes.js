// A button that copies a block of code, or a quotation.
import { $$, main } from "../site/page.js";
import { button, make, statusLine } from "../lib/dom.js";
import { words } from "./words.js";
import { copyOut, toHTML, toText } from "./written.js";

const icon = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M8.5 8.4c3.900-.2 7.500-.2 11 0 .2 3.800.1 7.500 0 11.100-3.700.2-7.300.1-11 0-.2-3.700-.1-7.400 0-11.100M15.500 8.200c0-1.300 0-2.500-.1-3.700-3.700-.2-7.300-.1-10.900 0-.2 3.700-.1 7.300 0 10.900 1.300.1 2.500.1 3.800.1"/></svg>';

for (const text of $$(".prose > pre, .prose > blockquote", main)) {
  const ui = words();
  const code = text.tagName === "PRE";
  const frame = make("div", "copy-frame");
  const said = statusLine("vh");
  const press = button("", async () => {
    const copied = code ? await copyOut(text.textContent) : await copyOut(toText(text), toHTML(text));
    said.textContent = copied ? ui.copied : ui.uncopied;
    press.toggleAttribute("data-copied", copied);
    setTimeout(() => { said.textContent = ""; press.removeAttribute("data-copied"); }, 3000);
  }, "quiet copy-button");
  press.innerHTML = icon;
  press.title = press.ariaLabel = code ? ui.code : ui.quote;
  text.before(frame);
  frame.append(text, press, said);
}
