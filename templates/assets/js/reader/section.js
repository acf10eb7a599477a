// The section that is being read, marked in the list of headings.
import { $$, decode } from "../site/page.js";

const heads = $$(".toc a").map((link) => [document.getElementById(decode(link.hash.slice(1))), link]).filter(([head]) => head);
let current;

const mark = () => {
  [current] = heads.findLast(([head]) => head.getBoundingClientRect().top < innerHeight * 0.3) ?? [];
  for (const [head, link] of heads) link.ariaCurrent = head === current ? "true" : null;
};
addEventListener("scroll", mark); // at most once a frame
mark();

/** Its id, "" before the first. */
export const sectionRead = () => current?.id ?? "";
