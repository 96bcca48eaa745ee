/** Exit codes. Scripts branch on them, so their meaning never changes. */
export const ExitCode = {
  done: 0,
  unexpected: 1,
  usage: 2,
  credentials: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 6,
  /** `esim check`: data should not work on this SIM. */
  noData: 7,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
