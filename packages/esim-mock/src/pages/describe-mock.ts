import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "../contract/prism.ts";
import type { Control } from "../control/control.ts";

/** The account that pages show by default. */
const DEFAULT_USER = "me";

/** Text that is safe in a command to paste: a shell reads it as a single word. */
const PLAIN_WORD = /^[\w.:@[\]-]{1,128}$/;

/** From the document's examples, for a mock without accounts. */
const SAMPLE = { sim: "8910300000045681955", template: 21145354 };

/** What the mock serves, and what to try first. */
export type Description = ReturnType<typeof describeMock>;

/** What the description is based on. */
export interface Described {
  readonly control: Control;
  /** Whether it serves the eSIM API rather than another document. */
  readonly isDefault: boolean;
  /** Where the document is served. */
  readonly documentPath: string;
  readonly isControllable: boolean;
  /** The document's operations. */
  readonly operations: readonly Operation[];
}

/** An operation in the list. */
interface ListedOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** The first tag in the document; empty without one. */
  readonly tag: string;
}

/** Describes the mock to a caller with these headers. */
export function describeMock(
  { control, isDefault, documentPath, isControllable, operations }: Described,
  headers: IncomingHttpHeaders,
) {
  const { mode, upstream } = control.about();
  const user = String(headers["x-user-id"] ?? DEFAULT_USER);
  const origin = `http://${plain(headers.host ?? "", "127.0.0.1:4010")}`;
  const account =
    mode === "stateful" ? { ...control.templates(), freeSims: control.freeSims(user) } : undefined;
  return {
    name: "esim-mock",
    mode,
    ...(upstream !== undefined && { upstream }),
    links: {
      reference: "/docs",
      document: documentPath,
      ...(isControllable && { ui: "/_mock/ui" }),
    },
    operations: operations.map(list),
    ...(account && { account: { user, ...account } }),
    commands: isDefault
      ? commands(origin, plain(user, DEFAULT_USER), {
          sim: account?.freeSims.sims[0]?.iccid ?? SAMPLE.sim,
          template: account?.templates[0]?.id ?? SAMPLE.template,
        })
      : [{ does: "Fetch the document", command: `curl ${origin}${documentPath}` }],
  };
}

function list({ iid = "", method, path, summary = "", tags = [] }: Operation): ListedOperation {
  return { operation: iid, method: method.toUpperCase(), path, summary, tag: tags[0]?.name ?? "" };
}

const plain = (text: string, otherwise: string) => (PLAIN_WORD.test(text) ? text : otherwise);

function commands(origin: string, user: string, { sim, template }: { sim: string; template: number }) {
  const curl = `curl -H 'x-user-id: ${user}' -H 'x-api-key: any'`;
  const body = JSON.stringify({ sim, package_template: template });
  return [
    { does: "List the packages", command: `${curl} ${origin}/packages` },
    { does: "Create a package", command: `${curl} --json '${body}' ${origin}/packages` },
    {
      does: "List them with esim, the API's command line",
      command: `ESIM_BASE_URL=${origin} ESIM_USER_ID=${user} ESIM_API_KEY=any npx @betatelltd/esim-cli packages list`,
    },
  ];
}
