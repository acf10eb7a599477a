// The column of the course shows where the reader is. A closed drawer has no boxes.
import { $, course } from "./page.js";

const here = course && $("[aria-current=page]", course);
if (here) {
  const below = here.getBoundingClientRect().bottom - course.getBoundingClientRect().bottom;
  if (below > 0) course.scrollTop += below + course.clientHeight / 3;
}
