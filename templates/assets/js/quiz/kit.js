// Role-play for two: the cards open by themselves, one at a time. This adds a clock, and
// boxes for the points of whoever watches, which are kept as long as the page.
import { button, make, statusLine } from "../lib/dom.js";
import { fill } from "../lib/words.js";
import { addKind, lineOf } from "./kinds.js";

function addClock(place, ui) {
  const minutes = Number(place.dataset.minutes);
  const begin = fill(ui["kit-start"], { n: minutes });
  const left = make("span", "kit-left");
  const live = statusLine("vh");
  let end = 0, timer = 0, said = false;
  const stop = (text) => {
    clearInterval(timer);
    timer = 0;
    press.textContent = begin;
    left.textContent = text;
  };
  const tick = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) {
      stop(ui["kit-over"]);
      live.textContent = ui["kit-over"];
      return;
    }
    left.textContent = fill(ui["kit-left"], { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, "0") });
    if (seconds <= 60 && minutes > 1 && !said) {
      said = true;
      live.textContent = ui["kit-last"];
    }
  };
  const press = button(begin, () => {
    if (timer) {
      stop("");
      return;
    }
    end = Date.now() + minutes * 60_000;
    said = false;
    live.textContent = "";
    timer = setInterval(tick, 500);
    press.textContent = ui["kit-stop"];
    tick();
  }, "primary");
  place.append(press, " ", left, live);
}

function addPoints(sheet, ui) {
  const boxes = [...sheet.querySelectorAll(".kit-worth")].map((worth) => {
    const box = document.createElement("select");
    for (let n = 0; n <= worth.dataset.points; n++) box.append(new Option(n, n));
    box.setAttribute("aria-label", fill(ui["kit-sheet"], { text: lineOf(worth.previousElementSibling) }));
    worth.before(box, " ");
    return box;
  });
  const sum = statusLine("kit-sum");
  const show = () => {
    const add = (all) => all.reduce((a, b) => a + Number(b), 0);
    sum.textContent = fill(ui["kit-sum"], { points: add(boxes.map((box) => box.value)), of: add(boxes.map((box) => box.lastChild.value)) });
  };
  sheet.addEventListener("change", show);
  sheet.after(sum);
  show();
}

/** On paper all cards are open, and none afterwards; of a group only one could be. */
function printAll(cards) {
  const group = cards[0]?.name;
  const set = (name, open) => { for (const card of cards) Object.assign(card, { name, open }); };
  addEventListener("beforeprint", () => set("", true));
  addEventListener("afterprint", () => set(group, false));
}

addKind("kit", {
  begins(quiz) {
    printAll([...quiz.querySelectorAll(".kit-card")]);
    quiz.form.addEventListener("submit", (event) => event.preventDefault());
    const clock = quiz.querySelector(".kit-clock");
    if (clock.dataset.minutes) addClock(clock, quiz.ui);
    for (const sheet of quiz.querySelectorAll(".kit-sheet")) addPoints(sheet, quiz.ui);
  },
});
