/** An object from the server. Nothing about its fields is certain. */
export type Row = Readonly<Record<string, unknown>>;

/** Treats any value as a row. */
export function asRow(value: unknown): Row {
  return Object(value) as Row;
}

/**
 * The rows of a page; `undefined` for anything else, such as another program's JSON.
 * @param field the field of a page that holds its rows
 */
export function rowsOf(page: unknown, field: string): readonly unknown[] | undefined {
  const { [field]: rows, total } = asRow(page);
  if (Array.isArray(rows)) return rows;
  // Some servers send null for an empty list, or leave it out.
  return rows === null || total === 0 ? [] : undefined;
}
