// What can go wrong with a purchase, and what to do about each.
import { ConflictError, EsimApiError, EsimError, PackagesApi, RateLimitError } from "@betatelltd/esim-sdk";

const api = new PackagesApi();
const request = { sim: "8910300000045681955", package_template: 21145354 };
// A mock answers as it is asked to. Leave this out for the real service.
const options = { headers: { prefer: process.env.PREFER ?? "code=409" }, maxRetries: 0 };

try {
  const { data } = await api.createPackage(request, options);
  console.log(`bought ${data.id}`);
} catch (error) {
  if (!(error instanceof EsimError)) throw error; // not from the SDK: a bug, or your own abort
  console.log(error.message);

  if (error.outcomeUnknown) {
    // The answer was lost, not necessarily the purchase. Never just try again: look first.
    const { data } = await api.getPackages(20, 0, undefined, request.package_template, request.sim);
    // A SIM has one package that is not TERMINATED; older ones say nothing about this purchase.
    const bought = data.packages.some(({ status }) => status !== "TERMINATED");
    console.log(bought ? "it is there: do not buy again" : "it is not there: safe to buy again");
  } else if (error instanceof ConflictError) {
    console.log("this SIM has a package already: terminate it, or wait until it ends");
  } else if (error instanceof RateLimitError) {
    console.log(`too fast: come back in ${error.retryAfter ?? 60} seconds`);
  } else if (error instanceof EsimApiError) {
    console.log(`refused for good; tell support request ${error.requestId}`);
  } else {
    console.log("nothing was sent: check the server's address, then try again");
  }
}
