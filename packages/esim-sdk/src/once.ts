// All from the index as it is built: one class of each error, and the index stays one file.
import {
  type ApiResult,
  type CallOptions,
  type CreatePackageRequest,
  type CreatePackageResponse,
  EsimApiError,
  EsimError,
  EsimUsageError,
  type Package,
  type PackagesApi,
} from "./index.js";

/** Options of `createPackageOnce()`. `timeout`, `maxRetries`, `headers` and `signal` are those of each call that it makes. */
export interface CreateOnceOptions extends CallOptions {
  /**
   * How often the package is asked for at most.
   * @default 5
   */
  maxAttempts?: number | undefined;
  /**
   * How often the SIM's packages are looked up after an attempt whose outcome is unknown, before it counts as not done.
   * @default 3
   */
  lookups?: number | undefined;
  /**
   * How long to wait before such a look, so that a request that is still on its way arrives. Doubles from look to look.
   * @unit milliseconds
   * @default 500
   */
  lookupDelay?: number | undefined;
}

/** What `createPackageOnce()` resolves to. */
export interface CreatedOnce extends ApiResult<CreatePackageResponse | Package> {
  /** How often the package was asked for. */
  readonly attempts: number;
  /** Whether the answer was lost, and the package found by looking: `data` is then what `getPackages` shows. */
  readonly found: boolean;
}

/** It cannot be known whether the package was created: no look succeeded, or more than one package may be it. */
export class CannotKnowError extends EsimError {
  override readonly name: string = "CannotKnowError";
  override readonly outcomeUnknown: boolean = true;
  /** Packages that may be the one; none if no look succeeded or none was seen. */
  declare readonly candidates: readonly Package[];
}

/**
 * Creates a package, and where the answer is lost, finds out whether it was created before it asks again.
 *
 * The API has no idempotency key, so this rests on what can be seen: a package of this SIM and this template that was not there
 * before, and is not older than any that was. What it cannot see is another process that buys the same template for the same SIM
 * at the same time; such a package counts as this one, as a SIM has one package at a time.
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
  { maxAttempts = 5, lookups = 3, lookupDelay = 500, ...options }: CreateOnceOptions = {},
): Promise<CreatedOnce> {
  atLeast(1, { maxAttempts, lookups });
  atLeast(0, { lookupDelay });
  if (typeof request?.sim !== "string" || !request.sim)
    throw new EsimUsageError("sim must be an ICCID, as text");

  const before = await firstLook();
  const known = new Set(before.map(({ id }) => id));
  const newest = Math.max(0, ...before.map(({ created_date = 0 }) => created_date));
  const isOurs = ({ id, package_template, created_date = newest }: Package): boolean =>
    !known.has(id) && templateOf(package_template) === request.package_template && created_date >= newest;

  let lost: EsimError | undefined;
  for (let attempts = 1; ; attempts++) {
    try {
      const { status, data } = await api.createPackage(request, options);
      return { status, data, attempts, found: false };
    } catch (error) {
      if (!(error instanceof EsimError)) throw lost ? abortError(error) : error;
      // A refusal after an attempt that may have been done can be due to that one.
      if (!error.outcomeUnknown && !lost) throw error;
      lost = error;
    }

    const candidates = await look(lost);
    if (candidates.length > 1)
      throw cannotKnow("several packages may be the one that was created", candidates, lost);
    if (candidates[0]) return { status: 201, data: candidates[0], attempts, found: true };
    if (!lost.outcomeUnknown) throw lost;
    if (attempts >= maxAttempts)
      throw cannotKnow(`no answer to ${attempts} attempts, and no new package yet`, [], lost);
  }

  /** Nothing has been sent yet, so a look that fails for want of a good answer can be had again. */
  async function firstLook(): Promise<Package[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await packagesOf(api, request.sim, options);
      } catch (error) {
        if (tries >= lookups || !(error instanceof EsimError) || isRefusal(error)) throw error;
        await sleep(lookupDelay, options.signal);
      }
    }
  }

  /** Waits, looks, and looks again; empty only after as many looks as were asked for. */
  async function look(cause: EsimError): Promise<Package[]> {
    let failure: unknown;
    let seen = 0;
    for (let tries = 0; seen < lookups && tries < lookups * 4; tries++) {
      try {
        await sleep(lookupDelay * 2 ** Math.min(tries, 6), options.signal);
        const candidates = (await packagesOf(api, request.sim, options)).filter(isOurs);
        if (candidates.length > 0) return candidates;
        seen++;
      } catch (error) {
        if (!(error instanceof EsimError)) throw abortError(error);
        failure = error;
        if (isRefusal(error)) break;
      }
    }
    if (seen < lookups) throw cannotKnow(`the SIM's packages cannot be listed: ${failure}`, [], cause);
    return [];
  }
}

async function packagesOf(
  api: Pick<PackagesApi, "iteratePackages">,
  sim: string,
  options: CallOptions,
): Promise<Package[]> {
  const packages: Package[] = [];
  for await (const each of api.iteratePackages({ sim }, options)) packages.push(each);
  return packages;
}

/** The live service is known to send the bare ID too. */
function templateOf(template: unknown): unknown {
  return Object(template) === template ? (template as { id?: unknown }).id : template;
}

/** Whether asking again would change nothing. */
function isRefusal(error: EsimError): boolean {
  return (
    error instanceof EsimUsageError ||
    (error instanceof EsimApiError && /^4(?!08|29)/.test(`${error.status}`))
  );
}

/** What aborted a call, with the news that a purchase may have happened. */
function abortError(reason: unknown): unknown {
  const { message, outcomeUnknown } = Object(reason) as { message?: string; outcomeUnknown?: boolean };
  if (outcomeUnknown) return reason;
  return Object.assign(new DOMException(message, "AbortError"), { cause: reason, outcomeUnknown: true });
}

function cannotKnow(why: string, candidates: readonly Package[], cause: EsimError): CannotKnowError {
  return new CannotKnowError(`createPackageOnce: ${why}`, { candidates, cause });
}

function atLeast(least: number, options: Record<string, number>): void {
  for (const [name, value] of Object.entries(options))
    if (!(Number.isSafeInteger(value) && value >= least))
      throw new EsimUsageError(`${name} must be a whole number, ${least} or more`);
}

/** Of its own, as the index exports none. Waits `ms` milliseconds, or until `signal` aborts. @throws the reason of `signal` */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}
