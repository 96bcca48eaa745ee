// The life of a package.
import { PackagesApi } from "@betatelltd/esim-sdk";

const api = new PackagesApi();

const created = await api.createPackage({
  sim: "8910300000045681955", // an ICCID is a string: as a number it would lose digits
  package_template: 21145354,
  time_allowance: 7 * 24 * 60 * 60, // seconds; by default the template's
});
const { id, status, window_activation_end } = created.data;
console.log(`${id} is ${status}; activate it before ${new Date(window_activation_end).toISOString()}`);

const activated = await api.activatePackage(id);
console.log(`activated: ${activated.data} (HTTP ${activated.status})`);

const { data: current } = await api.getPackage(id);
console.log(`${current.data_usage_remaining} bytes left`);

const terminated = await api.terminatePackage(id);
console.log(`terminated: ${terminated.data} (HTTP ${terminated.status})`);
