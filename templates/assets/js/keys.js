// The list of keyboard shortcuts, with the box that switches them off. reader.js
// loads it, after the words of the page's language, when the reader asks for it.
import { loaded } from "./site/load.js";

let sheet = null;

/**
 * Shows the list, or hides it.
 * @param {HTMLButtonElement} button that opens it from now on
 * @param {boolean} on whether single keys are shortcuts
 */
loaded.keys = (button, on) => {
  if (!sheet) {
    const words = self.playbookWords[document.querySelector(".search-open").dataset.lang].keys;
    const make = (tag, attributes, ...children) => {
      const element = document.createElement(tag);
      for (const name in attributes) element.setAttribute(name, attributes[name]);
      element.append(...children);
      return element;
    };
    const box = make("input", { type: "checkbox", id: "keys-on" });
    box.checked = on;
    sheet = make("div", { class: "sheet keys", id: "keys", popover: "", role: "dialog", "aria-labelledby": "keys-title" },
      make("p", { class: "sheet-title", id: "keys-title" }, words.title),
      make("dl", {}, ...Object.entries({ "/": "search", "[": "prev", "]": "next", "?": "help" }).map(([key, word]) =>
        make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words[word])))),
      make("label", { class: "check" }, box, " ", make("span", {}, words.on)),
      make("button", { type: "button", popovertarget: "keys", popovertargetaction: "hide" }, words.close));
    document.body.append(sheet);
    button.popoverTargetElement = sheet;
  }
  sheet.togglePopover({ source: button });
};
