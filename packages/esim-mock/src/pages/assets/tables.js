const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader" };

/**
 * A table whose rows are laid out as a grid, as on a phone, is none to a screen reader unless it says so, and what scrolls has to be
 * reached by keys, which not every browser does by itself.
 */
export function setUpTables() {
  for (const [elements, role] of Object.entries(ROLES))
    for (const node of document.querySelectorAll(elements)) node.setAttribute("role", role);
  for (const node of document.querySelectorAll(".scroll")) node.tabIndex = 0;
}
