import { postJson } from "./mock-for-test.ts";

/** The fields of a package that these tests use. */
export interface PackageBody {
  id: string;
  sim: string;
  status: string;
  package_template: { id: number };
  created_date: number;
  activated_date: number;
  expiry_date: number;
  terminated_date: number;
  window_activation_start: number;
  window_activation_end: number;
  data_usage_remaining: number;
  voice_usage_remaining: number;
  sms_usage_remaining: number;
  time_allowance: number;
}
interface PageBody {
  total: number;
  count: number;
  offset: number;
  packages: PackageBody[];
}

/** A SIM of the built-in seed that has no package. */
export const FREE_SIM = "8910300000045682001";
export const TEMPLATE = 21145354;

/** The account of a user, over HTTP. */
export function account(url: string, user = "user") {
  const keys = { "x-user-id": user, "x-api-key": "key" };
  const post = async (path: string) => {
    const response = await fetch(`${url}${path}`, { method: "POST", headers: keys });
    return {
      status: response.status,
      message: response.status === 204 ? "" : ((await response.json()) as { message: string }).message,
    };
  };
  return {
    create: async (sim: string, template = TEMPLATE, more: object = {}) => {
      const response = await postJson(
        `${url}/packages`,
        JSON.stringify({ sim, package_template: template, ...more }),
        keys,
      );
      return { status: response.status, body: (await response.json()) as PackageBody & { message: string } };
    },
    get: async (id: string) => {
      const response = await fetch(`${url}/packages/${id}`, { headers: keys });
      return { status: response.status, body: (await response.json()) as PackageBody & { message: string } };
    },
    list: async (query = "") => {
      const response = await fetch(`${url}/packages?${query}`, { headers: keys });
      return { status: response.status, body: (await response.json()) as PageBody & { message: string } };
    },
    activate: (id: string) => post(`/packages/${id}/activate`),
    terminate: (id: string) => post(`/packages/${id}/terminate`),
  };
}
