import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { errorMessage, fileForTest, keys, machineClock, mockForTest, postJson } from "./mock-for-test.ts";
import { seedOfBefore, VERSION_1, VERSION_2, VERSION_3, VERSION_4 } from "./old-schemas.ts";

const stateful = (state: string) => mockForTest({ stateful: true, state });
const DAY = 86_400_000;
const OTHER_SIM = "8910300000045682019";
const NEW_TEMPLATE = {
  name: "Europe 10 GB 1 month",
  supported_countries: ["DEU"],
  activation_type: "AUTO",
  data_usage_allowance: 10 * 2 ** 30,
  time_allowance: { unit: "CALENDAR_MONTH", duration: 1 },
  activation_time_allowance: 2_592_000,
  earliest_available_date: 0,
  latest_available_date: Date.UTC(2099, 0, 1),
  inventory: 51952,
};

/** Runs SQL in a file and closes it. */
function inFile(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

/** Another program's connection, open until the test ends or `release` is called. */
function otherProgram(file: string, sql: string): { release(): void } {
  const database = new DatabaseSync(file);
  database.exec(sql);
  let isOpen = true;
  const release = () => {
    if (isOpen) database.close();
    isOpen = false;
  };
  onTestFinished(release);
  return { release };
}

/** A file written and closed by this version. */
async function writtenState(): Promise<string> {
  const state = await fileForTest("state.db");
  const mock = await stateful(state);
  await account(mock.url).create(FREE_SIM);
  await mock.close();
  return state;
}

const SCHEMAS = { 1: VERSION_1, 2: VERSION_2, 3: VERSION_3, 4: VERSION_4 } as const;

/**
 * A file of an earlier version, whose clock's day is yesterday. It has one user, with all packages of the seed, of which the
 * seventh (`pkg_123462`) has changed, and one package of its own.
 */
async function oldState(version: keyof typeof SCHEMAS): Promise<string> {
  const state = await fileForTest("state.db");
  const seed = seedOfBefore();
  const created = Date.now() - DAY;
  const database = new DatabaseSync(state);
  database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${SCHEMAS[version]}`);
  const insert = (table: string, ...values: (string | number)[]) =>
    database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => "?")})`).run(...values);
  insert("origin", Math.floor(created / DAY) * DAY, JSON.stringify(seed));
  for (const each of seed.templates) insert("template", each.id, JSON.stringify(each));
  for (const { iccid, inventory } of seed.sims) insert("sim", iccid, inventory);
  const isShared = version === 4;
  const users = version < 3 ? ["user"] : ["\n", "user"];
  for (const [id, user] of users.entries()) {
    insert("account", ...(isShared ? [id, user] : [user]));
    const own = { sim: FREE_SIM, package_template: seed.templates[0]?.id as number, status: "NOT_ACTIVE" };
    const isUser = user === "user";
    const packages = [...seed.packages, ...(isUser ? [own] : [])].entries();
    // Since version 4 an account holds only what differs: the changed package and the new one.
    for (const [index, each] of [...packages].filter(([n]) => !isShared || !isUser || n === 6 || n === 60)) {
      const { sim, package_template: template, status } = each;
      const inventory = seed.sims.find(({ iccid }) => iccid === sim)?.inventory as number;
      const isOver = status === "TERMINATED" ? created : 0;
      const row = [
        template,
        status,
        created,
        isOver,
        isOver,
        isOver,
        created,
        created + 30 * DAY,
        1,
        2,
        3,
        604800,
      ];
      const owner = isShared ? [id, index + 1, Number(isUser && index === 6)] : [user, index + 1];
      insert("package", ...owner, sim, ...(version === 1 ? [] : [inventory]), ...row);
    }
  }
  const ofUser = isShared ? "account = 1" : "user = 'user'";
  database.exec(`
    UPDATE package SET status = 'NOT_ACTIVE', data = 23456, sim = '${OTHER_SIM}' WHERE ${ofUser} AND number = 7;
    UPDATE package SET expiry = ${created + 20 * DAY} WHERE status IN ('ACTIVE', 'SUSPENDED');
    PRAGMA user_version = ${version}; ${version < 3 ? "" : `PRAGMA application_id = ${0x6553494d};`} COMMIT;
  `);
  database.close();
  return state;
}

