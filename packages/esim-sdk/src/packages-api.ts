import { createEsimClient, type EsimClient } from "./client.ts";
import { Configuration, optionsOf } from "./configuration.ts";
import { apiError, EsimUsageError, NO_JSON } from "./errors.ts";
import type { GetPackagesStatusEnum } from "./generated/enums.ts";
import type {
  CreatePackageRequest,
  CreatePackageResponse,
  GetPackagesResponse,
  Package,
  paths,
} from "./generated/openapi.ts";
import type { CallOptions } from "./options.ts";
import { type PaginateOptions, paginate } from "./paginate.ts";
import type { Answer } from "./transport/buffered.ts";

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
  getPackages(
    count?: number,
    offset?: number,
    inventory?: number,
    packageTemplate?: number,
    sim?: string,
    status?: GetPackagesStatusEnum,
    options?: CallOptions,
  ): Promise<ApiResult<GetPackagesResponse>> {
    const query = { count, offset, inventory, package_template: packageTemplate, sim, status };
    return this.#call("GET", "/packages", options, { params: { query } }, sim);
  }

  /**
   * Returns one package.
   * @param id package ID
   * @param options signal, time limits, retries and headers of this call
   */
  getPackage(id: string, options?: CallOptions): Promise<ApiResult<Package>> {
    return this.#call("GET", "/packages/{id}", options, { params: { path: { id } } });
  }

  /**
   * Creates a package for a SIM. It starts NOT_ACTIVE.
   *
   * The API has no idempotency key. When this fails with `outcomeUnknown`, look the SIM's packages up before you try again.
   * @param createPackageRequest ICCID, template ID and, optionally, a time allowance in seconds
   * @param options signal, time limits, retries and headers of this call
   */
  createPackage(
    createPackageRequest: CreatePackageRequest,
    options?: CallOptions,
  ): Promise<ApiResult<CreatePackageResponse>> {
    return this.#call(
      "POST",
      "/packages",
      options,
      { body: createPackageRequest },
      createPackageRequest?.sim,
    );
  }

  /**
   * Activates a package: its time allowance starts now.
   * @param id ID of a package that is NOT_ACTIVE and inside its activation window
   * @param options signal, time limits, retries and headers of this call
   */
  activatePackage(id: string, options?: CallOptions): Promise<ApiResult<boolean>> {
    return this.#call("POST", "/packages/{id}/activate", options, {
      parseAs: "text",
      params: { path: { id } },
    });
  }

  /**
   * Terminates a package, for good.
   * @param id ID of a package that is ACTIVE or SUSPENDED
   * @param options signal, time limits, retries and headers of this call
   */
  terminatePackage(id: string, options?: CallOptions): Promise<ApiResult<boolean>> {
    return this.#call("POST", "/packages/{id}/terminate", options, {
      parseAs: "text",
      params: { path: { id } },
    });
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

  async #call<Data>(
    method: "GET" | "POST",
    path: keyof paths,
    options: CallOptions | undefined,
    init: { parseAs?: "text"; params?: object; body?: object },
    sim: unknown = "",
  ): Promise<ApiResult<Data>> {
    // As a number an ICCID has lost its last digits, and is some other SIM's or none.
    if (typeof sim !== "string") throw new EsimUsageError("sim must be a string");
    const call = this.#client[method] as unknown as Method;
    const { data, error, response } = await call(path, { ...options, ...init });
    const { ok, status } = response;
    // Of what promises no body, success is the status alone: whatever body comes with it says nothing.
    const result = ok && init.parseAs ? true : data;
    if (result !== undefined) return { status, data: result as Data };
    throw apiError(response.info, response, error, ok ? NO_JSON : undefined);
  }
}

type Method = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Answer }>;
