/** Rows of a table that have a link each: all of a row leads there, and the arrow keys go from row to row. */
export function setUpRows(body) {
  body.addEventListener("click", ({ target }) => {
    // A row is a large target, but who selects text in it wants the text.
    if (!target.closest("a") && getSelection().isCollapsed) target.closest("tr")?.parts.link.click();
  });
  body.addEventListener("keydown", (event) => {
    const links = [...body.querySelectorAll("a")];
    const at = links.indexOf(event.target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
  });
}
