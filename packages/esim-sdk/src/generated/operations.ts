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
  "isWrite": false,
  "rows": "packages",
  "digits": [
    "sim"
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
  "isWrite": true,
  "digits": [
    "sim"
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
  "isWrite": true,
  "digits": []
} as const satisfies Operation;

/** Every operation of the contract, by its operationId. */
export const OPERATIONS = {
  getPackages,
  createPackage,
  getPackage,
  activatePackage,
  terminatePackage,
} as const satisfies Readonly<Record<string, Operation>>;

/** The contract's operationIds. */
export type OperationId = keyof typeof OPERATIONS;
