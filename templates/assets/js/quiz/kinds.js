// The kinds of question: what differs between them. Each is a file of this folder,
// which adds itself; the files of the folder are joined into quiz.js without being
// named there.

export const kinds = {};

/**
 * Adds a kind. What it leaves out is as here, where each part is asked with a list of
 * choices. quiz is the element, part one of its parts, control what a part is
 * answered with.
 */
export function addKind(name, own) {
  kinds[name] = {
    /** Takes the question over as a whole, in place of all below. */
    begins: null,
    /** The words of the buttons that check and begin anew. */
    words: ["check", "retry"],
    /** Adds what nobody can use without a script; told are the lines of the answer. */
    complete(quiz, told) {},
    /** When all is there. */
    begin(quiz) {},
    /** What was answered: {chosen, right, …}; chosen is false where nothing was. */
    mark: (quiz, part, control) => ({ chosen: control.value !== "", right: quiz.right[part.dataset.part - 1].includes(control.value) }),
    /** How many things there are to get right. */
    total: (quiz, marks) => marks.length,
    /** How many count of so many right and wrong ones. */
    counted: (good, bad) => good,
    /** What to say where nothing was answered. */
    empty: (quiz) => quiz.ui.empty,
    /** Whether a try that is not right tells what there is to say about a part. */
    tells: (mark) => false,
    /** Whether a part keeps what is said about it while the reader goes on. */
    keepsNotes: false,
    /** Whether a part has a sign of its own, beside the verdict's. */
    signed: true,
    /** Whether what is said begins by naming the right answer. */
    reveals: (quiz, { chosen, right }) => !(right && chosen),
    /** Whether a part is neither right nor wrong as it is. */
    neutral: () => false,
    /** What there is to say about a part. */
    feedback: (quiz, { part }) => quiz.answer.querySelector(`[data-part="${part.dataset.part}"] .quiz-say`),
    /** Puts the right answer into a part; all of them into the quiz. */
    solve: (quiz, part, control) => { control.value = quiz.right[part.dataset.part - 1][0]; },
    solveAll(quiz) {},
    /** Begins anew. */
    reset(quiz) {},
    /** Between asking and telling. */
    toggled(quiz) {},
    ...own,
  };
}

/** Copies of an element's content, without ids, which must stay unique. */
export function copy(element) {
  const twin = element.cloneNode(true);
  for (const node of twin.querySelectorAll("[id]")) node.removeAttribute("id");
  return twin.childNodes;
}

export const lineOf = (element) => element.textContent.trim().replace(/\s+/g, " ");

/** Makes the only part of a question a box to type so many characters in, in front of its unit. */
export function addBox(quiz, inputMode, size) {
  const [part] = quiz.parts;
  const unit = part.firstElementChild;
  part.innerHTML = `<label for="${quiz.id}-box"></label> <span class="quiz-amount"><input id="${quiz.id}-box" type="text" size="${size}" inputmode="${inputMode}" enterkeyhint="done" autocomplete="off"></span>`;
  part.firstChild.textContent = quiz.ui.answer;
  if (!unit) return;
  unit.id = quiz.id + "-unit";
  part.lastChild.append(" ", unit);
  part.querySelector("input").setAttribute("aria-describedby", unit.id);
}

/** Leaves out of an answer to type what makes no difference, as quiz_text.go does. */
export const foldAnswer = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
  .replace(/[‘’ʼ]/g, "'").replace(/[“”„]/g, '"').replace(/[‐-―−]/g, "-")
  .normalize("NFC").toUpperCase().toLowerCase().replace(/\s+/g, " ").replace(/[ .,;:!?。、]+$/, "").trim();

/** The lines of an answer that are right: they have the bell. */
export const isRight = (line) => Boolean(line.querySelector(".quiz-key > .sign-bell"));
