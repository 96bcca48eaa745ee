// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import type { Operation } from "./operation.ts";

export const getPackages = {
  "id": "getPackages",
  "method": "GET",
  "path": "/packages",
  "tag": "Packages",
  "pathParameters": [],
  "queryParameters": [
    "count",
    "offset",
    "inventory",
    "package_template",
    "sim",
    "status"
  ],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "rows": "packages",
  "digits": [
    [
      "sim",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const createPackage = {
  "id": "createPackage",
  "method": "POST",
  "path": "/packages",
  "tag": "Packages",
  "pathParameters": [],
  "queryParameters": [],
  "success": 201,
  "hasBody": true,
  "returns": "json",
  "needsKeys": true,
  "isWrite": true,
  "digits": [
    [
      "sim",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const getPackage = {
  "id": "getPackage",
  "method": "GET",
  "path": "/packages/{id}",
  "tag": "Packages",
  "pathParameters": [
    "id"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "digits": []
} as const satisfies Operation;

export const activatePackage = {
  "id": "activatePackage",
  "method": "POST",
  "path": "/packages/{id}/activate",
  "tag": "Packages",
  "pathParameters": [
    "id"
  ],
  "queryParameters": [],
  "success": 204,
  "hasBody": false,
  "returns": "nothing",
  "needsKeys": true,
  "isWrite": true,
  "digits": []
} as const satisfies Operation;

export const terminatePackage = {
  "id": "terminatePackage",
  "method": "POST",
  "path": "/packages/{id}/terminate",
  "tag": "Packages",
  "pathParameters": [
    "id"
  ],
  "queryParameters": [],
  "success": 204,
  "hasBody": false,
  "returns": "nothing",
  "needsKeys": true,
  "isWrite": true,
  "digits": []
} as const satisfies Operation;

export const getInventories = {
  "id": "getInventories",
  "method": "GET",
  "path": "/inventories",
  "tag": "Inventory",
  "pathParameters": [],
  "queryParameters": [
    "count",
    "offset",
    "company"
  ],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "rows": "inventories",
  "digits": []
} as const satisfies Operation;

export const getESIMs = {
  "id": "getESIMs",
  "method": "GET",
  "path": "/sim-registries",
  "tag": "Inventory",
  "pathParameters": [],
  "queryParameters": [
    "count",
    "offset",
    "group",
    "inventory"
  ],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "rows": "sims",
  "digits": []
} as const satisfies Operation;

export const getESIM = {
  "id": "getESIM",
  "method": "GET",
  "path": "/sim-registries/{iccid}",
  "tag": "Inventory",
  "pathParameters": [
    "iccid"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "digits": [
    [
      "iccid",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const getPackageTemplates = {
  "id": "getPackageTemplates",
  "method": "GET",
  "path": "/package-templates",
  "tag": "PCR",
  "pathParameters": [],
  "queryParameters": [
    "count",
    "offset",
    "inventory"
  ],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "rows": "package_templates",
  "digits": []
} as const satisfies Operation;

export const createPackageTemplate = {
  "id": "createPackageTemplate",
  "method": "POST",
  "path": "/package-templates",
  "tag": "PCR",
  "pathParameters": [],
  "queryParameters": [],
  "success": 201,
  "hasBody": true,
  "returns": "json",
  "needsKeys": true,
  "isWrite": true,
  "digits": []
} as const satisfies Operation;

export const getPackageTemplate = {
  "id": "getPackageTemplate",
  "method": "GET",
  "path": "/package-templates/{id}",
  "tag": "PCR",
  "pathParameters": [
    "id"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "digits": []
} as const satisfies Operation;

export const getPCRProfile = {
  "id": "getPCRProfile",
  "method": "GET",
  "path": "/sim-pcr-profiles/{iccid}",
  "tag": "PCRProfile",
  "pathParameters": [
    "iccid"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "digits": [
    [
      "iccid",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const modifyPCRProfile = {
  "id": "modifyPCRProfile",
  "method": "PUT",
  "path": "/sim-pcr-profiles/{iccid}",
  "tag": "PCRProfile",
  "pathParameters": [
    "iccid"
  ],
  "queryParameters": [],
  "success": 204,
  "hasBody": true,
  "returns": "nothing",
  "needsKeys": true,
  "isWrite": true,
  "digits": [
    [
      "iccid",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const getEUICCProfile = {
  "id": "getEUICCProfile",
  "method": "GET",
  "path": "/euicc-profiles/{iccid}",
  "tag": "ESIMRSP",
  "pathParameters": [
    "iccid"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "digits": [
    [
      "iccid",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const getQRCode = {
  "id": "getQRCode",
  "method": "GET",
  "path": "/euicc-profiles/{iccid}/qrcode",
  "tag": "ESIMRSP",
  "pathParameters": [
    "iccid"
  ],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "bytes",
  "needsKeys": true,
  "isWrite": false,
  "digits": [
    [
      "iccid",
      19,
      20
    ]
  ]
} as const satisfies Operation;

export const getCountries = {
  "id": "getCountries",
  "method": "GET",
  "path": "/countries",
  "tag": "Core",
  "pathParameters": [],
  "queryParameters": [
    "count",
    "offset"
  ],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": true,
  "isWrite": false,
  "rows": "countries",
  "digits": []
} as const satisfies Operation;

export const getStatus = {
  "id": "getStatus",
  "method": "GET",
  "path": "/status",
  "tag": "System",
  "pathParameters": [],
  "queryParameters": [],
  "success": 200,
  "hasBody": false,
  "returns": "json",
  "needsKeys": false,
  "server": "https://esim.betatel.com/api/v1",
  "isWrite": false,
  "digits": []
} as const satisfies Operation;

/** Every operation of the contract, by its operationId. */
export const OPERATIONS = {
  getPackages,
  createPackage,
  getPackage,
  activatePackage,
  terminatePackage,
  getInventories,
  getESIMs,
  getESIM,
  getPackageTemplates,
  createPackageTemplate,
  getPackageTemplate,
  getPCRProfile,
  modifyPCRProfile,
  getEUICCProfile,
  getQRCode,
  getCountries,
  getStatus,
} as const satisfies Readonly<Record<string, Operation>>;

/** The contract's operationIds. */
export type OperationId = keyof typeof OPERATIONS;
