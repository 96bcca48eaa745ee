import type { operations } from "../generated/openapi.ts";
import type { OperationId } from "../generated/operations.ts";

type Content<T> = T extends { content: Record<string, infer Body> } ? Body : never;

/** An operation's parameters in one place; `unknown` if it has none there. */
type ParametersIn<Op, Place extends "path" | "query"> = Op extends {
  parameters: { [K in Place]?: infer Values };
}
  ? [Values] extends [undefined]
    ? unknown
    : // Optional if none of the parameters in this place is required.
      Partial<NonNullable<Values>> extends NonNullable<Values>
      ? { readonly [K in Place]?: NonNullable<Values> | undefined }
      : { readonly [K in Place]: NonNullable<Values> }
  : unknown;

type BodyOf<Op> = Op extends { requestBody: infer Request }
  ? { readonly body: Content<Request> }
  : Op extends { requestBody?: infer Request }
    ? [Content<NonNullable<Request>>] extends [never]
      ? unknown
      : { readonly body?: Content<NonNullable<Request>> | undefined }
    : unknown;

/** An operation's parameters, grouped by place. */
type ParametersOf<Op> = ParametersIn<Op, "path"> & ParametersIn<Op, "query">;

/** The arguments of an operation. */
export type RequestOf<Id extends OperationId> = ParametersOf<operations[Id]> & BodyOf<operations[Id]>;

type Responses<Op> = Op extends { responses: infer Answers } ? Answers : never;
type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206;

/** The success body of an operation; `true` if the contract promises none. */
export type SuccessOf<Id extends OperationId> = SuccessBody<operations[Id], boolean>;

/** The body of a success, or `Empty` if there is none. */
export type SuccessBody<Op, Empty> = {
  [Status in keyof Responses<Op>]: Status extends SuccessStatus
    ? Responses<Op>[Status] extends { content: Record<string, infer Body> }
      ? Body
      : Empty
    : never;
}[keyof Responses<Op>];

/** The body of a failure. */
export type FailureBody<Op> = {
  [Status in keyof Responses<Op>]: Status extends SuccessStatus ? never : Content<Responses<Op>[Status]>;
}[keyof Responses<Op>];

/** What a call of `createEsimClient()` needs besides its options. */
export type InitOf<Op> = (Record<never, never> extends ParametersOf<Op>
  ? { params?: ParametersOf<Op> & OtherParameters }
  : { params: ParametersOf<Op> & OtherParameters }) &
  BodyOf<Op>;

interface OtherParameters {
  header?: Record<string, string> | undefined;
}
