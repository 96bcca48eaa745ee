import { operations } from "./document.ts";

/** Whether a method may change something on the server (RFC 9110, section 9.2.1). */
export function isWrite(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/** `operation.ts`: what is known of each. */
export const operationType = `/** What the contract says of an operation. */
export interface Operation {
  /** The contract's operationId. */
  readonly id: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The path below the server's, its parameters in braces. */
  readonly path: string;
  readonly tag: string;
  /** The path's parameters, in their order. */
  readonly pathParameters: readonly string[];
  /** The query's parameters, in the document's order. */
  readonly queryParameters: readonly string[];
  /** The status of success. */
  readonly success: number;
  readonly hasBody: boolean;
  /** What a success brings. */
  readonly returns: "json" | "bytes" | "nothing";
  /** Whether it takes keys. */
  readonly needsKeys: boolean;
  /** The server that production has for this operation alone. */
  readonly server?: string;
  /** Whether it may change something on the server. */
  readonly isWrite: boolean;
  /** Of a list: the field that has its rows. */
  readonly rows?: string;
  /** Parameters and fields of the body that are texts of digits, and how many: as numbers they would lose some. */
  readonly digits: readonly (readonly [name: string, least: number, most: number])[];
}
`;

/** `operations.ts`: one constant for each, so that a bundle has those alone that it uses, and a table of all. */
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
