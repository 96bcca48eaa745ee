import { type OddPackage, showsId } from "./odd-row.ts";
import { ODD_REQUEST, type OddService } from "./odd-service.ts";
import type { OddTraits, PostFault } from "./odd-traits.ts";

/** How `createPackageOnce` ended for one caller. */
export type Ending =
  | { readonly value: { readonly data: unknown; readonly found: boolean } }
  | { readonly error: unknown };

/** Callers that bought from one service at the same time. All have ended, and everything in transit has arrived. */
export interface OncePlay {
  readonly traits: OddTraits;
  readonly service: OddService;
  readonly endings: readonly Ending[];
  readonly maxAttempts: number;
  readonly lookups: number;
}

/** What `createPackageOnce` promises a caller of any service. */
export const PROMISES: Readonly<Record<string, (play: OncePlay, ending: Ending, caller: number) => boolean>> =
  {
    "one package at most, where the service refuses a second": ({ traits, service }) =>
      !traits.hasConflict || service.purchases.length <= 1,

    "one package at most, where a look shows what was bought": ({ traits, service, lookups }, _, caller) =>
      traits.lag >= lookups || has(traits, "late") || bought(service, caller).length <= 1,

    "nothing was bought, where the error does not say that it may have been": ({ service }, ending, caller) =>
      !("error" in ending) || isInDoubt(ending.error) || bought(service, caller).length === 0,

    "after doubt, only success or CannotKnowError": ({ service }, ending, caller) =>
      "value" in ending || isInDoubt(ending.error) || !faultsOf(service, caller).some(leavesDoubt),

    "a typed error, and of those in doubt only CannotKnowError": (_, ending) => {
      if ("value" in ending) return true;
      const { name, outcomeUnknown } = Object(ending.error);
      return outcomeUnknown === (name === "CannotKnowError");
    },

    "the package is this SIM's, of this template, and new": ({ service }, ending, caller) => {
      if ("error" in ending) return true;
      const { data, found } = ending.value;
      const own = bought(service, caller);
      const id = idOf(data);
      if (id === undefined) return found ? service.packages.some(isWanted) : own.length > 0;
      const real = service.packages.find((each) => each.id === id);
      return real !== undefined && isWanted(real) && (found || own.some((each) => each.id === id));
    },

    "no candidate is another SIM's, or was there before": ({ traits, service }, ending) =>
      candidatesOf(ending).every((row) => {
        const { sim = null } = Object(row);
        const isOther =
          typeof sim === "number" ? sim !== Number(ODD_REQUEST.sim) : sim !== null && sim !== ODD_REQUEST.sim;
        const wasShown = showsId(traits.olderRows);
        return (
          !isOther && !(wasShown && service.packages.some(({ id, isOlder }) => isOlder && id === idOf(row)))
        );
      }),

    "what was bought is among the candidates, where a look shows it": (
      { traits, service },
      ending,
      caller,
    ) => {
      if (!("error" in ending) || !isInDoubt(ending.error)) return true;
      if (traits.lag > 0 || has(traits, "late") || failsToList(traits)) return true;
      const candidates = candidatesOf(ending).map(idOf);
      return bought(service, caller).every(
        ({ id }) => candidates.includes(id) || candidates.includes(undefined),
      );
    },

    "no second attempt after doubt, where the SIM had a live package": ({ service }, _, caller) => {
      const hadLive = service.packages.some((each) => each.isOlder && each.isLive && isSame(each.sim));
      return !hadLive || !faultsOf(service, caller).slice(0, -1).some(leavesDoubt);
    },

    "success, where nothing but answers to purchases goes wrong": ({ traits, maxAttempts }, ending) =>
      "value" in ending || !isClear(traits, maxAttempts),

    "no more requests than the options allow": ({ traits, service, maxAttempts, lookups }, _, caller) =>
      faultsOf(service, caller).length <= maxAttempts &&
      service.requests() <= traits.callers.length * (maxAttempts + 1) * (8 * lookups + 2),
  };

/** The promises that were not kept. */
export function brokenPromises(play: OncePlay): string[] {
  return Object.entries(PROMISES).flatMap(([promise, isKept]) =>
    play.endings.every((ending, caller) => isKept(play, ending, caller)) ? [] : [promise],
  );
}

const bought = ({ purchases }: OddService, caller: number) =>
  purchases.filter((each) => each.caller === caller);
const faultsOf = ({ attempts }: OddService, caller: number) =>
  attempts.filter((each) => each.caller === caller).map(({ fault }) => fault);
const isSame = (sim: string) => sim === ODD_REQUEST.sim;
const isWanted = ({ sim, template, isOlder }: OddPackage) =>
  !isOlder && isSame(sim) && template === ODD_REQUEST.package_template;
const has = ({ callers }: OddTraits, fault: PostFault) => callers.some(({ posts }) => posts.includes(fault));
const failsToList = ({ callers }: OddTraits) =>
  callers.some(({ gets }) => gets.some((fault) => fault !== "none"));

/** Whether the caller of an attempt cannot know what happened to it. */
function leavesDoubt(fault: PostFault): boolean {
  return !["none", "400", "429", "connection refused"].includes(fault);
}

/** By name, because there may be two copies of the SDK. */
const isInDoubt = (error: unknown) => Object(error).name === "CannotKnowError";
const candidatesOf = (ending: Ending): readonly unknown[] =>
  ("error" in ending && Object(ending.error).candidates) || [];

/** The ID of a row, if it has one that identifies it. */
function idOf(row: unknown): string | undefined {
  const { id } = Object(row);
  return (typeof id === "string" && id) || typeof id === "number" ? `${id}` : undefined;
}

/**
 * Whether one caller can find out everything: lists work and show everything immediately, rows can be read, nobody else buys for the SIM, and
 * one attempt gets a response or is carried out. Dates do not matter.
 */
function isClear(traits: OddTraits, maxAttempts: number): boolean {
  const [script, ...others] = traits.callers;
  if (!script || others.length > 0) return false;
  const decisive = [...script.posts, "none"].findIndex((fault) => !fault.endsWith(" before"));
  const fault = script.posts[decisive] ?? "none";
  return (
    traits.lag === 0 &&
    !failsToList(traits) &&
    decisive < maxAttempts &&
    (fault === "none" || fault.endsWith(" after")) &&
    !traits.older.some(({ isSameSim, isLive }) => isSameSim && isLive) &&
    !traits.meanwhile.some(({ isSameSim }) => isSameSim) &&
    [traits.olderRows, traits.newRows].every(
      ({ isRow, created_date: _, ...fields }) =>
        isRow && Object.values(fields).every((way) => way === "right"),
    )
  );
}
