/**
 * <playbook-calculator>: a form that computes while it is filled in.
 *
 * The page holds the form and the report of its worked example
 * (templates/blocks/calculator.html). This element sends the form's own encoding
 * to the calculators' WebAssembly (runtime.js) and puts the returned report in place.
 * Nothing is loaded before the form is in view and the browser idle, the reader touches
 * it, or brings numbers of their own: stored ones, or those of a link. On slow
 * lines, and where the reader saves data, being in view is not enough.
 *
 * Attributes
 *   id               the anchor; also the name of links and of what is stored
 *   data-calculator  the calculator's id
 *   data-worker      address of worker.js
 *   data-wasm        address of the module
 *   data-inline      address of the script that carries the module for file://
 *   data-words       address of the script with the words of its reports
 *
 * The words of the form come from the script of the text's language, which is
 * loaded before this one.
 *
 * The form is the state. Rows are group.N.field, N counted from 0 in the order
 * of the page; a group without rows is "group="; a row's fields that are empty
 * by default are left out while they are empty. Which parts a page shows
 * (data-view) is asked with it, and is no part of it.
 *
 * A field or a group with data-example begins with the example's values, and its
 * value says what it is when a reader starts empty. Until it is changed it is marked.
 *
 * A link "#ID?form" shows its state and leaves what is stored alone until the
 * reader edits. Fields that it does not have are as in the example. What is no
 * field of the form, or cannot be put into it, is left out with a notice.
 *
 * Storage: "calc:ID" (reader/store.js) holds the state, nothing while it is that of the
 * example. What another tab stores is joined to what stands here, field by field.
 *
 * A link "#ID+form" adds to what the reader has: what is still the example's goes,
 * its fields are set, its rows added, and it can be undone. Other calculators hand
 * over their results by such links. Where the reader came by one of this site it is
 * kept at once, else when they say so or edit.
 *
 * Files. What a field for a file holds is no part of the encoding: a state has
 * an empty value where the reader has a file of their own, and none for the
 * example's. The text is sent to the worker once, beside the requests, and kept in
 * sessionStorage, so that it outlives a reload and not the tab; what is too large
 * for that, or for the calculator, is told. A box shows the first lines of a long
 * text, because laying out thousands of lines would stop the page.
 *
 * A wrong value is told at its field, the last good report stays. Of a report
 * only the verdict is announced, once the reader pauses.
 *
 * Presets are buttons with data-preset, a form encoding: its fields are set, its
 * rows added ("@month" is this month). One with data-from (and data-until),
 * names of fields with a month or a date, is offered only while a date that it
 * sets lies between these; without data-until, within twelve months.
 */
import { PlaybookCalculator } from "./calculator/element.js";

customElements.define("playbook-calculator", PlaybookCalculator);
