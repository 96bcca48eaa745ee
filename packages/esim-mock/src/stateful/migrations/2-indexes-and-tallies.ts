/** Version 2: the cost of a page depends on its length, not on the size of the account. */
export const INDEXES_AND_TALLIES = `
  -- That of the SIM, which never changes; here, so that an index can have it.
  ALTER TABLE package ADD COLUMN inventory INTEGER NOT NULL DEFAULT 0;
  UPDATE package SET inventory = (SELECT inventory FROM sim WHERE iccid = package.sim);
  -- One for each way to filter, so that a page costs what it shows, not what the account holds.
  CREATE INDEX newest_of_sim ON package (user, sim, created DESC, number DESC);
  CREATE INDEX newest_of_status ON package (user, status, created DESC, number DESC);
  CREATE INDEX newest_of_template ON package (user, template, created DESC, number DESC);
  CREATE INDEX newest_of_inventory ON package (user, inventory, created DESC, number DESC);
  -- How many packages there are of each kind, so that nobody has to count them.
  CREATE TABLE tally (
    user TEXT NOT NULL REFERENCES account,
    status TEXT NOT NULL,
    template INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    packages INTEGER NOT NULL,
    PRIMARY KEY (user, status, template, inventory)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tally SELECT user, status, template, inventory, count(*) FROM package GROUP BY 1, 2, 3, 4;
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
