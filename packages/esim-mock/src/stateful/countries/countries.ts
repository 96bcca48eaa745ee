import isoCountries from "i18n-iso-countries/index.js";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import type { Country } from "../wire.ts";

/** The package also has countries whose codes the standard leaves to its users, such as Kosovo's. Their numbers begin here. */
const FIRST_USER_ASSIGNED = 900;

let listed: readonly Country[] | undefined;

/** The countries of ISO 3166-1, by their English names. */
export function countries(): readonly Country[] {
  listed ??= list();
  return listed;
}

function list(): Country[] {
  isoCountries.registerLocale(english);
  return Object.entries(isoCountries.getNames("en", { select: "official" }))
    .filter(([iso2]) => Number(isoCountries.alpha2ToNumeric(iso2)) < FIRST_USER_ASSIGNED)
    .map(([iso2, name]) => ({ name, iso2, iso3: isoCountries.alpha2ToAlpha3(iso2) ?? "" }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"));
}
