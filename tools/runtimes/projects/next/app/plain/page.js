import { Tenants } from "../tenants.js";

export default Tenants;
