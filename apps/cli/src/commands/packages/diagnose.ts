import { plain, shellWord } from "../../format/text.ts";
import { minute, relative, type TimeStyle, time } from "../../format/time.ts";
import { bytes, percent } from "../../format/values.ts";
import type { Row } from "../../listing/row.ts";
import { canTerminate } from "./find-package.ts";
import { getCommand, listCommand } from "./hints.ts";
import { readAmount, readMoment } from "./reading.ts";
import { templateOf } from "./template-of.ts";

/** What a package means for its SIM, by priority: with several packages, the first rank decides what to do. */
const RANKS = ["works", "waits", "early", "suspended", "spent", "lost", "unclear", "over"] as const;

/** The diagnosis of one package. */
interface Finding {
  readonly row: Row;
  readonly rank: (typeof RANKS)[number];
  /** Whether data should work with it. */
  readonly works: boolean;
  /** The state in a few words. */
  readonly summary: string;
  /** The details, in lines. */
  readonly said: readonly string[];
  /** The next step. */
  readonly next?: string | undefined;
}

/** The diagnosis of a SIM's packages. */
export interface Diagnosis {
  /** Whether data should work. */
  readonly works: boolean;
  readonly summary: string;
  readonly next: string | undefined;
  /** The packages that have not ended, or if there are none, the last one that did. */
  readonly findings: readonly Finding[];
  /** How many more have ended. */
  readonly ended: number;
}

interface Moment {
  /** Milliseconds. */
  readonly now: number;
  readonly times: TimeStyle;
}

/** Determines from a SIM's packages whether data should work, and if not, why, and what to do. */
export function diagnose(sim: string, rows: readonly Row[], moment: Moment): Diagnosis {
  const ended = rows.filter(({ status }) => status === "TERMINATED");
  const live = rows.filter((row) => !ended.includes(row));
  const last = ended.toSorted((a, b) => endOf(b) - endOf(a)).slice(0, live.length > 0 ? 0 : 1);
  const findings = [...live, ...last].map((row) => examine(sim, row, moment));
  const [best] = findings.toSorted((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank));
  const create = `esim packages create --sim ${sim} --template ${templateIdOf(last[0]) ?? "ID"}`;
  if (!best) return { works: false, summary: "no package", next: create, findings, ended: 0 };
  const { works } = best;
  const summary = works || live.length > 0 ? best.summary : `no active package: the last one ${best.summary}`;
  const next = live.length > 0 ? best.next : create;
  return { works, summary, next, findings, ended: ended.length - last.length };
}

type Words = Omit<Finding, "row" | "works"> & { readonly works?: boolean };
type State = (row: Row, moment: Moment) => Words;

function examine(sim: string, row: Row, moment: Moment): Finding {
  const { status } = row;
  const state = typeof status === "string" && Object.hasOwn(STATES, status) ? STATES[status] : unknownState;
  const words = (state as State)({ ...row, sim }, moment);
  return { works: false, ...words, row };
}

const unknownState: State = (row) => {
  const summary = `unknown package state: ${plain(row.status)}`;
  return { rank: "unclear", summary, said: [summary, ...amounts(row)], next: getCommand(idOf(row)) };
};

const STATES: Readonly<Record<string, State>> = {
  ACTIVE(row, moment) {
    const said = ["ACTIVE", ...amounts(row), ...ends(row, moment)];
    return problemOf(row, said, moment) ?? { rank: "works", works: true, summary: "data should work", said };
  },
  NOT_ACTIVE(row, moment) {
    const start = readMoment(row.window_activation_start);
    const end = readMoment(row.window_activation_end);
    const activate = `esim packages activate ${shellWord(idOf(row)) ?? "ID"}`;
    if (typeof end === "number" && end <= moment.now) {
      const summary = `activation window closed ${on(end, moment)}`;
      const next = "ask the operator: the package can no longer be activated or terminated";
      return { rank: "lost", summary, said: ["NOT_ACTIVE", summary, ...amounts(row)], next };
    }
    if (typeof start === "number" && start > moment.now) {
      const summary = `activation window opens ${on(start, moment)}`;
      return {
        rank: "early",
        summary,
        said: ["NOT_ACTIVE", summary, ...amounts(row)],
        next: `${activate}, once the window is open`,
      };
    }
    const until =
      typeof end === "number"
        ? [`can be activated until ${absolute(end, moment.times)} (${relative(end, moment.now)})`]
        : [];
    if (templateOf(row).activation_type === "AUTO") {
      const activation = "activates when the SIM first uses the network";
      const said = [`NOT_ACTIVE: ${activation}`, ...until, ...amounts(row)];
      const summary = "data should work once the SIM uses the network";
      return problemOf(row, said, moment) ?? { rank: "works", works: true, summary, said };
    }
    const said = ["NOT_ACTIVE: needs to be activated", ...until, ...amounts(row)];
    return {
      rank: "waits",
      summary: "no active package: one is waiting to be activated",
      said,
      next: activate,
    };
  },
  SUSPENDED(row, moment) {
    const summary = "SUSPENDED by the operator";
    const said = [summary, ...amounts(row), ...ends(row, moment)];
    const hasEnded = endedAt(row, moment) !== undefined;
    const next = hasEnded
      ? replaceCommand(row)
      : `ask the operator why; to watch until it is back, run: esim check ${plain(row.sim)} --watch 30s`;
    return { rank: "suspended", summary: hasEnded ? `${summary}, and expired` : summary, said, next };
  },
  TERMINATED(row, moment) {
    const end = endOf(row);
    const summary = end > 0 && end <= moment.now ? `ended ${away(end, moment)}` : "ended";
    const said = [`TERMINATED: ${summary}`, ...amounts(row)];
    return { rank: "over", summary, said, next: listCommand(plain(row.sim)) };
  },
};

