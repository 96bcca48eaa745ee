import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** An application that imports something, as a browser gets it. */
export interface Bundle {
  readonly code: string;
  /** Minified and gzipped. */
  readonly bytes: number;
}

/** No file: its folder says which packages it can import. */
const entry = fileURLToPath(new URL("../entry.js", import.meta.url));

/** Bundles what a module imports and exports for browsers, without what it does not use. */
export async function bundle(source: string): Promise<Bundle> {
  const made = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  });
  const { output } = await made.generate({ minify: true });
  await made.close();
  const chunks = output.flatMap((each) => (each.type === "chunk" ? [each.code] : []));
  const bytes = chunks.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0);
  return { code: chunks.join("\n"), bytes };
}
