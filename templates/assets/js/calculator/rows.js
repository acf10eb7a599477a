// The buttons of a group's rows.
import { focusable, reveal } from "./controls.js";
import { fill } from "../lib/words.js";

/** What a button of a row does, if it is one. */
export function pressRow(calculator, button) {
  const row = button.closest(".row");
  const group = calculator.groups.get(button.closest(".group")?.dataset.group);
  if (button.matches(".row-add")) {
    const added = group.add();
    if (added) calculator.edited(group);
    added?.querySelector(focusable).focus();
  } else if (button.matches(".row-remove")) remove(calculator, group, row);
  else if (button.matches(".row-up, .row-down")) move(calculator, group, row, button.matches(".row-up"));
}

function move(calculator, group, row, up) {
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  // The neighbour moves, so that the row keeps the focus.
  if (up) row.after(other);
  else row.before(other);
  calculator.edited(group);
  const rows = group.rows;
  calculator.notice.announce(fill(calculator.ui.moved, { n: rows.indexOf(row) + 1, of: rows.length }));
}

function remove(calculator, group, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const place = group.rows.indexOf(row);
  row.remove();
  calculator.edited(group);
  (next?.querySelector(".row-remove") ?? group.element.querySelector(".row-add")).focus();
  calculator.notice.say(calculator.ui.removed, [[calculator.ui.undo, () => {
    group.list.insertBefore(row, group.rows[place] ?? null);
    calculator.edited(group);
    reveal(row.querySelector(focusable)).focus();
    calculator.notice.announce(calculator.ui.undone);
  }]]);
}
