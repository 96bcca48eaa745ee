// Code written for an axios client made by OpenAPI Generator. Only the import changes.
import {
  Configuration,
  type CreatePackageRequest,
  GetPackagesStatusEnum,
  PackagesApi,
} from "@betatelltd/esim-sdk";

const configuration = new Configuration({
  apiKey: (name: string) =>
    (name === "x-api-key" ? process.env.ESIM_API_KEY : process.env.ESIM_USER_ID) ?? "",
  basePath: process.env.ESIM_BASE_URL,
  baseOptions: { timeout: 10_000, headers: { "x-app": "shop" } },
});
const api = new PackagesApi(configuration);

const { status, data } = await api.getPackages(
  10,
  0,
  undefined,
  undefined,
  undefined,
  GetPackagesStatusEnum.Active,
);
console.log(
  status,
  data.packages.map(({ id }) => id),
);

const request: CreatePackageRequest = { sim: "8910300000045681955", package_template: 21145354 };
try {
  await api.createPackage(request, { headers: { prefer: "code=409" } });
} catch (error) {
  const { response } = error as { response?: { status: number; data: { message: string } } };
  console.log(response?.status, response?.data.message);
}
