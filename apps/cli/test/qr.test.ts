import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import jsQr from "jsqr";
import { describe, expect, test } from "vitest";
import { drawQr } from "../src/draw-qr.ts";
import {
  atTerminal,
  configFolder,
  esim,
  installedAlone,
  keysFor,
  NO_TERMINAL,
  seen,
  type TerminalOptions,
} from "./esim.ts";
import { answer, PROFILE, packages, pageOf, SIM, serviceOf } from "./servers.ts";

const CODE = PROFILE.activation_code;
const IMAGE = Buffer.from("89504e470d0a1a0a00ff00fe", "hex");
const path = `/euicc-profiles/${SIM}`;
const service = (profile: object = {}) =>
  serviceOf({
    [`GET ${path}`]: { ...PROFILE, ...profile },
    [`GET ${path}/qrcode`]: (response: ServerResponse) =>
      response.writeHead(200, { "content-type": "image/png" }).end(IMAGE),
  });

/** Scans drawn lines. @param isInk whether drawn blocks are dark on a light background */
function scan(lines: readonly string[], isInk: boolean): string | undefined {
  const scale = 4;
  const rows = lines.flatMap((line) => {
    const blocks = [...stripVTControlCharacters(line)];
    return ["█▀", "█▄"].map((drawn) => blocks.map((each) => drawn.includes(each) === isInk));
  });
  const [width, height] = [(rows[0]?.length ?? 0) * scale, rows.length * scale];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  // Not every camera can scan light modules on a dark background.
  return jsQr(pixels, width, height, { inversionAttempts: "dontInvert" })?.data;
}

const drawn = (stdout: string) =>
  seen(stdout)
    .split("\n")
    .filter((line) => /[█▀▄]/.test(line) || /^ {20,}$/.test(line));

describe("a drawn code", () => {
  test.each([
    CODE,
    "LPA:1$s$",
    `LPA:1$${"long-host.".repeat(12)}example.com$ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789$1.3.6.1.4.1.31746$1`,
  ])("of %s can be scanned, with and without colour", (code) => {
    expect(scan(drawQr(code, true).lines, true)).toBe(code);
    expect(scan(drawQr(code, false).lines, false)).toBe(code);
  });
});

