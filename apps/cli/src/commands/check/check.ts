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
import { NOT_FOUND, type ReadResult, tryRead } from "./try-read.ts";

const define = () =>
  command("check", {
    description: "show what a SIM has, what is wrong and what to do (exit code 0 if data should work)",
    examples: [
      "esim check 8910300000045681955",
      "esim check 8910 3000 0004 5681 955",
      "esim check 8910300000045681955 --watch 5s",
    ],
  })
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

type Options = OptionsOf<typeof define>;

/** `esim check`. */
export const check = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

async function run(sim: string, options: Options): Promise<void> {
  const connected = await connect(options);
  await show(options, () => draw(sim, connected, options));
}

/** What is checked besides packages, in display order. */
type Parts = Readonly<Record<"sim" | "profile" | "line", Part | { readonly why: string }>>;

/** The overall result. */
interface Verdict {
  readonly works: boolean;
  readonly summary: string;
  readonly next: string | undefined;
}

async function draw(sim: string, connected: Connected, options: Options): Promise<Drawing> {
  const [rows, registered, profile, line] = await Promise.all([
    packagesOfSim(connected, sim),
    tryRead(fetchSim(connected, sim)),
    tryRead(fetchProfile(connected, sim)),
    tryRead(fetchLine(connected, sim)),
  ]);
  const parts: Parts = {
    sim: toPart(registered, simPart),
    profile: toPart(profile, (row) => profilePart(row, sim)),
    line: toPart(line, (row) => linePart(row, sim)),
  };
  const diagnosis = diagnose(sim, rows, { now: Date.now(), times: timeStyle("both", options) });
  const isUnknown =
    rows.length === 0 && Object.values(parts).every((part) => "why" in part && part.why === NOT_FOUND);
  const verdict = isUnknown ? unknownSim(sim, diagnosis) : conclude(diagnosis, parts);
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

function toPart(result: ReadResult, describe: (row: Row) => Part): Part | { readonly why: string } {
  return "row" in result ? describe(result.row) : result;
}

/** Picks the problem to report: first the SIM, without which nothing works, then the package, the most frequent one. */
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

/** The verdict on an unknown ICCID. Usually it was mistyped, so a purchase is not the only suggestion. */
function unknownSim(sim: string, { summary, next }: Diagnosis): Verdict {
  return {
    works: false,
    summary,
    next: `compare the ICCID with \`esim sims list --all\`; if ${sim} is correct: ${next}`,
  };
}

function problemOf(part: Parts[keyof Parts]): Part["problem"] {
  return "why" in part ? undefined : part.problem;
}

function describe(
  sim: string,
  { works, summary, next }: Verdict,
  { findings, ended }: Diagnosis,
  parts: Parts,
  options: Options,
): string {
  const isColoured = coloured(options);
  const sign = works ? colour("✓", "green", isColoured) : colour("✗", "red", isColoured);
  const lines = [`${sign} SIM ${sim}: ${summary}`];
  for (const { row, said } of findings)
    lines.push("", `${plain(row.id)}  ${templateLabel(row)}`, ...said.map((each) => `  ${each}`));
  if (ended > 0) lines.push("", `and ${ended} more that ${ended === 1 ? "has" : "have"} ended`);
  lines.push("", ...describeParts(parts, isColoured));
  if (next) lines.push("", `next: ${next}`);
  return `${lines.join("\n")}\n`;
}

function describeParts(parts: Parts, isColoured: boolean): string[] {
  const lines: string[] = [];
  const unchecked = new Map<string, string[]>();
  for (const [name, part] of Object.entries(parts)) {
    if ("why" in part) unchecked.set(part.why, [...(unchecked.get(part.why) ?? []), name]);
    else {
      const [first = "", ...more] = part.said;
      const state = colour(first, part.works === false ? "red" : undefined, isColoured);
      lines.push(`${name}: ${state}`, ...more.map((each) => `  ${each}`));
    }
  }
  for (const [why, names] of unchecked) lines.push(`not checked: ${names.join(", ")} (${why})`);
  return lines;
}
