import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "../contract/pipeline.ts";
import type { PrismRequest } from "../contract/prism.ts";
import { errorBody } from "../http/error-body.ts";
import { PassedBody } from "../upstream/passed-body.ts";
import { toMilliseconds } from "./duration.ts";
import type { Faults } from "./faults.ts";

/** An answer, and what happens to it on its way. */
export interface FaultyAnswer extends Answer {
  readonly breakage?: "drop" | "stall" | undefined;
}

/** Answers a request, in the way that the first fault that fits it has in mind. */
export async function withFault(
  faults: Faults,
  request: PrismRequest,
  answer: () => Promise<FaultyAnswer>,
): Promise<FaultyAnswer> {
  const fault = faults.take(request.method, request.url.path);
  if (!fault) return answer();
  const { latency, status, message, retryAfter, drop, stall, truncate } = fault;
  const note = `fault: ${JSON.stringify(fault)}`;
  if (latency !== undefined) await wait(toMilliseconds(latency), undefined, { ref: false });
  if (drop === "before") return { status: 0, headers: {}, body: undefined, notes: [note], breakage: "drop" };
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
  if (drop === "after") return { ...real, notes, breakage: "drop" };
  if (stall) return { ...real, notes, breakage: "stall" };
  if (!truncate) return { ...real, notes };
  if (real.body instanceof PassedBody) return { ...real, notes, body: new Truncated(real.body.cut()) };
  const whole = JSON.stringify(real.body) ?? "";
  return { ...real, notes, body: new Truncated(whole.slice(0, Math.ceil(whole.length / 2))) };
}

/** Half of a JSON text, to be sent as it stands. */
export class Truncated {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
