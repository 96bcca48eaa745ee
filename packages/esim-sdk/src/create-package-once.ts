import { EsimApiError, EsimError, EsimTimeoutError, EsimUsageError } from "./errors.ts";
import type { PackagesApi } from "./generated/apis/packages-api.ts";
import type { CreatePackageRequest, CreatePackageResponse, Package } from "./generated/openapi.ts";
import { kindOf } from "./kind-of.ts";
import type { CallOptions } from "./options.ts";
import { hasId } from "./paginate.ts";
import { fieldOf, isNewPackage, isSameRow, isSameSim, isSameTemplate, newRows } from "./same-package.ts";
import { doubtfulAbort } from "./transport/failure.ts";
import { sleep } from "./transport/time-limit.ts";

/** Options of `createPackageOnce()`. `timeout`, `maxRetries`, `headers` and `signal` are those of each call that it makes. */
export interface CreateOnceOptions extends CallOptions {
  /**
   * Time limit of the whole, all calls and waits included. `0` for none.
   * @unit milliseconds
   * @default 0
   */
  totalTimeout?: number | undefined;
  /**
   * How often the package is asked for at most.
   * @default 5
   */
  maxAttempts?: number | undefined;
  /**
   * How often the SIM's packages are looked up after an attempt whose outcome is unknown, before it is repeated.
   * @default 3
   */
  lookups?: number | undefined;
  /**
   * How long to wait before such a look, so that a request that is still on its way arrives. Doubles from look to look, up to a minute.
   * @unit milliseconds, 60000 at most
   * @default 500
   */
  lookupDelay?: number | undefined;
}

/** What `createPackageOnce()` resolves to. */
export type CreatedOnce = {
  /** The HTTP status of a purchase, 201. */
  readonly status: number;
  /** How often the package was asked for. */
  readonly attempts: number;
} & (
  | {
      /** The purchase was answered. */
      readonly found: false;
      readonly data: CreatePackageResponse;
    }
  | {
      /** The answer was lost, and the package found by looking: `data` is what `getPackages` shows. */
      readonly found: true;
      readonly data: Package;
    }
);

/** It cannot be known whether the package was created: no look showed one that is certainly it, and nothing proves that it was not. */
export class CannotKnowError extends EsimError {
  static override readonly mark: string = "CannotKnowError";
  override readonly outcomeUnknown: true = true;
  /** Packages that may be the one; none if no look succeeded or none was seen. */
  declare readonly candidates: readonly Package[];
}

const CALL = { operation: "createPackage", method: "POST", path: "/packages" } as const;
const NOT_DONE = { outcomeUnknown: false } as const;
const LONGEST_DELAY = 60_000;
const MOST_TRIES = 100;

/**
 * Creates a package, and where the answer is lost, finds out whether it was created before it asks again.
 *
 * The API has no idempotency key, so this rests on what can be seen: a package of this SIM and this template whose ID was not there
 * before. Dates decide nothing, since clocks differ. What cannot be compared, for want of an ID or a template, may be it: then it looks
 * again, and does not buy. After an attempt whose outcome is unknown it ends with a package or with a `CannotKnowError`; a refusal proves
 * nothing then, as the lost attempt may be what causes it.
 *
 * It repeats a purchase only for a SIM that had no live package, because there the service refuses a second one (409). What it cannot see
 * is another process that buys the same template for the same SIM at the same time; such a package counts as this one.
 *
 * ```ts
 * const { data, found } = await createPackageOnce(api, { sim, package_template });
 * ```
 *
 * @throws CannotKnowError when it truly cannot know
 * @throws EsimUsageError when an option is wrong
 * @throws EsimError of the call that failed, when the package was certainly not created
 * @throws the signal's reason after an abort before the purchase; an `AbortError` with `outcomeUnknown` after one from then on
 */
