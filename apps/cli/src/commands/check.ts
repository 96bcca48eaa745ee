import { iccid, milliseconds } from "../arguments.ts";
import { command, type OptionsOf } from "../command.ts";
import { type Connected, connect } from "../connect.ts";
import { type Drawing, show } from "../drawing.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { timeStyle } from "../format/time.ts";
import { colour } from "../format/values.ts";
import { coloured, json } from "../output.ts";
import { templateLabel } from "./packages/columns.ts";
import { type Diagnosis, diagnose } from "./packages/diagnose.ts";
import { packagesOfSim } from "./packages/find-package.ts";

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

async function draw(sim: string, connected: Connected, options: Options): Promise<Drawing> {
  const rows = await packagesOfSim(connected, sim);
  const diagnosis = diagnose(sim, rows, { now: Date.now(), times: timeStyle("both", options) });
  const exitCode = diagnosis.works ? ExitCode.done : ExitCode.noData;
  if (options.json) {
    const { works, summary, next, findings } = diagnosis;
    const packages = findings.map(({ row, works, said }) => ({ works, said, package: row }));
    return { text: `${json({ sim, works, summary, next, packages })}\n`, exitCode };
  }
  if (options.quiet) {
    const working = diagnosis.findings.filter(({ works }) => works);
    return { text: working.map(({ row }) => `${plain(row.id)}\n`).join(""), exitCode };
  }
  return { text: describe(sim, diagnosis, options), exitCode };
}

function describe(
  sim: string,
  { works, summary, next, findings, over }: Diagnosis,
  options: Options,
): string {
  const isColoured = coloured(options);
  const sign = works ? colour("✓", "green", isColoured) : colour("✗", "red", isColoured);
  const lines = [`${sign} SIM ${sim}: ${summary}`];
  for (const { row, said } of findings)
    lines.push("", `${plain(row.id)}  ${templateLabel(row)}`, ...said.map((each) => `  ${each}`));
  if (over > 0) lines.push("", `and ${over} more that ${over === 1 ? "is" : "are"} over`);
  if (next) lines.push("", `next: ${next}`);
  return `${lines.join("\n")}\n`;
}
