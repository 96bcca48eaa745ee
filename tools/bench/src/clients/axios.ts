import { Configuration, PackagesApi } from "@betatelltd/esim-sdk-axios";
import { keyOf, type Reader } from "./reader.ts";

export function axiosClient(url: string): Reader {
  const api = new PackagesApi(new Configuration({ apiKey: keyOf, basePath: url }));
  return {
    one: async (id) => (await api.getPackage(id)).data,
    list: async (count, offset) => (await api.getPackages(count, offset)).data,
  };
}
