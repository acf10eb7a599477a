// Choice and multiple: options to tick. The bells of the answer tell the right ones.
import { addKind, isRight } from "./kinds.js";

const ticked = {
  complete(quiz, told) { quiz.right = told.filter(isRight).map((line) => line.dataset.part); },
  mark: (quiz, part, box) => ({ chosen: box.checked, right: quiz.right.includes(part.dataset.part) }),
  total: (quiz) => quiz.right.length,
  tells: () => true,
  reveals: (quiz, { chosen, right }) => right && !chosen,
  neutral: ({ chosen, right }) => !chosen && !right,
  solve: (quiz, part, box) => { box.checked = quiz.right.includes(part.dataset.part); },
};

addKind("choice", { ...ticked, keepsNotes: true });
addKind("multiple", { ...ticked, counted: (good, bad) => Math.max(0, good - bad) });