describe("esim qr", () => {
  test("prints only the activation code in a pipe, with --text and with --quiet", async () => {
    const { url } = await service();
    for (const flags of [[], ["--text"], ["--quiet"]])
      expect(await esim(["qr", "8910 3000 0004 5681 955", ...flags], { env: keysFor(url) })).toEqual({
        code: 0,
        stdout: `${CODE}\n`,
        stderr: "",
      });
    const { stdout } = await esim(["qr", SIM, "--json"], { env: keysFor(url) });
    expect(JSON.parse(stdout)).toEqual({ sim: SIM, state: "RELEASED", activation_code: CODE });
  });

  test.skipIf(NO_TERMINAL).each([80, 60, 37])(
    "draws a code that can be scanned at %i columns",
    async (columns) => {
      const { url } = await service();
      const { code, stdout } = await atTerminal(["qr", SIM], { env: keysFor(url), columns });
      expect(code).toBe(0);
      expect(scan(drawn(stdout), true)).toBe(CODE);
      expect(seen(stdout).trimEnd().endsWith(CODE)).toBe(true);
      const plain = await atTerminal(["qr", SIM, "--no-color"], { env: keysFor(url), columns });
      expect(scan(drawn(plain.stdout), false)).toBe(CODE);
    },
  );

  test.skipIf(NO_TERMINAL).each<[string, TerminalOptions, string]>([
    ["is too narrow", { columns: 36 }, "cannot draw the QR code: it needs 37 columns"],
    ["has too few lines", { rows: 20 }, "cannot draw the QR code: it needs 37 columns and 21 lines"],
    ["shows ASCII alone", { env: { LC_ALL: "C" } }, "cannot draw the QR code: the locale is ASCII only"],
  ])("prints the code as text at a terminal that %s, and says why", async (_, { env, ...size }, message) => {
    const { url } = await service();
    const { code, stdout } = await atTerminal(["qr", SIM], { env: { ...keysFor(url), ...env }, ...size });
    expect(code).toBe(0);
    expect(stdout.startsWith(`${CODE}\n`)).toBe(true);
    expect(stdout).toContain(message);
    expect(drawn(stdout)).toEqual([]);
  });

  test.skipIf(NO_TERMINAL)("prints a code as text that is too long for a QR code", async () => {
    const activation_code = `LPA:1$${"x".repeat(3_000)}$X`;
    const { url } = await service({ activation_code });
    const { code, stdout } = await atTerminal(["qr", SIM], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(stdout.startsWith(`${activation_code}\n`)).toBe(true);
    expect(stdout).toContain("cannot draw the QR code: the activation code is too long for one");
  });

  test("writes the service's image to a private file, and overwrites nothing by accident", async () => {
    const { folder } = await configFolder();
    const file = join(folder, "code.png");
    const { url, requests } = await service();
    const write = (...flags: string[]) => esim(["qr", SIM, "--png", file, ...flags], { env: keysFor(url) });
    expect(await write()).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(file)).toEqual(IMAGE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, "mine", { mode: 0o644 });
    expect(await write()).toMatchObject({
      code: 2,
      stderr: `error: ${file} already exists\nhint: choose another file, or pass --force to replace it\n`,
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(requests).toHaveLength(1);
    const { stdout } = await write("--force", "--json");
    expect(JSON.parse(stdout)).toEqual({ sim: SIM, file, bytes: IMAGE.length });
    expect(readFileSync(file)).toEqual(IMAGE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["code.png"]);
  });

  test("leaves nothing behind if the file becomes a folder meanwhile", async () => {
    const { folder } = await configFolder();
    const file = join(folder, "code.png");
    writeFileSync(file, "old");
    const { url } = await serviceOf({
      [`GET ${path}/qrcode`]: (response: ServerResponse) => {
        rmSync(file);
        mkdirSync(file);
        response.writeHead(200, { "content-type": "image/png" }).end(IMAGE);
      },
    });
    const { code, stderr } = await esim(["qr", SIM, "--png", file, "--force"], { env: keysFor(url) });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot write \S+code\.png \[\w+\]\nhint: choose another file\n$/);
    expect(readdirSync(folder)).toEqual(["code.png"]);
  });

  test.skipIf(!existsSync("/dev/null"))("writes to a device without --force", async () => {
    const { url } = await service();
    const { code } = await esim(["qr", SIM, "--png", "/dev/null"], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("does not write through links", async () => {
    const { folder } = await configFolder();
    const target = join(folder, "target");
    symlinkSync(target, join(folder, "link.png"));
    const { url } = await service();
    const { code } = await esim(["qr", SIM, "--png", join(folder, "link.png")], { env: keysFor(url) });
    expect(code).toBe(2);
    expect(existsSync(target)).toBe(false);
  });

  test.each<[string, string, string]>([
    ["in a missing folder", "none/code.png", "cannot write FILE [ENOENT]"],
    ["below a file", "file/code.png", "cannot write FILE [ENOTDIR]"],
    ["that is a folder", ".", "FILE is a folder"],
    ["that is a link to itself", "loop", "FILE already exists"],
  ])("refuses a file %s, before sending anything", async (_, name, message) => {
    const { folder } = await configFolder();
    writeFileSync(join(folder, "file"), "mine");
    symlinkSync("loop", join(folder, "loop"));
    const { url, requests } = await service();
    const { code, stderr } = await esim(["qr", SIM, "--png", join(folder, name)], { env: keysFor(url) });
    expect(code).toBe(2);
    const error = message.replace("FILE", join(folder, name));
    expect(stderr).toContain(`error: ${error}\nhint: choose another file`);
    expect(requests).toHaveLength(0);
  });

  test("refuses an empty file name", async () => {
    const { url, requests } = await service();
    const { code, stderr } = await esim(["qr", SIM, "--png", ""], { env: keysFor(url) });
    expect({ code, requests: requests.length }).toEqual({ code: 2, requests: 0 });
    expect(stderr).toContain("error: the file name is empty");
  });

  test.each([
    [{ state: "AVAILABLE", activation_code: "" }, "its profile is AVAILABLE, not ready to be downloaded yet"],
    [{ state: "LATER", activation_code: undefined }, "its profile is LATER"],
  ])("exits with 4 for a profile without a code, %j, and says why", async (profile, message) => {
    const { url } = await service(profile);
    const { code, stdout, stderr } = await esim(["qr", SIM], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain(`error: SIM ${SIM} has no activation code: ${message}`);
    expect(stderr).toContain(`hint: see the state of its profile with \`esim profile get ${SIM}\``);
  });

  test("warns of a code that may no longer work, or needs a confirmation code", async () => {
    const { url } = await service({ state: "ENABLED" });
    expect((await esim(["qr", SIM], { env: keysFor(url) })).stderr).toContain("the profile is ENABLED");
    const other = await service({ cc_required: true });
    expect((await esim(["qr", SIM], { env: keysFor(other.url) })).stderr).toContain("confirmation code");
  });

  test("never prints the code of another SIM", async () => {
    const { url } = await service({ iccid: "8910300000045681963" });
    const { code, stdout, stderr } = await esim(["qr", SIM], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("the server answered for SIM 8910300000045681963");
  });

  test("escapes a code that could control the terminal", async () => {
    const { url } = await service({ activation_code: "LPA:1$\u001b[31m\u202e$X" });
    const { stdout } = await esim(["qr", SIM], { env: keysFor(url) });
    expect(stdout).toBe("LPA:1$\\u{1b}[31m\\u{202e}$X\n");
  });

  test.each([
    [["--png", "x", "--text"], "--text and --png cannot be combined"],
    [["--force"], "--force works with --png only"],
  ])("refuses %j before anything is sent", async (flags, message) => {
    const { url, requests } = await service();
    const { code, stderr } = await esim(["qr", SIM, ...flags], { env: keysFor(url) });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(requests).toHaveLength(0);
  });
});

test("the QR library is loaded only to draw a code", async () => {
  const program = await installedAlone();
  rmSync(join(dirname(program), "draw-qr.js"));
  const { url } = await serviceOf({
    "GET /packages": pageOf("packages", packages([1])),
    [`GET ${path}`]: answer(200, PROFILE),
  });
  for (const args of [["--version"], ["packages", "list"], ["qr", SIM]])
    expect(await esim(args, { program, env: keysFor(url) })).toMatchObject({ code: 0, stderr: "" });
});
