import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import type { Seed } from "../src/stateful/seed.ts";

// The exact tables of files written by earlier versions of the mock, and the seed in them.

/** The built-in account of versions 1 to 4: packages, their SIMs and templates, without the rest of the API. */
export function seedOfBefore(): Seed {
  const { templates, sims, packages } = builtInSeed();
  return {
    templates: templates.slice(0, 12).map(({ inventory: _, ...template }) => template),
    sims: sims.map(({ iccid }, n) => ({ iccid, inventory: 3021 + (n % 3) })),
    packages,
  };
}

export const VERSION_1 = `
  CREATE TABLE origin (day INTEGER NOT NULL, seed TEXT NOT NULL) STRICT;
  CREATE TABLE template (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sim (iccid TEXT PRIMARY KEY, inventory INTEGER NOT NULL) STRICT;
  CREATE TABLE account (user TEXT PRIMARY KEY) STRICT;
  CREATE TABLE package (
    user TEXT NOT NULL REFERENCES account,
    number INTEGER NOT NULL,
    sim TEXT NOT NULL REFERENCES sim,
    template INTEGER NOT NULL REFERENCES template,
    status TEXT NOT NULL CHECK (status IN ('NOT_ACTIVE', 'ACTIVE', 'SUSPENDED', 'TERMINATED')),
    created INTEGER NOT NULL,
    activated INTEGER NOT NULL,
    terminated INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    window_end INTEGER NOT NULL,
    voice INTEGER NOT NULL CHECK (voice >= 0),
    data INTEGER NOT NULL CHECK (data >= 0),
    sms INTEGER NOT NULL CHECK (sms >= 0),
    allowance INTEGER NOT NULL,
    PRIMARY KEY (user, number)
  ) STRICT;
  CREATE UNIQUE INDEX one_live_package ON package (user, sim) WHERE status <> 'TERMINATED';
  CREATE INDEX newest_first ON package (user, created DESC, number DESC);
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
`;

export const VERSION_2 = `
  CREATE TABLE origin (day INTEGER NOT NULL, seed TEXT NOT NULL) STRICT;
  CREATE TABLE template (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sim (iccid TEXT PRIMARY KEY, inventory INTEGER NOT NULL) STRICT;
  CREATE TABLE account (user TEXT PRIMARY KEY) STRICT;
  CREATE TABLE package (
    user TEXT NOT NULL REFERENCES account,
    number INTEGER NOT NULL,
    sim TEXT NOT NULL REFERENCES sim,
    inventory INTEGER NOT NULL,
    template INTEGER NOT NULL REFERENCES template,
    status TEXT NOT NULL CHECK (status IN ('NOT_ACTIVE', 'ACTIVE', 'SUSPENDED', 'TERMINATED')),
    created INTEGER NOT NULL,
    activated INTEGER NOT NULL,
    terminated INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    window_end INTEGER NOT NULL,
    voice INTEGER NOT NULL CHECK (voice >= 0),
    data INTEGER NOT NULL CHECK (data >= 0),
    sms INTEGER NOT NULL CHECK (sms >= 0),
    allowance INTEGER NOT NULL,
    PRIMARY KEY (user, number)
  ) STRICT;
  CREATE UNIQUE INDEX one_live_package ON package (user, sim) WHERE status <> 'TERMINATED';
  CREATE INDEX newest_first ON package (user, created DESC, number DESC);
  CREATE INDEX newest_of_sim ON package (user, sim, created DESC, number DESC);
  CREATE INDEX newest_of_status ON package (user, status, created DESC, number DESC);
  CREATE INDEX newest_of_template ON package (user, template, created DESC, number DESC);
  CREATE INDEX newest_of_inventory ON package (user, inventory, created DESC, number DESC);
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
  CREATE TABLE tally (
    user TEXT NOT NULL REFERENCES account,
    status TEXT NOT NULL,
    template INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    packages INTEGER NOT NULL,
    PRIMARY KEY (user, status, template, inventory)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER tally_new AFTER INSERT ON package BEGIN
    INSERT INTO tally VALUES (NEW.user, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
  CREATE TRIGGER tally_moved AFTER UPDATE OF status ON package BEGIN
    UPDATE tally SET packages = packages - 1
      WHERE user = OLD.user AND status = OLD.status AND template = OLD.template AND inventory = OLD.inventory;
    INSERT INTO tally VALUES (NEW.user, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
`;

