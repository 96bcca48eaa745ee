/** A thing of the service's as it may come: nothing about it is certain. */
export type Row = Readonly<Record<string, unknown>>;

/** A value as a row. */
export function asRow(value: unknown): Row {
  return Object(value) as Row;
}

/**
 * The rows of a page as they came; `undefined` for what is no page of them, such as another program's JSON.
 * @param field the field of a page that has its rows
 */
export function rowsOf(page: unknown, field: string): readonly unknown[] | undefined {
  const { [field]: rows, total } = asRow(page);
  if (Array.isArray(rows)) return rows;
  // Some write an empty list as null, or leave it out.
  return rows === null || total === 0 ? [] : undefined;
}
