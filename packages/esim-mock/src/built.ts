/** A file that the build has put beside the code, wherever the bundler has put the code. */
export function built(name: string): URL {
  return new URL(`./dist/${name}`, import.meta.resolve("@betatelltd/esim-mock/package.json"));
}
