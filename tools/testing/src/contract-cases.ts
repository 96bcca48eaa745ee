import { readFileSync } from "node:fs";

/** One documented response of one operation. */
export interface ContractCase {
  readonly operation: string;
  /** The first tag, which names the operation's class in a client. */
  readonly tag: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path, with its parameters' examples filled in. */
  readonly path: string;
  /** The path as in the document. */
  readonly template: string;
  /** The examples of the path's parameters, by name. */
  readonly pathParameters: Readonly<Record<string, string | number>>;
  readonly status: number;
  /** The body of the response's first example, as bytes if it is not JSON; `undefined` if there is no body. */
  readonly body: unknown;
  /** The first example of the request body, if there is one. */
  readonly requestBody: unknown;
  /** Whether it is paged by count and offset. */
  readonly isList: boolean;
  /** Whether it takes keys. */
  readonly needsKeys: boolean;
  /** The arguments of the class's method, without options: path parameters, an empty query for a list, the body. */
  readonly arguments: readonly unknown[];
  /** The value of the `prefer` header that asks a mock for this response. */
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

/** Every documented response of every operation, read from the document, so that a change there changes the tests. */
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
    const [[type, media] = ["", undefined]] = Object.entries(resolve(node).content ?? {});
    const [first] = Object.values(resolve(media).examples ?? {});
    const value: unknown = first && resolve(first).value;
    return type === "application/json"
      ? value
      : value && Uint8Array.from(Buffer.from(String(value), "base64"));
  };

  return Object.entries(document.paths as Node).flatMap(([template, item]) =>
    (["get", "post", "put", "patch", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const pathParameters = Object.fromEntries(
        Object.values(item.parameters ?? {})
          .map(resolve)
          .map(({ name, example }) => [name, example]),
      ) as unknown as ContractCase["pathParameters"];
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => String(pathParameters[name]));
      const parameters = Object.values(operation.parameters ?? {}).map(resolve);
      const isList = parameters.some(({ name }) => String(name) === "count");
      const requestBody = example(operation.requestBody);
      return Object.entries(operation.responses as Node).map(([status, response]) => ({
        operation: String(operation.operationId),
        tag: String(operation.tags?.[0 as never]),
        method: method.toUpperCase() as ContractCase["method"],
        path,
        template,
        pathParameters,
        status: Number(status),
        body: example(response),
        requestBody,
        isList,
        needsKeys: Object.keys(operation.security ?? document.security ?? {}).length > 0,
        arguments: [
          ...Object.values(pathParameters),
          ...(isList ? [{}] : []),
          ...(requestBody === undefined ? [] : [requestBody]),
        ],
        prefer: `code=${status}`,
      }));
    }),
  );
}
