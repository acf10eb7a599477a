// Words of the page, with what is filled into them.
/** Whether a number takes the first of two forms in the page's language. */
const singular = (n) => typeof n === "number" && new Intl.PluralRules(globalThis.document?.documentElement.lang).select(n) === "one";

/** Fills {name} and {name?one|many}. */
export const fill = (text, args) => text.replace(/\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) =>
  !(name in args) ? whole : one === undefined ? args[name] : singular(args[name]) ? one : many);
