import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A program and its arguments. */
export type Command = readonly [string, ...string[]];

/** How to test a client in its language. All commands run in the client's folder. */
export interface Language {
  readonly client: string;
  readonly folder: string;
  /** The language of the README's code blocks. */
  readonly fence: string;
  /** Succeeds if the toolchain is installed and new enough. */
  readonly probe: Command;
  readonly prepare: readonly Command[];
  /** The language's own test runner, on spec/conformance and more. The TypeScript clients have it in vitest. */
  readonly conformance?: {
    readonly command: Command;
    /** How many tests passed, from what the command printed. */
    readonly passed: (printed: string) => number;
  };
  /** What its README shows after the tasks that all show. */
  readonly more: readonly string[];
  /** Runs statements in the language. They may write files to the empty folder. */
  readonly run: (code: string, scratch: string) => Command;
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const venv = path("../node_modules/.cache/python");
const python = `${venv}/bin/python`;

const ONCE = "Create a package even if the response gets lost";
/** Needs only the set-up before it. */
export const SALE = "Sell an eSIM";

const node = (client: string, folder: string, more: readonly string[]): Language => ({
  client,
  folder: path(folder),
  fence: "ts",
  probe: [process.execPath, "--version"],
  prepare: [],
  more,
  run: (code) => [process.execPath, "--input-type=module-typescript", "--eval", code],
});

export const languages: readonly Language[] = [
  node("esim-sdk", "../../esim-sdk", []),
  node("esim-sdk-axios", "../typescript-axios", [ONCE, SALE]),
  {
    client: "python",
    folder: path("../python"),
    fence: "python",
    probe: ["python3", "-c", "import sys, venv; assert sys.version_info >= (3, 10)"],
    prepare: [
      ...(existsSync(python) ? [] : [["python3", "-m", "venv", venv] as const]),
      [python, "-m", "pip", "install", "-q", "-e", ".", "-r", "tests/requirements.txt"],
    ],
    conformance: {
      command: [python, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "tests"],
      passed: (printed) => Number(/^(\d+) passed\b/m.exec(printed)?.[1]),
    },
    more: [ONCE, SALE],
    run: (code) => [python, "-c", code],
  },
  {
    client: "go",
    folder: path("../go"),
    fence: "go",
    probe: ["go", "version"],
    prepare: [["go", "vet", "./..."]],
    conformance: {
      command: ["go", "test", "-count=1", "-parallel=16", "-timeout=2m", "-v", "./..."],
      // Without those that only hold others, which are printed indented below them.
      passed: (printed) => printed.match(/^( *)--- PASS: .*$(?!\n\1 +---)/gm)?.length ?? 0,
    },
    more: [ONCE, SALE],
    run(code, scratch) {
      const [imports, statements] = apart(code, /^import \([^)]*\)/gm);
      const file = `${scratch}/main.go`;
      writeFileSync(file, `package main\n${imports}\nfunc main() {\n${statements}\n}\n`);
      return ["go", "run", file];
    },
  },
  {
    client: "java",
    folder: path("../java"),
    fence: "java",
    probe: ["mvn", "--version"],
    prepare: [
      [
        "mvn",
        "-q",
        "-B",
        "test-compile",
        "dependency:copy-dependencies",
        "-DoutputDirectory=target/libraries",
      ],
    ],
    conformance: {
      command: ["mvn", "-B", "-ntp", "surefire:test"],
      passed: (printed) =>
        Number(/^\[INFO\] Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0$/m.exec(printed)?.[1]),
    },
    more: [ONCE, SALE],
    run(code, scratch) {
      const [imports, statements] = apart(code, /^import .*;$/gm);
      const file = `${scratch}/Readme.java`;
      writeFileSync(
        file,
        `${imports}\nclass Readme { public static void main(String[] args) throws Exception {\n${statements}\n} }\n`,
      );
      return ["java", "-cp", "target/classes:target/libraries/*", file];
    },
  },
];

/** Splits off the imports, which a README has in place and a file has at its top. */
function apart(code: string, imports: RegExp): [imports: string, rest: string] {
  return [(code.match(imports) ?? []).join("\n"), code.replace(imports, "")];
}