/** The totals of a user's lists, checked against the lists themselves. */
async function totals(list: ReturnType<typeof account>["list"]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const status of ["all", "NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"]) {
    const { body } = await list(`count=1000${status === "all" ? "" : `&status=${status}`}`);
    expect(body.packages).toHaveLength(body.total);
    found[status] = body.total;
  }
  return found;
}

describe("a state file of an earlier version is migrated", () => {
  test.each([1, 2, 3, 4] as const)("version %i, with what it holds", async (version) => {
    const state = await oldState(version);
    const first = await stateful(state);
    const { list, activate } = account(first.url);
    const changed = { id: "pkg_123462", status: "NOT_ACTIVE", sim: OTHER_SIM, data_usage_remaining: 23456 };
    expect((await list(`sim=${OTHER_SIM}`)).body).toMatchObject({ total: 1, packages: [changed] });
    expect((await list(`sim=${FREE_SIM}`)).body).toMatchObject({
      total: 1,
      packages: [{ id: "pkg_123516" }],
    });
    const before = { all: 61, NOT_ACTIVE: 17, TERMINATED: 14 };
    expect(await totals(list)).toMatchObject(before);
    expect((await activate("pkg_123462")).status).toBe(204);
    // It lasts as many seconds as it was sold for.
    const { activated_date = 0, expiry_date } = (await list(`sim=${OTHER_SIM}`)).body.packages[0] ?? {};
    expect(expiry_date).toBe(activated_date + 604_800_000);
    expect(await totals(list)).toMatchObject({ ...before, NOT_ACTIVE: 16 });
    // New users start with the seed, as before.
    const another = account(first.url, "another").list;
    expect(await totals(another)).toMatchObject({ all: 60, NOT_ACTIVE: 15 });
    await first.close();
    const second = await stateful(state);
    expect(await totals(account(second.url).list)).toMatchObject({ ...before, NOT_ACTIVE: 16 });
  });

  test.each([1, 2, 3, 4] as const)("version %i, which gets the rest of the API", async (version) => {
    const state = await oldState(version);
    const mock = await stateful(state);
    const { get, post, put } = checkedApi(mock.url);
    const inventories = (await get("/inventories")).body.inventories as { id: number }[];
    expect(inventories.map(({ id }) => id).sort()).toEqual([3021, 3022, 3023, 51952]);
    expect((await get("/sim-registries?count=0")).body.total).toBe(200);
    expect((await get("/sim-registries?inventory=3022&count=0")).body.total).toBe(67);
    expect((await get(`/sim-registries/${FREE_SIM}`)).body).toMatchObject({
      sim_status: "PRE_SERVICE",
      inventory: { id: 3023 },
    });
    expect((await get("/sim-registries/8910300000045681003")).body.sim_status).toBe("IN_SERVICE");
    expect((await get(`/euicc-profiles/${FREE_SIM}`)).body.state).toBe("RELEASED");
    expect((await get("/package-templates?inventory=51952")).body.total).toBe(12);
    const free = await fetch(`${mock.url}/_mock/sims`, { headers: keys });
    const live = 61 - 14;
    expect(((await free.json()) as { total: number }).total).toBe(200 - live);

    // New features work, and their data survives a restart.
    await put(`/sim-pcr-profiles/${FREE_SIM}`, { sms: { state: "DISABLED" } });
    const { id } = (await post("/package-templates", NEW_TEMPLATE)).body;
    const sold = await post("/packages", { sim: "8910300000045682027", package_template: id });
    expect(sold.status).toBe(201);
    await mock.close();
    const again = checkedApi((await stateful(state)).url);
    expect((await again.get(`/packages/${sold.body.id}`)).body.package_template.id).toBe(id);
    expect((await again.get(`/sim-pcr-profiles/${FREE_SIM}`)).body.sms.state).toBe("DISABLED");
    const database = new DatabaseSync(state, { readOnly: true });
    onTestFinished(() => database.close());
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  });

  test("whose templates go on and off offer by themselves in the packages that were listed before", async () => {
    const { now, moveTo } = machineClock();
    const state = await oldState(4);
    const [from, until] = [now + 1000, now + 3000];
    inFile(
      state,
      `UPDATE origin SET seed = json_set(seed,
        '$.templates[0].earliest_available_date', ${from}, '$.templates[0].latest_available_date', ${until})`,
    );
    const { get } = checkedApi((await stateful(state)).url);
    const listed = async () =>
      (await get(`/packages?sim=${FREE_SIM}`)).body.packages[0].package_template.status;
    expect(await listed()).toBe("Not Active");
    moveTo(from);
    expect(await listed()).toBe("Active");
    moveTo(until + 1);
    expect(await listed()).toBe("Not Active");
  });

  test("and becomes what a new file is", async () => {
    const schema = (file: string) => {
      const database = new DatabaseSync(file, { readOnly: true });
      const things = database.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
      database.close();
      // SQLite quotes the name of a renamed table.
      return things.map(({ type, name, sql }) => [type, name, String(sql).replaceAll('"', "")]);
    };
    const fresh = await writtenState();
    for (const version of [1, 2, 3, 4] as const) {
      const state = await oldState(version);
      await (await stateful(state)).close();
      expect(schema(state)).toEqual(schema(fresh));
    }
  });

  test("also if it was in use when its mock was killed", async () => {
    const state = await oldState(2);
    const { release } = otherProgram(state, "UPDATE package SET data = 11");
    const copy = await fileForTest("killed.db");
    copyFileSync(state, copy);
    copyFileSync(`${state}-wal`, `${copy}-wal`);
    release();
    const { url } = await stateful(copy);
    expect((await account(url).list()).body.packages[0]?.data_usage_remaining).toBe(11);
  });
});

