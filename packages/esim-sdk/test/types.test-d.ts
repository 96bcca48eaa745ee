// Tests the public types against the contract. Checked by the compiler, never run.
import { describe, expectTypeOf, test } from "vitest";
import { BaseApi } from "../src/api/base-api.ts";
import type { Operation } from "../src/generated/operation.ts";
import {
  createPackage,
  getPackage,
  getPackages,
  OPERATIONS,
  type OperationId,
  terminatePackage,
} from "../src/generated/operations.ts";
import {
  type ApiResult,
  type CallOptions,
  Configuration,
  type CoreApi,
  type CreatePackageRequest,
  type CreatePackageResponse,
  type CreateTimeAllowance,
  createEsimClient,
  createPackageOnce,
  type ESIM,
  type ESIMPartial,
  type ESIMRSPApi,
  type EsimApiError,
  type EsimClient,
  EsimError,
  type GetPackagesQuery,
  type GetPackagesResponse,
  GetPackagesStatusEnum,
  InventoryApi,
  type ModifyPCRProfileData,
  type operations,
  type Package,
  PackagesApi,
  type PackageTemplate,
  type PCRApi,
  type PCRProfileApi,
  paginate,
  type paths,
  type SystemApi,
  type TimeAllowance,
} from "../src/index.ts";

type Status = "NOT_ACTIVE" | "ACTIVE" | "SUSPENDED" | "TERMINATED";
const api = new PackagesApi(new Configuration({ apiKey: "k", userId: "u" }));
const client = createEsimClient({ apiKey: "k", userId: "u" });

describe("PackagesApi", () => {
  test("takes the reference's arguments in the reference's order", () => {
    expectTypeOf(api.getPackages).parameters.toEqualTypeOf<
      | [
          count?: number,
          offset?: number,
          inventory?: number,
          packageTemplate?: number,
          sim?: string,
          status?: Status,
          options?: CallOptions,
        ]
      | [query: GetPackagesQuery, options?: CallOptions]
    >();
    expectTypeOf(api.getPackages).returns.resolves.toEqualTypeOf<ApiResult<GetPackagesResponse>>();
    expectTypeOf(api.getPackage).returns.resolves.toEqualTypeOf<ApiResult<Package>>();
    expectTypeOf(api.createPackage).parameter(0).toEqualTypeOf<CreatePackageRequest>();
    expectTypeOf(api.createPackage).returns.resolves.toEqualTypeOf<ApiResult<CreatePackageResponse>>();
    expectTypeOf(api.activatePackage).returns.resolves.toEqualTypeOf<ApiResult<boolean>>();
    expectTypeOf(api.terminatePackage).returns.resolves.toEqualTypeOf<ApiResult<boolean>>();
  });

  test("refuses what the contract does not have", () => {
    // @ts-expect-error no such status
    api.getPackages(1, 0, 1, 1, "8910300000045681955", "PAUSED");
    // @ts-expect-error an ICCID is a string
    api.getPackages(1, 0, 1, 1, 89103);
    // @ts-expect-error an ID is required
    api.getPackage();
    // @ts-expect-error a template is required
    api.createPackage({ sim: "8910300000045681955" });
    // @ts-expect-error an ICCID is a string
    api.createPackage({ sim: 1, package_template: 1 });
    // @ts-expect-error a time limit is a number of milliseconds
    api.getPackage("x", { timeout: "5s" });
    // @ts-expect-error axios's own options do not exist here
    new Configuration({ baseOptions: { httpsAgent: {} } });
    // @ts-expect-error a plain object is not a Configuration
    new PackagesApi({ apiKey: "k", userId: "u" });
    // @ts-expect-error not even an empty one
    new PackagesApi({});
  });

  test("accepts one object for a list, and undefined for anything optional", () => {
    const sim: string | undefined = undefined;
    expectTypeOf(api.getPackages({ sim, status: "ACTIVE", count: 50 })).resolves.toEqualTypeOf<
      ApiResult<GetPackagesResponse>
    >();
    expectTypeOf(api.getPackages).toBeCallableWith({}, { timeout: 1 });
    const time_allowance: number | undefined = undefined;
    api.createPackage({ sim: "8910300000045681955", package_template: 1, time_allowance });
    // @ts-expect-error that is the wire name; here it is packageTemplate
    api.getPackages({ package_template: 1 });
    // @ts-expect-error no such status
    api.getPackages({ status: "PAUSED" });
  });

  test("results have status, data, headers and the request ID", async () => {
    const { status, data, headers, requestId } = await api.getPackage("x");
    expectTypeOf(status).toEqualTypeOf<number>();
    expectTypeOf(data).toEqualTypeOf<Package>();
    expectTypeOf(headers).toEqualTypeOf<Headers>();
    expectTypeOf(requestId).toEqualTypeOf<string | undefined>();
  });

  test("iterates over packages", () => {
    expectTypeOf(api.iteratePackages({ status: GetPackagesStatusEnum.Active })).toExtend<
      AsyncIterable<Package>
    >();
    // @ts-expect-error that is the wire name; here it is packageTemplate
    api.iteratePackages({ package_template: 1 });
  });
});

