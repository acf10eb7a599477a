// Poll: a vote, then what there is to say.
import { addKind, copy } from "./kinds.js";

const boxesOf = (quiz) => [...quiz.form.querySelectorAll("input")];

addKind("poll", {
  words: ["vote", "revote"],
  ask: "empty",
  /** What the reader gave before, and whether it is told at once. */
  restore(quiz, kept) {
    for (const box of boxesOf(quiz)) box.checked = Number(box.value) === kept.vote;
    return boxesOf(quiz).some((box) => box.checked);
  },
  field: (quiz) => boxesOf(quiz).find((box) => box.checked) ?? boxesOf(quiz)[0],
  given(quiz) {
    const vote = boxesOf(quiz).find((box) => box.checked);
    if (vote) quiz.keep({ vote: Number(vote.value) });
    return Boolean(vote);
  },
  typed() {},
  reveal(quiz) {
    for (const part of quiz.parts) {
      const box = part.querySelector("input");
      if (!box.checked) continue;
      const note = document.createElement("div");
      note.className = "quiz-note";
      note.id = quiz.id + "-note-" + part.dataset.part;
      note.append(...copy(quiz.answer.querySelector(`[data-part="${part.dataset.part}"] .quiz-say`)));
      box.setAttribute("aria-describedby", note.id);
      part.append(note);
    }
  },
  reset: (quiz) => quiz.clearNotes(),
});
