// A mouse that rests on a term opens its card; the card closes when the mouse has
// left both, and Esc closes it as it closes any popover. reader.js loads this when
// there is a mouse.
let hovered = null; // the term whose card the mouse has opened
let resting = 0;
const cardOf = (term) => document.getElementById(term.getAttribute("popovertarget"));

/** The mouse has come to an element. */
const come = (element) => {
  const term = element.closest(".term");
  clearTimeout(resting);
  if (term && term !== hovered && cardOf(term) && !document.querySelector(":popover-open:not(.term-card)")) {
    resting = setTimeout(() => {
      if (cardOf(term).matches(":popover-open")) return;
      cardOf(term).showPopover({ source: term });
      hovered = term;
    }, 300);
  } else if (!term && !element.closest(".term-card") && hovered) {
    resting = setTimeout(() => { cardOf(hovered).hidePopover(); }, 200);
  }
};
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse") come(event.target);
});
const first = document.querySelector(".term:hover");
if (first) come(first);

// A press on the term under the mouse keeps the card instead of closing it.
document.addEventListener("click", (event) => {
  const term = event.target.closest(".term");
  if (term && term === hovered) event.preventDefault();
  hovered = null;
});
for (const card of document.querySelectorAll(".term-card")) {
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && hovered && cardOf(hovered) === card) hovered = null;
  });
}
