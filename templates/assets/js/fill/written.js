/**
 * A part of the page as it is to be taken elsewhere: HTML of plain elements, Markdown,
 * or plain text. What belongs to the page alone is left out: its marks, its buttons,
 * optional parts that are off. A place to fill in that is empty stands in brackets.
 */
import { fill } from "../lib/words.js";
import { words } from "./words.js";

const leftOut = ".anchor, :not(.speaker) > .vh, .gap-part, .figure-table, button:not(.term), [hidden], [data-off], script, style, svg, dialog, [popover]";
const elements = new Set("P H1 H2 H3 H4 H5 H6 UL OL LI DL DT DD TABLE THEAD TBODY TR TH TD CAPTION BLOCKQUOTE PRE CODE STRONG EM B I S DEL SUB SUP BR HR A".split(" "));
const styles = {
  TABLE: "border-collapse:collapse",
  TH: "border:1px solid #888;padding:4px 8px;text-align:left;vertical-align:top",
  TD: "border:1px solid #888;padding:4px 8px;text-align:left;vertical-align:top",
  BLOCKQUOTE: "margin:0 0 0 1em",
  PRE: "white-space:pre-wrap",
};

const escapeHTML = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** What a node stands for where it is no markup: the text of a place, the sign of a box; null of any other. */
function sign(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\n]+/g, " ");
  if (node.matches(".gap")) return node.dataset.filled ?? fill(words().gap, { name: node.dataset.empty ?? node.textContent.trim() });
  if (node.matches("input[type=checkbox]")) return node.checked ? "☑ " : "☐ ";
  return null;
}

const isOut = (node) => node.nodeType === Node.ELEMENT_NODE ? node.matches(leftOut) : node.nodeType !== Node.TEXT_NODE;

export function toHTML(node) {
  let html = "";
  for (const child of node.childNodes) {
    if (isOut(child)) continue;
    const text = sign(child);
    if (text !== null) {
      html += escapeHTML(node.closest("pre") ? child.textContent : text);
      continue;
    }
    const tag = elements.has(child.tagName) ? child.tagName.toLowerCase() : "";
    const href = tag === "a" ? ` href="${escapeHTML(child.href)}"` : "";
    const style = styles[child.tagName] ? ` style="${styles[child.tagName]}"` : "";
    html += tag ? `<${tag}${href}${style}>` : "";
    const inner = toHTML(child);
    if (tag !== "br" && tag !== "hr") html += (isBlock(child) ? inner.replace(/^ | $/g, "") : inner) + (tag ? `</${tag}>` : "");
  }
  return html;
}

const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE
  && /^(P|H[1-6]|UL|OL|LI|DL|DT|DD|TABLE|BLOCKQUOTE|PRE|HR|DIV|SECTION|ASIDE|DETAILS|SUMMARY|FIGURE|FIGCAPTION)$/.test(node.tagName);

const indent = (text, first, rest) => first + text.replace(/\n(?=.)/g, "\n" + rest);
const quiet = (text) => text.replace(/[\\*`<]/g, "\\$&"); // what Markdown would read as marks
const lineStart = (text) => text.replace(/^(\s*)([#>+-]|\d+(?=[.)]))(?=\s|[.)])/gm, (whole, blank, mark) => blank + (/\d/.test(mark) ? whole.slice(blank.length) + "\\" : "\\" + mark));

function inline(nodes, markdown) {
  let text = "";
  for (const node of nodes) {
    if (isOut(node)) continue;
    const said = sign(node);
    if (said !== null) {
      const box = markdown && node.tagName === "INPUT";
      text += box ? (node.checked ? "[x] " : "[ ] ") : markdown ? quiet(said) : said;
      continue;
    }
    const inner = inline(node.childNodes, markdown);
    const mark = markdown && inner.trim() && { STRONG: "**", B: "**", EM: "*", I: "*", DEL: "~~", S: "~~" }[node.tagName];
    if (mark) text += inner.replace(/^(\s*)(.*?)(\s*)$/s, `$1${mark}$2${mark}$3`);
    else if (node.tagName === "BR") text += markdown ? "\\\n" : "\n";
    else if (node.tagName === "CODE" && markdown) text += "`" + node.textContent + "`";
    else if (node.tagName === "A" && markdown) text += `[${inner}](${node.href})`;
    else if (node.tagName === "A" && /^(https?|mailto):/.test(node.getAttribute("href")) && node.textContent !== node.href) text += `${inner} (${node.href})`;
    else text += inner;
  }
  return text;
}

function table(element, markdown) {
  const rows = [...element.rows].filter((row) => !isOut(row))
    .map((row) => [...row.cells].map((cell) => inline(cell.childNodes, markdown).trim().replace(/\s*\n\s*/g, " ")));
  if (!markdown) return rows.map((row) => row.join("\t")).join("\n");
  const line = (cells) => "| " + cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ") + " |";
  return [line(rows[0]), line(rows[0].map(() => "---")), ...rows.slice(1).map(line)].join("\n");
}

function list(element, markdown) {
  let n = element.start ?? 1;
  const loose = element.querySelector(":scope > li > p");
  return [...element.children].filter((item) => !isOut(item)).map((item) => {
    const mark = element.tagName === "OL" ? `${n++}. ` : "- ";
    return indent(blocks(item, markdown, loose ? "\n\n" : "\n"), mark, " ".repeat(mark.length));
  }).join(loose ? "\n\n" : "\n");
}

function block(node, markdown) {
  switch (node.tagName) {
    case "UL": case "OL": return list(node, markdown);
    case "TABLE": return table(node, markdown);
    case "PRE": return markdown ? "```\n" + node.textContent.replace(/\n$/, "") + "\n```" : node.textContent.replace(/\n$/, "");
    case "HR": return "---";
    case "BLOCKQUOTE": return markdown ? blocks(node, markdown).replace(/^/gm, "> ").replace(/ $/gm, "") : blocks(node, markdown);
  }
  const text = blocks(node, markdown);
  return markdown && /^H\d$/.test(node.tagName) ? "#".repeat(Number(node.tagName[1])) + " " + text : text;
}

function blocks(node, markdown, between = "\n\n") {
  const parts = [];
  let line = [];
  const end = () => {
    const text = inline(line, markdown).replace(/ *\n */g, "\n").trim();
    if (text) parts.push(markdown ? lineStart(text) : text);
    line = [];
  };
  for (const child of node.childNodes) {
    if (!isBlock(child)) {
      line.push(child);
      continue;
    }
    end();
    const text = isOut(child) ? "" : block(child, markdown);
    if (text) parts.push(text);
  }
  end();
  return parts.join(between);
}

export const toText = (node) => blocks(node, false);
export const toMarkdown = (node) => blocks(node, true);

/** Copies text, with HTML beside it where it is given; whether that succeeded. */
export async function copyOut(text, html) {
  try {
    if (!html || !self.ClipboardItem) await navigator.clipboard.writeText(text);
    else {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([`<meta charset="utf-8">${html}`], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      })]);
    }
    return true;
  } catch {
    return byCommand(text, html);
  }
}

/** The way of pages without a clipboard: those that do not come over https. */
function byCommand(text, html) {
  const answer = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
  };
  document.addEventListener("copy", answer, { once: true });
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", answer);
  return copied;
}
