/** Version 3: the moved clock is stored. */
export const CLOCK = `
  -- How far the clock is ahead of the machine's, in milliseconds. One row.
  CREATE TABLE clock (ahead INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);
`;