/** Why data does not work, or may not, although the package's state is right. */
function problemOf(row: Row, said: readonly string[], moment: Moment): Words | undefined {
  const ended = endedAt(row, moment);
  if (ended !== undefined) {
    const summary = `expired ${relative(ended, moment.now)}, although the service reports ${plain(row.status)}`;
    return { rank: "spent", summary, said: [...said, summary], next: replaceCommand(row) };
  }
  const left = readAmount(row.data_usage_remaining);
  const whole = readAmount(templateOf(row).data_usage_allowance);
  if (typeof left === "number" && left <= 0) {
    const summary = whole === 0 ? "the package has no data, only voice or SMS" : "no data left";
    return { rank: "spent", summary, said, next: replaceCommand(row) };
  }
  const field = ["expiry_date", "terminated_date"].find((name) => readMoment(row[name]) === "unreadable");
  const unread = field ?? (left === "unreadable" ? "data_usage_remaining" : undefined);
  if (unread === undefined) return undefined;
  const summary = `unclear whether data works: invalid ${unread}`;
  return { rank: "unclear", summary, said: [...said, summary], next: `${getCommand(idOf(row))} --json` };
}

/** When a package ended, from its dates; `undefined` if it has not. */
function endedAt(row: Row, { now }: Moment): number | undefined {
  const ends = [row.terminated_date, row.expiry_date].map(readMoment);
  return ends.find((end) => typeof end === "number" && end <= now) as number | undefined;
}

function ends(row: Row, moment: Moment): string[] {
  const end = readMoment(row.expiry_date);
  if (typeof end !== "number") return [];
  return [`${end > moment.now ? "expires" : "expired"} ${away(end, moment)}`];
}

/** When a terminated package ended; 0 if unknown. */
function endOf(row: Row): number {
  const [terminated, expiry] = [row.terminated_date, row.expiry_date].map(readMoment);
  if (typeof terminated === "number") return terminated;
  return typeof expiry === "number" ? expiry : 0;
}

/** `3.5 GB of 5 GB: 70 % left`. */
function amounts(row: Row): string[] {
  const left = readAmount(row.data_usage_remaining);
  const whole = readAmount(templateOf(row).data_usage_allowance);
  if (typeof left !== "number") return ["data left: unknown"];
  if (typeof whole !== "number") return [`${bytes(left)} left`];
  const share = percent(left, whole);
  return [`${bytes(left)} of ${bytes(whole)}${share ? `: ${share} left` : " left"}`];
}

/** `in 9 h (2025-10-31 18:25)`. */
function away(at: number, { now, times }: Moment): string {
  return `${relative(at, now)} (${absolute(at, times)})`;
}

/** `on 2025-10-31 18:25 (9 h ago)`. */
function on(at: number, { now, times }: Moment): string {
  return `on ${absolute(at, times)} (${relative(at, now)})`;
}

function absolute(at: number, times: TimeStyle): string {
  return times === "both" ? minute(at) : time(at, times);
}

/** The commands that replace a package: a SIM can have only one at a time. */
function replaceCommand(row: Row): string {
  if (!canTerminate(row.status))
    return "ask the operator: a package that has not started cannot be terminated";
  return `esim packages terminate ${shellWord(idOf(row)) ?? "ID"}, then esim packages create --sim ${plain(row.sim)} --template ID`;
}

function idOf({ id }: Row): string {
  return String(id ?? "");
}

function templateIdOf(row: Row | undefined): string | undefined {
  const { id } = row ? templateOf(row) : {};
  return typeof id === "number" && Number.isSafeInteger(id) ? `${id}` : undefined;
}
