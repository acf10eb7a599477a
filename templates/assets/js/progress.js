// The page of the reader's progress: what was read and answered, files to take along,
// and reports of a team put together. All of it stays in the browser.
import { button } from "./lib/dom.js";
import { isScore } from "./lib/score.js";
import { isVisit } from "./lib/visit.js";
import { saveFile } from "./lib/output.js";
import { fill } from "./lib/words.js";
import { all } from "./progress/kept.js";
import { plain, merge, read, summary, table } from "./progress/file.js";
import { loadAssets } from "./site/load.js";
import { $, $$, main, root } from "./site/page.js";
import { store } from "./reader/store.js";

const page = $(".progress-page");
const words = JSON.parse(page.dataset.say);
const told = loadAssets(main.dataset.words).catch(() => {}); // what store.js says
const at = (what) => $(`[data-do="${what}"]`, page);
const name = $("#progress-name");

/** The course: its modules with their questions, in order. */
const course = $$("tr[data-module]", page).map((row) => ({
  id: row.dataset.module, row, title: $("a", row).textContent, href: $("a", row).href,
  questions: $$("[data-question]", row).map((item) => ({ id: item.dataset.question, mark: item.dataset.mark, item, title: item.textContent, href: $("a", item).href })),
}));

/** What this browser keeps, as a file of progress has it. */
const here = () => ({ visited: store.entries("visited", isVisit), quiz: store.entries("quiz", isScore) });

function paint() {
  const { read, right, modules } = summary(course, here());
  const of = course.reduce((sum, { questions }) => sum + questions.length, 0);
  $(".progress-state").textContent = modules.some((one) => one.read || one.tried.length) ? fill(words.state, { read, n: course.length, right, of }) : words.none;
  for (const [i, { row, questions }] of course.entries()) {
    const { read, right } = modules[i];
    row.cells[1].textContent = read ? "✓" : "";
    row.cells[2].textContent = questions.length ? `${right} / ${questions.length}` : "";
  }
  for (const part of $$(".progress-part")) {
    const own = modules.filter((one, i) => part.contains(course[i].row));
    const total = (what) => own.reduce((sum, one) => sum + one[what], 0);
    $(".progress-sum", part).textContent = fill(words.part, { right: total("right"), of: total("of") });
    part.style.setProperty("--part", total("of") ? `${100 * total("right") / total("of")}%` : "0%");
  }
  const wrong = course.flatMap((one, i) => one.questions.filter(({ id }) => modules[i].wrong.includes(id)));
  $(".progress-again").hidden = !wrong.length;
  $(".progress-again p").textContent = fill(words["again-text"], { n: wrong.length });
  $(".progress-again ul").replaceChildren(...wrong.map(({ item }) => item.cloneNode(true)));
}

// ---- Files

/** What belongs to a device, and is not worth a word where another's differs. */
const devices = new Set(["recent", "seed", "theme", "lang", "keys", "offline", "name"]);

const today = () => new Date().toISOString().slice(0, 10);

function exportFile(everything) {
  const file = plain({ site: root.dataset.site, title: document.title, lang: root.lang, name: name.value.trim(), at: new Date().toISOString(), ...here() });
  if (everything) file.kept = all();
  const who = name.value.trim().replace(/[^\p{L}\p{N}]+/gu, "-");
  saveFile([root.dataset.site, everything ? "all" : "report", who, today()].filter(Boolean).join("-") + ".json", JSON.stringify(file, null, 1), "application/json");
}

/** Reads files; says what is wrong with those that cannot be used. */
async function readFiles(input) {
  const files = [], faults = [];
  for (const file of input.files) {
    const { fault, data } = read(await file.text(), root.dataset.site);
    if (fault) faults.push(fill(words[fault], { file: file.name }));
    else files.push(data);
  }
  input.value = "";
  return { files, faults };
}

async function bringIn(input) {
  await told;
  const { files, faults } = await readFiles(input);
  let count = 0;
  const conflicts = [];
  for (const file of files) {
    const found = merge(here(), file);
    for (const [key, map] of Object.entries(found.changed)) {
      if (!Object.keys(map).length) continue;
      count += Object.keys(map).length;
      const sound = key === "visited" ? isVisit : isScore;
      for (const [id, entry] of Object.entries(map)) store.put(key, id, entry, sound, { work: true });
    }
    for (const [key, value] of Object.entries(file.kept ?? {})) {
      if (["visited", "quiz", "version"].includes(key) || typeof value !== "string") continue;
      const own = store.read(key);
      if (own === null) {
        store.write(key, value, { work: true });
        count++;
      } else if (own !== value && !devices.has(key)) conflicts.push(key.replace(/^calc:/, ""));
    }
    if (file.name && !name.value) remember(file.name);
  }
  const said = files.length ? [count ? fill(words.imported, { n: count }) : words.nothing] : [];
  if (conflicts.length) said.push(fill(words.conflicts, { names: conflicts.join(", ") }));
  $(".progress-imported").textContent = [...said, ...faults].join(" ");
  paint();
}

