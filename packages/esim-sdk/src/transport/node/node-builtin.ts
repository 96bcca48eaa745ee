interface NodeProcess {
  readonly release?: { readonly name?: string };
  readonly getBuiltinModule?: (id: string) => object | undefined;
}
interface Runtime {
  readonly process?: NodeProcess;
  readonly Deno?: object;
  readonly Bun?: object;
}

/** Whether this is Node itself, not one of those that resemble it, and one (≥ 20.16) whose modules can be had without an import. */
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

const loaded: Partial<Builtins> = {};

/** One of Node's modules. Asked for rather than imported, so that it is loaded at the first call, and bundlers do not look for it. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const { process } = globalThis as Runtime;
  const found = loaded[name] ?? (process?.getBuiltinModule?.(name) as Builtins[Name]);
  loaded[name] = found;
  return found;
}
