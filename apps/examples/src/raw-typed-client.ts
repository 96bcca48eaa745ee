// Use the contract directly: paths, parameters and bodies as in the document, checked by the compiler.
import { createEsimClient } from "@betatelltd/esim-sdk";

const client = createEsimClient({ timeout: 10_000 });

const { data, error, response } = await client.GET("/packages", {
  params: { query: { status: "ACTIVE", package_template: 21145354, count: 5 } },
});
if (error) console.log(`HTTP ${response.status}: ${error.message}`);
else console.log(`${data.packages.length} of ${data.total}`);

// No response throws, whatever its status.
const failed = await client.POST("/packages/{id}/activate", {
  params: { path: { id: "pkg_123456" } },
  headers: { prefer: "code=400" }, // picks the mock's response
});
console.log(`HTTP ${failed.response.status}: ${failed.error?.message}`);
