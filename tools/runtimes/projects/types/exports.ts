// A library that re-exports the client, so that its declarations name the client's types. Compiled by rows/types.ts, and never run.
import {
  Configuration,
  type CreatePackageRequest,
  createEsimClient,
  createPackageOnce,
  PackagesApi,
} from "@betatelltd/esim-sdk";

export const client = createEsimClient({ apiKey: "k", userId: "u" });
export const list = () => client.GET("/packages");
export const show = (id: string) => client.GET("/packages/{id}", { params: { path: { id } } });
export const create = (body: CreatePackageRequest) => client.POST("/packages", { body });

export const configuration = new Configuration({ apiKey: "k", userId: "u" });
export const api = new PackagesApi(configuration);
export const page = () => api.getPackages();
export const each = () => api.iteratePackages();
export const createOnce = (body: CreatePackageRequest) => createPackageOnce(api, body);
export const explain = (error: unknown) => (error instanceof Error ? { error } : { error: undefined });
