// The samples from the API's reference, each in its own block. Variables that the reference leaves without a value have one
// here, and two mistakes are fixed: `config` is `configuration` throughout, and the first sample no longer declares `status`
// twice. For `pnpm mock` without --stateful: a SIM gets two packages here.
import {
  Configuration,
  type CreatePackageRequest,
  type CreatePackageResponse,
  type GetPackagesResponse,
  PackagesApi,
} from "@betatelltd/esim-sdk";

const configuration = new Configuration({
  apiKey: (name: string) => {
    if (name === "x-api-key") return "your-api-key";
    if (name === "x-user-id") return "your-user-id";
    return "";
  },
  basePath: process.env.ESIM_BASE_URL ?? "http://127.0.0.1:4010",
});
const apiInstance = new PackagesApi(configuration);

{
  const count: number = 2;
  const offset: number = 0;
  const inventory: number = 51952;
  const packageTemplate: number = 21145354;
  const sim: string = "8910300000045681955";
  const status: "NOT_ACTIVE" | "ACTIVE" | "SUSPENDED" | "TERMINATED" = "ACTIVE";

  const { status: httpStatus, data } = await apiInstance.getPackages(
    count,
    offset,
    inventory,
    packageTemplate,
    sim,
    status,
  );
  console.log("getPackages", httpStatus, data.packages.length);
}

{
  const { data } = await apiInstance.getPackages();
  const { total, count, offset, packages } = data;
  const instance: GetPackagesResponse = {
    total,
    count,
    offset,
    packages,
  };
  console.log("GetPackagesResponse", instance.total);
}

{
  const id: string = "pkg_123456";
  const { status, data } = await apiInstance.getPackage(id);
  console.log("getPackage", status, data.id);
}

{
  const createPackageRequest: CreatePackageRequest = {
    sim: "8910300000045681955",
    package_template: 21145354,
  };
  const { status, data } = await apiInstance.createPackage(createPackageRequest);
  console.log("createPackage", status, data.id);
}

{
  const sim = "8910300000045681955";
  const package_template = 21145354;
  const time_allowance = 604800;
  const instance: CreatePackageRequest = {
    sim,
    package_template,
    time_allowance,
  };
  const { data } = await apiInstance.createPackage(instance);
  console.log("CreatePackageRequest", data.status);

  const { id, created_date, expiry_date, activated_date, terminated_date } = data;
  const { window_activation_start, window_activation_end, status } = data;
  const { voice_usage_remaining, data_usage_remaining, sms_usage_remaining, apn } = data;
  const response: CreatePackageResponse = {
    id,
    sim,
    created_date,
    expiry_date,
    activated_date,
    terminated_date,
    window_activation_start,
    window_activation_end,
    status,
    voice_usage_remaining,
    data_usage_remaining,
    sms_usage_remaining,
    time_allowance,
    package_template: data.package_template,
    apn,
  };
  console.log("CreatePackageResponse", Object.keys(response).length);
}

{
  const id: string = "pkg_123456";
  const { status, data } = await apiInstance.activatePackage(id);
  console.log("activatePackage", status, data);
}

{
  const id: string = "pkg_123456";
  const { status, data } = await apiInstance.terminatePackage(id);
  console.log("terminatePackage", status, data);
}

console.log("ok");
