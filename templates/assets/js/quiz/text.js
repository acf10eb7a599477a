// Text: an answer to type. The lines of the answer are what is accepted, with a bell,
// the first of them to be shown, and what is often written and wrong.
import { addBox, addKind, copy, foldAnswer, isRight } from "./kinds.js";

const textOf = (line) => line.querySelector(".quiz-key > span");

addKind("text", {
  complete(quiz, told) {
    quiz.told = told;
    addBox(quiz, "text", 30);
  },
  mark(quiz, part, box) {
    const typed = foldAnswer(box.value);
    const line = quiz.told.find((one) => foldAnswer(textOf(one).textContent) === typed);
    return { chosen: typed !== "", right: Boolean(line && isRight(line)), line };
  },
  tells: ({ line }) => Boolean(line),
  signed: false,
  reveals: (quiz, { right }) => quiz.done && !right,
  feedback(quiz, { right, line }) {
    if (right || !quiz.done) return line?.querySelector(".quiz-say");
    const accepted = quiz.told.find(isRight);
    const shown = document.createElement("div");
    shown.innerHTML = '<p class="quiz-value"></p>';
    shown.firstChild.append(...copy(textOf(accepted)));
    shown.append(...copy(accepted.querySelector(".quiz-say")));
    return shown;
  },
  solve: (quiz, part, box) => { box.value = textOf(quiz.told.find(isRight)).textContent.trim(); },
});
