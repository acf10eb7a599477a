// What of a form follows from what stands in it.
/** What follows from the form alone: labels, units and presets. */
export function paintForm(calculator) {
  for (const label of calculator.form.querySelectorAll("label[data-from]")) {
    const from = calculator.form.querySelector(`[name="${CSS.escape(label.dataset.from)}"]`);
    label.dataset.word ??= label.textContent;
    const text = from?.value || label.dataset.word;
    if (label.textContent !== text) label.textContent = text;
    label.closest(".field").hidden = !from;
  }
  for (const boxes of calculator.form.querySelectorAll(".boxes")) {
    const chosen = boxes.previousElementSibling.value.split(/[\s,，、;]+/);
    for (const box of boxes.querySelectorAll("input")) box.checked = chosen.includes(box.value);
  }
  const currency = calculator.fields.get("currency")?.value.toUpperCase();
  for (const unit of calculator.form.querySelectorAll("[data-unit=currency]")) {
    const text = unit.id ? currency : `(${currency})`;
    if (unit.textContent !== text) unit.textContent = text;
  }
  for (const button of calculator.form.querySelectorAll(".preset")) button.hidden = !calculator.presets.offers(button);
  calculator.example.paint();
}
