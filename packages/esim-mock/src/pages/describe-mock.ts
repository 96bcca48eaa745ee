import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "../contract/prism.ts";
import type { Control } from "../control/control.ts";

/** The account that pages show if nobody says which. */
const DEFAULT_USER = "me";

/** What is printed into a command that people paste: nothing that a shell would read as more than a word. */
const PLAIN_WORD = /^[\w.:@[\]-]{1,128}$/;

/** The sample of the document's own examples, for a mock without accounts. */
const SAMPLE = { sim: "8910300000045681955", template: 21145354 };

/** What is here, and what to try first. */
export type Description = ReturnType<typeof describeMock>;

/** What there is to say something about. */
export interface Described {
  readonly control: Control;
  /** Whether it serves the eSIM API, not another document. */
  readonly isDefault: boolean;
  /** Where the document is served. */
  readonly documentPath: string;
  readonly isControllable: boolean;
  /** Those of the document. */
  readonly operations: readonly Operation[];
}

/** An operation, as a list of them has it. */
interface ListedOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** What it belongs to, in the document's words; empty if it does not say. */
  readonly tag: string;
}

/** Says it, to a caller with these headers. */
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
      : [{ does: "Read the document", command: `curl ${origin}${documentPath}` }],
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
      does: "List them with esim, the command line of the API",
      command: `ESIM_BASE_URL=${origin} ESIM_USER_ID=${user} ESIM_API_KEY=any npx @betatelltd/esim-cli packages list`,
    },
  ];
}
