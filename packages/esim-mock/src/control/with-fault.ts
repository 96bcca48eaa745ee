import { setTimeout as wait } from "node:timers/promises";
import type { Operation } from "../contract/prism.ts";
import type { Answer } from "../http/answer.ts";
import { errorBody } from "../http/error-body.ts";
import { toMilliseconds } from "./duration.ts";
import type { Faults } from "./faults.ts";

/** Answers a request, applying the first fault that matches it. */
export async function withFault(
  faults: Faults,
  operation: Operation | undefined,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const fault = faults.take(operation);
  if (!fault) return answer();
  const { latency, message, retryAfter, drop, stall, truncate } = fault;
  const status = fault.operation === undefined ? asStatusOf(operation, fault.status) : fault.status;
  const note = `fault: ${JSON.stringify(fault)}`;
  if (latency !== undefined) await wait(toMilliseconds(latency), undefined, { ref: false });
  if (drop === "before") return { status: 0, headers: {}, body: undefined, notes: [note], delivery: "drop" };
  if (status !== undefined) {
    const headers = {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    };
    return {
      status,
      headers,
      body: errorBody(status, message ?? `The mock was asked to answer ${status}`),
      notes: [note],
    };
  }
  const real = await answer();
  const notes = [...real.notes, note];
  const delivery = drop === "after" ? "drop" : stall ? "stall" : truncate ? "truncate" : real.delivery;
  return { ...real, notes, delivery };
}

/** A status operation reports a fault of the whole service as 503, if the document has that answer. */
function asStatusOf(operation: Operation | undefined, status: number | undefined): number | undefined {
  const documented = operation?.responses.map(({ code }) => code) ?? [];
  const isFailure = status !== undefined && status >= 500;
  return isFailure && documented.includes("503") && !documented.includes(String(status)) ? 503 : status;
}
