import { EsimApiError, EsimError, EsimTimeoutError, EsimUsageError } from "./errors.ts";
import type { PackagesApi } from "./generated/apis/packages-api.ts";
import type { CreatePackageRequest, CreatePackageResponse, Package } from "./generated/openapi.ts";
import { kindOf } from "./kind-of.ts";
import type { CallOptions } from "./options.ts";
import { hasId } from "./paginate.ts";
import { fieldOf, isNewPackage, isSameRow, isSameSim, isSameTemplate, newRows } from "./same-package.ts";
import { doubtfulAbort } from "./transport/failure.ts";
import { ranOut, sleep } from "./transport/time-limit.ts";

/** Options of `createPackageOnce()`. `timeout`, `maxRetries`, `headers` and `signal` apply to each call it makes. */
export interface CreateOnceOptions extends CallOptions {
  /**
   * Time limit for the whole operation, including all calls and waits. `0` means no limit.
   * @unit milliseconds
   * @default 0
   */
  totalTimeout?: number | undefined;
  /**
   * How many times the purchase is sent at most.
   * @default 5
   */
  maxAttempts?: number | undefined;
  /**
   * How many times the SIM's packages are looked up after an attempt with an unknown outcome, before the next attempt.
   * @default 3
   */
  lookups?: number | undefined;
  /**
   * How long to wait before such a lookup, to let a request that is still in transit arrive. Doubles with each lookup, up to a minute.
   * @unit milliseconds, at most 60000
   * @default 500
   */
  lookupDelay?: number | undefined;
}

/** What `createPackageOnce()` resolves to. */
export type CreatedOnce = {
  /** The HTTP status of a purchase: 201, also for a package that was found by a lookup. */
  readonly status: number;
  /** How many times the purchase was sent. */
  readonly attempts: number;
} & (
  | {
      /** The purchase got a response. */
      readonly found: false;
      readonly data: CreatePackageResponse;
    }
  | {
      /** The response was lost, and a lookup found the package: `data` comes from `getPackages`. */
      readonly found: true;
      readonly data: Package;
    }
);

/** There is no way to know whether the package was created: no lookup found one that certainly is it, and nothing rules it out. */
export class CannotKnowError extends EsimError {
  static override readonly mark: string = "CannotKnowError";
  override readonly outcomeUnknown: true = true;
  /** Packages that may be the one; empty if no lookup succeeded or none was found. */
  declare readonly candidates: readonly Package[];
}

const CALL = { operation: "createPackage", method: "POST", path: "/packages" } as const;
const NOT_DONE = { outcomeUnknown: false } as const;
const MAX_DELAY = 60_000;
const MAX_TRIES = 100;

/**
 * Creates a package; if the response is lost, finds out whether it was created before trying again.
 *
 * The API has no idempotency key, so this relies on what can be observed: a package for this SIM and this template whose ID was not there
 * before. Dates are not used, because clocks differ. A row that cannot be compared, for lack of an ID or a template, may be the package:
 * then it looks again instead of buying. After an attempt with an unknown outcome it ends with a package or a `CannotKnowError`; from then
 * on a refusal proves nothing, because the lost attempt may have caused it.
 *
 * It repeats a purchase only for a SIM that had no live package, because the service refuses a second one there (409). It cannot detect
 * another process buying the same template for the same SIM at the same time; such a package counts as this one.
 *
 * ```ts
 * const { data, found } = await createPackageOnce(api, { sim, package_template });
 * ```
 *
 * @throws CannotKnowError if there is no way to know whether the package was created
 * @throws EsimUsageError if an option is invalid
 * @throws EsimError of the call that failed, if the package was certainly not created
 * @throws the signal's reason after an abort before the purchase, and an `AbortError` with `outcomeUnknown` after a later one
 */