// ---- The team

const people = [];

async function showTeam(input) {
  const { files, faults } = await readFiles(input);
  for (const file of files) {
    const same = people.findIndex((one) => one.name && one.name === file.name);
    if (same < 0) people.push(file);
    else if (people[same].exported < file.exported) people[same] = file;
  }
  $(".progress-team-faults").textContent = faults.join(" ");
  const { head, rows, hard } = table(course, people);
  const scroll = $(".progress-team .table-scroll");
  const cell = (tag, content, set = {}) => Object.assign(document.createElement(tag), { textContent: content, ...set });
  const line = (cells) => {
    const row = document.createElement("tr");
    row.append(...cells);
    return row;
  };
  const grid = document.createElement("table");
  grid.className = "progress-grid";
  const columns = head.map(({ title, n }) => cell("th", n, { scope: "col", title }));
  grid.createTHead().append(line([cell("th", words.person, { scope: "col" }), ...columns, cell("th", words.next, { scope: "col" })]));
  grid.createTBody().append(...rows.map(({ name, cells, next }) => {
    const to = document.createElement("td");
    if (next) to.append(cell("a", next.title, { href: next.href }));
    else to.textContent = words["all-right"];
    return line([cell("th", name || words.unnamed, { scope: "row" }), ...cells.map(({ share, text }, i) => {
      const box = cell("td", text, { title: head[i].title });
      if (share !== null) box.style.setProperty("--share", `${Math.round(60 * share)}%`);
      return box;
    }), to]);
  }));
  scroll.replaceChildren(grid);
  scroll.hidden = at("csv").hidden = !people.length;
  $(".progress-hard").hidden = !hard.length;
  $(".progress-hard ol").replaceChildren(...hard.map(({ question, wrong, n }) => {
    const item = document.createElement("li");
    item.append(cell("a", question.title, { href: question.href }), " ", cell("span", fill(words["hard-item"], { wrong, n })));
    return item;
  }));
}

/** The grid as CSV. A name that a spreadsheet would take for a formula is text. */
function saveTable() {
  const { head, rows } = table(course, people);
  const text = (value) => (/^[=+\-@\t\r]/.test(value) ? "'" + value : String(value));
  const quoted = (value) => `"${text(value).replaceAll('"', '""')}"`;
  const lines = [[words.person, ...head.map(({ title }) => title), words.next], ...rows.map(({ name, cells, next }) => [name || words.unnamed, ...cells.map((one) => one.text), next?.title ?? words["all-right"]])];
  saveFile(`${root.dataset.site}-team-${today()}.csv`, "\ufeff" + lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n", "text/csv");
}

// ---- What the reader does

function remember(value) {
  name.value = value;
  store.write("name", value || null, { work: true });
}

/** Forgets what was read and answered, and offers to take that back. */
function reset() {
  const before = ["visited", "quiz"].map((key) => [key, store.read(key)]);
  for (const [key] of before) store.write(key, null);
  const undo = button(words.undo, () => {
    for (const [key, value] of before) store.write(key, value, { work: true });
    $(".progress-undo").replaceChildren();
    at("reset").focus();
    paint();
  });
  $(".progress-undo").replaceChildren(words.forgotten + " ", undo);
  paint();
}

name.value = store.read("name") ?? "";
name.addEventListener("change", () => remember(name.value.trim()));
at("report").addEventListener("click", () => exportFile(false));
at("all").addEventListener("click", () => exportFile(true));
at("reset").addEventListener("click", reset);
at("csv").addEventListener("click", saveTable);
at("import").addEventListener("change", (event) => bringIn(event.target));
at("team").addEventListener("change", (event) => showTeam(event.target));
for (const key of ["visited", "quiz"]) store.watch(key, paint);
addEventListener("pageshow", (event) => { if (event.persisted) paint(); });
paint();
told.then(paint); // store.js can say now what it could not read
