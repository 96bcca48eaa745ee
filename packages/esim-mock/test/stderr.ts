import { onTestFinished, vi } from "vitest";

/** Captures what is written to stderr from now on, instead of writing it, while the test runs. */
export function captureStderr(): () => string {
  let written = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written += text;
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return () => written;
}
