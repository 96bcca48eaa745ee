#!/usr/bin/env node
import module from "node:module";
import { END_SIGNALS, endEarly } from "./end-early.ts";

// Before anything else is loaded: as the first process of a container, one without a handler never gets these signals.
for (const signal of END_SIGNALS) process.once(signal, endEarly);

// Prism loads about a thousand files; caching their compiled code makes the next start faster. Missing in old Nodes, which are refused later.
module.enableCompileCache?.();

await import("./command-line.ts");
