/**
 * <playbook-quiz>: a question that marks itself.
 *
 * The page holds the whole question and, behind <details>, its answer with the
 * feedback for every part (templates/blocks/quiz). This element adds what
 * needs a script: buttons, checking, feedback beside each part, another try, the
 * score. It adds no text of its own: feedback is taken from the answer, words and
 * the pictures of the two signs come from the script of the text's language,
 * which is loaded before this one.
 *
 * Attributes
 *   id           "quiz-" and the question's id: unique in the site, shared by the languages
 *   data-kind    one of the kinds in quiz/, which say what differs between them
 *   data-points  what the question is worth, a whole number; 0: it has no right answer; absent: 1
 *   data-mark    changes when what is right does: a score is kept with it
 *   data-key     what is right, part by part, where the page does not say it already: parts
 *                are separated by spaces, by commas what is right for the same part
 *
 * Every part of the question is a .quiz-part, as is every line of its list; data-part is its number,
 * where it is not the place in which it stands. What is said about it is the .quiz-say
 * of that number in the list of .quiz-answer. Where every part is asked with the same
 * <select>, the first has it.
 *
 * Points: a part is right or wrong, and a question earns its share of points,
 * rounded down, so that a question of one point is all or nothing.
 *
 * Storage (reader/store.js): "quiz" holds {ID: {right, best, last, of, tries, at, mark}};
 * right says that the best try had every part right, at is the time of the last try
 * in milliseconds. A score whose mark is another is of another question: it goes, and
 * the reader is told. A question that was answered right looks so when it is seen
 * again.
 *
 * Polls and reflections are not scored. "answers" holds what the reader gave: {ID: {vote}} with the number of an option, {ID: {text, ticks}}.
 *
 * Event: playbook:progress bubbles after every try, with detail {id, right,
 * points, of}.
 */

import { isCurrent, isScore } from "./lib/score.js";
import { fill } from "./lib/words.js";
import { copy, kinds, lineOf } from "./quiz/kinds.js";
import { store } from "./reader/store.js";

// ---- What is kept: the scores of all questions of the site, and open answers

const isAnswer = (entry) => entry && typeof entry === "object" && Number.isInteger(entry.vote ?? 0)
  && typeof (entry.text ?? "") === "string" && Array.isArray(entry.ticks ?? []);
const scores = () => store.entries("quiz", isScore, { work: true });

const words = () => self.playbookWords[document.getElementById("main").dataset.text].quiz;

const nameOf = (quiz) => quiz.id.slice("quiz-".length);
const scoreOf = (quiz, kept) => {
  const entry = kept[nameOf(quiz)];
  return isCurrent(entry, quiz.dataset.mark) ? entry : null;
};
const worth = (quiz) => Number(quiz.dataset.points ?? 1);

