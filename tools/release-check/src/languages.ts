import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, type Language, languages, SALE } from "@betatelltd/esim-clients/test/languages.ts";
import { readmeProgram } from "@betatelltd/esim-clients/test/readme.ts";
import { root } from "./packages.ts";
import { report } from "./report.ts";
import { freePort, run } from "./run.ts";

/** Builds an artifact as for a release, installs it in an empty project, and returns how to run a program there. */
type Install = (language: Language, project: string) => (code: string) => Command;

/** The clients that are not in an npm tarball. */
const INSTALL: Readonly<Record<string, Install>> = {
  python: installPython,
  go: installGo,
  java: installJava,
};

/** Runs the READMEs' programs with each client as its users get it. A client whose toolchain is missing is skipped, unless it is required. */
export async function checkLanguages(folder: string): Promise<void> {
  console.log("");
  for (const language of languages) {
    const install = INSTALL[language.client];
    if (!install) continue;
    const [program, ...args] = language.probe;
    if (spawnSync(program, args).status !== 0) {
      report(!process.env.REQUIRE_ALL_CLIENTS, `${language.client}: not checked: ${program} is missing`);
      continue;
    }
    const project = join(folder, language.client);
    mkdirSync(project);
    const programOf = install(language, project);
    const mock = await startMock();
    try {
      const { code, printed } = readmeProgram(language, mock.url);
      const [file, ...rest] = programOf(code);
      const said = run(file, rest, { cwd: project }).trimEnd().split("\n");
      report(
        said.join("\n") === printed.join("\n"),
        `${language.client}: the installed client does what its README shows`,
      );
    } finally {
      await mock.stop();
    }
  }
}

/** An sdist, and a wheel built from it: what is missing in the one is missing in the other. */
function installPython(language: Language, project: string): (code: string) => Command {
  const { folder } = language;
  const python = join(project, "venv/bin/python");
  const pip = (...args: string[]) => run(python, ["-m", "pip", "install", "--quiet", ...args]);
  run("python3", ["-m", "venv", join(project, "venv")]);
  pip("build==1.3.0", "twine==6.2.0");
  // In a copy, because it is built in place.
  cpSync(folder, join(project, "source"), { recursive: true });
  run(python, ["-m", "build", "--outdir", join(project, "dist"), join(project, "source")]);
  const artifacts = globSync("dist/*", { cwd: project });
  report(artifacts.length === 2, `python: builds as ${artifacts.join(" and ")}`);
  const checked = run(python, ["-m", "twine", "check", "--strict", ...artifacts], { cwd: project });
  report(!checked.includes("FAILED"), "python: the package index can render its README");
  pip(...artifacts.filter((each) => each.endsWith(".whl")).map((each) => join(project, each)));
  const typed = run(
    python,
    [
      "-c",
      "import betatel_esim, pathlib; print(pathlib.Path(betatel_esim.__file__).with_name('py.typed').exists())",
    ],
    { cwd: project },
  );
  report(typed.trim() === "True", "python: it is marked as typed");
  pip("mypy==2.4.1");
  writeFileSync(join(project, "sale.py"), readmeProgram(language, "http://127.0.0.1", [SALE]).code);
  const mypy = run(python, ["-m", "mypy", "--strict", "sale.py"], { cwd: project });
  report(mypy.startsWith("Success"), "python: the sale in its README passes mypy --strict");
  return (code) => [python, "-c", code];
}

/** The files of a tag, used as a module by another project. */
function installGo({ folder, run: programOf }: Language, project: string): (code: string) => Command {
  const files = run("git", ["ls-files"], { cwd: folder }).trim().split("\n");
  for (const file of files) cpSync(join(folder, file), join(project, "module", file));
  run("go", ["vet", "./..."], { cwd: join(project, "module") });
  const name = "github.com/betatelltd/esim-toolkit/packages/clients/go";
  run("go", ["mod", "init", "example.com/empty"], { cwd: project });
  run("go", ["mod", "edit", `-require=${name}@v0.0.0`, `-replace=${name}=./module`], { cwd: project });
  return (code) => programOf(code, project);
}

/** The jar, with its sources and documentation, from its own repository. */
function installJava({ folder, run: programOf }: Language, project: string): (code: string) => Command {
  cpSync(folder, join(project, "source"), { recursive: true, filter: (path) => !path.endsWith("/target") });
  run("mvn", ["-q", "-B", "-DskipTests", "package"], { cwd: join(project, "source") });
  const jars = globSync("source/target/*.jar", { cwd: project });
  for (const kind of ["-sources.jar", "-javadoc.jar"])
    report(
      jars.some((jar) => jar.endsWith(kind)),
      `java: it comes with its ${kind.slice(1, -4)}`,
    );
  const [jar = ""] = jars.filter((each) => !/-(sources|javadoc|tests)\.jar$/.test(each));
  return (code) => {
    const [file] = programOf(code, project).slice(-1);
    return ["java", "-cp", `${jar}:source/target/lib/*`, file ?? ""];
  };
}

async function startMock(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const args = [join(root, "packages/esim-mock/dist/bin.js"), "--stateful", "--port", String(port)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}
