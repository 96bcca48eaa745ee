import { operations } from "./document.ts";

/** Whether a method may change something on the server (RFC 9110, section 9.2.1). */
export function isWrite(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/** `operation.ts`: the type of an entry in the table. */
export const OPERATION_TYPE = `/** What the contract says about an operation. */
export interface Operation {
  /** The contract's operationId. */
  readonly id: string;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path below the server's, with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  /** The path parameters, in order. */
  readonly pathParameters: readonly string[];
  /** The query parameters, in the document's order. */
  readonly queryParameters: readonly string[];
  /** The HTTP status of a success. */
  readonly success: number;
  readonly hasBody: boolean;
  /** What a success returns. */
  readonly returns: "json" | "bytes" | "nothing";
  /** Whether it needs keys. */
  readonly needsKeys: boolean;
  /** The server for this operation in production, if it has its own. */
  readonly server?: string;
  /** Whether it may change something on the server. */
  readonly isWrite: boolean;
  /** For a list: the field that contains its rows. */
  readonly rows?: string;
  /** Parameters and body fields that are strings of digits, and how many digits they have. As numbers they would lose some. */
  readonly digits: readonly (readonly [name: string, min: number, max: number])[];
}
`;

/** `operations.ts`: one constant per operation, so that a bundle contains only those it uses, and a table of all. */
export function operationTable(): string {
  const constants = operations.map((operation) => {
    const { id, method, path, tag, parameters, success, body, returns, rows, digits, needsKeys, server } =
      operation;
    const entry = {
      id,
      method,
      path,
      tag,
      pathParameters: path.match(/(?<=\{)[^}]+(?=\})/g) ?? [],
      queryParameters: parameters.filter((each) => each.in === "query").map(({ name }) => name),
      success,
      hasBody: body !== undefined,
      returns: returns.kind,
      needsKeys,
      ...(server && { server }),
      isWrite: isWrite(method),
      ...(rows && { rows: rows.field }),
      digits,
    };
    return `export const ${id} = ${JSON.stringify(entry, null, 2)} as const satisfies Operation;\n`;
  });
  const all = operations.map(({ id }) => `  ${id},\n`).join("");
  return [
    `import type { Operation } from "./operation.ts";\n`,
    ...constants,
    `/** Every operation of the contract, by its operationId. */\nexport const OPERATIONS = {\n${all}} as const satisfies Readonly<Record<string, Operation>>;\n`,
    `/** The contract's operationIds. */\nexport type OperationId = keyof typeof OPERATIONS;\n`,
  ].join("\n");
}
