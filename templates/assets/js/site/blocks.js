// What a block needs beyond its style, its words and its script, comes when it comes
// near; once the page's own scripts have run.
import { loadWithReader } from "./load.js";
import { $$, decode, main } from "./page.js";

function watchBlocks(name) {
  const needs = main?.dataset[name];
  if (!needs) return;
  const selector = name === "fill" ? "playbook-template,[data-tasks],pre,blockquote" : "playbook-" + name;
  const blocks = $$(selector, main);
  const begin = () => loadWithReader(main.dataset.words + " " + needs);
  const near = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) begin();
  }, { rootMargin: "1000px" });
  // A link into a block, which opens what it is folded in: #quiz-ID, #ID?numbers, #ID+more.
  const follow = () => {
    const target = document.getElementById(decode(location.hash.slice(1).split(/[?+]/)[0]));
    const block = target?.closest(selector);
    if (!block) return;
    begin();
    for (const fold of $$("details", block)) fold.open ||= fold.matches(".calculator-fold") || fold.contains(target);
  };
  for (const block of blocks) near.observe(block);
  addEventListener("beforeprint", begin);
  addEventListener("hashchange", follow);
  follow();
}

addEventListener("DOMContentLoaded", () => ["quiz", "calculator", "fill"].forEach(watchBlocks));
