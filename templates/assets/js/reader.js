// What follows the reader over the pages: theme, language, shortcuts, what has been
// read; and what few of them reach for: the mouse on a term, paper, reading offline.
// Nothing leaves the browser.
import "./reader/theme.js";
import "./reader/language.js";
import "./reader/shortcuts.js";
import "./reader/visited.js";
import "./reader/terms.js";
import "./reader/print.js";
import "./reader/offline.js";
