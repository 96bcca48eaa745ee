/** Version 1: accounts and their contents. */
export const ACCOUNTS = `
  -- The day on which the state began, which the times of the seed count from; and the seed itself, for accounts to come.
  CREATE TABLE origin (day INTEGER NOT NULL, seed TEXT NOT NULL) STRICT;
  CREATE TABLE template (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sim (iccid TEXT PRIMARY KEY, inventory INTEGER NOT NULL) STRICT;
  CREATE TABLE account (user TEXT PRIMARY KEY) STRICT;
  CREATE TABLE package (
    user TEXT NOT NULL REFERENCES account,
    -- Counts within the account, so that each begins with the same IDs.
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
  -- The rule that one SIM has one live package is kept by the database, also between two programs on one file.
  CREATE UNIQUE INDEX one_live_package ON package (user, sim) WHERE status <> 'TERMINATED';
  CREATE INDEX newest_first ON package (user, created DESC, number DESC);
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
`;
