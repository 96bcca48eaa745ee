import { Tenants } from "../tenants.js";

export const fetchCache = "force-cache";

export default Tenants;
