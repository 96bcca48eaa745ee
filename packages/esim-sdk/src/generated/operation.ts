// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

/** What the contract says of an operation. */
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
