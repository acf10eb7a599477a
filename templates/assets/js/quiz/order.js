// Order: parts that are moved into their order; the number of one is its place.
import { fill } from "../lib/words.js";
import { addKind, lineOf } from "./kinds.js";

const arrow = (way, d) => `<button type="button" class="quiet quiz-${way}"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${d}"/></svg></button>`;

addKind("order", {
  complete(quiz) {
    for (const line of quiz.form.querySelectorAll(".quiz-line")) {
      line.insertAdjacentHTML("afterbegin", `<span class="quiz-grip" aria-hidden="true"><svg viewBox="0 0 12 20" width="12" height="20"><path d="M3 4h.01M9 4h.01M3 10h.01M9 10h.01M3 16h.01M9 16h.01"/></svg></span>`);
      line.insertAdjacentHTML("beforeend", `<span class="quiz-moves">${arrow("up", "M12.1 19.5c-.3-5 .2-10 0-15M6 10.5l6.1-6 5.9 6.2")}${arrow("down", "M12.1 4.5c.3 5-.2 10 0 15M6 13.5l6.1 6 5.9-6.2")}</span>`);
      const item = lineOf(line.querySelector(".quiz-text"));
      for (const way of ["up", "down"]) line.querySelector(".quiz-" + way).setAttribute("aria-label", fill(quiz.ui[way], { item }));
    }
  },
  begin: makeSortable,
  mark: (quiz, part) => ({ chosen: true, right: Number(part.dataset.part) === quiz.parts.indexOf(part) + 1 }),
  solve() {},
  solveAll: (quiz) => arrange(quiz, (a, b) => a.dataset.part - b.dataset.part),
  reset: (quiz) => arrange(quiz, (a, b) => quiz.start.indexOf(a) - quiz.start.indexOf(b)),
  toggled: paintMoves,
});

/** Buttons, Alt with the arrows, and dragging by the grip. */
function makeSortable(quiz) {
  quiz.form.addEventListener("click", (event) => {
    const button = event.target.closest(".quiz-moves button");
    if (button) move(quiz, button.closest(".quiz-part"), button.matches(".quiz-up") ? -1 : 1);
  });
  quiz.form.addEventListener("keydown", (event) => {
    const part = event.target.closest(".quiz-part");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!part || !by || !event.altKey) return;
    event.preventDefault();
    move(quiz, part, by);
  });
  quiz.form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".quiz-grip");
    if (grip && event.button === 0 && !quiz.done) drag(quiz, grip, event.pointerId);
  });
  paintMoves(quiz);
}

function move(quiz, part, by) {
  const other = by < 0 ? part.previousElementSibling : part.nextElementSibling;
  if (!other || quiz.done) return;
  // The neighbour moves, so that the part keeps the focus.
  if (by < 0) part.after(other);
  else part.before(other);
  moved(quiz);
  const place = quiz.parts.indexOf(part) + 1;
  quiz.say(fill(quiz.ui.moved, { n: place, of: quiz.parts.length }));
  const [up, down] = part.querySelectorAll("button");
  if (document.activeElement !== up && document.activeElement !== down) (by < 0 && !up.disabled || down.disabled ? up : down).focus();
}

function moved(quiz) {
  quiz.clearNotes();
  quiz.verdict("");
  paintMoves(quiz);
}

function paintMoves(quiz) {
  const parts = quiz.parts;
  parts.forEach((part, i) => {
    const [up, down] = part.querySelectorAll("button");
    const focus = document.activeElement;
    up.disabled = quiz.done || i === 0;
    down.disabled = quiz.done || i === parts.length - 1;
    if (!quiz.done && focus === up && up.disabled) down.focus();
    if (!quiz.done && focus === down && down.disabled) up.focus();
  });
}

function arrange(quiz, compare) {
  const parts = quiz.parts;
  parts[0].parentNode.append(...parts.sort(compare));
  paintMoves(quiz);
}

function drag(quiz, grip, pointer) {
  const part = grip.closest(".quiz-part");
  grip.setPointerCapture(pointer);
  part.classList.add("dragged");
  const over = (event) => {
    const { previousElementSibling: before, nextElementSibling: after } = part;
    const middle = (node) => node.getBoundingClientRect().top + node.offsetHeight / 2;
    // Moving the neighbour keeps the pointer's capture.
    if (before && event.clientY < middle(before)) part.after(before);
    else if (after && event.clientY > middle(after)) part.before(after);
  };
  const end = () => {
    grip.removeEventListener("pointermove", over);
    part.classList.remove("dragged");
    moved(quiz);
  };
  grip.addEventListener("pointermove", over);
  grip.addEventListener("lostpointercapture", end, { once: true });
}