export async function createPackageOnce(
  api: Pick<PackagesApi, "createPackage" | "iteratePackages">,
  request: CreatePackageRequest,
  { maxAttempts = 5, lookups = 3, lookupDelay = 500, totalTimeout = 0, ...options }: CreateOnceOptions = {},
): Promise<CreatedOnce> {
  checkWhole({ maxAttempts, lookups }, 1, MAX_TRIES);
  checkWhole({ lookupDelay }, 0, MAX_DELAY);
  if (!(typeof totalTimeout === "number" && totalTimeout >= 0))
    throw new EsimUsageError(
      `totalTimeout must be a number of milliseconds, 0 or more, not ${kindOf(totalTimeout)}`,
    );
  // A copy, because the caller may reuse the object for the next SIM before this call ends.
  const wanted = { ...request };
  if (typeof wanted.sim !== "string" || !wanted.sim)
    throw new EsimUsageError(`sim must be an ICCID, as a string, not ${kindOf(wanted.sim)}`);
  const { signal } = options;
  const end = performance.now() + (totalTimeout || Infinity);
  const timeLeft = () => end - performance.now();
  /** Each call gets the time that is left overall. A getter, because every page of a list reads it again. */
  const callOptions: CallOptions = totalTimeout
    ? {
        ...options,
        get totalTimeout() {
          return Math.max(1, timeLeft());
        },
      }
    : options;

  const before = await listBefore();
  const isFree = before.every((row) => fieldOf(row, "status") === "TERMINATED");
  /** Otherwise a row that looks new may be an older package that has since got its ID. */
  const hasEveryId = before.every(hasId);

  /** Why the package may already exist; resolved only by finding it. */
  let doubt: EsimError | undefined;
  for (let attempts = 1; ; attempts++) {
    if (timeLeft() <= 0)
      throw doubt ? timeIsUp(doubt) : new EsimTimeoutError(CALL, ranOut(totalTimeout), NOT_DONE);
    try {
      const { status, data } = await api.createPackage(wanted, callOptions);
      return { status, data, attempts, found: false };
    } catch (error) {
      if (!EsimError.isInstance(error)) throw doubt ? inDoubt(error, doubt) : error;
      if (!doubt && !error.outcomeUnknown) throw error;
      if (!doubt || error.outcomeUnknown) doubt = error;
    }
    const { found, candidates, failure, isComplete } = await look(doubt);
    if (found) return { status: 201, data: found, attempts, found: true };
    if (candidates.length > 0)
      throw cannotKnow("found packages that may or may not be this one", candidates, doubt);
    if (timeLeft() <= 0) throw timeIsUp(doubt);
    if (!isComplete)
      throw cannotKnow(`the SIM's packages cannot be listed: ${messageOf(failure)}`, [], doubt);
    if (!isFree)
      throw cannotKnow("no new package yet, and buying again could create a second one", [], doubt);
    if (attempts >= maxAttempts)
      throw cannotKnow(`no response to ${attempts} attempts, and no new package yet`, [], doubt);
  }

  /** No purchase has been sent yet, so a lookup that fails for a passing reason can be repeated. */
  async function listBefore(): Promise<Package[]> {
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

  /** The error for an abort, or for anything the caller's own function throws, after a purchase that may have happened. */
  function inDoubt(error: unknown, cause: EsimError): unknown {
    if (!signal?.aborted) return cannotKnow(messageOf(error), [], cause);
    return Object(error).outcomeUnknown ? error : doubtfulAbort(error);
  }

  /** Waits and looks up the SIM's packages until one certainly is the new one, or until all lookups are used. */
  async function look(cause: EsimError): Promise<Look> {
    let candidates: readonly Package[] = [];
    let failure: unknown;
    let completed = 0;
    for (let tries = 0; completed < lookups && tries < lookups * 4; tries++) {
      try {
        const delay = Math.min(lookupDelay * 2 ** Math.min(tries, 16), MAX_DELAY);
        await sleep(Math.max(0, Math.min(delay, timeLeft())), signal);
        if (timeLeft() <= 0) break;
        const rows = newRows(before, await list()).filter((row) => isSameTemplate(row, wanted) !== false);
        // A row found once stays a candidate, even if the next lookup does not return it.
        candidates = [...rows, ...candidates.filter((each) => !rows.some((row) => isSameRow(row, each)))];
        const [row] = candidates;
        const isIt = hasEveryId && candidates.length === 1 && isNewPackage(row, wanted);
        if (row && isIt) return { found: row, candidates, isComplete: true };
        completed++;
      } catch (error) {
        if (signal?.aborted) throw inDoubt(error, cause);
        failure = error;
        if (EsimError.isInstance(error) && isRefusal(error)) break;
      }
    }
    return { candidates, failure, isComplete: completed >= lookups };
  }

  /** The packages that are, or may be, this SIM's: a service may ignore the filter. */
  async function list(): Promise<Package[]> {
    const packages: Package[] = [];
    for await (const row of api.iteratePackages({ sim: wanted.sim }, callOptions)) {
      if (isSameSim(row, wanted) !== false) packages.push(row);
    }
    return packages;
  }
}

interface Look {
  /** The only new package for this SIM and this template. */
  readonly found?: Package;
  /** Several new packages, or one that cannot be compared. */
  readonly candidates: readonly Package[];
  /** Whether the requested number of lookups succeeded. */
  readonly isComplete: boolean;
  readonly failure?: unknown;
}

/** The message of anything thrown by the caller's own function. */
function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : kindOf(failure);
}

/** Whether repeating the request would not help. */
function isRefusal(error: EsimError): boolean {
  if (!EsimApiError.isInstance(error)) return EsimUsageError.isInstance(error);
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}

function cannotKnow(why: string, candidates: readonly Package[], cause: EsimError): CannotKnowError {
  return new CannotKnowError(`createPackageOnce: ${why}; check the SIM's packages before you buy again`, {
    candidates,
    cause,
  });
}

function checkWhole(options: Record<string, number>, min: number, max: number): void {
  for (const [name, value] of Object.entries(options))
    if (!(Number.isSafeInteger(value) && value >= min && value <= max))
      throw new EsimUsageError(`${name} must be a whole number from ${min} to ${max}, not ${kindOf(value)}`);
}
