/**
 * Task lists of the page that can be ticked (markdown/task.go).
 *
 * An entry is li[data-task], its stable id; data-day counts from the reader's first
 * day, which is day 1; data-roles, separated by semicolons, says for whom it is.
 * <playbook-tasks> stands before the first list: how far one is, the first day, for
 * whom, and untick all.
 *
 * Storage (reader/store.js): "tasks" holds {MODULE#ID: [ticked, text]} and
 * {MODULE: {start, role}}. An entry whose id is gone, because its text was edited,
 * belongs to the entry of the page that says nearly the same.
 */
import { fill } from "../lib/words.js";
import { store } from "../reader/store.js";
import { $, $$, main, root } from "../site/page.js";
import { button, statusLine } from "../lib/dom.js";
import { words } from "./words.js";

const day = 86_400_000;
const page = main?.dataset.module ?? location.pathname;
const isTick = (entry) => Array.isArray(entry) && typeof entry[0] === "boolean" && typeof entry[1] === "string";
const isPlan = (entry) => entry && typeof entry === "object" && /^(\d{4}-\d\d-\d\d)?$/.test(entry.start ?? "") && typeof (entry.role ?? "") === "string";
const sound = (entry) => isTick(entry) || isPlan(entry);
const kept = () => store.entries("tasks", sound, { work: true });
const put = (id, entry) => store.put("tasks", id, entry, sound, { work: true });

/** What an entry says, without the entries below it. */
function textOf(item) {
  const copy = item.cloneNode(true);
  for (const other of $$("ul, ol, .task-note", copy)) other.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

const pairs = (text) => new Set([...text.toLowerCase()].map((c, i, all) => c + (all[i + 1] ?? "")));

/** How alike two texts are, from 0 to 1: the pairs of characters that both have. */
function likeness(a, b) {
  const [of, other] = [pairs(a), pairs(b)];
  return 2 * [...of].filter((pair) => other.has(pair)).length / (of.size + other.size);
}

class Tasks {
  constructor(bar) {
    this.ui = words();
    this.items = $$("li[data-task]", main).filter((item) => !item.closest("playbook-template"));
    this.boxes = new Map(this.items.map((item) => [item, $("input", item)]));
    for (const [item, box] of this.boxes) {
      box.disabled = false;
      box.ariaLabel = textOf(item);
      box.addEventListener("change", () => this.tick(item, box.checked));
      item.addEventListener("click", (event) => {
        if (event.target.closest("a, button, input, summary, .term") || event.target.closest("li") !== item || getSelection().toString()) return;
        box.click();
      });
    }
    this.progress = statusLine("tasks-progress");
    bar.append(this.progress, button(this.ui.untick, () => this.untick()));
    if ("days" in bar.dataset) bar.append(this.labelled(this.ui.start, this.start = Object.assign(document.createElement("input"), { type: "date" }), "start"));
    if ("roles" in bar.dataset) {
      const roles = new Set(this.items.flatMap((item) => item.dataset.roles?.split(";") ?? []));
      this.role = document.createElement("select");
      this.role.append(new Option(this.ui.everyone, ""), ...[...roles].map((role) => new Option(role)));
      bar.append(this.labelled(this.ui.role, this.role, "role"));
    }
    this.said = statusLine("tasks-said");
    bar.append(this.said);
    this.notes = $$(".task-day", main).map((note) => [note, note.textContent]);
    this.adopt();
    this.paint();
    store.watch("tasks", () => this.paint());
  }

  labelled(text, control, name) {
    const label = document.createElement("label");
    control.required = true; // empty, it does not stand on paper
    label.append(text, " ", control);
    control.addEventListener("change", () => {
      put(page, { ...kept()[page], [name]: control.value });
      this.paint();
    });
    return label;
  }

  key(item) { return page + "#" + item.dataset.task; }

  /** Ticks of entries whose text was edited. */
  adopt() {
    const all = kept();
    const here = new Set(this.items.map((item) => this.key(item)));
    for (const [key, entry] of Object.entries(all)) {
      if (!key.startsWith(page + "#") || here.has(key)) continue;
      const free = this.items.filter((item) => !(this.key(item) in all)).map((item) => [likeness(entry[1], textOf(item)), item]);
      const [like, item] = free.reduce((a, b) => (b[0] > a[0] ? b : a), [0]);
      if (like < .7) continue;
      put(key, null);
      put(this.key(item), all[this.key(item)] = [entry[0], textOf(item)]);
    }
  }

  tick(item, ticked) {
    put(this.key(item), [ticked, textOf(item)]);
    this.said.textContent = "";
    this.paint();
  }

  paint() {
    const all = kept();
    const { start = "", role = "" } = all[page] ?? {};
    if (this.start) this.start.value = start;
    if (this.role) this.role.value = [...this.role.options].some((option) => option.value === role) ? role : "";
    let done = 0;
    let shown = 0;
    for (const [item, box] of this.boxes) {
      box.checked = all[this.key(item)]?.[0] ?? box.defaultChecked;
      item.hidden = Boolean(this.role?.value && item.dataset.roles && !item.dataset.roles.split(";").includes(this.role.value));
      if (item.hidden) continue;
      shown++;
      if (box.checked) done++;
    }
    this.progress.textContent = fill(this.ui.done, { n: done, all: shown });
    this.progress.style.setProperty("--part", `${shown ? 100 * done / shown : 0}%`);
    this.paintDays(start);
  }

  /** The days by which things are due, and which of them have passed. */
  paintDays(start) {
    const first = Date.parse(start + "T12:00");
    const format = new Intl.DateTimeFormat(root.lang, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
    for (const [note, text] of this.notes) {
      const due = first + (Number(note.dataset.day) - 1) * day;
      const item = note.closest("li");
      note.textContent = Number.isNaN(first) ? text : fill(this.ui.due, { day: text, date: format.format(due) });
      note.toggleAttribute("data-late", due < Date.now() - day / 2 && item !== null && !this.boxes.get(item)?.checked);
      if (note.hasAttribute("data-late")) note.textContent += " · " + this.ui.late;
    }
  }

  untick() {
    const before = kept();
    for (const [item, box] of this.boxes) put(this.key(item), box.defaultChecked ? [false, textOf(item)] : null);
    this.paint();
    this.said.replaceChildren(this.ui.unticked, " ", button(this.ui.undo, () => {
      for (const item of this.items) put(this.key(item), before[this.key(item)] ?? null);
      this.said.textContent = "";
      this.paint();
      this.boxes.values().next().value.focus();
    }, "link"));
  }
}

const bar = $("playbook-tasks");
if (bar) new Tasks(bar);
