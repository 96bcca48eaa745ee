import type { Row } from "../../listing/row.ts";

const DEPTH = Symbol("depth");

/** How many inventories of the page an inventory is inside of. */
export function depthOf(row: Row): number {
  return (row as { readonly [DEPTH]?: number })[DEPTH] ?? 0;
}

/**
 * The inventories of a page, each followed by those inside of it, and otherwise in their order. One whose parent is not on the page, or
 * that is inside of itself by a detour, stands at the left.
 */
export function inTree(rows: readonly Row[]): readonly Row[] {
  const ids = new Set(rows.map(({ id }) => id).filter(isId));
  const inside = new Map<unknown, Row[]>();
  const roots: Row[] = [];
  for (const row of rows) {
    const { id, parent_inventory: parent } = row;
    if (!isId(parent) || parent === id || !ids.has(parent)) roots.push(row);
    else inside.set(parent, [...(inside.get(parent) ?? []), row]);
  }
  const arranged: Row[] = [];
  const placed = new Set<Row>();
  const place = (row: Row, depth: number) => {
    if (placed.has(row)) return;
    placed.add(row);
    arranged.push({ ...row, [DEPTH]: depth });
    for (const child of inside.get(row.id) ?? []) place(child, depth + 1);
  };
  for (const row of [...roots, ...rows]) place(row, 0);
  return arranged;
}

function isId(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}
