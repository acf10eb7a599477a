// What leaves the page: files, and paper.

/** Saves a text as a file. */
export function saveFile(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Prints a part of the page alone, under a title. */
export function printAlone(part, title = document.title) {
  const root = document.documentElement;
  const before = document.title;
  root.classList.add("print-one");
  part.classList.add("print-this");
  document.title = title;
  addEventListener("afterprint", () => {
    root.classList.remove("print-one");
    part.classList.remove("print-this");
    document.title = before;
  }, { once: true });
  print();
}
