// What can go wrong with a purchase, and what to do about each.
import { ConflictError, EsimApiError, EsimError, PackagesApi, RateLimitError } from "@betatelltd/esim-sdk";

const api = new PackagesApi();
const request = { sim: "8910300000045681955", package_template: 21145354 };
// The header picks the mock's response. Leave it out for the real service.
const options = { headers: { prefer: process.env.PREFER ?? "code=409" }, maxRetries: 0 };

try {
  const { data } = await api.createPackage(request, options);
  console.log(`bought ${data.id}`);
} catch (error) {
  if (!(error instanceof EsimError)) throw error; // a bug, or your own abort, which has outcomeUnknown too
  console.log(error.message);

  if (error.outcomeUnknown) {
    // The response was lost, but the purchase may have succeeded. Never just retry: check first.
    const { data } = await api.getPackages(20, 0, undefined, request.package_template, request.sim);
    // A SIM has at most one package that is not TERMINATED; older ones say nothing about this purchase.
    const isBought = data.packages.some(({ status }) => status !== "TERMINATED");
    console.log(isBought ? "found: do not buy again" : "not found yet: it may still appear, so check again");
  } else if (error instanceof ConflictError) {
    console.log("this SIM already has a package: terminate it, or wait until it ends");
  } else if (error instanceof RateLimitError) {
    console.log(`too many requests: try again in ${error.retryAfter ?? 60} seconds`);
  } else if (error instanceof EsimApiError) {
    console.log(`refused; quote request ${error.requestId} to support`);
  } else {
    console.log("nothing was sent: check the server's address, then try again");
  }
}
