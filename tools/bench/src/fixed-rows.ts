import type { GetPackagesResponse, Package } from "@betatelltd/esim-sdk";
import { onePackage } from "./one-package.ts";

/** The ID of a row of the fixed server. All have the same length, so that all rows have. */
export function idOf(row: number): string {
  return `pkg_${String(row).padStart(7, "0")}`;
}

/** A row of the fixed server. */
export function fixedRow(row: number): Package {
  return { ...onePackage, id: idOf(row) };
}

/** A page of the fixed server's list. */
export function fixedPage(total: number, count: number, offset: number): GetPackagesResponse {
  const packages = Array.from({ length: count }, (_, row) => fixedRow(offset + row));
  return { total, count, offset, packages };
}