class PlaybookQuiz extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector(".quiz-form");
    this.ui = words();
    this.name = nameOf(this);
    this.right = (this.dataset.key ?? "").split(" ").map((part) => part.split(","));
    this.kind = kinds[this.dataset.kind];
    this.points = worth(this);
    this.answer = this.querySelector(".quiz-answer");
    if (this.kind.begins) {
      this.kind.begins(this);
      if (this.points) this.showRecord();
      return;
    }
    this.complete();
    this.start = this.parts;

    if (!this.points) {
      this.open();
      return;
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.done) this.check();
    });
    this.form.addEventListener("input", () => this.verdict(""));
    // An option that was chosen stays seen as chosen, so it is not disabled.
    this.form.addEventListener("click", (event) => {
      if (this.done && event.target.matches("[type=radio], [type=checkbox]")) event.preventDefault();
    });
    this.retryButton.addEventListener("click", () => this.retry());
    // Asking for the answer is giving up: it is told beside each part.
    this.answer.firstElementChild.addEventListener("click", (event) => {
      event.preventDefault();
      this.giveUp();
    });
    this.kind.begin(this);
    this.showRecord();
  }

  /** Adds what nobody can use without a script. */
  complete() {
    const { ui, kind, form } = this;
    for (const part of form.querySelectorAll(".quiz-parts:not(.quiz-rubric *) > li")) part.classList.add("quiz-part");
    const { parts } = this;
    const title = this.querySelector(".quiz-title");
    form.setAttribute("aria-labelledby", title.id);
    const group = form.querySelector("fieldset:not(.quiz-rubric), .quiz-order");
    if (group) {
      const todo = form.querySelector(".quiz-do");
      todo.id = this.id + "-do";
      group.setAttribute("aria-labelledby", `${title.id} ${todo.id}`);
    }
    const number = (list) => list.forEach((part, i) => { part.dataset.part ??= i + 1; });
    number(parts);
    form.querySelectorAll("input").forEach((box, i) => { box.value = i + 1; });
    const told = [...this.answer.querySelectorAll(":scope > :is(ul, ol, dl) > *, :scope > div:has(> .quiz-value)")];
    number(told);
    const select = form.querySelector("select");
    if (select) for (const ask of [...form.querySelectorAll(".quiz-ask")].slice(1)) ask.append(" ", select.cloneNode(true));
    kind.complete(this, told);
    const verdict = (sign) => `<div class="quiz-verdict" data-sign="${sign}" hidden>${ui[sign]} <b class="sign-word"></b> <span></span></div>`;
    form.insertAdjacentHTML("beforeend", (this.points ? verdict("bell") + verdict("flag") : "")
      + `<div class="quiz-why" hidden></div><div class="quiz-controls"><button type="submit" class="primary quiz-check"></button>
<a class="button primary quiz-next" hidden></a> <button type="button" class="quiz-retry" hidden></button> <span class="quiz-record"></span></div><p class="vh" role="status"></p>`);
    form.querySelectorAll(".quiz-verdict > b").forEach((word, i) => { word.textContent = i ? ui.wrong : ui.right; });
    this.checkButton = form.querySelector(".quiz-check");
    this.retryButton = form.querySelector(".quiz-retry");
    this.live = form.querySelector("[role=status]");
    const all = [...document.querySelectorAll("playbook-quiz")];
    const next = all[all.indexOf(this) + 1];
    this.nextLink = form.querySelector(".quiz-next");
    if (next) {
      this.nextLink.href = "#" + next.querySelector(".quiz-title").id;
      this.nextLink.textContent = ui.next;
      this.nextLink.addEventListener("click", () => next.querySelector("input, select, textarea, .quiz-part button")?.focus({ preventScroll: true }));
    } else {
      this.nextLink.remove();
      this.nextLink = null;
    }
    const [check, retry] = kind.words;
    this.checkButton.textContent = ui[check];
    this.retryButton.textContent = ui[retry];
  }

  /** The parts in the order of the page. */
  get parts() { return [...this.form.querySelectorAll(".quiz-part")]; }

  /**
   * What the reader has answered, part by part: {part, chosen, right}. chosen
   * is false where nothing was answered; null where no try can be made yet.
   */
  marks() {
    return this.parts.map((part) => ({ part, ...this.kind.mark(this, part, part.querySelector("input, select")) }));
  }

  check() {
    const { kind } = this;
    const marks = this.marks();
    const chosen = marks.filter((m) => m.chosen);
    if (!chosen.length) {
      this.verdict("", kind.empty(this));
      marks[0].part.querySelector("input, select, button").focus();
      return;
    }
    const of = kind.total(this, marks);
    const good = chosen.filter((m) => m.right).length;
    const right = good === of && chosen.length === of;
    this.record(Math.floor(this.points * kind.counted(good, chosen.length - good) / of), right);

    if (!kind.keepsNotes) this.clearNotes();
    for (const m of chosen) this.note(m, right || kind.tells(m));
    const some = of > 1 && !right ? fill(this.ui.some, { right: good, n: of }) : "";
    this.verdict(right ? "bell" : "flag", some);
    if (right) this.finish(marks);
    this.say(this.heard());
  }

  giveUp() {
    if (this.done) {
      this.finish(this.marks());
      this.say(this.heard());
    } else {
      this.clearNotes();
      this.finish(this.marks());
      this.verdict("", this.ui.shown);
      this.say(this.heard());
    }
    this.retryButton.focus();
  }

  /** Everything is told: every part, the right order, and why. */
  finish(marks) {
    this.done = true;
    const inHand = this.contains(document.activeElement);
    for (const m of marks) this.note(m, true);
    this.retryButton.textContent = this.ui[marks.every((m) => m.right || !m.chosen) ? "again" : "retry"];
    this.kind.solveAll(this);
    this.tellWhy();
    this.toggle(true);
    if (inHand) (this.nextLink ?? this.retryButton).focus();
  }

  retry() {
    this.done = false;
    this.form.reset();
    this.clearNotes();
    this.querySelector(".quiz-why").hidden = true;
    this.kind.reset(this);
    this.verdict("");
    this.toggle(false);
    this.form.querySelector("input:enabled, select:enabled, .quiz-part button:enabled").focus();
  }

  /** Switches between asking and telling. */
  toggle(done) {
    this.toggleAttribute("data-done", done);
    for (const control of this.form.querySelectorAll(".quiz-part :is(input, select)")) {
      if (control.matches("[type=radio], [type=checkbox]")) control.setAttribute("aria-disabled", done);
      else control.disabled = done;
    }
    for (const help of this.querySelectorAll(".quiz-help > details")) {
      help.open = false;
      help.hidden = done;
    }
    this.checkButton.hidden = done;
    this.retryButton.hidden = !done;
    if (this.nextLink) this.nextLink.hidden = !done;
    this.kind.toggled(this);
  }

  // ---- Without a right answer

  /** A question of this sort keeps what the reader gave, and shows it again. */
  open() {
    const { kind } = this;
    const told = kind.restore(this, store.entries("answers", isAnswer, { work: true })[this.name] ?? {});
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!kind.given(this)) {
        this.verdict("", this.ui[kind.ask]);
        kind.field(this).focus();
        return;
      }
      this.reveal();
      this.retryButton.focus();
      this.say(this.heard());
    });
    this.form.addEventListener("input", () => {
      this.verdict("");
      kind.typed(this);
    });
    this.form.addEventListener("click", (event) => {
      if (this.done && event.target.matches("[type=radio]")) event.preventDefault();
    });
    this.retryButton.addEventListener("click", () => {
      this.done = false;
      kind.reset(this);
      this.querySelector(".quiz-why").hidden = true;
      this.toggle(false);
      kind.field(this).focus();
    });
    if (told) this.reveal();
  }

  keep(entry) { store.put("answers", this.name, entry, isAnswer, { work: true }); }

  reveal() {
    this.done = true;
    this.kind.reveal(this);
    this.tellWhy();
    this.toggle(true);
  }

  tellWhy() {
    const reason = this.answer.querySelector(".quiz-reason");
    const why = this.querySelector(".quiz-why");
    if (reason) why.replaceChildren(...copy(reason));
    why.hidden = !reason;
  }

  // ---- What is said

  /**
   * Puts beside a part what was made of it and, if it is to be told, what there
   * is to say: the feedback of an option, or the right answer to another part.
   */
  note(mark, tell) {
    const { part, chosen, right } = mark;
    const { kind } = this;
    part.querySelector(".quiz-note")?.remove();
    const note = document.createElement("div");
    note.className = "quiz-note";
    note.id = this.id + "-note-" + part.dataset.part;
    if (chosen && kind.signed) note.append(this.sign(right ? "bell" : "flag", this.ui[right ? "right" : "wrong"]));
    const say = tell && kind.feedback(this, mark);
    if (say) {
      if (kind.reveals(this, mark)) note.append(this.sign("bell", this.ui.missed));
      note.append(...copy(say));
    }
    if (!note.firstChild) return;
    if (!kind.neutral(mark)) note.dataset.sign = chosen && !right ? "flag" : "bell";
    part.querySelector("input, select")?.setAttribute("aria-describedby", note.id);
    (part.querySelector(".say") ?? part).append(note);
  }

  clearNotes() {
    for (const part of this.parts) {
      part.querySelector(".quiz-note")?.remove();
      const control = part.querySelector("input, select");
      if (part.querySelector(".quiz-unit")) control.setAttribute("aria-describedby", this.id + "-unit");
      else control?.removeAttribute("aria-describedby");
    }
  }

  /** A line with the sign's picture and a word: never one without the other. */
  sign(sign, word) {
    const line = document.createElement("p");
    const b = document.createElement("b");
    line.className = "quiz-key";
    b.className = "sign-word";
    b.textContent = word;
    line.innerHTML = this.ui[sign] + " ";
    line.append(b);
    return line;
  }

  /** Shows one verdict, or none; a text without a sign is a plain remark. */
  verdict(sign, text = "") {
    for (const line of this.querySelectorAll(".quiz-verdict")) {
      line.hidden = line.dataset.sign !== sign;
      line.lastElementChild.textContent = text;
    }
    this.querySelector(".quiz-record").textContent = sign ? "" : text || this.recorded();
    if (!sign && text) this.say(text);
  }

  say(text) {
    this.live.textContent = "";
    requestAnimationFrame(() => { this.live.textContent = text; });
  }

  /** The verdict and the notes as they are heard: each line once, as a sentence. */
  heard() {
    const all = this.querySelectorAll(".quiz-verdict:not([hidden]), .quiz-note[data-sign], [data-points='0'] .quiz-note, .quiz-reflect > .quiz-model, .quiz-why:not([hidden])");
    const lines = [...all].flatMap((node) => [...node.children]).map(lineOf).filter(Boolean);
    return [...new Set(lines)].map((line) => line + (/[\p{P}]$/u.test(line) ? "" : this.ui.stop)).join(" ");
  }

  // ---- The score

  record(points, right) {
    const before = this.score;
    store.put("quiz", this.name, {
      right: right || Boolean(before?.right),
      best: Math.max(points, before?.best ?? 0),
      last: points,
      of: this.points,
      tries: (before?.tries ?? 0) + 1,
      at: Math.max(Date.now(), Number(before?.at) + 1 || 0), // the clock may have been set back
      mark: this.dataset.mark,
    }, isScore, { work: true });
    this.dispatchEvent(new CustomEvent("playbook:progress", {
      bubbles: true,
      detail: { id: this.name, right, points, of: this.points },
    }));
    showTotal();
  }

  /** What is kept of this question, null before the first try. */
  get score() { return scoreOf(this, scores()); }

  /** The best try so far, in words; "" before the first. */
  recorded() {
    const entry = this.score;
    return entry ? fill(this.ui.best, { points: Math.min(entry.best, this.points), of: this.points }) : "";
  }

  /** What earlier visits have left: the score, or that it is of another question. */
  showRecord() {
    const record = this.querySelector(".quiz-record");
    if (this.score?.right && !this.kind.begins) this.showSolved();
    record.textContent = this.recorded();
    if (!this.score && scores()[this.name]) {
      store.put("quiz", this.name, null, isScore, { work: true });
      record.textContent = this.ui.changed;
    }
    showTotal();
  }

  /** The right answer in its place; what there is to say about it stays behind its fold. */
  showSolved() {
    for (const part of this.parts) this.kind.solve(this, part, part.querySelector("input, select"));
    this.kind.solveAll(this);
    this.done = true;
    this.toggle(true);
    this.retryButton.textContent = this.ui.again;
    this.answer.hidden = false;
    this.verdict("bell");
  }
}

/** The points of the page, after its last question. */
function showTotal() {
  const quizzes = [...document.querySelectorAll("playbook-quiz:not([data-points='0'])")];
  const kept = scores();
  const entries = quizzes.map((quiz) => scoreOf(quiz, kept));
  const last = quizzes.at(-1);
  if (quizzes.length < 2 || !last.ui || !entries.some(Boolean)) return;
  let line = last.querySelector(".quiz-total");
  if (!line) {
    line = document.createElement("p");
    line.className = "quiz-total";
    last.append(line);
  }
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  line.textContent = fill(last.ui.total, {
    points: sum(entries.map((entry, i) => Math.min(entry?.best ?? 0, worth(quizzes[i])))),
    of: sum(quizzes.map((quiz) => worth(quiz))),
  });
}

customElements.define("playbook-quiz", PlaybookQuiz);

store.watch("quiz", showTotal); // another tab may have answered in the meantime
