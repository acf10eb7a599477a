/**
 * <playbook-quiz>: a question that marks itself.
 *
 * The page holds the whole question and, behind <details>, its answer with the
 * feedback for every part (templates/blocks/quiz.html). This element adds what
 * needs a script: buttons, checking, feedback beside each part, another try, the
 * score. It adds no text of its own: feedback is taken from the answer, words and
 * the pictures of the two signs come from the script of the text's language,
 * which is loaded before this one.
 *
 * Attributes
 *   id           "quiz-" and the question's id: unique in the site, shared by the languages
 *   data-kind    choice | multiple | order | match | numeric | spot | sort | poll | reflect
 *   data-points  what the question is worth, a whole number; 0: it has no right answer; absent: 1
 *   data-mark    changes when what is right does: a score is kept with it
 *   data-key     what is right, part by part: parts are separated by spaces, by commas
 *                what is right for the same part
 *     numeric           4 0.2                       the value, and the tolerance (0: exact)
 *     spot              assumptive last-chance,standing-room-only    labels, for each asked turn
 *     sort              1 1,2                       numbers of groups, for each item as written
 *     others            absent: the bells of the answer tell the right options; the
 *                       parts of an order and of a match carry their right place
 *
 * Every part of the question is a .quiz-part, as is every line of its list; data-part is its number,
 * where it is not the place in which it stands. What is said about it is the .quiz-say
 * of that number in the list of .quiz-answer. Where every part is asked with the same
 * <select>, the first has it.
 *
 * Points: a part is right or wrong, and a question earns its share of points,
 * rounded down, so that a question of one point is all or nothing.
 *
 * Storage (site/store.js): "quiz" holds {ID: {right, best, last, of, tries, at, mark}};
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

import { store } from "./site/store.js";

// ---- What is kept: the scores of all questions of the site, and open answers

const isScore = (entry) => typeof entry?.right === "boolean" && [entry.best, entry.of, entry.tries].every(Number.isFinite);
const isAnswer = (entry) => entry && typeof entry === "object" && Number.isInteger(entry.vote ?? 0)
  && typeof (entry.text ?? "") === "string" && Array.isArray(entry.ticks ?? []);
const scores = () => store.entries("quiz", isScore, { work: true });

const words = () => self.playbookWords[document.getElementById("main").dataset.text].quiz;

/** Fills {name} and {name?one|many} (the first where the number is 1). */
const fill = (text, args) => text.replace(/\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) =>
  !(name in args) ? whole : one === undefined ? args[name] : args[name] === 1 ? one : many);

/**
 * Every number that a text can mean: "4,0", "４．０", "12k", "1.2万", "95 %".
 * A lone mark before three digits may group or divide, so both are offered.
 */
