// Scores, as the browser keeps them: which can be used. Their shape is told in quiz.js.

/** Whether an entry of "quiz" is sound. */
export const isScore = (entry) => typeof entry?.right === "boolean" && [entry.best, entry.of, entry.tries].every(Number.isFinite);

/** Whether a score is of the question as it is now; early ones have no mark. */
export const isCurrent = (entry, mark) => Boolean(entry) && (entry.mark ?? mark) === mark;
