// Words that are mistyped by one letter.
/** Whether one insertion, deletion, swap or, from five letters on, substitution makes b of a. */
export function oneOff(a, b) {
  if (a.length > b.length) return oneOff(b, a);
  if (b.length - a.length > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
  if (a.length < 5 && a[i] !== b[i + 1]) return false; // another letter makes another word of a short one
  return i < a.length && (a.slice(i + 1) === b.slice(i + 1)
    || a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
}

/** Whether a word begins with what one slip makes of the typed. */
export const beginsOneOff = (typed, word) =>
  [-1, 0, 1].some((d) => word.length > typed.length + d && oneOff(typed, word.slice(0, typed.length + d)));
