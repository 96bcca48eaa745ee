import { readFileSync } from "node:fs";

/** The contract's operationIds. */
export type OperationId =
  | "getPackages"
  | "getPackage"
  | "createPackage"
  | "activatePackage"
  | "terminatePackage";

/** One documented answer of one operation. */
export interface ContractCase {
  readonly operation: OperationId;
  readonly method: "GET" | "POST";
  /** The path, with its parameters' examples filled in. */
  readonly path: string;
  /** The path as the document has it. */
  readonly template: string;
  readonly status: number;
  /** The body of the answer's first example; `undefined` where there is no body. */
  readonly body: unknown;
  /** The first example of the request's body, if it takes one. */
  readonly requestBody: unknown;
  /** What to ask a mock for, as value of the `prefer` header. */
  readonly prefer: string;
}

interface Referenced {
  $ref?: string;
}
type Node = Referenced & { [key: string]: Node };

/** The contract, bundled. */
export function readContract(): Node {
  const url = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  return JSON.parse(readFileSync(url, "utf8"));
}

/** Every documented answer of every operation, read from the document: a change there changes the tests. */
export function contractCases(): ContractCase[] {
  const document = readContract();
  const resolve = (node: Node | undefined): Node => {
    if (!node?.$ref) return node ?? {};
    const found = node.$ref
      .slice(2)
      .split("/")
      .reduce((at, key) => at[key] as Node, document);
    return resolve(found);
  };
  const example = (node: Node | undefined): unknown => {
    const media = resolve(resolve(node).content?.["application/json"]);
    const [first] = Object.values(media.examples ?? {});
    return first && resolve(first).value;
  };

  return Object.entries(document.paths as Node).flatMap(([template, item]) =>
    (["get", "post"] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const path = template.replace("{id}", () => String(resolve(item.parameters?.[0 as never]).example));
      return Object.entries(operation.responses as Node).map(([status, response]) => ({
        operation: operation.operationId as unknown as OperationId,
        method: method.toUpperCase() as "GET" | "POST",
        path,
        template,
        status: Number(status),
        body: example(response),
        requestBody: example(operation.requestBody),
        prefer: `code=${status}`,
      }));
    }),
  );
}
