import type { ClockOffset } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { toRefusal } from "./database-error.ts";

/** Stores the clock in the state, so that it survives a restart and all mocks on one file share the time. */
export function storedOffset(connection: Connection): ClockOffset {
  const read = () => {
    try {
      return connection.get<{ ahead: number }>("SELECT ahead FROM clock", {})?.ahead ?? 0;
    } catch (error) {
      throw toRefusal(error);
    }
  };
  return {
    read,
    change(next) {
      connection.transaction("BEGIN IMMEDIATE", () => {
        connection.run("UPDATE clock SET ahead = :ahead", { ahead: next(read()) });
      });
    },
  };
}
