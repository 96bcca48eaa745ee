/** Version 3: the clock stays where it was moved to. */
export const CLOCK = `
  -- How far the clock is ahead of the machine's, in milliseconds. One row.
  CREATE TABLE clock (ahead INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);
`;
