// Changes a part of the page as little as it needs.

/**
 * Makes a node like another. What is the same stays, with its layout, how far it
 * is scrolled and whether the reader has opened it.
 */
export function morph(node, like) {
  if (node.nodeType === Node.TEXT_NODE && like.nodeType === Node.TEXT_NODE) {
    if (node.data !== like.data) node.data = like.data;
    return;
  }
  const kind = (e) => e.nodeName + e.getAttributeNames?.().filter((name) => name !== "open");
  if (kind(node) !== kind(like)) return node.replaceWith(like);
  for (const { name, value } of like.attributes) if (name !== "open" && node.getAttribute(name) !== value) node.setAttribute(name, value);
  let old = node.firstChild;
  for (let now = like.firstChild, next; now; now = next) {
    next = now.nextSibling;
    if (!old) node.append(now);
    else {
      const after = old.nextSibling;
      if (!old.isEqualNode(now)) morph(old, now);
      old = after;
    }
  }
  for (let next; old; old = next) {
    next = old.nextSibling;
    old.remove();
  }
}
