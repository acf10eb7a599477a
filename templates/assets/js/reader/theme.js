// Theme: as on the device → the other one → the one that the device has.
import { $, $$, root } from "../site/page.js";
import { store } from "./store.js";

const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const themeButton = $(".theme-switch");
const themeWord = themeButton?.ariaLabel;
function paintTheme() {
  const theme = root.dataset.theme || "auto";
  const dark = theme === "dark" || (theme === "auto" && darkDevice.matches);
  for (const meta of $$("meta[name=theme-color]")) meta.content = dark ? "#19211f" : "#f7f6f1";
  if (!themeButton) return;
  themeButton.title = themeButton.ariaLabel = `${themeWord}: ${themeButton.dataset[theme]}`;
}
themeButton?.addEventListener("click", () => {
  const device = darkDevice.matches ? "dark" : "light";
  const other = darkDevice.matches ? "light" : "dark";
  const next = { [other]: device, [device]: "" }[root.dataset.theme] ?? other;
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
  store.write("theme", next || null);
  paintTheme();
});
darkDevice.addEventListener("change", paintTheme);
paintTheme();
