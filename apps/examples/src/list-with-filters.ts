// List the active packages of one SIM, with their remaining data and expiry date.
import { GetPackagesStatusEnum, PackagesApi } from "@betatelltd/esim-sdk";

const api = new PackagesApi(); // ESIM_API_KEY, ESIM_USER_ID, ESIM_BASE_URL

const { data } = await api.getPackages(
  20, // count
  0, // offset
  undefined, // inventory
  undefined, // packageTemplate
  "8910300000045681955", // sim
  GetPackagesStatusEnum.Active,
);

console.log(`${data.count} of ${data.total} packages`);
for (const { id, status, package_template, data_usage_remaining = 0, expiry_date } of data.packages) {
  const gigabytes = (data_usage_remaining / 1024 ** 3).toFixed(1);
  const until = expiry_date ? new Date(expiry_date).toISOString() : "not activated yet";
  console.log(`${id}  ${status}  ${package_template.name}  ${gigabytes} GB left  ${until}`);
}
