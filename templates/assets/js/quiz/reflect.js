// Reflection: the reader's text, kept as it is typed, beside a model answer.
import { addKind, copy } from "./kinds.js";

const area = (quiz) => quiz.form.querySelector("textarea");
const ticks = (quiz) => [...quiz.form.querySelectorAll("input")];

addKind("reflect", {
  words: ["compare", "rewrite"],
  ask: "write",
  restore(quiz, kept) {
    area(quiz).value = kept.text ?? "";
    for (const box of ticks(quiz)) box.checked = Boolean(kept.ticks?.includes(Number(box.value)));
    return false;
  },
  field: area,
  given: (quiz) => area(quiz).value.trim() !== "",
  typed: (quiz) => quiz.keep({ text: area(quiz).value, ticks: ticks(quiz).filter((box) => box.checked).map((box) => Number(box.value)) }),
  reveal(quiz) {
    const model = document.createElement("div");
    const head = document.createElement("p");
    model.className = "quiz-model";
    head.className = "quiz-model-head";
    head.textContent = quiz.answer.querySelector("summary").textContent;
    model.append(head, ...copy(quiz.answer.querySelector(".quiz-model")));
    quiz.form.querySelector(".quiz-reflect").append(model);
  },
  reset: (quiz) => quiz.form.querySelector(".quiz-model")?.remove(),
});
