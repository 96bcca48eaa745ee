import type { CallOptions } from "@betatelltd/esim-sdk";
import type { GlobalOptions } from "../../global-options.ts";
import { log } from "../../output.ts";

/** Reports retries and checks of a purchase on stderr. */
export function purchaseProgress(options: GlobalOptions): Pick<CallOptions, "onAttempt" | "onResult"> {
  let isSent = false;
  return {
    onAttempt({ operation, attempt }) {
      if (operation === "createPackage") isSent = true;
      // Another operation after the purchase means that its answer was lost.
      else if (isSent && attempt === 1)
        log(options, "the answer to the purchase was lost; checking whether the package was created …");
    },
    onResult({ willRetryInMs }) {
      if (willRetryInMs !== undefined)
        log(options, `the request failed; retrying in ${(willRetryInMs / 1000).toFixed(1)} s …`);
    },
  };
}
