// A form's controls, one at a time.

export const focusable = "input:not([type=hidden]), select, textarea";

/** Writes what is ticked into the field that stands for the boxes. */
export const readBoxes = (boxes) => {
  boxes.previousElementSibling.value = [...boxes.querySelectorAll(":checked")].map((box) => box.value).join(",");
};

/** The value with which the page has written a field. */
export const written = (control) =>
  control.type === "hidden" ? [...control.nextElementSibling.children].map((box) => box.firstChild).filter((box) => box.defaultChecked).map((box) => box.value).join(",")
    : control.options ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value
      : control.defaultValue;

/** Puts a value into a control; where it cannot hold it, the usual one, and false. */
export function setValue(control, value, usual = "") {
  const usable = (text) => {
    if (control.value !== text) control.value = text;
    if (control.matches("[data-line]")) fitLine(control);
    return control.value === text;
  };
  if (usable(value)) return true;
  usable(usual);
  return false;
}

/** A text of one line, in a box that grows: breaks that were pasted become spaces. */
export function fitLine(box) {
  if (/[\r\n]/.test(box.value)) box.value = box.value.replace(/\s*[\r\n]+\s*/g, " ");
  if (CSS.supports("field-sizing", "content")) return;
  box.style.blockSize = "auto";
  box.style.blockSize = box.scrollHeight + 2 + "px";
}

/** Opens what keeps a control from being seen. */
export function reveal(control) {
  for (let fold = control?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return control;
}
