import type { Components, Operation } from "../contract/prism.ts";
import type { Answer } from "../http/answer.ts";
import type { Incoming } from "../http/read-request.ts";
import type { Departure } from "./departure.ts";
import { Drift, redact } from "./drift.ts";
import { forward } from "./forward.ts";
import { createInspection } from "./inspect.ts";

const header = "x-contract-violations";

/** Well below what clients take as headers, 8 to 16 KiB in all. */
const headerLimit = 2_000;

/** A service that requests are passed on to, and what was learnt about it. */
export interface Upstream {
  readonly drift: Drift;
  /** Both ways unchanged, but for a header that says in what they depart from the document. */
  passOn(incoming: Incoming): Promise<Answer>;
}

/** @param components Prism's, to check with */
export function createUpstream(url: URL, operations: readonly Operation[], components: Components): Upstream {
  const drift = new Drift(url.href.replace(/\/$/, ""));
  const inspect = createInspection(operations, components);
  const secretsOf = findSecrets(operations);
  return {
    drift,
    async passOn(incoming) {
      const answer = await forward(url, incoming);
      const departures = inspect(incoming, answer);
      const secrets = secretsOf(incoming);
      drift.add(departures, secrets);
      const notes = departures.map((each) => redact(describe(each), secrets));
      if (!answer) {
        const lost = `${url.origin} cut the connection`;
        return { status: 0, headers: {}, body: undefined, notes: [...notes, lost], delivery: "drop" };
      }
      const said = notes.length > 0 ? { [header]: toHeader(notes) } : {};
      return { status: answer.status, headers: { ...answer.headers, ...said }, body: answer.bytes, notes };
    },
  };
}

function describe({ direction, field, kind }: Departure): string {
  return `${direction} ${field}: ${kind}`;
}

function toHeader(notes: readonly string[]): string {
  const all = notes.join("; ").replace(/[^\x20-\x7e]/g, "?");
  return all.length > headerLimit ? `${all.slice(0, headerLimit)}... ${notes.length} in all` : all;
}

/** Reads from a request what nobody else should. Very short values are left: taken out, they would tear up other words. */
function findSecrets(operations: readonly Operation[]): (incoming: Incoming) => string[] {
  const schemes = operations.flatMap(({ security = [] }) => security.flat());
  const names = schemes.flatMap((scheme) => (scheme.type === "apiKey" ? scheme.name.toLowerCase() : []));
  const headers = new Set([...names, "authorization", "cookie"]);
  return ({ prism }) =>
    [...headers]
      .flatMap((name) => [prism.headers?.[name], prism.url.query?.[name]].flat())
      .filter((value): value is string => value !== undefined && value.length > 3);
}
