// Uses the client's exports like a strict program. Compiled in every way that rows/types.ts has, and never run.
import {
  type ApiResult,
  type CallOptions,
  CannotKnowError,
  Configuration,
  ConflictError,
  type CreatedOnce,
  type CreatePackageRequest,
  createEsimClient,
  createPackageOnce,
  EsimApiError,
  type EsimClientOptions,
  EsimError,
  type GetPackagesResponse,
  GetPackagesStatusEnum,
  type Package,
  PackagesApi,
  paginate,
} from "@betatelltd/esim-sdk";
import { createPackageOnce as again } from "@betatelltd/esim-sdk/once";

const signal: AbortSignal = AbortSignal.timeout(1000);
const perhaps: { timeout: number | undefined; signal: AbortSignal | undefined } = {
  timeout: undefined,
  signal,
};
const options: CallOptions = {
  ...perhaps,
  maxResponseBytes: 1_000_000,
  onAttempt: ({ operation, attempt }) => console.log(operation, attempt),
  onResult: ({ durationMs, willRetryInMs, requestId }) => console.log(durationMs, willRetryInMs, requestId),
};
const clientOptions: EsimClientOptions = {
  apiKey: async (name) => `key of ${name}`,
  baseUrl: undefined,
  fetch: (request: Request): Promise<Response> => fetch(request),
};

export async function use(): Promise<string | undefined> {
  const api = new PackagesApi(new Configuration({ apiKey: "k", userId: "u", baseOptions: options }));
  const result: ApiResult<GetPackagesResponse> = await api.getPackages(
    20,
    0,
    undefined,
    undefined,
    undefined,
    "ACTIVE",
  );
  const named = await api.getPackages({ sim: undefined, status: GetPackagesStatusEnum.Active }, options);
  const requestId: string | undefined = named.requestId ?? result.headers.get("x-request-id") ?? undefined;

  const request: CreatePackageRequest = {
    sim: "8910300000045681955",
    package_template: 1,
    time_allowance: undefined,
  };
  const once: CreatedOnce = await createPackageOnce(api, request, { maxAttempts: 2, signal });
  const id: string = (await again(api, request)).data.id;
  if (once.found) {
    const found: Package = once.data;
    console.log(found.status);
  }
  for await (const each of api.iteratePackages({ status: "ACTIVE" })) {
    const days: number = each.package_template.id;
    console.log(days);
  }
  for await (const each of paginate(async () => result.data, { rows: "packages" })) console.log(each.id);

  const client = createEsimClient(clientOptions);
  const { data, error, response } = await client.GET("/packages/{id}", {
    params: { path: { id } },
    ...options,
  });
  if (error !== undefined) return error.message ?? `${response.status}`;
  // @ts-expect-error there is no such path
  await client.GET("/package");
  // @ts-expect-error an ICCID is a string
  await api.createPackage({ sim: 1, package_template: 1 });
  return data?.id ?? requestId;
}

export function explain(error: unknown): string {
  if (error instanceof CannotKnowError) return error.candidates.map(({ id }) => id).join();
  if (ConflictError.isInstance(error)) return error.operation;
  if (error instanceof EsimApiError) return `${error.status} ${error.response.headers.get("date")}`;
  if (EsimError.isInstance(error)) return `${error.outcomeUnknown}`;
  return "";
}
