// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

/** What the contract says about an operation. */
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
