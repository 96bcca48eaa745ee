// Watch a package until less than a fifth of its data is left: the moment to offer the traveller more.
import { setTimeout } from "node:timers/promises";
import { PackagesApi } from "@betatelltd/esim-sdk";

const api = new PackagesApi();
const id = process.argv[2] ?? "pkg_123456";
const pause = Number(process.argv[3] ?? 60); // seconds

for (;;) {
  const { data } = await api.getPackage(id);
  const { status, data_usage_remaining = 0, package_template } = data;
  const { data_usage_allowance: allowance } = package_template;
  // A service may leave the allowance out, so that no share is known.
  const share = allowance ? data_usage_remaining / allowance : 1;
  console.log(
    `${status}: ${allowance ? `${(share * 100).toFixed()} %` : `${data_usage_remaining} bytes`} left`,
  );
  if (status === "TERMINATED") break;
  if (share < 0.2) {
    console.log("time to offer more");
    break;
  }
  await setTimeout(pause * 1_000);
}
