// Choice and multiple: options to tick. The bells of the answer tell the right ones.
// Readers get them in an order of their own, where the author has not pinned them.
import { store } from "../reader/store.js";
import { addKind, isRight } from "./kinds.js";

/** The options in an order that hangs on the reader and the question: the same at every visit. */
function shuffle(quiz) {
  const seed = store.read("seed") ?? String(Math.random());
  store.write("seed", seed);
  let state = 0;
  for (const sign of seed + quiz.id) state = Math.imul(state ^ sign.charCodeAt(0), 0x9e3779b1) ^ (state >>> 15);
  const { parts } = quiz;
  for (let i = parts.length; i > 1; i--) {
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b) + 0x9e3779b9 | 0;
    const other = ((state ^ (state >>> 13)) >>> 0) % i;
    [parts[i - 1], parts[other]] = [parts[other], parts[i - 1]];
  }
  parts[0].parentNode.append(...parts);
}

const ticked = {
  complete(quiz, told) {
    quiz.right = told.filter(isRight).map((line) => line.dataset.part);
    // A list that the reader is in stays as it is.
    if (!quiz.hasAttribute("data-pinned") && !quiz.contains(document.activeElement)) shuffle(quiz);
  },
  mark: (quiz, part, box) => ({ chosen: box.checked, right: quiz.right.includes(part.dataset.part) }),
  total: (quiz) => quiz.right.length,
  tells: () => true,
  reveals: (quiz, { chosen, right }) => right && !chosen,
  neutral: ({ chosen, right }) => !chosen && !right,
  solve: (quiz, part, box) => { box.checked = quiz.right.includes(part.dataset.part); },
};

addKind("choice", { ...ticked, keepsNotes: true });
addKind("multiple", { ...ticked, counted: (good, bad) => Math.max(0, good - bad) });
