// Gaps in a text, to type into. The lines of the answer are what each gap accepts, the
// first of it to be shown.
import { fill } from "../lib/words.js";
import { addKind, foldAnswer, lineOf } from "./kinds.js";

/** How wide a text is, in letters. */
const width = (text) => [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);

addKind("gaps", {
  complete(quiz, told) {
    quiz.accepted = told.map((line) => [...line.querySelectorAll("b")].map(lineOf));
    // All boxes are as wide: the width gives nothing away.
    const size = Math.min(24, Math.max(8, ...quiz.accepted.flat().map(width)) + 2);
    for (const part of quiz.parts) {
      const label = fill(quiz.ui.gap, { n: part.dataset.part });
      part.innerHTML = `<input type="text" size="${size}" enterkeyhint="done" autocomplete="off" autocapitalize="off" spellcheck="false">`;
      part.firstChild.setAttribute("aria-label", label);
    }
  },
  mark(quiz, part, box) {
    const typed = foldAnswer(box.value);
    return { chosen: typed !== "", right: quiz.accepted[part.dataset.part - 1].some((answer) => foldAnswer(answer) === typed) };
  },
  feedback: (quiz, { part, chosen, right }) => (chosen && right ? null : quiz.answer.querySelector(`[data-part="${part.dataset.part}"]`)),
  solve: (quiz, part, box) => { box.value = quiz.accepted[part.dataset.part - 1][0]; },
});
