/** Makes each row of a table open its link when clicked anywhere; arrow keys move from row to row. */
export function setUpRows(body) {
  body.addEventListener("click", ({ target }) => {
    // Selecting text in a row must not open it.
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