export const VERSION_3 = `${VERSION_2}
  CREATE TABLE clock (ahead INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);
`;

export const VERSION_4 = `
  CREATE TABLE origin (day INTEGER NOT NULL, seed TEXT NOT NULL) STRICT;
  CREATE TABLE template (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sim (iccid TEXT PRIMARY KEY, inventory INTEGER NOT NULL) STRICT;
  CREATE TABLE clock (ahead INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);
  CREATE TABLE account (id INTEGER PRIMARY KEY, user TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE package (
    account INTEGER NOT NULL REFERENCES account,
    number INTEGER NOT NULL,
    replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
    sim TEXT NOT NULL REFERENCES sim,
    inventory INTEGER NOT NULL,
    template INTEGER NOT NULL REFERENCES template,
    status TEXT NOT NULL CHECK (status IN ('NOT_ACTIVE', 'ACTIVE', 'SUSPENDED', 'TERMINATED')),
    created INTEGER NOT NULL,
    activated INTEGER NOT NULL,
    terminated INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    window_end INTEGER NOT NULL,
    voice INTEGER NOT NULL CHECK (voice >= 0),
    data INTEGER NOT NULL CHECK (data >= 0),
    sms INTEGER NOT NULL CHECK (sms >= 0),
    allowance INTEGER NOT NULL,
    PRIMARY KEY (account, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX one_live_package ON package (account, sim) WHERE status <> 'TERMINATED';
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
  CREATE INDEX replacements ON package (number) WHERE replaces = 1;
  CREATE INDEX newest_first ON package (account, created DESC, number DESC);
  CREATE INDEX newest_of_sim ON package (account, sim, created DESC, number DESC);
  CREATE INDEX newest_of_status ON package (account, status, created DESC, number DESC);
  CREATE INDEX newest_of_template ON package (account, template, created DESC, number DESC);
  CREATE INDEX newest_of_inventory ON package (account, inventory, created DESC, number DESC);
  CREATE TABLE tally (
    account INTEGER NOT NULL REFERENCES account,
    status TEXT NOT NULL,
    template INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    packages INTEGER NOT NULL,
    PRIMARY KEY (account, status, template, inventory)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER tally_new AFTER INSERT ON package BEGIN
    INSERT INTO tally VALUES (NEW.account, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
  CREATE TRIGGER tally_replacing AFTER INSERT ON package WHEN NEW.replaces = 1 BEGIN
    INSERT INTO tally SELECT NEW.account, status, template, inventory, -1 FROM package WHERE account = 0 AND number = NEW.number
      ON CONFLICT DO UPDATE SET packages = packages - 1;
  END;
  CREATE TRIGGER tally_replaced AFTER INSERT ON package WHEN NEW.account = 0 BEGIN
    INSERT INTO tally SELECT account, NEW.status, NEW.template, NEW.inventory, -1 FROM package WHERE replaces = 1 AND number = NEW.number
      ON CONFLICT DO UPDATE SET packages = packages - 1;
  END;
  CREATE TRIGGER tally_moved AFTER UPDATE OF status ON package BEGIN
    UPDATE tally SET packages = packages - 1
      WHERE account = OLD.account AND status = OLD.status AND template = OLD.template AND inventory = OLD.inventory;
    INSERT INTO tally VALUES (NEW.account, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
  CREATE TRIGGER tally_replaced_moved AFTER UPDATE OF status ON package WHEN NEW.account = 0 BEGIN
    INSERT INTO tally SELECT account, OLD.status, OLD.template, OLD.inventory, 1 FROM package WHERE replaces = 1 AND number = NEW.number
      ON CONFLICT DO UPDATE SET packages = packages + 1;
    INSERT INTO tally SELECT account, NEW.status, NEW.template, NEW.inventory, -1 FROM package WHERE replaces = 1 AND number = NEW.number
      ON CONFLICT DO UPDATE SET packages = packages - 1;
  END;
`;