test("a new state file is marked as one", async () => {
  const database = new DatabaseSync(await writtenState());
  onTestFinished(() => database.close());
  expect(database.prepare("PRAGMA application_id").get()?.application_id).toBe(0x6553494d);
});

test("an empty file becomes a state", async () => {
  const state = await fileForTest("state.db", "");
  expect((await account((await stateful(state)).url).create(FREE_SIM)).status).toBe(201);
});

test("another program's file is refused under every name that leads to it", async () => {
  const file = await fileForTest("app.db");
  // In use: its table is still in the log beside it.
  otherProgram(file, "PRAGMA journal_mode = WAL; CREATE TABLE contact (name TEXT)");
  const link = await fileForTest("link.db");
  symlinkSync(file, link);
  const before = readFileSync(file);
  for (const name of [link, relative(process.cwd(), file), relative(process.cwd(), link)])
    await expect(stateful(name)).rejects.toMatchObject({
      code: "STATE",
      message: expect.stringContaining("another program"),
    });
  // Not a path, though SQLite would accept it.
  await expect(stateful(pathToFileURL(file).href)).rejects.toMatchObject({ code: "STATE" });
  expect(readFileSync(file)).toEqual(before);
});

describe("a file that is no state of ours is refused in one sentence and left as it was", () => {
  const refused: [what: string, says: string, file: () => Promise<string>][] = [
    [
      "another program's tables",
      "another program",
      async () => {
        const file = await fileForTest("app.db");
        inFile(file, "CREATE TABLE contact (name TEXT)");
        return file;
      },
    ],
    [
      "another program's tables that are in WAL mode, with a version and a name of ours",
      "another program",
      async () => {
        const file = await fileForTest("app.db");
        inFile(file, "PRAGMA journal_mode = WAL; CREATE TABLE account (name TEXT); PRAGMA user_version = 2");
        return file;
      },
    ],
    [
      "another program's view alone",
      "another program",
      async () => {
        const file = await fileForTest("app.db");
        inFile(file, "CREATE VIEW one AS SELECT 1");
        return file;
      },
    ],
    [
      "another program's tables, to which a mock of version 2 added its own",
      "another program",
      async () => {
        const file = await oldState(2);
        inFile(file, "CREATE TABLE contact (name TEXT)");
        return file;
      },
    ],
    [
      "another program's mark",
      "another program",
      async () => {
        const file = await fileForTest("app.db");
        inFile(file, "PRAGMA application_id = 77; PRAGMA user_version = 1");
        return file;
      },
    ],
    [
      "a newer version",
      "newer",
      async () => {
        const file = await writtenState();
        inFile(file, "PRAGMA user_version = 999");
        return file;
      },
    ],
    [
      "a newer version whose mock was killed",
      "newer",
      async () => {
        const state = await writtenState();
        const { release } = otherProgram(state, "PRAGMA user_version = 999");
        const copy = await fileForTest("killed.db");
        for (const end of ["", "-wal", "-shm"]) copyFileSync(`${state}${end}`, `${copy}${end}`);
        release();
        return copy;
      },
    ],
    ["a text", "SQLite", () => fileForTest("notes.txt", "Buy milk. ".repeat(100))],
    [
      "a damaged state",
      "damaged",
      async () => {
        const file = await writtenState();
        const bytes = readFileSync(file);
        bytes.fill(0xaa, 4_096, bytes.length - 4_096);
        writeFileSync(file, bytes);
        return file;
      },
    ],
    [
      "a state that was cut off",
      "",
      async () => {
        const file = await writtenState();
        writeFileSync(file, readFileSync(file).subarray(0, 20_000));
        return file;
      },
    ],
    [
      "a read-only state",
      "read-only",
      async () => {
        const file = await writtenState();
        chmodSync(file, 0o444);
        return file;
      },
    ],
  ];
  test.each(refused)("%s", async (_what, says, make) => {
    const state = await make();
    const before = [readFileSync(state), readdirSync(dirname(state))];
    await expect(stateful(state)).rejects.toMatchObject({
      name: "MockStartError",
      code: "STATE",
      message: expect.stringMatching(new RegExp(`^Cannot use [^\\n]*${says}[^\\n]*\\.$`)),
    });
    expect([readFileSync(state), readdirSync(dirname(state))]).toEqual(before);
  });

  test("a directory", async () => {
    const directory = dirname(await fileForTest("x", ""));
    await expect(stateful(directory)).rejects.toMatchObject({
      code: "STATE",
      message: expect.stringContaining("directory"),
    });
    expect(readdirSync(directory)).toEqual(["x"]);
  });

  test.runIf(process.getuid?.() === 0)("a state that belongs to somebody else", async () => {
    const state = await writtenState();
    chmodSync(dirname(state), 0o777);
    const module = join(import.meta.dirname, "../src/stateful/state-file.ts");
    const program = `import(process.argv[1]).then(({ openStateFile }) => openStateFile(process.argv[2])).catch(({ message }) => console.log(message))`;
    const options = { uid: 65534, gid: 65534, encoding: "utf8" } as const;
    const output = execFileSync(process.execPath, ["-e", program, module, state], options);
    expect(output).toBe(
      `Cannot use ${state} for the state: it is read-only; name a new file or one that this mock wrote.\n`,
    );
  });

  test.each(["a file of this version", "a file of version 2"])("%s that is locked", async (which) => {
    const state = which.endsWith("2") ? await oldState(2) : await writtenState();
    otherProgram(state, "BEGIN EXCLUSIVE");
    const before = [readFileSync(state), readdirSync(dirname(state))];
    await expect(stateful(state)).rejects.toMatchObject({
      code: "STATE",
      message: expect.stringContaining("locked"),
    });
    expect([readFileSync(state), readdirSync(dirname(state))]).toEqual(before);
  });
});

