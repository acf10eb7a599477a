// The session with a learning management system: the frame of a SCORM package.
//
// setup   {version, site, pass, room, pages: [{path, key, title}], questions: [{id, key,
//         mark, kind, points, targets, right}]}, see package lms
//
// Reported: where the reader is, the share of pages opened and questions answered; the
// score, the best of each question; each try as an interaction. Complete is who has
// opened every page and tried every question; only then passed or failed.
//
// Suspend data: "1;" and the keys of pages opened, ";" and of questions tried each its
// key and the best points in two digits of base 36. A key is five characters, so what
// an edited package does not know is passed over, and everything else stays.
"use strict";
(() => {
  const { version, site, pass, room, pages, questions } = self.setup;
  const old = version === "1.2";
  const frame = document.querySelector("iframe");
  const find = (selector) => document.querySelector(selector);

  // ---- The system

  /** The system's object: in this window or above it, then above the one that opened it. */
  function findAPI() {
    const name = old ? "API" : "API_1484_11";
    const above = (from) => {
      try {
        for (let n = 0; from && n < 500; n++) {
          if (from[name]) return from[name];
          if (from.parent === from) return null;
          from = from.parent;
        }
      } catch { /* of another origin */ }
      return null;
    };
    let opener = null;
    try { opener = top.opener; } catch { /* of another origin */ }
    return above(window) ?? above(window.opener) ?? above(opener);
  }

  const api = findAPI();
  const call = (name, ...given) => api[(old ? "LMS" : "") + name](...given);
  const yes = (answer) => String(answer) === "true";
  let live = Boolean(api) && yes(call("Initialize", ""));
  const get = (name) => (live ? String(call("GetValue", name) ?? "") : "");
  const set = (name, value) => live && call("SetValue", name, String(value));
  const core = (name) => (old ? "cmi.core." : "cmi.") + name;

  // ---- What is known

  const opened = new Set(); // keys of pages
  const best = new Map(); // key of a question → points
  let interactions = 0;
  const began = Date.now();

  const [form, openedBefore = "", bestBefore = ""] = get("cmi.suspend_data").split(";");
  if (form === "1") {
    const known = new Set([...pages, ...questions].map(({ key }) => key));
    for (const [key] of openedBefore.matchAll(/.{5}/g)) if (known.has(key)) opened.add(key);
    for (const [, key, points] of bestBefore.matchAll(/(.{5})(..)/g)) {
      if (known.has(key) && /^[0-9a-z]{2}$/.test(points)) best.set(key, parseInt(points, 36));
    }
  }
  if (live) interactions = Number(get("cmi.interactions._count")) || 0;

  // The pages show what the system knows of this reader, and nothing of the one before.
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`playbook:${site}:`)) localStorage.removeItem(name);
    const kept = {};
    for (const { id, key, mark, points } of questions) {
      if (best.has(key)) kept[id] = { right: best.get(key) >= points, best: best.get(key), last: best.get(key), of: points, tries: 1, at: 0, mark };
    }
    localStorage.setItem(`playbook:${site}:quiz`, JSON.stringify(kept));
  } catch { /* blocked: the pages begin anew, the system still knows */ }

  // ---- What is reported

  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  function duration() {
    const seconds = Math.floor((Date.now() - began) / 1000);
    return old ? `${two(seconds / 3600).padStart(4, "0")}:${two(seconds / 60 % 60)}:${two(seconds % 60)}`
      : `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${seconds % 60}S`;
  }

  function report() {
    if (!live) return;
    const of = questions.reduce((sum, { points }) => sum + points, 0);
    const points = questions.reduce((sum, { key, points }) => sum + Math.min(points, best.get(key) ?? 0), 0);
    const done = opened.size + best.size;
    const all = pages.length + questions.length;
    const complete = done >= all;
    const passed = points * 100 >= pass * of;
    if (of && best.size) {
      const score = core("score.");
      const per = Math.round(points * 10000 / of) / 100;
      set(score + "min", 0);
      set(score + "max", 100);
      set(score + "raw", per);
      if (!old) set(score + "scaled", Math.round(points * 10000 / of) / 10000);
    }
    const verdict = passed ? "passed" : "failed";
    if (old) set("cmi.core.lesson_status", !complete ? "incomplete" : of ? verdict : "completed");
    else {
      set("cmi.progress_measure", Math.round(Math.min(1, done / all) * 10000) / 10000);
      set("cmi.completion_status", complete ? "completed" : "incomplete");
      if (complete && of) set("cmi.success_status", verdict);
    }
    const text = `1;${[...opened].join("")};${[...best].map(([key, points]) => key + points.toString(36).padStart(2, "0")).join("")}`;
    if (text.length <= room) set("cmi.suspend_data", text);
  }

  /** What the reader has answered, in the version's form; called before the page shows what is right. */
  function answer(quiz, { kind, targets }) {
    const letter = (n) => "abcdefghijklmnopqrstuvwxyz0123456789"[n] ?? "";
    const [comma, dot] = old ? [",", "."] : ["[,]", "[.]"];
    const parts = [...quiz.querySelectorAll(".quiz-part")];
    const number = (part) => Number(part.dataset.part) - 1;
    const value = (part) => part.querySelector("input, select").value;
    switch (kind) {
      case "choice": case "multiple": return parts.filter((part) => part.querySelector("input").checked).map((part) => letter(number(part))).join(comma);
      case "order": return parts.map((part) => letter(number(part))).join(comma);
      case "match": case "sort": case "spot":
        return parts.map((part) => [letter(number(part)), letter(targets.indexOf(value(part)))]).filter(([, to]) => to).map((pair) => pair.join(dot)).join(comma);
      case "numeric": return value(parts[0]).normalize("NFKC").replaceAll(/[\s,]/g, "").match(/^-?\d+(\.\d+)?/)?.[0] ?? "";
      case "gaps": return parts.map((part) => value(part).trim()).join(comma).slice(0, 250);
      case "text": return value(parts[0]).trim().slice(0, 250);
      default: return "";
    }
  }

  const types = { choice: "choice", multiple: "choice", order: "sequencing", match: "matching", sort: "matching", spot: "matching", numeric: "numeric", text: "fill-in", gaps: "fill-in" };

  function interaction(quiz, question, right) {
    const at = `cmi.interactions.${interactions++}.`;
    const now = new Date();
    const response = answer(quiz, question);
    set(at + "id", question.id);
    set(at + "type", types[question.kind] ?? "performance");
    set(at + (old ? "time" : "timestamp"), old ? [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":") : now.toISOString().replace(/\.\d+Z$/, ".0Z"));
    for (const [i, pattern] of (question.right ?? []).entries()) set(`${at}correct_responses.${i}.pattern`, pattern);
    set(at + "weighting", question.points);
    if (response) set(at + (old ? "student_response" : "learner_response"), response);
    set(at + "result", right ? "correct" : old ? "wrong" : "incorrect");
  }

  const commit = () => {
    if (!live) return;
    set(core("session_time"), duration());
    call("Commit", "");
  };

  // ---- The pages

  const base = new URL("./", location.href);
  const addressOf = ({ path }) => new URL(path.split("/").map(encodeURIComponent).join("/"), base);
  let here = Math.min(Math.max(0, Number(get(core(old ? "lesson_location" : "location"))) || 0), pages.length - 1);

  function show(n) {
    here = n;
    frame.src = addressOf(pages[n]).href;
  }

  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    if (!inside) return; // of another origin, or from disk
    const n = pages.findIndex((page) => addressOf(page).pathname === inside.location.pathname);
    if (n < 0) return;
    here = n;
    opened.add(pages[n].key);
    frame.title = pages[n].title;
    find("#place").textContent = `${n + 1} / ${pages.length}`;
    find("#previous").disabled = n === 0;
    find("#next").disabled = n === pages.length - 1;
    set(core(old ? "lesson_location" : "location"), n);
    report();
    commit();
    inside.addEventListener("playbook:progress", ({ target, detail }) => {
      const question = questions.find(({ id }) => id === detail.id);
      if (!question) return;
      best.set(question.key, Math.max(detail.points, best.get(question.key) ?? 0));
      interaction(target, question, detail.right);
      report();
      commit();
    });
    // What a calculator's report leads to may be outside of the package.
    inside.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || link.target === "_blank" || link.origin !== location.origin) return;
      if (!pages.some((page) => addressOf(page).pathname === link.pathname)) event.preventDefault();
    }, true);
  });
  find("#previous").addEventListener("click", () => show(here - 1));
  find("#next").addEventListener("click", () => show(here + 1));

  if (live) {
    set(core("exit"), "suspend");
    if (old && get("cmi.core.lesson_status") === "not attempted") set("cmi.core.lesson_status", "incomplete");
  }
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") commit(); });
  addEventListener("pagehide", () => {
    if (!live) return;
    commit();
    call(old ? "Finish" : "Terminate", "");
    live = false;
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); }); // its session has ended
  show(here);
})();