describe("createEsimClient", () => {
  test("knows paths, parameters and responses", async () => {
    const { data, error } = await client.GET("/packages/{id}", {
      params: { path: { id: "x" } },
      timeout: 1_000,
    });
    expectTypeOf(data).toEqualTypeOf<Package | undefined>();
    if (error) expectTypeOf(error.message).toEqualTypeOf<string | undefined>();
    // @ts-expect-error no such path
    client.GET("/package");
    // @ts-expect-error the path's parameter is missing
    client.GET("/packages/{id}");
    // @ts-expect-error packages are not listed with POST without a body
    client.POST("/packages");
  });

  test("has every HTTP method that the contract uses", () => {
    type Used = {
      [P in keyof paths]: {
        [M in keyof paths[P]]: paths[P][M] extends { responses: object } ? M : never;
      }[keyof paths[P]];
    };
    expectTypeOf<Uppercase<Used[keyof paths] & string>>().toExtend<keyof EsimClient>();
  });
});

describe("named types", () => {
  test("are the contract's", () => {
    expectTypeOf<Package["status"]>().toEqualTypeOf<Status>();
    expectTypeOf<GetPackagesStatusEnum>().toEqualTypeOf<Status>();
    expectTypeOf<Package["package_template"]>().toEqualTypeOf<PackageTemplate>();
    expectTypeOf<PackageTemplate["time_allowance"]>().toEqualTypeOf<TimeAllowance>();
    expectTypeOf<PackageTemplate["status"]>().toEqualTypeOf<"Active" | "Not Active" | "De-activated">();
    expectTypeOf<CreatePackageResponse["apn"]>().toEqualTypeOf<string>();
    expectTypeOf<CreatePackageRequest["time_allowance"]>().toEqualTypeOf<number | undefined>();
    type OfPackages = "getPackages" | "getPackage" | "createPackage" | "activatePackage" | "terminatePackage";
    expectTypeOf<OfPackages>().toExtend<keyof operations>();
    expectTypeOf<keyof operations>().toEqualTypeOf<OperationId>();
  });
});

