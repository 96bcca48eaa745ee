import type { CreatePackageRequest, CreatePackageResponse, Package, PackagesApi } from "../api.js";
import { iteratePackages } from "../lists.js";
import { EsimAxiosError } from "./errors.js";
import { EsimListError } from "./iterate.js";
import { isNewPackage, isSameSim, isSameTemplate, newRows } from "./same-package.js";

/** Options of `createPackageOnce()`. */
export interface CreateOnceOptions {
  /** How many times the purchase is sent at most. @default 5 */
  readonly maxAttempts?: number;
  /** How many times the SIM's packages are looked up after an attempt with an unknown outcome. @default 3 */
  readonly lookups?: number;
  /** Milliseconds to wait before such a lookup. Doubles with each lookup, up to a minute. @default 500 */
  readonly lookupDelay?: number;
  /** Time limit in milliseconds for the whole operation, including all calls and waits; none by default. */
  readonly totalTimeout?: number;
}

/** What `createPackageOnce()` resolves to. If `found`, the response was lost, a lookup found the package, and `data` comes from `getPackages`. */
export type CreatedOnce =
  | { readonly found: false; readonly data: CreatePackageResponse }
  | { readonly found: true; readonly data: Package };

/** There is no way to know whether the package was created: no lookup found one that certainly is it, and nothing rules it out. */
export class CannotKnowError extends Error {
  override readonly name = "CannotKnowError";
  readonly outcomeUnknown = true;

  /** @param candidates packages that may be the one */
  constructor(
    why: string,
    readonly candidates: readonly Package[],
    cause: unknown,
  ) {
    super(`createPackageOnce: ${why}; check the SIM's packages before you buy again`, { cause });
  }
}

const LONGEST_DELAY = 60_000;

/**
 * Creates a package; if the response is lost, finds out whether it was created before trying again, by looking for a package of this SIM
 * and this template whose ID was not there before. Dates are not used, because clocks differ. It repeats a purchase only for a SIM that
 * had no live package, because the service refuses a second one there. It cannot detect another process buying the same template for the
 * same SIM at the same time; such a package counts as this one.
 *
 * @throws CannotKnowError if there is no way to know whether the package was created
 * @throws EsimAxiosError of the call that failed, if the package was certainly not created
 */
export async function createPackageOnce(
  api: Pick<PackagesApi, "createPackage" | "getPackages">,
  request: CreatePackageRequest,
  { maxAttempts = 5, lookups = 3, lookupDelay = 500, totalTimeout = Infinity }: CreateOnceOptions = {},
): Promise<CreatedOnce> {
  const wanted = { ...request };
  const end = performance.now() + totalTimeout;
  const timeLeft = () => end - performance.now();
  // Each call gets the time that is left overall.
  const limit = () => (totalTimeout < Infinity ? { timeout: Math.max(1, timeLeft()) } : {});

  const before = await lookBefore();
  const isFree = before.every(({ status }) => status === "TERMINATED");
  /** Otherwise a row that looks new may be an older package that has since got its ID. */
  const areNamed = before.every(({ id }) => id);
  /** Why the package may already exist; resolved only by finding it. */
  let doubt: unknown;
  for (let attempt = 1; ; attempt++) {
    try {
      return { found: false, data: (await api.createPackage(wanted, limit())).data };
    } catch (error) {
      // After a lost attempt a refusal proves nothing: the lost attempt may have caused it.
      if (!doubt && !Object(error).outcomeUnknown) throw error;
      doubt ??= error;
    }
    const { found, candidates, failure } = await look();
    if (found) return { found: true, data: found };
    if (candidates.length > 0)
      throw new CannotKnowError("found packages that may or may not be this one", candidates, doubt);
    if (failure)
      throw new CannotKnowError(`the SIM's packages cannot be listed: ${failure.message}`, [], doubt);
    if (timeLeft() <= 0) throw new CannotKnowError("out of time, and no new package yet", [], doubt);
    if (!isFree)
      throw new CannotKnowError("no new package yet, and buying again could create a second one", [], doubt);
    if (attempt >= maxAttempts)
      throw new CannotKnowError(`no response to ${attempt} attempts, and no new package yet`, [], doubt);
  }

  /** No purchase has been sent yet, so a lookup that fails for a passing reason can be repeated. */
  async function lookBefore(): Promise<Package[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await list();
      } catch (error) {
        if (tries >= lookups || isRefusal(error) || timeLeft() <= lookupDelay) throw error;
        await sleep(lookupDelay);
      }
    }
  }

  /** Waits and looks up the SIM's packages until one certainly is the new one, or until all lookups are used. */
  async function look(): Promise<{ found?: Package; candidates: readonly Package[]; failure?: Error }> {
    let candidates: readonly Package[] = [];
    let failure: Error | undefined;
    let seen = 0;
    for (let tries = 0; seen < lookups && tries < lookups * 4 && timeLeft() > 0; tries++) {
      await sleep(Math.max(0, Math.min(lookupDelay * 2 ** tries, LONGEST_DELAY, timeLeft())));
      try {
        const rows = newRows(before, await list()).filter((row) => isSameTemplate(row, wanted) !== false);
        // A row found once stays a candidate, even if the next lookup does not return it.
        candidates = [
          ...rows,
          ...newRows(
            rows,
            candidates.filter(({ id }) => id),
          ),
        ];
        const [row] = candidates;
        if (row && areNamed && candidates.length === 1 && isNewPackage(row, wanted))
          return { found: row, candidates };
        seen++;
      } catch (error) {
        failure = error as Error;
        if (isRefusal(error)) break;
      }
    }
    return seen >= lookups || !failure ? { candidates } : { candidates, failure };
  }

  /** The packages that are, or may be, this SIM's: a service may ignore the filter. */
  async function list(): Promise<Package[]> {
    const packages: Package[] = [];
    for await (const row of iteratePackages(api, { sim: wanted.sim }, limit()))
      if (isSameSim(row, wanted) !== false) packages.push(row);
    return packages;
  }
}

/** Whether repeating the request would not help. */
function isRefusal(error: unknown): boolean {
  if (error instanceof EsimListError) return false;
  const { status = 0 } = error instanceof EsimAxiosError ? error : { status: 400 };
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
