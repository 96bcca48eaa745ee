import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Which client `the-client` is. */
    client: string;
  }
}
