import type { operations } from "../generated/openapi.ts";
import type { Store } from "./store.ts";

/** The operations of the contract. */
export type OperationId = keyof operations;

type JsonBodyOf<Id extends OperationId> = operations[Id] extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer Body } };
}
  ? Body
  : undefined;

/** A request for an operation, already validated against the contract. */
interface Call<Id extends OperationId = OperationId> {
  readonly store: Store;
  readonly user: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: JsonBodyOf<Id>;
}

export type Query = Readonly<Record<string, string | undefined>>;

/** The answer. Bytes are sent as they are, everything else as JSON. */
interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** @default application/json */
  readonly type?: string;
}

/** What the store does for an operation. It throws a `Refusal` for what the rules forbid. */
export type Handler<Id extends OperationId = OperationId> = (call: Call<Id>) => Reply;

/** The handlers of a resource's operations. */
export type Handlers<Id extends OperationId> = { readonly [Each in Id]: Handler<Each> };