describe("the classes of every tag", () => {
  test("have the vendor's positional arguments, one object for a list, and iterators", () => {
    expectTypeOf<InventoryApi["getInventories"]>().toBeCallableWith(20, 0, 72571);
    expectTypeOf<InventoryApi["getInventories"]>().toBeCallableWith({ company: 72571, count: 20 });
    expectTypeOf<InventoryApi["getESIMs"]>().toBeCallableWith(20, 0, 1001, 51952);
    expectTypeOf<PCRApi["getPackageTemplates"]>().toBeCallableWith(20, 0, 51952);
    expectTypeOf<CoreApi["getCountries"]>().toBeCallableWith(20, 0);
    expectTypeOf<PCRApi["getPackageTemplate"]>().parameter(0).toEqualTypeOf<number>();
    expectTypeOf<ReturnType<InventoryApi["iterateESIMs"]>>().toEqualTypeOf<
      AsyncGenerator<ESIMPartial, void, undefined>
    >();
  });

  test("resolve to what the contract promises", () => {
    expectTypeOf<Awaited<ReturnType<ESIMRSPApi["getQRCode"]>>["data"]>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Awaited<ReturnType<PCRProfileApi["modifyPCRProfile"]>>["data"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Awaited<ReturnType<SystemApi["getStatus"]>>["data"]["uptime"]>().toEqualTypeOf<
      number | string | undefined
    >();
    expectTypeOf<Awaited<ReturnType<InventoryApi["getESIM"]>>["data"]>().toEqualTypeOf<ESIM>();
  });

  test("refuse wrong calls", () => {
    const inventory = new InventoryApi();
    // @ts-expect-error an ICCID is a string
    const wrongIccid = () => inventory.getESIM(21145354);
    // @ts-expect-error no such filter
    const wrongFilter = () => inventory.getESIMs({ company: 72571 });
    // @ts-expect-error `state` is required inside
    const noState: ModifyPCRProfileData = { active_throttling: "NO_LIMIT" };
    // @ts-expect-error a template's time allowance has one of two units
    const wrongUnit: CreateTimeAllowance = { unit: "DAY", duration: 7 };
    expectTypeOf([wrongIccid, wrongFilter, noState, wrongUnit]).toBeArray();
  });
});

describe("the call that all classes use", () => {
  /** Calls it as a generated class does. */
  class Probe extends BaseApi {
    right = () => [
      this.call(getPackages, { query: { package_template: 1 } }),
      this.call(getPackage, { path: { id: "x" } }),
      this.call(createPackage, { body: { sim: "x", package_template: 1 } }),
      this.call(terminatePackage, { path: { id: "x" } }),
    ];
    wrong = () => [
      // @ts-expect-error no such name in the query
      this.call(getPackages, { query: { package_tmplate: 1 } }),
      // @ts-expect-error no such value
      this.call(getPackages, { query: { status: "PAUSED" } }),
      // @ts-expect-error no such place
      this.call(getPackage, { pth: { id: "x" } }),
      // @ts-expect-error no such path parameter
      this.call(getPackage, { path: { iccid: "x" } }),
      // @ts-expect-error the path parameter is missing
      this.call(terminatePackage, {}),
      // @ts-expect-error the body is missing
      this.call(createPackage, {}),
      // @ts-expect-error another path than the operation's
      this.call({ ...getPackage, path: "/package/{id}" } satisfies Operation as Operation, {
        path: { id: "x" },
      }),
    ];
  }
  test("does not compile for what the contract does not have", () => {
    expectTypeOf<Probe>().toExtend<BaseApi>();
    // @ts-expect-error another method than the operation's
    ({ ...OPERATIONS.getPackage, method: "POST" }) satisfies typeof OPERATIONS.getPackage;
  });
});

describe("paginate", () => {
  test("takes its rows from the given field, by default packages", () => {
    expectTypeOf(paginate(async (range) => (await api.getPackages(range)).data)).toExtend<
      AsyncIterable<Package>
    >();
    expectTypeOf(paginate(async () => ({ things: [1] }), { rows: "things" })).toExtend<
      AsyncIterable<number>
    >();
    // @ts-expect-error the field has to be given
    paginate(async () => ({ things: [1] }));
    // @ts-expect-error a page of something else
    paginate(async () => ({ total: 5 }), { rows: "things" });
    // @ts-expect-error another field
    paginate(async () => ({ things: [1] }), { rows: "sims" });
  });
});

describe("createPackageOnce", () => {
  test("narrows `data` by `found`", async () => {
    const created = await createPackageOnce(api, { sim: "8910300000045681955", package_template: 1 });
    if (created.found) expectTypeOf(created.data).toEqualTypeOf<Package>();
    else expectTypeOf(created.data).toEqualTypeOf<CreatePackageResponse>();
  });
});

test("errors have typed fields", () => {
  expectTypeOf<EsimApiError["response"]["data"]>().toEqualTypeOf<unknown>();
  expectTypeOf<EsimApiError["response"]["status"]>().toEqualTypeOf<number>();
  expectTypeOf(EsimError.prototype.outcomeUnknown).toEqualTypeOf<boolean>();
});
