/** A file that the build writes to `dist`, found wherever the bundler has put this code. */
export function built(name: string): URL {
  return new URL(`./dist/${name}`, import.meta.resolve("@betatelltd/esim-mock/package.json"));
}
