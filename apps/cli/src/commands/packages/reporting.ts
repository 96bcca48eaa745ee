import type { CallOptions } from "@betatelltd/esim-sdk";
import type { GlobalOptions } from "../../global-options.ts";
import { log } from "../../output.ts";

/** Says on stderr why a purchase takes longer than one request. */
export function reporting(options: GlobalOptions): Pick<CallOptions, "onAttempt" | "onResult"> {
  if (options.json) return {};
  let hasAsked = false;
  return {
    onAttempt({ operation, attempt }) {
      if (operation === "createPackage") hasAsked = true;
      // With a good answer nobody looks again.
      else if (hasAsked && attempt === 1)
        log(options, "no good answer to the purchase; looking whether it was created …");
    },
    onResult({ willRetryInMs }) {
      if (willRetryInMs !== undefined)
        log(options, `no good answer; asking again in ${(willRetryInMs / 1000).toFixed(1)} s …`);
    },
  };
}
