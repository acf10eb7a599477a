// Match: the number of a part is that of its partner.
import { addKind, lineOf } from "./kinds.js";

addKind("match", {
  /** With a script, a letter's choice also says what it stands for. */
  begin(quiz) {
    for (const option of quiz.form.querySelectorAll("option:not([value=''])")) {
      option.textContent += "  " + lineOf(quiz.form.querySelector(`[data-partner="${option.value}"]`));
    }
  },
  mark: (quiz, part, control) => ({ chosen: control.value !== "", right: control.value === part.dataset.part }),
  // A right match needs no repetition of what the reader has said.
  feedback: (quiz, { part, chosen, right }) => (chosen && right ? null : quiz.answer.querySelector(`[data-part="${part.dataset.part}"] .quiz-say`)),
  solve: (quiz, part, control) => { control.value = part.dataset.part; },
});
