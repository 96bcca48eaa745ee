import type { Group } from "../group.ts";
import { calls } from "./calls.ts";
import { commandLine } from "./command-line.ts";
import { mock } from "./mock.ts";
import { pages } from "./pages.ts";
import { types } from "./types.ts";
import { weight } from "./weight.ts";

export const groups: readonly Group[] = [calls, weight, pages, commandLine, mock, types];
