import { createEsimClient, type EsimClient, NO_JSON, type Result } from "./client.ts";
import { Configuration, optionsOf } from "./configuration.ts";
import { apiError, type CallInfo, EsimUsageError } from "./errors.ts";
import type { GetPackagesStatusEnum } from "./generated/enums.ts";
import type {
  CreatePackageRequest,
  CreatePackageResponse,
  GetPackagesResponse,
  operations,
  Package,
} from "./generated/openapi.ts";
import type { CallOptions } from "./options.ts";
import { type PaginateOptions, paginate } from "./paginate.ts";

/** What every operation resolves to. */
export interface ApiResult<Data> {
  /** The HTTP status. */
  status: number;
  /** The answer, as the server sent it. */
  data: Data;
}

/** Which packages to iterate over: all that match every field given. */
export interface PackageFilter {
  /** Inventory ID. */
  inventory?: number | undefined;
  /** Package template ID. */
  packageTemplate?: number | undefined;
  /** ICCID of the SIM. */
  sim?: string | undefined;
  /** State of the package. */
  status?: GetPackagesStatusEnum | undefined;
}

/**
 * The operations of the Packages API, named and ordered as in its reference.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class PackagesApi {
  readonly #client: EsimClient;

  /**
   * @param configuration keys and server; without it, from the environment
   * @throws EsimUsageError when a key is missing or an option is wrong
   */
  constructor(configuration: Configuration = new Configuration()) {
    this.#client = createEsimClient(optionsOf(configuration));
  }

  /**
   * Returns one page of the packages that match every filter given.
   * @param count number of items to return
   * @param offset number of items to skip
   * @param inventory only packages of SIMs in this inventory, by ID
   * @param packageTemplate only packages made from this template, by ID
   * @param sim only packages of this SIM, by ICCID
   * @param status only packages in this state
   * @param options signal, time limits, retries and headers of this call
   */
  async getPackages(
    count?: number,
    offset?: number,
    inventory?: number,
    packageTemplate?: number,
    sim?: string,
    status?: GetPackagesStatusEnum,
    options: CallOptions = {},
  ): Promise<ApiResult<GetPackagesResponse>> {
    checkSim(sim);
    const query = { count, offset, inventory, package_template: packageTemplate, sim, status } as Query;
    return unwrap(await this.#client.GET("/packages", { ...(options as object), params: { query } }));
  }

  /**
   * Returns one package.
   * @param id package ID
   * @param options signal, time limits, retries and headers of this call
   */
  async getPackage(id: string, options: CallOptions = {}): Promise<ApiResult<Package>> {
    return unwrap(
      await this.#client.GET("/packages/{id}", { ...(options as object), params: { path: { id } } }),
    );
  }

  /**
   * Creates a package for a SIM. It starts NOT_ACTIVE.
   *
   * The API has no idempotency key. When this fails with `outcomeUnknown`, look the SIM's packages up before you try again.
   * @param createPackageRequest ICCID, template ID and, optionally, a time allowance in seconds
   * @param options signal, time limits, retries and headers of this call
   */
  async createPackage(
    createPackageRequest: CreatePackageRequest,
    options: CallOptions = {},
  ): Promise<ApiResult<CreatePackageResponse>> {
    checkSim(createPackageRequest?.sim);
    return unwrap(
      await this.#client.POST("/packages", { ...(options as object), body: createPackageRequest }),
    );
  }

  /**
   * Activates a package: its time allowance starts now.
   * @param id ID of a package that is NOT_ACTIVE and inside its activation window
   * @param options signal, time limits, retries and headers of this call
   */
  activatePackage(id: string, options: CallOptions = {}): Promise<ApiResult<boolean>> {
    return this.#act("/packages/{id}/activate", id, options);
  }

  /**
   * Terminates a package, for good.
   * @param id ID of a package that is ACTIVE or SUSPENDED
   * @param options signal, time limits, retries and headers of this call
   */
  terminatePackage(id: string, options: CallOptions = {}): Promise<ApiResult<boolean>> {
    return this.#act("/packages/{id}/terminate", id, options);
  }

  /**
   * Iterates over every package that matches, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const { id, status } of api.iteratePackages({ status: "ACTIVE" })) console.log(id, status);
   * ```
   */
  iteratePackages(
    filter: PackageFilter = {},
    options: CallOptions & PaginateOptions = {},
  ): AsyncGenerator<Package, void, undefined> {
    return paginate(async ({ count, offset }) => {
      const { inventory, packageTemplate, sim, status } = filter;
      return (await this.getPackages(count, offset, inventory, packageTemplate, sim, status, options)).data;
    }, options);
  }

  /** Success is the status alone: whatever body comes with it says nothing. */
  async #act(
    path: "/packages/{id}/activate" | "/packages/{id}/terminate",
    id: string,
    options: CallOptions,
  ): Promise<ApiResult<boolean>> {
    const init = { ...(options as object), parseAs: "text", params: { path: { id } } } as const;
    const result: Result = await this.#client.POST(path, init);
    return unwrap(result.response.ok ? { ...result, data: true } : (result as Result<never>));
  }
}

// openapi-fetch leaves out what is undefined, but its types do not say so.
type Query = NonNullable<operations["getPackages"]["parameters"]["query"]>;

function unwrap<Data>({ data, error, response, info }: Result<Data>): ApiResult<Data> {
  if (data !== undefined) return { status: response.status, data };
  throw apiError(info as CallInfo, response, error, response.ok ? NO_JSON : undefined);
}

/** As a number an ICCID has lost its last digits, and is some other SIM's or none. */
function checkSim(sim: unknown): void {
  if (typeof (sim ?? "") !== "string") throw new EsimUsageError("sim must be a string");
}
