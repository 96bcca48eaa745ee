const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader" };

/**
 * Sets roles and focus. Screen readers ignore a table whose rows are laid out as a grid, as on a phone, unless it has roles; and
 * not every browser makes a scrolling area reachable by keyboard.
 */
export function setUpTables() {
  for (const [elements, role] of Object.entries(ROLES))
    for (const node of document.querySelectorAll(elements)) node.setAttribute("role", role);
  for (const node of document.querySelectorAll(".scroll")) node.tabIndex = 0;
}
