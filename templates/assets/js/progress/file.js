// Files of progress: how they are written, checked, joined and counted. Nothing here
// knows the page or the browser's storage.
//
//   {format: "playbook-progress", version: 1, site, title, lang, name, exported,
//    visited: {MODULE: [when, section]}, quiz: {ID: {right, best, last, of, tries, at, mark}},
//    kept: {NAME: text}}
//
// Times are milliseconds, but for exported, which is ISO 8601. kept is there in a file
// for another device alone: all that the browser keeps for the site, name by name.
import { isCurrent, isScore } from "../lib/score.js";
import { isVisit } from "../lib/visit.js";

const version = 1;

/** A file's content. */
export const plain = ({ site, title, lang, name, at, visited, quiz }) => ({ format: "playbook-progress", version, site, title, lang, name, exported: at, visited, quiz });

const isMap = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const only = (map, sound) => Object.fromEntries(Object.entries(isMap(map) ? map : {}).filter(([, entry]) => sound(entry)));

/** Reads a file of a site's: {data} of what is sound in it, or {fault}: unreadable, newer or foreign. */
export function read(text, site) {
  let data;
  try { data = JSON.parse(text); } catch { return { fault: "unreadable" }; }
  if (!isMap(data) || data.format !== "playbook-progress" || !Number.isInteger(data.version)) return { fault: "unreadable" };
  if (data.version > version) return { fault: "newer" };
  if (data.site !== site) return { fault: "foreign" };
  return { data: {
    ...data, name: typeof data.name === "string" ? data.name.slice(0, 80) : "", exported: String(data.exported ?? ""),
    visited: only(data.visited, isVisit), quiz: only(data.quiz, isScore), kept: only(data.kept, (value) => typeof value === "string"),
  } };
}

/** What a file changes of what is here: the later visit; of a question the better best, the later last, the more tries. */
export function merge(here, file) {
  const changed = { visited: {}, quiz: {} };
  for (const [id, visit] of Object.entries(file.visited)) {
    if (!(here.visited[id]?.[0] >= visit[0])) changed.visited[id] = visit;
  }
  for (const [id, other] of Object.entries(file.quiz)) {
    const own = here.quiz[id];
    // A score of another key counts only where there is none of the newer one.
    const joined = !own ? other : own.mark !== other.mark ? (other.at > own.at ? other : own) : {
      ...(other.at > own.at ? other : own), right: own.right || other.right, best: Math.max(own.best, other.best), tries: Math.max(own.tries, other.tries),
    };
    if (JSON.stringify(joined) !== JSON.stringify(own)) changed.quiz[id] = joined;
  }
  return { changed };
}

/** What of a course was read and answered: in sum, and module by module. */
export function summary(course, { visited, quiz }) {
  const modules = course.map(({ id, questions }) => {
    const tried = questions.filter(({ id, mark }) => isCurrent(quiz[id], mark)).map(({ id }) => id);
    const wrong = tried.filter((id) => !quiz[id].right);
    return { read: id in visited ? 1 : 0, of: questions.length, tried, wrong, right: tried.length - wrong.length };
  });
  const sum = (what) => modules.reduce((total, one) => total + one[what], 0);
  return { read: sum("read"), right: sum("right"), modules };
}

/** A team: a column for each module with questions, a row for each person, and what most got wrong. */
export function table(course, people) {
  const asked = course.filter(({ questions }) => questions.length);
  const head = asked.map(({ title }, i) => ({ title, n: /^\d+(\.\d+)*/.exec(title)?.[0] ?? String(i + 1) }));
  const all = people.map((person) => ({ person, ...summary(asked, person) }));
  const rows = all.map(({ person, modules }) => ({
    name: person.name,
    cells: modules.map(({ right, of, tried, read }) => ({ share: tried.length ? right / of : null, text: tried.length ? `${right}/${of}` : read ? "✓" : "" })),
    next: asked[modules.findIndex(({ right, of }) => right < of)] ?? null,
  }));
  const hard = asked.flatMap(({ questions }, i) => questions.map((question) => {
    const count = (what) => all.filter(({ modules }) => modules[i][what].includes(question.id)).length;
    return { question, wrong: count("wrong"), n: count("tried") };
  })).filter(({ wrong }) => wrong > 0).sort((a, b) => b.wrong / b.n - a.wrong / a.n || b.wrong - a.wrong).slice(0, 10);
  return { head, rows, hard };
}
