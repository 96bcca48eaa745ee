import {
  Configuration,
  CoreApi,
  type CreatePackageRequest,
  type ESIMPartial,
  ESIMRSPApi,
  GetPackagesStatusEnum,
  InventoryApi,
  type Package,
  PackageStatusEnum,
  PackagesApi,
  PCRApi,
  PCRProfileApi,
  SystemApi,
} from "the-client";

/** A partner's program, and what it sees. The code is the same for both clients; only `the-client` differs. */
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

  const [inventory] = (await new InventoryApi(configuration).getInventories(1)).data.inventories;
  const templates = await new PCRApi(configuration).getPackageTemplates(100, 0, 51952);
  const template = templates.data.package_templates.find(({ status }) => status === "Active");
  const sims = await new InventoryApi(configuration).getESIMs(100, 0, undefined, 51952);
  const sim: ESIMPartial | undefined = sims.data.sims.find(({ sim_status }) => sim_status === "PRE_SERVICE");
  const iccid = sim?.iccid ?? "";
  seen.push(typeof inventory?.id, typeof template?.id, /^\d{19}$/.test(iccid));
  seen.push((await new InventoryApi(configuration).getESIM(iccid)).data.inventory?.id);
  seen.push(
    (await new PCRApi(configuration).getPackageTemplate(template?.id ?? 0)).data.name === template?.name,
  );

  const lines = new PCRProfileApi(configuration);
  seen.push((await lines.modifyPCRProfile(iccid, { data: { state: "DISABLED" } })).status);
  seen.push((await lines.getPCRProfile(iccid)).data.data.state);

  const profiles = new ESIMRSPApi(configuration);
  const { activation_code: code } = (await profiles.getEUICCProfile(iccid)).data;
  const { data: image } = await profiles.getQRCode(iccid);
  seen.push(code.startsWith("LPA:1$"), image.constructor.name, image[1]);

  seen.push((await new CoreApi(configuration).getCountries(1, 0)).data.countries.length);
  seen.push((await new SystemApi(configuration).getStatus()).data.status);

  return seen;
}
