// Numeric: data-key is the value and the tolerance, 0 where it must be exact; data-wrong
// is the same of what is often typed and wrong.
import { addBox, addKind } from "./kinds.js";

/**
 * Every number that a text can mean: "4,0", "４．０", "12k", "1.2万", "95 %".
 * A lone mark before three digits may group or divide, so both are offered.
 */
function numbers(text, unit) {
  let s = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/[\s'’_]/g, "");
  const ending = unit.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  if (ending && s.toLowerCase().endsWith(ending)) s = s.slice(0, -ending.length);
  else if (ending && s.toLowerCase().startsWith(ending)) s = s.slice(ending.length);
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

const near = ([value, tolerance]) => (x) => Math.abs(x - value) <= Number(tolerance) + 1e-9 * Math.max(1, Math.abs(value));

addKind("numeric", {
  complete: (quiz) => addBox(quiz, "decimal", 14),
  mark(quiz, part, box) {
    const typed = numbers(box.value, part.querySelector(".quiz-unit")?.textContent ?? "");
    const right = typed.some(near(quiz.right.flat()));
    const line = !right && [...quiz.answer.querySelectorAll("[data-wrong]")].find(({ dataset }) => typed.some(near(dataset.wrong.split(" "))));
    return { chosen: typed.length > 0, right, line };
  },
  empty: (quiz) => (quiz.form.querySelector("input").value.trim() ? quiz.ui.number : quiz.ui.empty),
  tells: ({ line }) => Boolean(line),
  signed: false,
  reveals: (quiz, { right }) => quiz.done && !right,
  feedback(quiz, { right, line }) {
    if (right) return null;
    return quiz.done ? quiz.answer.querySelector(".quiz-value") : line.querySelector(".quiz-say");
  },
  solve: (quiz, part, box) => { box.value = quiz.right[0][0]; },
});
