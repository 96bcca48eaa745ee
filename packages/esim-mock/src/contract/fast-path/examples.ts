import { keepJson } from "../../http/json-text.ts";
import { memoizeByObject } from "../memoize.ts";
import type { MockComponent, MockConfig, Operation, PrismResponse } from "../prism.ts";

type Example = ReturnType<ReturnType<MockComponent>>;

/** An answer computed at build time. */
export interface PreparedExample {
  /** The index of the operation in its document. */
  readonly operation: number;
  readonly key: string;
  readonly output: PrismResponse;
}

/** Per operation. Callers choose example names and media ranges, so the number of keys is unlimited. */
const MAX_CACHED_EXAMPLES = 100;

/** Everything an example depends on, besides its operation. */
export function exampleKey(
  { code, exampleKey: name }: Partial<MockConfig>,
  accept: string | undefined,
): string {
  return JSON.stringify([code, name, accept]);
}

/** Caches Prism's answers from the document. */
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
    // Generated answers differ each time, and callbacks have to be called each time.
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
