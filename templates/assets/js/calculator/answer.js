// What the calculators answer: lines of faults, an empty line, a report.
const unescapeField = (s) => s.replace(/\\([\\nt])/g, (_, c) => ({ "\\": "\\", n: "\n", t: "\t" })[c]);

/** Takes an answer apart: {faults: [[field, message]], report} (null: none). */
export function parseAnswer(answer) {
  const faults = [];
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf("\n", at);
    const line = answer.slice(at, end < 0 ? undefined : end);
    if (line === "") return { faults, report: answer.slice(at + 1) };
    const [kind, field, message = ""] = line.split("\t");
    if (kind !== "fault") throw new Error(line);
    faults.push([unescapeField(field), unescapeField(message)]);
    at += line.length + 1;
  }
  return { faults, report: null };
}
