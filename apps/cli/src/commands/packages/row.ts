/** A package as it may come: nothing about it is certain. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a page as they came; `undefined` for what is no page of packages, such as another program's JSON. */
export function rowsOf(page: unknown): readonly unknown[] | undefined {
  const { packages, total } = Object(page) as { packages?: unknown; total?: unknown };
  if (Array.isArray(packages)) return packages;
  // Some write an empty list as null, or leave it out.
  return packages === null || total === 0 ? [] : undefined;
}

/** A value as a row. */
export function asRow(value: unknown): Row {
  return Object(value) as Row;
}

/** The template of a package. The live service has sent a bare ID where the contract has an object. */
export function templateOf({ package_template: template }: Row): Row {
  return typeof template === "object" && template !== null ? (template as Row) : { id: template };
}
