/** A program that uses the new operations. It is compiled and run in the copy, where they exist. */
export const PROGRAM = `
import { Configuration, createEsimClient, type CreateThingRequest, type Thing, ThingColourEnum, ThingsApi } from "@betatelltd/esim-sdk";

const [url = ""] = process.argv.slice(2);
const keys = { apiKey: "some-key", userId: "some-user" };
const api = new ThingsApi(new Configuration({ ...keys, basePath: url }));
const request: CreateThingRequest = { colour: ThingColourEnum.Red };
const created: Thing = (await api.createThing(request)).data;
const listed: Thing[] = [];
for await (const thing of api.iterateThings({ colour: "RED" })) listed.push(thing);
const got: Thing = (await api.getThing(7)).data;
const raw = await createEsimClient({ ...keys, baseUrl: url }).GET("/things/{id}", { params: { path: { id: 7 } } });
// @ts-expect-error there is no such colour
const wrong = () => api.getThings({ colour: "GREEN" });
console.log(JSON.stringify({ created, listed, got, raw: raw.data }));
`;
