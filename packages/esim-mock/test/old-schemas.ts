// The tables of files that earlier versions of the mock have written, word for word.

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
