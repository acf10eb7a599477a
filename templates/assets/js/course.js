// The course as a route: what has been read and answered, where to continue. It
// reads what reader.js and quiz.js keep: "visited" is module id → [when, section],
// "quiz" what is told in quiz.js.
import { isCurrent, isScore } from "./lib/score.js";
import { isVisit } from "./lib/visit.js";
import { fill } from "./lib/words.js";
import { $, $$ } from "./site/page.js";
import { store } from "./reader/store.js";

let visited = {};

// The chooser at the root follows the choice of a language. It is replaced in the
// history, so "back" leaves the site as it should; with #choose it stays.
if ($("[data-choose]") && location.hash !== "#choose") {
  const link = $$("a[data-language]").find((a) => a.dataset.language === store.read("lang"));
  if (link) location.replace(link.href);
}

function paintRoutes() {
  visited = store.entries("visited", isVisit);
  const answers = store.entries("quiz", isScore);
  let practice = null;
  for (const item of $$(".route > li")) {
    const words = item.parentNode.dataset;
    const quizzes = item.dataset.quizzes.split(" ").filter(Boolean).map((quiz) => quiz.split(":"));
    const kept = quizzes.flatMap(([id, mark]) => (isCurrent(answers[id], mark) ? answers[id] : []));
    const right = kept.filter((entry) => entry.right).length;
    const started = kept.length > 0;
    const done = quizzes.length > 0 && right === quizzes.length;
    const seen = !!visited[item.dataset.module];
    item.classList.toggle("seen", seen);
    item.classList.toggle("started", started && !done);
    item.classList.toggle("all-right", done);
    $(".mark", item).style.setProperty("--part", quizzes.length ? 100 * right / quizzes.length : 0);
    const text = done ? words.done
      : started ? fill(words.right, { right, n: quizzes.length })
      : seen ? words.seen : "";
    const progress = $(".progress", item);
    progress.textContent = text;
    progress.hidden = !text;
    if (started && !done) practice ??= $("a", item).href;
  }
  const entry = $("[data-entry=practice]");
  if (entry && practice) entry.href = practice;
}

const resume = $(".continue");
function paintResume() {
  if (!resume) return;
  const stops = $$(".route > li").filter((item) => visited[item.dataset.module]);
  const when = (item) => visited[item.dataset.module][0] || 0;
  const last = stops.reduce((best, item) => (!best || when(item) > when(best) ? item : best), null);
  if (!last) return;
  const to = $(".route-title", last);
  const at = visited[last.dataset.module][1];
  const link = $("a", resume);
  link.textContent = to.textContent.trim().replace(/\s+/g, " ");
  link.href = to.getAttribute("href") + (at ? "#" + encodeURIComponent(at) : "");
  resume.hidden = false;
}

// Of the worksheets those with work of the reader's.
function paintTools() {
  for (const mark of $$(".tool-own")) mark.remove();
  for (const tool of $$("[data-tool]")) {
    if (store.read("calc:" + tool.dataset.tool) === null) continue;
    const mark = document.createElement("span");
    mark.className = "tool-own";
    mark.textContent = tool.closest("[data-own]").dataset.own;
    $("h3", tool).append(" ", mark);
  }
}

const paintProgress = () => { paintRoutes(); paintResume(); paintTools(); };
paintProgress();

// A page that comes back from the browser's cache shows what has changed since.
addEventListener("pageshow", (event) => { if (event.persisted) paintProgress(); });
