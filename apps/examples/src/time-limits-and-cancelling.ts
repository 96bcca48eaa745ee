// Three ways to avoid waiting forever.
import { EsimTimeoutError, PackagesApi } from "@betatelltd/esim-sdk";

const api = new PackagesApi();

// 1. A time limit for each attempt, and one for the whole call including the waits, in milliseconds.
const { status } = await api.getPackage("pkg_123456", {
  timeout: 5_000,
  totalTimeout: 12_000,
  maxRetries: 3,
});
console.log(`in time: HTTP ${status}`);

// 2. A limit that is too short.
try {
  await api.getPackage("pkg_123456", { totalTimeout: 0.001 });
} catch (error) {
  if (!(error instanceof EsimTimeoutError)) throw error;
  console.log(error.message);
}

// 3. The user presses "cancel": the call rejects with an AbortError, as fetch does.
const controller = new AbortController();
const call = api.getPackages(20, 0, undefined, undefined, undefined, undefined, {
  signal: controller.signal,
});
controller.abort();
await call.catch((error: Error) => console.log(error.name));
