import { iccid, milliseconds } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { type Connected, connect } from "../../connect.ts";
import { type Drawing, show } from "../../drawing.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { timeStyle } from "../../format/time.ts";
import { colour } from "../../format/values.ts";
import type { Row } from "../../listing/row.ts";
import { coloured, json } from "../../output.ts";
import { fetchLine } from "../line/fetch-line.ts";
import { templateLabel } from "../packages/columns.ts";
import { type Diagnosis, diagnose } from "../packages/diagnose.ts";
import { packagesOfSim } from "../packages/find-package.ts";
import { fetchProfile } from "../profile/fetch-profile.ts";
import { fetchSim } from "../sims/fetch-sim.ts";
import { linePart, type Part, profilePart, simPart } from "./parts.ts";
import { NOT_KNOWN, type Seen, see } from "./see.ts";

const define = () =>
  command("check", {
    description:
      "say in words what a SIM has, what is wrong, and what to do; ends with 0 if data should work",
    examples: [
      "esim check 8910300000045681955",
      "esim check 8910 3000 0004 5681 955",
      "esim check 8910300000045681955 --watch 5s",
    ],
  })
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--watch <duration>", "look again and again, such as every 5s", milliseconds);

type Options = OptionsOf<typeof define>;

/** `esim check`. */
export const check = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

async function run(sim: string, options: Options): Promise<void> {
  const connected = await connect(options);
  await show(options, () => draw(sim, connected, options));
}

/** What is looked at besides packages, in the order in which it is shown. */
type Parts = Readonly<Record<"sim" | "profile" | "line", Part | { readonly why: string }>>;

/** All of it. */
interface Verdict {
  readonly works: boolean;
  readonly summary: string;
  readonly next: string | undefined;
}

async function draw(sim: string, connected: Connected, options: Options): Promise<Drawing> {
  const [rows, registered, profile, line] = await Promise.all([
    packagesOfSim(connected, sim),
    see(fetchSim(connected, sim)),
    see(fetchProfile(connected, sim)),
    see(fetchLine(connected, sim)),
  ]);
  const parts: Parts = {
    sim: read(registered, simPart),
    profile: read(profile, (row) => profilePart(row, sim)),
    line: read(line, (row) => linePart(row, sim)),
  };
  const diagnosis = diagnose(sim, rows, { now: Date.now(), times: timeStyle("both", options) });
  const isStranger =
    rows.length === 0 && Object.values(parts).every((part) => "why" in part && part.why === NOT_KNOWN);
  const verdict = isStranger ? strange(sim, diagnosis) : conclude(diagnosis, parts);
  const exitCode = verdict.works ? ExitCode.done : ExitCode.noData;
  if (options.json) {
    const packages = diagnosis.findings.map(({ row, works, said }) => ({ works, said, package: row }));
    return { text: `${json({ sim, ...verdict, packages, parts })}\n`, exitCode };
  }
  if (options.quiet) {
    const working = verdict.works ? diagnosis.findings.filter(({ works }) => works) : [];
    return { text: working.map(({ row }) => `${plain(row.id)}\n`).join(""), exitCode };
  }
  return { text: describe(sim, verdict, diagnosis, parts, options), exitCode };
}

function read(seen: Seen, words: (row: Row) => Part): Part | { readonly why: string } {
  return "row" in seen ? words(seen.row) : seen;
}

/** Without the SIM itself nothing helps; then comes the package, which is what most is wrong with. */
function conclude(diagnosis: Diagnosis, { sim, line, profile }: Parts): Verdict {
  const problems = [
    problemOf(sim),
    diagnosis.works ? undefined : diagnosis,
    problemOf(line),
    problemOf(profile),
  ];
  const [first] = problems.filter((each) => each !== undefined);
  const { summary, next } = first ?? diagnosis;
  return { works: first === undefined, summary, next };
}

/** Of an ICCID that nothing is known of, which most often is mistyped: not to be answered with a purchase alone. */
function strange(sim: string, { summary, next }: Diagnosis): Verdict {
  return {
    works: false,
    summary,
    next: `compare the ICCID with \`esim sims list --all\`; if ${sim} is right: ${next}`,
  };
}

function problemOf(part: Parts[keyof Parts]): Part["problem"] {
  return "why" in part ? undefined : part.problem;
}

function describe(
  sim: string,
  { works, summary, next }: Verdict,
  { findings, over }: Diagnosis,
  parts: Parts,
  options: Options,
): string {
  const isColoured = coloured(options);
  const sign = works ? colour("✓", "green", isColoured) : colour("✗", "red", isColoured);
  const lines = [`${sign} SIM ${sim}: ${summary}`];
  for (const { row, said } of findings)
    lines.push("", `${plain(row.id)}  ${templateLabel(row)}`, ...said.map((each) => `  ${each}`));
  if (over > 0) lines.push("", `and ${over} more that ${over === 1 ? "is" : "are"} over`);
  lines.push("", ...describeParts(parts, isColoured));
  if (next) lines.push("", `next: ${next}`);
  return `${lines.join("\n")}\n`;
}

function describeParts(parts: Parts, isColoured: boolean): string[] {
  const lines: string[] = [];
  const unseen = new Map<string, string[]>();
  for (const [name, part] of Object.entries(parts)) {
    if ("why" in part) unseen.set(part.why, [...(unseen.get(part.why) ?? []), name]);
    else {
      const [first = "", ...more] = part.said;
      const state = colour(first, part.works === false ? "red" : undefined, isColoured);
      lines.push(`${name}: ${state}`, ...more.map((each) => `  ${each}`));
    }
  }
  for (const [why, names] of unseen) lines.push(`not seen: ${names.join(", ")} (${why})`);
  return lines;
}