function numbers(text, unit) {
  let s = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/[\s'’_]/g, "");
  const ending = unit.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  if (ending && s.toLowerCase().endsWith(ending)) s = s.slice(0, -ending.length);
  const parts = /^([+-]?)([\d.,]*\d[\d.,]*)(k|m|千|万|萬|百万|亿|億)?%?$/i.exec(s);
  if (!parts) return [];
  const [, sign, digits, word = ""] = parts;
  const times = { k: 1e3, 千: 1e3, 万: 1e4, 萬: 1e4, m: 1e6, 百万: 1e6, 亿: 1e8, 億: 1e8 }[word.toLowerCase()] ?? 1;
  const readings = new Set();
  for (const mark of [".", ","]) {
    const group = mark === "." ? "," : ".";
    const whole = digits.split(mark);
    if (whole.length <= 2 && !whole[1]?.includes(group)
      && (!whole[0].includes(group) || /^\d{1,3}([.,]\d{3})+$/.test(whole[0]))) {
      readings.add((whole[0].replaceAll(group, "") || "0") + "." + (whole[1] || "0"));
    }
  }
  return [...readings].map((r) => (sign === "-" ? -1 : 1) * Number(r) * times);
}

const nameOf = (quiz) => quiz.id.slice("quiz-".length);
const scoreOf = (quiz, kept) => {
  const entry = kept[nameOf(quiz)];
  return entry && (entry.mark ?? quiz.dataset.mark) === quiz.dataset.mark ? entry : null; // earlier scores have none
};
const worth = (quiz) => Number(quiz.dataset.points ?? 1);

const arrow = (way, d) => `<button type="button" class="quiet quiz-${way}"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${d}"/></svg></button>`;

class PlaybookQuiz extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector(".quiz-form");
    this.ui = words();
    this.name = nameOf(this);
    this.right = (this.dataset.key ?? "").split(" ").map((part) => part.split(","));
    this.kind = this.dataset.kind;
    this.points = worth(this);
    this.answer = this.querySelector(".quiz-answer");
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
    if (this.kind === "order") this.makeSortable();
    if (this.kind === "match") this.nameLetters();
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
    if (kind === "choice" || kind === "multiple") this.right = told.filter((part) => part.querySelector(".quiz-key > .sign-bell")).map((part) => [part.dataset.part]);
    const select = form.querySelector("select");
    if (select) for (const ask of [...form.querySelectorAll(".quiz-ask")].slice(1)) ask.append(" ", select.cloneNode(true));
    if (kind === "numeric") {
      const [part] = parts;
      const unit = part.firstChild;
      part.innerHTML = `<label for="${this.id}-number"></label> <span class="quiz-amount"><input id="${this.id}-number" type="text" inputmode="decimal" enterkeyhint="done" autocomplete="off"></span>`;
      part.firstChild.textContent = ui.answer;
      if (unit) {
        unit.id = this.id + "-unit";
        part.lastChild.append(" ", unit);
        part.querySelector("input").setAttribute("aria-describedby", unit.id);
      }
    }
    if (kind === "order") {
      for (const line of form.querySelectorAll(".quiz-line")) {
        line.insertAdjacentHTML("afterbegin", `<span class="quiz-grip" aria-hidden="true"><svg viewBox="0 0 12 20" width="12" height="20"><path d="M3 4h.01M9 4h.01M3 10h.01M9 10h.01M3 16h.01M9 16h.01"/></svg></span>`);
        line.insertAdjacentHTML("beforeend", `<span class="quiz-moves">${arrow("up", "M12.1 19.5c-.3-5 .2-10 0-15M6 10.5l6.1-6 5.9 6.2")}${arrow("down", "M12.1 4.5c.3 5-.2 10 0 15M6 13.5l6.1 6 5.9-6.2")}</span>`);
        const item = line.querySelector(".quiz-text").textContent.trim().replace(/\s+/g, " ");
        for (const way of ["up", "down"]) line.querySelector(".quiz-" + way).setAttribute("aria-label", fill(ui[way], { item }));
      }
    }
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
    const [check, retry] = { poll: ["vote", "revote"], reflect: ["compare", "rewrite"] }[kind] ?? ["check", "retry"];
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
    const [[value], [tolerance] = []] = this.right;
    return this.parts.map((part, i) => {
      const n = Number(part.dataset.part);
      const control = part.querySelector("input, select");
      switch (this.kind) {
        case "choice":
        case "multiple":
          return { part, chosen: control.checked, right: this.right.flat().includes(String(n)) };
        case "order":
          return { part, chosen: true, right: n === i + 1 };
        case "match":
          return { part, chosen: control.value !== "", right: Number(control.value) === n };
        case "spot":
          return { part, chosen: control.value !== "", right: this.right[n - 1].includes(control.value) };
        case "sort":
          return { part, chosen: control.value !== "", right: this.right[n - 1].includes(control.value) };
        default: {
          const typed = numbers(control.value, part.querySelector(".quiz-unit")?.textContent ?? "");
          const near = (x) => Math.abs(x - value) <= Number(tolerance) + 1e-9 * Math.max(1, Math.abs(value));
          return { part, chosen: typed.length > 0, right: typed.some(near) };
        }
      }
    });
  }

  check() {
    const marks = this.marks();
    const chosen = marks.filter((m) => m.chosen);
    if (!chosen.length) {
      const number = this.kind === "numeric" && this.form.querySelector("input").value.trim();
      this.verdict("", number ? this.ui.number : this.ui.empty);
      marks[0].part.querySelector("input, select, button").focus();
      return;
    }
    const picks = this.kind === "choice" || this.kind === "multiple";
    const of = picks ? this.right.length : marks.length;
    const good = chosen.filter((m) => m.right).length;
    const share = picks && this.kind === "multiple" ? Math.max(0, good - (chosen.length - good)) : good;
    const right = good === of && chosen.length === of;
    this.record(Math.floor(this.points * share / of), right);

    // A wrong option that was tried keeps its feedback while the reader goes on.
    if (this.kind !== "choice") this.clearNotes();
    for (const m of chosen) this.note(m, right || picks || (m.right && /spot|sort/.test(this.kind)));
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
    if (this.kind === "order") this.arrange((a, b) => a.dataset.part - b.dataset.part);
    this.tellWhy();
    this.toggle(true);
    if (inHand) (this.nextLink ?? this.retryButton).focus();
  }

  retry() {
    this.done = false;
    this.form.reset();
    this.clearNotes();
    this.querySelector(".quiz-why").hidden = true;
    if (this.kind === "order") {
      this.arrange((a, b) => this.start.indexOf(a) - this.start.indexOf(b));
    }
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
    if (this.kind === "order") this.paintMoves();
  }

  // ---- Without a right answer

  /** A poll or a reflection: what the reader gave is kept and shown again. */
  open() {
    const poll = this.kind === "poll";
    this.kept = store.entries("answers", isAnswer, { work: true })[this.name] ?? {};
    const boxes = [...this.form.querySelectorAll("input")];
    const area = this.form.querySelector("textarea");
    if (area) area.value = this.kept.text ?? "";
    for (const box of boxes) {
      box.checked = poll ? Number(box.value) === this.kept.vote : Boolean(this.kept.ticks?.includes(Number(box.value)));
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = poll ? boxes.find((box) => box.checked) : area.value.trim();
      if (!given) {
        this.verdict("", poll ? this.ui.empty : this.ui.write);
        (area ?? boxes[0]).focus();
        return;
      }
      if (poll) this.keep({ vote: Number(given.value) });
      this.reveal();
      this.retryButton.focus();
      this.say(this.heard());
    });
    this.form.addEventListener("input", () => {
      this.verdict("");
      if (!poll) this.keep({ text: area.value, ticks: boxes.filter((box) => box.checked).map((box) => Number(box.value)) });
    });
    this.form.addEventListener("click", (event) => {
      if (poll && this.done && event.target.matches("[type=radio]")) event.preventDefault();
    });
    this.retryButton.addEventListener("click", () => {
      this.done = false;
      this.clearNotes();
      this.form.querySelector(".quiz-model")?.remove();
      this.querySelector(".quiz-why").hidden = true;
      this.toggle(false);
      (area ?? boxes.find((box) => box.checked) ?? boxes[0]).focus();
    });
    if (poll && boxes.some((box) => box.checked)) this.reveal();
  }

  keep(entry) { store.put("answers", this.name, entry, isAnswer, { work: true }); }

  /** Shows the remark on the reader's vote, or the model beside the reader's text. */
  reveal() {
    this.done = true;
    if (this.kind === "poll") {
      for (const part of this.parts) {
        if (!part.querySelector("input").checked) continue;
        const note = document.createElement("div");
        note.className = "quiz-note";
        note.id = this.id + "-note-" + part.dataset.part;
        note.append(...copy(this.answer.querySelector(`[data-part="${part.dataset.part}"] .quiz-say`)));
        part.querySelector("input").setAttribute("aria-describedby", note.id);
        part.append(note);
      }
    } else {
      const model = document.createElement("div");
      const head = document.createElement("p");
      model.className = "quiz-model";
      head.className = "quiz-model-head";
      head.textContent = this.answer.querySelector("summary").textContent;
      model.append(head, ...copy(this.answer.querySelector(".quiz-model")));
      this.form.querySelector(".quiz-reflect").append(model);
    }
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
  note({ part, chosen, right }, tell) {
    part.querySelector(".quiz-note")?.remove();
    const option = this.kind === "choice" || this.kind === "multiple";
    const note = document.createElement("div");
    note.className = "quiz-note";
    note.id = this.id + "-note-" + part.dataset.part;
    // A number is the whole answer: the verdict has its sign.
    if (chosen && this.kind !== "numeric") note.append(this.sign(right ? "bell" : "flag", this.ui[right ? "right" : "wrong"]));
    // A right match or number needs no repetition of what the reader has said.
    const known = chosen && right && /match|numeric/.test(this.kind);
    const say = tell && !known && this.answer.querySelector(`[data-part="${part.dataset.part}"] .quiz-say`);
    if (say) {
      if (option ? right && !chosen : !(right && chosen)) note.append(this.sign("bell", this.ui.missed));
      note.append(...copy(say));
    }
    if (!note.firstChild) return;
    if (chosen || !option || right) note.dataset.sign = chosen && !right ? "flag" : "bell";
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
    const all = this.querySelectorAll(".quiz-verdict:not([hidden]), .quiz-note[data-sign], [data-kind=poll] .quiz-note, .quiz-reflect > .quiz-model, .quiz-why:not([hidden])");
    const lines = [...all].flatMap((node) => [...node.children]).map((line) => line.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
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
      at: Date.now(),
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
    if (this.score?.right) this.showSolved();
    record.textContent = this.recorded();
    if (!this.score && scores()[this.name]) {
      store.put("quiz", this.name, null, isScore, { work: true });
      record.textContent = this.ui.changed;
    }
    showTotal();
  }

  /** The right answer in its place; what there is to say about it stays behind its fold. */
  showSolved() {
    this.parts.forEach((part) => {
      const control = part.querySelector("input, select");
      const right = this.right[part.dataset.part - 1]?.[0];
      switch (this.kind) {
        case "choice":
        case "multiple":
          control.checked = this.right.flat().includes(part.dataset.part);
          break;
        case "match":
          control.value = part.dataset.part;
          break;
        case "numeric":
          control.value = this.right[0][0];
          break;
        case "order":
          break;
        default:
          control.value = right;
      }
    });
    if (this.kind === "order") this.arrange((a, b) => a.dataset.part - b.dataset.part);
    this.done = true;
    this.toggle(true);
    this.retryButton.textContent = this.ui.again;
    this.answer.hidden = false;
    this.verdict("bell");
  }

  // ---- Order

  /** Buttons, Alt with the arrows, and dragging by the grip. */
  makeSortable() {
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest(".quiz-moves button");
      if (button) this.move(button.closest(".quiz-part"), button.matches(".quiz-up") ? -1 : 1);
    });
    this.form.addEventListener("keydown", (event) => {
      const part = event.target.closest(".quiz-part");
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!part || !by || !event.altKey) return;
      event.preventDefault();
      this.move(part, by);
    });
    this.form.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest(".quiz-grip");
      if (grip && event.button === 0 && !this.done) this.drag(grip, event.pointerId);
    });
    this.paintMoves();
  }

  move(part, by) {
    const other = by < 0 ? part.previousElementSibling : part.nextElementSibling;
    if (!other || this.done) return;
    // The neighbour moves, so that the part keeps the focus.
    if (by < 0) part.after(other);
    else part.before(other);
    this.moved();
    const place = this.parts.indexOf(part) + 1;
    this.say(fill(this.ui.moved, { n: place, of: this.parts.length }));
    const [up, down] = part.querySelectorAll("button");
    if (document.activeElement !== up && document.activeElement !== down) (by < 0 && !up.disabled || down.disabled ? up : down).focus();
  }

  moved() {
    if (this.kind === "order") this.clearNotes();
    this.verdict("");
    this.paintMoves();
  }

  paintMoves() {
    const parts = this.parts;
    parts.forEach((part, i) => {
      const [up, down] = part.querySelectorAll("button");
      const focus = document.activeElement;
      up.disabled = this.done || i === 0;
      down.disabled = this.done || i === parts.length - 1;
      if (!this.done && focus === up && up.disabled) down.focus();
      if (!this.done && focus === down && down.disabled) up.focus();
    });
  }

  arrange(compare) {
    const parts = this.parts;
    parts[0].parentNode.append(...parts.sort(compare));
    this.paintMoves();
  }

  drag(grip, pointer) {
    const part = grip.closest(".quiz-part");
    grip.setPointerCapture(pointer);
    part.classList.add("dragged");
    const over = (event) => {
      const { previousElementSibling: before, nextElementSibling: after } = part;
      const middle = (node) => node.getBoundingClientRect().top + node.offsetHeight / 2;
      // Moving the neighbour keeps the pointer's capture.
      if (before && event.clientY < middle(before)) part.after(before);
      else if (after && event.clientY > middle(after)) part.before(after);
    };
    const end = () => {
      grip.removeEventListener("pointermove", over);
      part.classList.remove("dragged");
      this.moved();
    };
    grip.addEventListener("pointermove", over);
    grip.addEventListener("lostpointercapture", end, { once: true });
  }

  // ---- Match

  /** With a script, a letter's choice also says what it stands for. */
  nameLetters() {
    for (const option of this.form.querySelectorAll("option:not([value=''])")) {
      const partner = this.form.querySelector(`[data-partner="${option.value}"]`);
      option.textContent += "  " + partner.textContent.trim().replace(/\s+/g, " ");
    }
  }
}

/** Copies of an element's content, without ids, which must stay unique. */
function copy(element) {
  const twin = element.cloneNode(true);
  for (const node of twin.querySelectorAll("[id]")) node.removeAttribute("id");
  return twin.childNodes;
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
