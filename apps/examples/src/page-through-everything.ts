// Go through all packages of the account, page by page, and add up the remaining data.
import { PackagesApi } from "@betatelltd/esim-sdk";

const api = new PackagesApi();

let packages = 0;
let bytes = 0;
for await (const { data_usage_remaining = 0 } of api.iteratePackages({}, { pageSize: 50 })) {
  packages++;
  bytes += data_usage_remaining;
}
console.log(`${packages} packages, ${(bytes / 1024 ** 3).toFixed(1)} GB left`);
