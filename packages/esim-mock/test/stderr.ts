import { onTestFinished, vi } from "vitest";

/** What is written to stderr from now on, which does not reach it while the test runs. */
export function captureStderr(): () => string {
  let written = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written += text;
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return () => written;
}
