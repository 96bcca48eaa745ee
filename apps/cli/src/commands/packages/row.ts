/** A package as it may come: nothing about it is certain. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a page, whatever came in its place. */
export function rowsOf(page: unknown): Row[] {
  const { packages } = Object(page) as { packages?: unknown };
  return Array.isArray(packages) ? packages.map(asRow) : [];
}

/** A value as a row. */
export function asRow(value: unknown): Row {
  return Object(value) as Row;
}

/** The template of a package. The live service has sent a bare ID where the contract has an object. */
export function templateOf({ package_template: template }: Row): Row {
  return typeof template === "object" && template !== null ? (template as Row) : { id: template };
}
