import { refuseUser } from "../accounts.ts";
import type { Handlers } from "../handler.ts";
import { pageOf } from "../query.ts";
import { countries } from "./countries.ts";

export const COUNTRY_HANDLERS: Handlers<"getCountries"> = {
  getCountries({ query, user }) {
    refuseUser(user);
    const { count, offset } = pageOf(query);
    const all = countries();
    const page = all.slice(offset, offset + count);
    return { status: 200, body: { total: all.length, count: page.length, offset, countries: page } };
  },
};
