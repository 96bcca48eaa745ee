/** What the program ends with. Scripts branch on these, so they never change their meaning. */
export const ExitCode = {
  done: 0,
  unexpected: 1,
  usage: 2,
  credentials: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 6,
  /** `esim check`: the SIM has no package with which data should work. */
  noData: 7,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
