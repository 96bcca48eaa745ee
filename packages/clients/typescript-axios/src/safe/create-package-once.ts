import type { CreatePackageRequest, CreatePackageResponse, Package, PackagesApi } from "../api.js";
import { iteratePackages } from "../lists.js";
import { EsimAxiosError } from "./errors.js";
import { EsimListError } from "./iterate.js";
import { isNewPackage, isSameSim, isSameTemplate, newRows } from "./same-package.js";

/** Options of `createPackageOnce()`. */
export interface CreateOnceOptions {
  /** How often the package is asked for at most. @default 5 */
  readonly maxAttempts?: number;
  /** How often the SIM's packages are looked up after an attempt whose outcome is unknown. @default 3 */
  readonly lookups?: number;
  /** Milliseconds before such a look; they double from look to look, up to a minute. @default 500 */
  readonly lookupDelay?: number;
  /** Milliseconds for the whole, all calls and waits included; none by default. */
  readonly totalTimeout?: number;
}

/** What `createPackageOnce()` resolves to. If `found`, the answer was lost, and `data` is what `getPackages` shows. */
export type CreatedOnce =
  | { readonly found: false; readonly data: CreatePackageResponse }
  | { readonly found: true; readonly data: Package };

/** It cannot be known whether the package was created: no look showed one that is certainly it, and nothing proves that it was not. */
export class CannotKnowError extends Error {
  override readonly name = "CannotKnowError";
  readonly outcomeUnknown = true;

  /** @param candidates packages that may be the one */
  constructor(
    why: string,
    readonly candidates: readonly Package[],
    cause: unknown,
  ) {
    super(`createPackageOnce: ${why}; look before you buy again`, { cause });
  }
}

const LONGEST_DELAY = 60_000;

/**
 * Creates a package, and where the answer is lost, finds out whether it was created before it asks again: by a package of this SIM and
 * this template whose ID was not there before. Dates decide nothing, since clocks differ. It repeats a purchase only for a SIM that
 * had no live package, because there the service refuses a second one. What it cannot see is another process that buys the same for the same SIM at
 * the same time; such a package counts as this one.
 *
 * @throws CannotKnowError when it truly cannot know
 * @throws EsimAxiosError of the call that failed, when the package was certainly not created
 */
export async function createPackageOnce(
  api: Pick<PackagesApi, "createPackage" | "getPackages">,
  request: CreatePackageRequest,
  { maxAttempts = 5, lookups = 3, lookupDelay = 500, totalTimeout = Infinity }: CreateOnceOptions = {},
): Promise<CreatedOnce> {
  const wanted = { ...request };
  const end = performance.now() + totalTimeout;
  const timeLeft = () => end - performance.now();
  // A call has no more time than the whole has left.
  const limit = () => (totalTimeout < Infinity ? { timeout: Math.max(1, timeLeft()) } : {});

  const before = await lookBefore();
  const isFree = before.every(({ status }) => status === "TERMINATED");
  /** An older package may have got its ID since, where not each had one. */
  const areNamed = before.every(({ id }) => id);
  /** Why it is unknown whether there is a package already; settled only by seeing it. */
  let doubt: unknown;
  for (let attempt = 1; ; attempt++) {
    try {
      return { found: false, data: (await api.createPackage(wanted, limit())).data };
    } catch (error) {
      // After doubt a refusal proves nothing: the lost attempt may be what causes it.
      if (!doubt && !Object(error).outcomeUnknown) throw error;
      doubt ??= error;
    }
    const { found, candidates, failure } = await look();
    if (found) return { found: true, data: found };
    if (candidates.length > 0)
      throw new CannotKnowError("packages were seen that may be it, or not", candidates, doubt);
    if (failure)
      throw new CannotKnowError(`the SIM's packages cannot be listed: ${failure.message}`, [], doubt);
    if (timeLeft() <= 0) throw new CannotKnowError("no time left, and no new package yet", [], doubt);
    if (!isFree)
      throw new CannotKnowError("no new package yet, and another purchase could be a second one", [], doubt);
    if (attempt >= maxAttempts)
      throw new CannotKnowError(`no answer to ${attempt} attempts, and no new package yet`, [], doubt);
  }

  /** Nothing has been sent yet, so a look that fails for want of a good answer can be had again. */
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

  /** Waits, looks, and looks again, until one package is certainly it, or as often as was asked for. */
  async function look(): Promise<{ found?: Package; candidates: readonly Package[]; failure?: Error }> {
    let candidates: readonly Package[] = [];
    let failure: Error | undefined;
    let seen = 0;
    for (let tries = 0; seen < lookups && tries < lookups * 4 && timeLeft() > 0; tries++) {
      await sleep(Math.max(0, Math.min(lookupDelay * 2 ** tries, LONGEST_DELAY, timeLeft())));
      try {
        const rows = newRows(before, await list()).filter((row) => isSameTemplate(row, wanted) !== false);
        // What was seen once stays a candidate, also when it is gone at the next look.
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

  /** The packages of this SIM, as far as that can be told: a service may ignore the filter. */
  async function list(): Promise<Package[]> {
    const packages: Package[] = [];
    for await (const row of iteratePackages(api, { sim: wanted.sim }, limit()))
      if (isSameSim(row, wanted) !== false) packages.push(row);
    return packages;
  }
}

/** Whether asking again would change nothing. */
function isRefusal(error: unknown): boolean {
  if (error instanceof EsimListError) return false;
  const { status = 0 } = error instanceof EsimAxiosError ? error : { status: 400 };
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
