import { arch, cpus, totalmem } from "node:os";

/** When, where and how something was measured. */
export interface RunDetails {
  /** As in 2026-11-26. */
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  /** What makes the same measurement again. */
  readonly command: string;
}

/** Of a run that takes place now, on this machine. */
export function runDetails(command: string): RunDetails {
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? arch()}, ${memory} GiB, ${process.platform} ${arch()}`,
    node: process.versions.node,
    command,
  };
}

/** The line below a table. */
export function caption({ date, machine, node, command }: RunDetails): string {
  return `${date}, \`${command}\`, ${machine}, Node ${node}`;
}