export async function createPackageOnce(
  api: Pick<PackagesApi, "createPackage" | "iteratePackages">,
  request: CreatePackageRequest,
  { maxAttempts = 5, lookups = 3, lookupDelay = 500, totalTimeout = 0, ...options }: CreateOnceOptions = {},
): Promise<CreatedOnce> {
  checkWhole({ maxAttempts, lookups }, 1, MOST_TRIES);
  checkWhole({ lookupDelay }, 0, LONGEST_DELAY);
  if (!(typeof totalTimeout === "number" && totalTimeout >= 0))
    throw new EsimUsageError(
      `totalTimeout must be a number of milliseconds, 0 or more, not ${kindOf(totalTimeout)}`,
    );
  // As it is now: the caller may use the object for the next SIM meanwhile.
  const wanted = { ...request };
  if (typeof wanted.sim !== "string" || !wanted.sim)
    throw new EsimUsageError(`sim must be an ICCID, as text, not ${kindOf(wanted.sim)}`);
  const { signal } = options;
  const end = performance.now() + (totalTimeout || Infinity);
  const timeLeft = () => end - performance.now();
  const noTime = `no time left of totalTimeout, ${totalTimeout} ms`;
  /** A call has no more time than the whole has left, and so has each page of a list, which asks again. */
  const callOptions: CallOptions = totalTimeout
    ? {
        ...options,
        get totalTimeout() {
          return Math.max(1, timeLeft());
        },
      }
    : options;

  const before = await lookBefore();
  const isFree = before.every((row) => fieldOf(row, "status") === "TERMINATED");
  /** An older package may have got its ID since, where not each had one. */
  const areNamed = before.every(hasId);

  /** Why it is unknown whether there is a package already; settled only by seeing it. */
  let doubt: EsimError | undefined;
  for (let attempts = 1; ; attempts++) {
    if (timeLeft() <= 0) throw doubt ? timeIsUp(doubt) : new EsimTimeoutError(CALL, noTime, NOT_DONE);
    try {
      const { status, data } = await api.createPackage(wanted, callOptions);
      return { status, data, attempts, found: false };
    } catch (error) {
      if (!EsimError.isInstance(error)) throw doubt ? notOurs(error, doubt) : error;
      if (!doubt && !error.outcomeUnknown) throw error;
      if (!doubt || error.outcomeUnknown) doubt = error;
    }
    const { found, candidates, failure, isSeen } = await look(doubt);
    if (found) return { status: 201, data: found, attempts, found: true };
    if (candidates.length > 0)
      throw cannotKnow("packages were seen that may be it, or not", candidates, doubt);
    if (timeLeft() <= 0) throw timeIsUp(doubt);
    if (!isSeen) throw cannotKnow(`the SIM's packages cannot be listed: ${saidOf(failure)}`, [], doubt);
    if (!isFree)
      throw cannotKnow("no new package yet, and another purchase could be a second one", [], doubt);
    if (attempts >= maxAttempts)
      throw cannotKnow(`no answer to ${attempts} attempts, and no new package yet`, [], doubt);
  }

  /** Nothing has been sent yet, so a look that fails for want of a good answer can be had again. */
  async function lookBefore(): Promise<Package[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await list();
      } catch (error) {
        const isFinal =
          tries >= lookups || !EsimError.isInstance(error) || isRefusal(error) || timeLeft() <= lookupDelay;
        if (isFinal) throw error;
        await sleep(lookupDelay, signal);
      }
    }
  }

  function timeIsUp(cause: EsimError): CannotKnowError {
    return cannotKnow(`no new package in ${totalTimeout} ms`, [], cause);
  }

  /** What an abort, or the caller's own function, made of a call after a purchase that may have happened. */
  function notOurs(error: unknown, cause: EsimError): unknown {
    if (!signal?.aborted) return cannotKnow(saidOf(error), [], cause);
    return Object(error).outcomeUnknown ? error : doubtfulAbort(error);
  }

  /** Waits, looks, and looks again, until one package is certainly it, or as often as was asked for. */
  async function look(cause: EsimError): Promise<Look> {
    let candidates: readonly Package[] = [];
    let failure: unknown;
    let seen = 0;
    for (let tries = 0; seen < lookups && tries < lookups * 4; tries++) {
      try {
        const delay = Math.min(lookupDelay * 2 ** Math.min(tries, 16), LONGEST_DELAY);
        await sleep(Math.max(0, Math.min(delay, timeLeft())), signal);
        if (timeLeft() <= 0) break;
        const rows = newRows(before, await list()).filter((row) => isSameTemplate(row, wanted) !== false);
        // What was seen once stays a candidate, also when it is gone at the next look.
        candidates = [...rows, ...candidates.filter((each) => !rows.some((row) => isSameRow(row, each)))];
        const [row] = candidates;
        const isIt = areNamed && candidates.length === 1 && isNewPackage(row, wanted);
        if (row && isIt) return { found: row, candidates, isSeen: true };
        seen++;
      } catch (error) {
        if (signal?.aborted) throw notOurs(error, cause);
        failure = error;
        if (EsimError.isInstance(error) && isRefusal(error)) break;
      }
    }
    return { candidates, failure, isSeen: seen >= lookups };
  }

  /** The packages of this SIM, as far as that can be told: a service may ignore the filter. */
  async function list(): Promise<Package[]> {
    const packages: Package[] = [];
    for await (const row of api.iteratePackages({ sim: wanted.sim }, callOptions)) {
      if (isSameSim(row, wanted) !== false) packages.push(row);
    }
    return packages;
  }
}

interface Look {
  /** The only one that is new, of this SIM and of this template. */
  readonly found?: Package;
  /** Several that are new, or one that cannot be compared. */
  readonly candidates: readonly Package[];
  /** Whether as many looks succeeded as were asked for. */
  readonly isSeen: boolean;
  readonly failure?: unknown;
}

/** For a message: what a function of the caller's throws may be anything. */
function saidOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : kindOf(failure);
}

/** Whether asking again would change nothing. */
function isRefusal(error: EsimError): boolean {
  if (!EsimApiError.isInstance(error)) return EsimUsageError.isInstance(error);
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}

function cannotKnow(why: string, candidates: readonly Package[], cause: EsimError): CannotKnowError {
  return new CannotKnowError(`createPackageOnce: ${why}; look before you buy again`, { candidates, cause });
}

function checkWhole(options: Record<string, number>, least: number, most: number): void {
  for (const [name, value] of Object.entries(options))
    if (!(Number.isSafeInteger(value) && value >= least && value <= most))
      throw new EsimUsageError(
        `${name} must be a whole number from ${least} to ${most}, not ${kindOf(value)}`,
      );
}
