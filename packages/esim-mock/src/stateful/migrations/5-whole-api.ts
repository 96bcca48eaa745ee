import { PACKAGE_INDEXES, TALLY_TRIGGERS } from "./4-shared-seed.ts";

/** Version 5: the rest of the API. The seed's part stays in the seed; an account holds what its user's writes have changed. */
export const WHOLE_API = `
  DROP TRIGGER tally_new;
  DROP TRIGGER tally_replacing;
  DROP TRIGGER tally_replaced;
  DROP TRIGGER tally_moved;
  DROP TRIGGER tally_replaced_moved;
  ALTER TABLE package RENAME TO old_package;
  DROP INDEX one_live_package;
  DROP INDEX next_to_expire;
  DROP INDEX replacements;
  DROP INDEX newest_first;
  DROP INDEX newest_of_sim;
  DROP INDEX newest_of_status;
  DROP INDEX newest_of_template;
  DROP INDEX newest_of_inventory;

  CREATE TABLE package (
    account INTEGER NOT NULL REFERENCES account,
    -- Counts within the account, so that each begins with the same IDs.
    number INTEGER NOT NULL,
    -- Whether it stands in place of the seed's package with the same number.
    replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
    sim TEXT NOT NULL REFERENCES sim,
    -- That of the SIM, which never changes; here, so that an index can have it.
    inventory INTEGER NOT NULL,
    -- One of the seed's, or of the account's own.
    template INTEGER NOT NULL,
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
    -- How many calendar months it lasts from its activation, whose seconds are not known before. Those of earlier versions got seconds.
    months INTEGER NOT NULL,
    PRIMARY KEY (account, number)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO package
    SELECT account, number, replaces, sim, inventory, template, status, created, activated, terminated, expiry, window_start,
      window_end, voice, data, sms, allowance, 0
    FROM old_package;
  DROP TABLE old_package;
  DROP TABLE template;
${PACKAGE_INDEXES}${TALLY_TRIGGERS}
  -- The templates that an account has besides those of the seed. None is ever changed or deleted.
  CREATE TABLE template (
    account INTEGER NOT NULL REFERENCES account,
    id INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    -- Count up from 1, in the account and in its inventory, so that a page is found without reading those before it.
    place INTEGER NOT NULL,
    inventory_place INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (account, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX template_place ON template (account, place);
  CREATE UNIQUE INDEX template_inventory_place ON template (account, inventory, inventory_place);

  -- What an account's writes have made different of a SIM, its eUICC profile and its PCR profile.
  CREATE TABLE sim_change (
    account INTEGER NOT NULL REFERENCES account,
    iccid TEXT NOT NULL REFERENCES sim,
    json TEXT NOT NULL,
    PRIMARY KEY (account, iccid)
  ) STRICT, WITHOUT ROWID;

  -- Whether a SIM is in a state in which it can get a package.
  ALTER TABLE sim ADD COLUMN is_sellable INTEGER NOT NULL DEFAULT 1 CHECK (is_sellable IN (0, 1));

  -- When the status of a template changes by itself. Removing one that has passed counts as a change of what was answered.
  CREATE TABLE turning_point (time INTEGER PRIMARY KEY) STRICT;
  INSERT OR IGNORE INTO turning_point
    SELECT value ->> '$.earliest_available_date' FROM origin, json_each(seed, '$.templates')
      WHERE value ->> '$.earliest_available_date' > 0;
  INSERT OR IGNORE INTO turning_point
    SELECT (value ->> '$.latest_available_date') + 1 FROM origin, json_each(seed, '$.templates')
      WHERE value ->> '$.latest_available_date' > 0;
`;
