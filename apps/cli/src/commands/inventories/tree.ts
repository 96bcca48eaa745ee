import type { Row } from "../../listing/row.ts";

const DEPTH = Symbol("depth");

/** How deep an inventory is nested within the page. */
export function depthOf(row: Row): number {
  return (row as { readonly [DEPTH]?: number })[DEPTH] ?? 0;
}

/**
 * The inventories of a page, each followed by its children, otherwise in their original order. One whose parent is not on the page, or
 * that contains itself, is at the top level.
 */
export function inTree(rows: readonly Row[]): readonly Row[] {
  const ids = new Set(rows.map(({ id }) => id).filter(isId));
  const children = new Map<unknown, Row[]>();
  const roots: Row[] = [];
  for (const row of rows) {
    const { id, parent_inventory: parent } = row;
    if (!isId(parent) || parent === id || !ids.has(parent)) roots.push(row);
    else children.set(parent, [...(children.get(parent) ?? []), row]);
  }
  const arranged: Row[] = [];
  const placed = new Set<Row>();
  const place = (row: Row, depth: number) => {
    if (placed.has(row)) return;
    placed.add(row);
    arranged.push({ ...row, [DEPTH]: depth });
    for (const child of children.get(row.id) ?? []) place(child, depth + 1);
  };
  for (const row of [...roots, ...rows]) place(row, 0);
  return arranged;
}

function isId(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}
