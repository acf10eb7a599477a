// What readers take away: templates that they fill in, lists that they tick, and a
// button to copy a text.
import "./fill/template.js";
import "./fill/tasks.js";
import "./fill/quotes.js";
