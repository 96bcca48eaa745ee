import { keepJson } from "../../http/json-text.ts";
import type { MockComponent, Operation } from "../prism.ts";
import { memoizeByObject } from "./memoize.ts";

type Example = ReturnType<ReturnType<MockComponent>>;

/** Of an operation. Callers name examples and media ranges, so there is no end to what they can ask for. */
const most = 100;

/** Prism's answers from the document, found once for all that they depend on. */
export function cachedExamples(mock: MockComponent): MockComponent {
  const examplesOf = memoizeByObject((_: Operation) => new Map<string, Example>());
  return (options) => {
    const { resource, input, config } = options;
    // Generated answers differ each time, and a callback is made each time.
    if (config.dynamic || resource.callbacks?.length) return mock(options);
    const examples = examplesOf(resource);
    const key = JSON.stringify([config.code, config.exampleKey, input.data.headers?.accept]);
    return (logger) => {
      const known = examples.get(key);
      if (known) return known;
      const found = mock(options)(logger);
      if (found._tag === "Left") return found;
      keepJson(found.right.body);
      const [oldest] = examples.keys();
      if (examples.size >= most && oldest !== undefined) examples.delete(oldest);
      examples.set(key, found);
      return found;
    };
  };
}