test("a start waits for one that is under way on the same file", async () => {
  const state = await writtenState();
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    const database = new (require("node:sqlite").DatabaseSync)(workerData);
    database.exec("BEGIN EXCLUSIVE");
    parentPort.postMessage("locked");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    database.exec("COMMIT");
    database.close();`;
  const worker = new Worker(program, { eval: true, workerData: state });
  await once(worker, "message");
  const { url } = await stateful(state);
  expect((await account(url).list()).body.total).toBe(61);
});

test.each(["IMMEDIATE", "EXCLUSIVE"])(
  "while another program holds an %s lock, writes get a 503 with the cause, reads continue, and no request waits long",
  async (lock) => {
    const state = await writtenState();
    const { url } = await stateful(state);
    const { release } = otherProgram(state, `BEGIN ${lock}`);
    const body = JSON.stringify({ sim: OTHER_SIM, package_template: 21145354 });
    const executed = vi.spyOn(DatabaseSync.prototype, "exec");
    onTestFinished(() => executed.mockRestore());
    const writes = Array.from({ length: 10 }, () => postJson(`${url}/packages`, body));
    const read = await account(url).list();
    expect(read.status).toBe(200);
    const answers = await Promise.all(writes);
    // The first waits its 200 ms in vain; the other nine do not wait at all.
    expect(executed.mock.calls).toEqual([["PRAGMA busy_timeout = 0"]]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(await errorMessage(answer)).toContain("locked");
    }
    const clock = await postJson(`${url}/_mock/clock`, JSON.stringify({ advance: "1d" }));
    expect(clock.status).toBe(503);
    release();
    expect((await account(url).create(OTHER_SIM)).status).toBe(201);
  },
);

test.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)(
  "on a full disk writes get a 507 with the cause, and work again once there is space",
  async () => {
    const directory = join(dirname(await fileForTest("x")), "disk");
    mkdirSync(directory);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", directory]);
    onTestFinished(() => void execFileSync("umount", [directory]));
    const mock = await stateful(join(directory, "state.db"));
    onTestFinished(() => mock.close());
    const { create, list } = account(mock.url);
    const { body } = await create(FREE_SIM);
    let free = 2_000_000;
    const filler = join(directory, "filler");
    // In smaller and smaller pieces, until no page is left.
    for (; free >= 1_000; free = Math.floor(free / 2)) {
      try {
        writeFileSync(filler, Buffer.alloc(free), { flag: "a" });
      } catch {}
    }
    let answer = await postJson(`${mock.url}/packages/${body.id}/activate`, "{}");
    for (let user = 0; user < 200 && answer.status !== 507; user += 1) {
      answer = await postJson(
        `${mock.url}/packages`,
        JSON.stringify({ sim: OTHER_SIM, package_template: 21145354 }),
        { ...keys, "x-user-id": `user-${user}` },
      );
    }
    expect(answer.status).toBe(507);
    expect(await errorMessage(answer)).toContain("disk is full");
    expect((await list()).status).toBe(200);
    writeFileSync(filler, "");
    expect((await create(OTHER_SIM)).status).toBe(201);
  },
);

describe("the clock", () => {
  test("stays where it was moved to when the mock starts again, and a reset resets it", async () => {
    const state = await fileForTest("state.db");
    const first = await stateful(state);
    const { ahead } = await first.clock.advance("7d");
    await first.close();
    const second = await stateful(state);
    expect((await second.clock.read()).ahead).toBe(ahead);
    await second.reset();
    await second.close();
    expect((await (await stateful(state)).clock.read()).ahead).toBe(0);
  });

  test("is the same in two mocks on one file", async () => {
    const state = await fileForTest("state.db");
    const [one, other] = [await stateful(state), await stateful(state)];
    const { body } = await account(one.url).create(FREE_SIM);
    await account(one.url).activate(body.id);
    const { ahead } = await one.clock.advance("365d");
    expect((await other.clock.read()).ahead).toBe(ahead);
    expect((await account(other.url).get(body.id)).body.status).toBe("TERMINATED");
    const later = await other.clock.advance("1d");
    expect((await one.clock.read()).ahead).toBe(later.ahead);
  });
});
