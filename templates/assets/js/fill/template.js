/**
 * <playbook-template>: a text with places to fill in (templates/blocks/template.html).
 *
 * A place is .gap with data-gap, its name: a line to write in, or a list to choose
 * from. One with data-again shows what was said before. data-filled holds the answer,
 * data-empty what stands there until there is one; a worksheet's value is filled by
 * values.js. .gap-part with data-gap "?NAME" is the box of the parts with that
 * data-part; data-off is on those that are left out.
 *
 * Storage (reader/store.js): "fill" holds {NAME: text} for all templates of the site, and
 * {"?NAME": "off"} for the parts that are left out.
 */
import { printAlone } from "../lib/output.js";
import { fill } from "../lib/words.js";
import { store } from "../reader/store.js";
import { $, $$ } from "../site/page.js";
import { button, statusLine } from "../lib/dom.js";
import { words } from "./words.js";
import { copyOut, toHTML, toMarkdown, toText } from "./written.js";

const isText = (entry) => typeof entry === "string";
const answers = () => store.entries("fill", isText, { work: true });

class PlaybookTemplate extends HTMLElement {
  connectedCallback() {
    if (this.sheet) return;
    this.ui = words();
    this.sheet = $(".template-sheet", this);
    for (const gap of $$(".gap[data-gap]", this)) this.prepare(gap);
    for (const box of $$(".gap-part > input", this)) {
      box.disabled = false;
      box.addEventListener("change", () => answer(box.parentNode.dataset.gap, box.checked ? null : "off"));
    }
    this.said = statusLine("template-said");
    $(".template-tools", this).append(
      button(this.ui.copy, () => this.copy(toText(this.sheet), toHTML(this.sheet)), "primary"),
      button(this.ui.markdown, () => this.copy(toMarkdown(this.sheet))),
      button(this.ui.text, () => this.copy(toText(this.sheet))),
      button(this.ui.print, () => printAlone(this.sheet)),
      button(this.ui.clear, () => this.clear()),
      this.said,
    );
    this.paint(answers());
    addEventListener("playbook:fill", () => this.paint(answers()));
  }

  get gaps() { return $$(".gap[data-gap]", this); }

  prepare(gap) {
    const { gap: name, again } = gap.dataset;
    const hint = $(".gap-hint", gap)?.textContent ?? "";
    const options = $$(".gap-option", gap).map((option) => option.textContent);
    gap.dataset.empty = options.length ? options.join(" / ") + hint : gap.textContent;
    if (again !== undefined) {
      const first = this.gaps.find((other) => other.dataset.gap === name);
      gap.addEventListener("click", () => (first.control ?? first).focus());
    } else if (options.length) {
      const label = $(".vh", gap).textContent + hint;
      const select = gap.control = document.createElement("select");
      select.ariaLabel = label;
      select.append(new Option(gap.dataset.empty, ""), ...options.map((option) => new Option(option)));
      select.addEventListener("change", () => answer(name, select.value || null));
      gap.replaceChildren(select);
    } else {
      gap.ariaLabel = gap.dataset.empty;
      gap.role = "textbox";
      gap.tabIndex = 0;
      gap.contentEditable = "plaintext-only";
      if (gap.contentEditable !== "plaintext-only") gap.contentEditable = "true";
      gap.spellcheck = true;
      gap.addEventListener("input", () => answer(name, gap.textContent.replace(/\s+/g, " ") || null));
      gap.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        const asked = this.gaps.filter((other) => other.dataset.again === undefined);
        const next = asked[asked.indexOf(gap) + 1];
        (next?.control ?? next ?? $("button", this)).focus();
      });
    }
  }

  /** Shows the answers where the reader is not just writing them. */
  paint(kept) {
    let filled = 0;
    const asked = this.gaps.filter((gap) => gap.dataset.again === undefined);
    for (const gap of this.gaps) {
      let text = kept[gap.dataset.gap]?.trim();
      if (gap.control) {
        if (![...gap.control.options].some((option) => option.value === text)) text = "";
        gap.control.value = text ?? "";
      } else if (gap !== document.activeElement) {
        gap.textContent = text || (gap.isContentEditable ? "" : gap.dataset.empty);
      }
      if (text) gap.dataset.filled = text;
      else delete gap.dataset.filled;
      if (text && asked.includes(gap)) filled++;
    }
    for (const box of $$(".gap-part", this)) {
      const off = kept[box.dataset.gap] === "off";
      box.firstChild.checked = !off;
      box.closest("[data-part]").toggleAttribute("data-off", off);
    }
    const asks = asked.length ? fill(this.ui.filled, { n: filled, all: asked.length }) : "";
    if (this.said.dataset.state !== asks) this.say(asks);
    this.said.dataset.state = asks;
  }

  say(text, ...more) {
    this.said.replaceChildren(text, ...more.flatMap((one) => [" ", one]));
  }

  async copy(text, html) {
    this.say(await copyOut(text, html) ? this.ui.copied : this.ui.uncopied);
  }

  clear() {
    const before = answers();
    const names = [...this.gaps, ...$$(".gap-part", this)].map((gap) => gap.dataset.gap);
    const set = (of) => {
      for (const name of new Set(names)) keepAnswer(name, of[name] ?? null);
      changed();
    };
    set({});
    this.said.dataset.state = "";
    this.say(this.ui.cleared, button(this.ui.undo, () => {
      set(before);
      (this.gaps[0]?.control ?? this.gaps[0])?.focus();
    }, "link"));
  }
}

const keepAnswer = (name, text) => store.put("fill", name, text, isText, { work: true });
const changed = () => dispatchEvent(new Event("playbook:fill"));

function answer(name, text) {
  keepAnswer(name, text);
  changed();
}

store.watch("fill", changed);
customElements.define("playbook-template", PlaybookTemplate);
