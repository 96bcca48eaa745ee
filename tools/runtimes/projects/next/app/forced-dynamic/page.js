import { Tenants } from "../tenants.js";

export const dynamic = "force-dynamic";
export const fetchCache = "force-cache";

export default Tenants;
