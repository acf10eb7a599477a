// Elements that scripts add to a page.

/** An element of a class with a text. */
export function make(name, className = "", text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

export function button(text, act, className = "") {
  const made = Object.assign(make("button", className, text), { type: "button" });
  made.addEventListener("click", act);
  return made;
}

/** A line that is read aloud when it changes. */
export function statusLine(className) {
  const line = make("p", className);
  line.setAttribute("role", "status");
  return line;
}
