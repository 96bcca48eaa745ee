import {
  Configuration,
  type CreatePackageRequest,
  GetPackagesStatusEnum,
  type Package,
  PackageStatusEnum,
  PackagesApi,
} from "the-client";

/** What a partner's program does, and what it sees. The text is the same for either client; only `the-client` differs. */
export async function program(basePath: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  const keys: Record<string, string> = { "x-user-id": "me", "x-api-key": "any" };
  const configuration = new Configuration({ basePath, apiKey: (name: string) => keys[name] ?? "" });
  const api = new PackagesApi(configuration);

  const request: CreatePackageRequest = { sim: "8910300000045681955", package_template: 21145354 };
  const { status, data: created } = await api.createPackage(request);
  seen.push(status, created.status === PackageStatusEnum.NotActive, created.package_template.name);

  seen.push((await api.activatePackage(created.id)).status);

  const page = await api.getPackages(5, 0, undefined, undefined, request.sim, GetPackagesStatusEnum.Active);
  const [found]: (Package | undefined)[] = page.data.packages;
  seen.push(
    page.status,
    page.data.total,
    found?.id === created.id,
    found?.package_template.supported_countries.length,
  );

  const controller = new AbortController();
  seen.push((await api.getPackage(created.id, { signal: controller.signal })).data.status);

  seen.push((await api.terminatePackage(created.id)).status);

  for (const attempt of [() => api.getPackage("pkg_1"), () => api.terminatePackage(created.id)]) {
    try {
      await attempt();
      seen.push("no error");
    } catch (error) {
      const { response } = error as {
        response: { status: number; data: { message: string; statusCode: number } };
      };
      seen.push(response.status, response.data.statusCode, response.data.message);
    }
  }

  return seen;
}
