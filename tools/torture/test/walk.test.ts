import { expect, test } from "vitest";
import { walking } from "../src/walk.ts";

test("of lists that others change, what was there throughout comes, and nothing comes twice", async () => {
  const { changes, walked } = await walking({ seed: 7, rows: 100, walks: 8 });
  expect(changes).toBeGreaterThan(walked.length * 8);
  for (const { list, way, walks, throughout, skipped, repeated } of walked) {
    expect(walks, `${list} ${way}`).toBeGreaterThan(0);
    expect(throughout, `${list} ${way}`).toBeGreaterThan(0);
    expect({ list, way, skipped, repeated }).toEqual({ list, way, skipped: 0, repeated: 0 });
  }
});
