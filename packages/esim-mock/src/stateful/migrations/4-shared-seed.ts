/** The indexes of the package table, for every migration that recreates it. */
export const PACKAGE_INDEXES = `
  -- The rule that one SIM has one live package is kept by the database, also between two programs on one file.
  CREATE UNIQUE INDEX one_live_package ON package (account, sim) WHERE status <> 'TERMINATED';
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
  CREATE INDEX replacements ON package (number) WHERE replaces = 1;
  -- One for each way to filter, so that a page costs what it shows, not what the account holds.
  CREATE INDEX newest_first ON package (account, created DESC, number DESC);
  CREATE INDEX newest_of_sim ON package (account, sim, created DESC, number DESC);
  CREATE INDEX newest_of_status ON package (account, status, created DESC, number DESC);
  CREATE INDEX newest_of_template ON package (account, template, created DESC, number DESC);
  CREATE INDEX newest_of_inventory ON package (account, inventory, created DESC, number DESC);
`;

/** Triggers that keep the tallies in step with the packages. */
export const TALLY_TRIGGERS = `
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

/**
 * Version 4: the seed is stored once, as account 0, and other accounts hold only what differs from it. A user costs a few hundred
 * bytes, whatever the seed's size, and a user's first write copies nothing.
 */
export const SHARED_SEED = `
  DROP TRIGGER tally_new;
  DROP TRIGGER tally_moved;
  DROP TABLE tally;
  ALTER TABLE package RENAME TO old_package;
  ALTER TABLE account RENAME TO old_account;

  CREATE TABLE account (id INTEGER PRIMARY KEY, user TEXT NOT NULL UNIQUE) STRICT;
  -- The name of the account that all users read until they write was a line break.
  INSERT INTO account SELECT CASE user WHEN char(10) THEN 0 ELSE rowid END, user FROM old_account;

  CREATE TABLE package (
    account INTEGER NOT NULL REFERENCES account,
    -- Counts within the account, so that each begins with the same IDs.
    number INTEGER NOT NULL,
    -- Whether it stands in place of the seed's package with the same number.
    replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
    sim TEXT NOT NULL REFERENCES sim,
    -- That of the SIM, which never changes; here, so that an index can have it.
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
  INSERT INTO package
    SELECT account.id, number, account.id <> 0 AND number <= (SELECT json_array_length(seed, '$.packages') FROM origin),
      sim, inventory, template, status, created, activated, terminated, expiry, window_start, window_end, voice, data, sms, allowance
    FROM old_package JOIN account USING (user);
  DROP TABLE old_package;
  DROP TABLE old_account;

${PACKAGE_INDEXES}
  -- How many packages of each kind an account adds to those of account 0, so that nobody has to count them. Below zero where it
  -- replaces more than it adds.
  CREATE TABLE tally (
    account INTEGER NOT NULL REFERENCES account,
    status TEXT NOT NULL,
    template INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    packages INTEGER NOT NULL,
    PRIMARY KEY (account, status, template, inventory)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tally SELECT account, status, template, inventory, sum(packages) FROM (
      SELECT account, status, template, inventory, 1 AS packages FROM package
      UNION ALL
      SELECT own.account, seeded.status, seeded.template, seeded.inventory, -1 FROM package AS own
        JOIN package AS seeded ON seeded.account = 0 AND seeded.number = own.number WHERE own.replaces = 1
    ) GROUP BY 1, 2, 3, 4;
${TALLY_TRIGGERS}`;
