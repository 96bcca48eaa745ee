import { plain, shellWord } from "../../format/text.ts";
import { instant, minute, relative, type TimeStyle, time } from "../../format/time.ts";
import { bytes, percent } from "../../format/values.ts";
import { getCommand, listCommand } from "./hints.ts";
import { type Row, templateOf } from "./row.ts";

/** What there is to say of one package. */
export interface Finding {
  readonly row: Row;
  /** Whether data should work with it. */
  readonly works: boolean;
  /** Its state, in a few words. */
  readonly summary: string;
  /** All of it, in lines. */
  readonly said: readonly string[];
  /** The next thing to do about it. */
  readonly next?: string | undefined;
}

/** What there is to say of a SIM. */
export interface Diagnosis {
  /** Whether data should work. */
  readonly works: boolean;
  readonly summary: string;
  readonly next: string | undefined;
  /** Those that are not over; of a SIM that has none of them, the last one that was. */
  readonly findings: readonly Finding[];
  /** How many more there are that are over. */
  readonly over: number;
}

interface Moment {
  /** Milliseconds. */
  readonly now: number;
  readonly times: TimeStyle;
}

/** Says of a SIM's packages whether data should work, and if not, why, and what to do. */
export function diagnose(sim: string, rows: readonly Row[], moment: Moment): Diagnosis {
  const over = rows.filter(({ status }) => status === "TERMINATED");
  const live = rows.filter((row) => !over.includes(row));
  const last = over.toSorted((a, b) => endOf(b) - endOf(a)).slice(0, live.length > 0 ? 0 : 1);
  const findings = [...live, ...last].map((row) => examine(row, moment));
  const best = findings.find(({ works }) => works) ?? findings[0];
  const create = `esim packages create --sim ${sim} --template ${templateIdOf(last[0]) ?? "ID"}`;
  if (!best) return { works: false, summary: "no package", next: create, findings, over: 0 };
  const { works } = best;
  const summary = works || live.length > 0 ? best.summary : `no active package: the last one ${best.summary}`;
  const next = live.length > 0 ? best.next : create;
  return { works, summary, next, findings, over: over.length - last.length };
}

function examine(row: Row, moment: Moment): Finding {
  const { status } = row;
  const state = typeof status === "string" && Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state) return { row, ...state(row, moment) };
  const summary = `its state is ${plain(status)}, which esim does not know`;
  return { row, works: false, summary, said: [summary, ...amounts(row)], next: getCommand(idOf(row)) };
}

type Words = Omit<Finding, "row">;

const STATES: Readonly<Record<string, (row: Row, moment: Moment) => Words>> = {
  ACTIVE(row, moment) {
    const end = instant(row.expiry_date);
    const ends =
      end === undefined ? [] : [`${end > moment.now ? "expires" : "expired"} ${away(end, moment)}`];
    const said = ["ACTIVE", ...amounts(row), ...ends];
    if (end !== undefined && end <= moment.now) {
      const summary = `expired ${relative(end, moment.now)}, though the service says ACTIVE`;
      return { works: false, summary, said, next: getCommand(idOf(row)) };
    }
    if (typeof row.data_usage_remaining === "number" && row.data_usage_remaining <= 0) {
      const isWithoutData = templateOf(row).data_usage_allowance === 0;
      const summary = isWithoutData ? "the active package has no data, only voice or SMS" : "no data left";
      // A SIM has one package at a time: the next one needs the end of this.
      return { works: false, summary, said, next: terminateCommand(row) };
    }
    return { works: true, summary: "data should work", said };
  },
  NOT_ACTIVE(row, moment) {
    const start = instant(row.window_activation_start);
    const end = instant(row.window_activation_end);
    const isAutomatic = templateOf(row).activation_type === "AUTO";
    if (end !== undefined && end <= moment.now) {
      const summary = `activation window closed ${on(end, moment)}`;
      return {
        works: false,
        summary,
        said: ["NOT_ACTIVE", summary, ...amounts(row)],
        next: getCommand(idOf(row)),
      };
    }
    if (start !== undefined && start > moment.now) {
      const summary = `activation window opens ${on(start, moment)}`;
      return {
        works: false,
        summary,
        said: ["NOT_ACTIVE", summary, ...amounts(row)],
        next: getCommand(idOf(row)),
      };
    }
    const until =
      end === undefined
        ? []
        : [`can be activated until ${absolute(end, moment.times)} (${relative(end, moment.now)})`];
    if (isAutomatic) {
      const itself = "it activates itself when the SIM first uses the network";
      const said = [`NOT_ACTIVE: ${itself}`, ...until, ...amounts(row)];
      return { works: true, summary: "data should work once the SIM uses the network", said };
    }
    const said = ["NOT_ACTIVE: it has to be activated", ...until, ...amounts(row)];
    const next = `esim packages activate ${shellWord(idOf(row)) ?? "ID"}`;
    return { works: false, summary: "no active package: one waits to be activated", said, next };
  },
  SUSPENDED(row, moment) {
    const end = instant(row.expiry_date);
    const ends = end === undefined ? [] : [`expires ${away(end, moment)}`];
    const summary = "SUSPENDED by the operator";
    const next = `ask the operator why; watch for its return with: esim check ${plain(row.sim)} --watch 30s`;
    return { works: false, summary, said: [summary, ...amounts(row), ...ends], next };
  },
  TERMINATED(row, moment) {
    const end = endOf(row);
    const summary = end > 0 ? `ended ${away(end, moment)}` : "ended";
    return {
      works: false,
      summary,
      said: [`TERMINATED: ${summary}`, ...amounts(row)],
      next: listCommand(plain(row.sim)),
    };
  },
};

function endOf(row: Row): number {
  return instant(row.terminated_date) ?? instant(row.expiry_date) ?? 0;
}

/** `3.5 GB of 5 GB left (70 %)`; nothing where it is not known. */
function amounts(row: Row): string[] {
  const { data_usage_remaining: left } = row;
  const { data_usage_allowance: whole } = templateOf(row);
  if (left === undefined || left === null) return ["it is not known how much data is left"];
  const share = percent(left, whole);
  return [
    `${bytes(left)}${whole === undefined ? "" : ` of ${bytes(whole)}`}${share ? `: ${share} left` : " left"}`,
  ];
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

function terminateCommand(row: Row): string {
  return `esim packages terminate ${shellWord(idOf(row)) ?? "ID"}, then esim packages create --sim ${plain(row.sim)} --template ID`;
}

function idOf({ id }: Row): string {
  return String(id ?? "");
}

function templateIdOf(row: Row | undefined): string | undefined {
  const { id } = row ? templateOf(row) : {};
  return typeof id === "number" && Number.isSafeInteger(id) ? `${id}` : undefined;
}
