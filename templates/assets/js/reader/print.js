// Paper has no folds, but those of a form with nothing in them; and the answers to
// the questions stand at its end.
import { $, $$, main } from "../site/page.js";

addEventListener("beforeprint", () => {
  for (const details of $$("main details:not([open], .row-more, .group-help, .quiz-answer, .manual, .calculator-fold, .calculator-fold:not([open]) *)")) {
    details.open = true;
    addEventListener("afterprint", () => { details.open = false; }, { once: true });
  }
  const answers = $$(".quiz-answer", main);
  if (!answers.length) return;
  const part = document.createElement("section");
  part.className = "print-answers";
  part.innerHTML = "<h2></h2>";
  part.firstChild.textContent = main.dataset.answers;
  for (const answer of answers) {
    const one = document.createElement("section");
    one.innerHTML = "<h3></h3>";
    one.firstChild.textContent = $(".quiz-title", answer.closest(".quiz")).textContent.trim();
    one.append(...[...answer.cloneNode(true).children].slice(1));
    for (const node of $$("[id]", one)) node.removeAttribute("id");
    part.append(one);
  }
  main.append(part);
  addEventListener("afterprint", () => part.remove(), { once: true });
});
