/**
 * The encoding of a form as calculator.js reads and merges it, without the page:
 * group.N.field=value, where a group without rows is "group=".
 *
 *   parse(encoded, {fields, groups})  {fields: name → value, rows: group → [field → value], bare: groups given as none,
 *                                 unused: names}
 *   merge(base, mine, theirs)         of parsed ones: what both have changed since base, and conflicts: names
 */
export const rowName = /^(.+?)\.(\d+)\.(.+)$/; // group, number, field

/**
 * Takes an encoding apart. Only names of the form's own are used: fields and
 * groups have them (has(name)); the others are in unused.
 */
export function parse(encoded, { fields, groups }) {
  const own = { fields: new Map(), rows: new Map(), bare: new Set(), unused: new Set() };
  const numbered = new Map(); // group → number → field → value
  for (const [name, value] of new URLSearchParams(encoded)) {
    const [, group, n, field] = rowName.exec(name) ?? [];
    if (fields.has(name)) own.fields.set(name, value);
    else if (group && groups.has(group)) {
      if (!numbered.has(group)) numbered.set(group, new Map());
      const rows = numbered.get(group);
      if (!rows.has(n)) rows.set(n, new Map());
      rows.get(n).set(field, value);
    } else if (groups.has(name)) {
      own.rows.set(name, []);
      own.bare.add(name);
    }
    else own.unused.add(name);
  }
  for (const [group, rows] of numbered) {
    own.rows.set(group, [...rows].sort(([a], [b]) => a - b).map(([, row]) => row));
  }
  return own;
}

const sameRow = (a, b) => JSON.stringify([...a ?? []]) === JSON.stringify([...b ?? []]);
const sameRows = (a = [], b = []) => a.length === b.length && a.every((row, i) => sameRow(row, b[i]));

/**
 * Joins two states that come from one. A value that one side has changed is that
 * side's; what both have changed is mine, and a conflict. The rows of a group are
 * joined one by one while none has gone; rows added on both sides stand one after
 * the other.
 */
export function merge(base, mine, theirs) {
  const conflicts = new Set();
  const join = (b, m, t, name) => {
    const merged = new Map();
    for (const key of new Set([...t.keys(), ...m.keys()])) {
      const [was, own, other] = [b.get(key), m.get(key), t.get(key)];
      if (own !== was && other !== was && own !== other) conflicts.add(name(key));
      const value = own === was ? other : own;
      if (value !== undefined) merged.set(key, value);
    }
    return merged;
  };
  const rows = new Map();
  for (const group of new Set([...theirs.rows.keys(), ...mine.rows.keys()])) {
    const [b, m, t] = [base, mine, theirs].map((state) => state.rows.get(group) ?? []);
    if (sameRows(m, b)) rows.set(group, t);
    else if (sameRows(t, b) || sameRows(t, m)) rows.set(group, m);
    else if (m.length < b.length || t.length < b.length) {
      rows.set(group, m);
      conflicts.add(group);
    } else {
      const joined = b.map((row, i) => join(row, m[i], t[i], (field) => `${group}.${i}.${field}`));
      const added = t.slice(b.length);
      rows.set(group, [...joined, ...added, ...m.slice(b.length).filter((row) => !added.some((other) => sameRow(row, other)))]);
    }
  }
  return { fields: join(base.fields, mine.fields, theirs.fields, (name) => name), rows, unused: new Set(), conflicts };
}
