import document from "@betatelltd/esim-openapi/openapi.json" with { type: "json" };
import { keys } from "./mock-for-test.ts";

type Json = Record<string, unknown>;

/** One documented answer of an operation. */
interface DocumentedResponse {
  status: number;
  /** Of its body, if it has one. */
  mediaType: string | undefined;
  /** Values by name, in the document's order, of bytes the bytes. Empty if the answer has no body. */
  examples: [name: string, value: unknown][];
  /** JSON pointer into the document of the answer's schema, if it has a body. */
  schema: string | undefined;
}

/** One operation, and a valid request for it. */
export interface DocumentedOperation {
  operationId: string;
  summary: string;
  /** Whether it takes keys, which its request then has. */
  hasKeys: boolean;
  path: string;
  request: { method: string; headers: Record<string, string>; body?: string };
  responses: DocumentedResponse[];
}

export { document };

/** The base path of the production server. */
export const basePath = new URL(document.servers[0]?.url ?? "").pathname;

/** Read from the document without Prism, so that Prism's view can be compared with it. */
export const operations: DocumentedOperation[] = Object.entries(
  document.paths as Record<string, Json>,
).flatMap(([path, item]) =>
  ["get", "post", "put", "patch", "delete"].flatMap((method) => {
    const operation = item[method] as Json | undefined;
    if (!operation) return [];
    const hasKeys = ((operation.security ?? document.security) as unknown[]).length > 0;
    return [
      {
        operationId: String(operation.operationId),
        summary: String(operation.summary),
        hasKeys,
        path: fillIn(path, [...parametersOf(item), ...parametersOf(operation)]),
        request: toRequest(method.toUpperCase(), operation, hasKeys ? keys : {}),
        responses: toResponses(operation, `/paths/${path.replaceAll("/", "~1")}/${method}`),
      },
    ];
  }),
);

function parametersOf({ parameters = [] }: { parameters?: unknown }): Json[] {
  return (parameters as Json[]).map((parameter) => resolve(parameter) as Json);
}

function fillIn(path: string, parameters: readonly Json[]): string {
  return path.replace(/\{(\w+)\}/g, (_, name) =>
    String(parameters.find((parameter) => parameter.in === "path" && parameter.name === name)?.example),
  );
}

function toRequest(
  method: string,
  operation: Json,
  keys: Record<string, string>,
): DocumentedOperation["request"] {
  const content = (operation.requestBody as { content?: Json } | undefined)?.content;
  if (!content) return { method, headers: keys };
  const [, value] = examplesOf(content["application/json"] as Json)[0] ?? [];
  return { method, headers: { ...keys, "content-type": "application/json" }, body: JSON.stringify(value) };
}

function toResponses(operation: Json, pointer: string): DocumentedResponse[] {
  return Object.entries(operation.responses as Record<string, Json>).map(([status, response]) => {
    const isReference = typeof response.$ref === "string";
    const place = isReference ? String(response.$ref).slice(1) : `${pointer}/responses/${status}`;
    const { content: contents = {} } = resolve(response) as { content?: Record<string, Json> };
    const [[mediaType, content] = []] = Object.entries(contents);
    const examples = content ? examplesOf(content) : [];
    const isBinary = (content?.schema as Json | undefined)?.format === "binary";
    return {
      status: Number(status),
      mediaType,
      examples: isBinary
        ? examples.map(([name, base64]) => [name, Buffer.from(String(base64), "base64")])
        : examples,
      schema: mediaType && `${place}/content/${mediaType.replace("/", "~1")}/schema`,
    };
  });
}

function examplesOf(content: Json): [string, unknown][] {
  return Object.entries(content.examples as Record<string, Json>).map(([name, example]) => [
    name,
    (resolve(example) as { value: unknown }).value,
  ]);
}

/** Follows a reference into the document, if it is one. */
function resolve(value: Json): unknown {
  if (typeof value.$ref !== "string") return value;
  const steps = value.$ref.slice(2).split("/");
  return steps.reduce<unknown>((found, step) => (found as Json)[step], document);
}

/** The body of an answer: what JSON says, or bytes; undefined if there is none. */
export async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type");
  if (type === null) return (await response.text()) || undefined;
  return type === "application/json" ? response.json() : Buffer.from(await response.arrayBuffer());
}
