interface NodeProcess {
  readonly release?: { readonly name?: string };
  readonly getBuiltinModule?: (id: string) => object | undefined;
}
interface Runtime {
  readonly process?: NodeProcess;
  readonly Deno?: object;
  readonly Bun?: object;
}

/** Whether this is Node itself, not a runtime that imitates it, and new enough (≥ 20.16) to load built-in modules without an import. */
export function isNode(): boolean {
  const { process, Deno, Bun } = globalThis as Runtime;
  return process?.release?.name === "node" && typeof process.getBuiltinModule === "function" && !Deno && !Bun;
}

interface Builtins {
  "node:diagnostics_channel": typeof import("node:diagnostics_channel");
  "node:http": typeof import("node:http");
  "node:https": typeof import("node:https");
  "node:zlib": typeof import("node:zlib");
}

const LOADED: Partial<Builtins> = {};

/** One of Node's built-in modules. Not imported, so that it is loaded on the first call and bundlers do not try to resolve it. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const { process } = globalThis as Runtime;
  const found = LOADED[name] ?? (process?.getBuiltinModule?.(name) as Builtins[Name]);
  LOADED[name] = found;
  return found;
}
