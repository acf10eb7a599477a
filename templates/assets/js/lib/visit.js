/** Whether an entry of "visited" can be used: when, and a section that can be linked to. */
export const isVisit = (entry) => Array.isArray(entry) && Number.isFinite(entry[0]) && typeof entry[1] === "string" && entry[1].isWellFormed();
