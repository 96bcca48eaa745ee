/** What the program ends with. Scripts branch on these, so they never change their meaning. */
export const ExitCode = {
  done: 0,
  unexpected: 1,
  usage: 2,
  credentials: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 6,
  interrupted: 130,
} as const;
