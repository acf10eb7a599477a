// Role-play: one scene at a time, below what was said so far. The page holds the whole
// script; an end shows the way that was taken, the best one, and what was found out.
import { addKind, copy } from "./kinds.js";
import { button, make } from "../lib/dom.js";
import { fill } from "../lib/words.js";

/** An element of a class with copies of what another one holds. */
function copyOf(name, className, element) {
  const made = make(name, className);
  made.append(...copy(element));
  return made;
}

class Play {
  constructor(quiz) {
    this.quiz = quiz;
    this.ui = quiz.ui;
    this.root = quiz.querySelector(".play");
    this.scenes = [...this.root.querySelectorAll(".play-scene")];
    this.way = []; // of {scene, reply}
    this.log = make("div", "play-log");
    this.root.prepend(this.log);
    this.controls = make("div", "quiz-controls play-controls");
    this.back = button(this.ui["play-back"], () => this.go(-1));
    this.restart = button(this.ui["play-restart"], () => this.go(-this.way.length));
    this.record = make("span", "quiz-record");
    this.controls.append(this.back, " ", this.restart, " ", this.record);
    this.root.append(this.controls);
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest(".play-reply");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.way.push({ scene: this.here, reply: link.parentElement });
      this.show(true);
    });
    this.root.dataset.on = "";
    quiz.form.addEventListener("submit", (event) => event.preventDefault());
    this.show();
  }

  /** The scene that the way so far has come to. */
  get here() {
    const last = this.way.at(-1);
    if (!last) return this.scenes[0];
    const id = decodeURIComponent(last.reply.querySelector(".play-reply").hash.slice(1));
    return this.scenes.find((scene) => scene.querySelector(".play-title").id === id);
  }

  /** Takes steps back. */
  go(steps) {
    this.way.splice(this.way.length + steps);
    this.show(true);
  }

  show(moved = false) {
    const { here, quiz } = this;
    for (const scene of this.scenes) scene.toggleAttribute("data-here", scene === here);
    this.log.replaceChildren(...this.way.map((step) => this.turn(step)));
    this.root.querySelector(".play-end")?.remove();
    const ended = here.dataset.outcome;
    this.back.hidden = this.restart.hidden = !this.way.length;
    if (ended) {
      const worth = Number(here.dataset.worth);
      if (moved) quiz.record(worth, worth === quiz.points);
      here.after(this.end(here));
    }
    this.record.textContent = quiz.recorded();
    if (!moved) return;
    // What follows from the reply is read next; at the beginning, the first scene.
    const last = this.log.lastElementChild;
    const next = last ? last.querySelector(".play-say:not(:empty)") ?? last : here;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    const { bottom } = here.getBoundingClientRect();
    if (bottom > innerHeight) next.scrollIntoView({ block: "start" });
  }

  /** What was said, and what came of it. Of an earlier scene its text is in the turn. */
  turn({ scene, reply }) {
    const turn = make("div", "play-turn");
    turn.setAttribute("role", "group");
    turn.setAttribute("aria-label", fill(this.ui["play-said"], { text: reply.querySelector(".play-reply").textContent.trim() }));
    const before = make("div", "play-before");
    for (const part of scene.children) if (!part.matches(".play-replies, .play-title")) before.append(part.cloneNode(true));
    for (const node of before.querySelectorAll("[id]")) node.removeAttribute("id");
    turn.append(before, this.said(reply, "p", "play-said"), copyOf("div", "play-say", reply.querySelector(".play-say")));
    return turn;
  }

  /** A reply with its kind. */
  said(reply, name, className = "") {
    const line = copyOf(name, className, reply.querySelector(".play-reply"));
    const kind = reply.querySelector(".play-kind");
    if (kind) line.append(" ", kind.cloneNode(true));
    return line;
  }

  end(scene) {
    const { ui, quiz, way } = this;
    const end = make("div", "play-end");
    const outcome = scene.querySelector(".play-outcome");
    end.append(copyOf("p", "play-outcome", outcome));
    end.lastChild.lastElementChild.textContent = fill(ui["play-points"], { points: scene.dataset.worth, of: quiz.points });

    const counts = new Map();
    for (const { reply } of way) {
      const kind = reply.querySelector(".play-kind")?.textContent;
      if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    if (counts.size) end.append(make("p", "", ui["play-kinds"] + [...counts].map(([kind, n]) => `${kind} × ${n}`).join(ui["play-comma"])));

    const list = (title, items) => {
      const lines = make("ol");
      lines.append(...items);
      end.append(make("p", "play-head", title), lines);
    };
    list(ui["play-way"], way.map(({ reply }) => this.said(reply, "li")));
    const best = [...quiz.answer.querySelectorAll(":scope > ol > li")];
    if (Number(scene.dataset.worth) < quiz.points) list(quiz.answer.querySelector("summary").textContent, best.map((item) => copyOf("li", "", item)));

    const facts = [...this.root.querySelectorAll(".play-facts li")];
    if (facts.length) {
      const found = new Set([...way.map(({ scene }) => scene), scene].flatMap(({ dataset }) => (dataset.found ?? "").split(" ")));
      const known = make("ul", "play-known");
      for (const fact of facts) {
        const has = found.has(fact.dataset.fact);
        const item = make("li", has ? "known" : "");
        item.append(make("b", "", has ? "✓" : "–"), copyOf("span", "", fact));
        item.firstChild.ariaHidden = "true";
        item.lastChild.prepend(make("span", "vh", ui[has ? "play-found" : "play-missed"] + ui["play-colon"]));
        known.append(item);
      }
      end.append(make("p", "play-head", this.root.querySelector(".play-facts > .play-head").textContent), known);
    }
    const why = quiz.answer.querySelector(".quiz-reason");
    if (why) end.append(make("p", "play-head", ui["play-reason"]), copyOf("div", "", why));
    return end;
  }
}

addKind("play", { begins: (quiz) => new Play(quiz) });
