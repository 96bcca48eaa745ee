import { createRequire } from "node:module";
import type { Country } from "../wire.ts";

// Loaded on first use, so as not to delay the start.
const require = createRequire(import.meta.url);

/** The library also has countries with user-assigned codes, such as Kosovo. Their numbers start here. */
const FIRST_USER_ASSIGNED = 900;

let listed: readonly Country[] | undefined;

/** The countries of ISO 3166-1, by their English names. */
export function countries(): readonly Country[] {
  listed ??= list();
  return listed;
}

function list(): Country[] {
  const iso = require("i18n-iso-countries/index.js") as typeof import("i18n-iso-countries");
  iso.registerLocale(require("i18n-iso-countries/langs/en.json"));
  return Object.entries(iso.getNames("en", { select: "official" }))
    .filter(([iso2]) => Number(iso.alpha2ToNumeric(iso2)) < FIRST_USER_ASSIGNED)
    .map(([iso2, name]) => ({ name, iso2, iso3: iso.alpha2ToAlpha3(iso2) ?? "" }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"));
}
