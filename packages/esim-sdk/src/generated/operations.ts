// Generated from @betatelltd/esim-openapi by scripts/generate.ts. Do not edit.

/** The production server. */
export const PRODUCTION_URL = "https://esim.betatel.com/api/v1/esim";

/** The operationId of each method and path. */
export const OPERATION_IDS: Readonly<Record<string, string>> = {
  "GET /packages": "getPackages",
  "POST /packages": "createPackage",
  "GET /packages/{id}": "getPackage",
  "POST /packages/{id}/activate": "activatePackage",
  "POST /packages/{id}/terminate": "terminatePackage"
};
