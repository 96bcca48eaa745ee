import { keepJson } from "../../http/json-text.ts";
import { memoizeByObject } from "../memoize.ts";
import type { MockComponent, MockConfig, Operation, PrismResponse } from "../prism.ts";

type Example = ReturnType<ReturnType<MockComponent>>;

/** An answer that was worked out before the start. */
export interface PreparedExample {
  /** The index of the operation in its document. */
  readonly operation: number;
  readonly key: string;
  readonly output: PrismResponse;
}

/** Of an operation. Callers name examples and media ranges, so there is no end to what they can ask for. */
const MAX_CACHED_EXAMPLES = 100;

/** All that an example depends on, besides its operation. */
export function exampleKey(
  { code, exampleKey: name }: Partial<MockConfig>,
  accept: string | undefined,
): string {
  return JSON.stringify([code, name, accept]);
}

/** Prism's answers from the document, each found once. */
export function cachedExamples(
  mock: MockComponent,
  operations: readonly Operation[] = [],
  prepared: readonly PreparedExample[] = [],
): MockComponent {
  const examplesOf = memoizeByObject((_: Operation) => new Map<string, Example>());
  for (const { operation, key, output } of prepared) {
    const resource = operations[operation];
    if (!resource || resource.callbacks?.length) continue;
    keepJson(output.body);
    examplesOf(resource).set(key, { _tag: "Right", right: output });
  }
  return (options) => {
    const { resource, input, config } = options;
    // Generated answers differ each time, and a callback is made each time.
    if (config.dynamic || resource.callbacks?.length) return mock(options);
    const examples = examplesOf(resource);
    const key = exampleKey(config, input.data.headers?.accept);
    return (logger) => {
      const known = examples.get(key);
      if (known) return known;
      const found = mock(options)(logger);
      if (found._tag === "Left") return found;
      keepJson(found.right.body);
      const [oldest] = examples.keys();
      if (examples.size >= MAX_CACHED_EXAMPLES && oldest !== undefined) examples.delete(oldest);
      examples.set(key, found);
      return found;
    };
  };
}
