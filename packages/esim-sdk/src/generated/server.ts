// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

/** The production server. */
export const PRODUCTION_URL = "https://esim.betatel.com/api/v1/esim";
