/** What to try if there is no profile for a SIM. */
export const NO_PROFILE_HINT = "the SIM may have no eUICC profile; list SIMs with `esim sims list`";

/** What to try if a SIM has no activation code or QR code. */
export function noCodeHint(sim: string): string {
  return `see the state of its profile with \`esim profile get ${sim}\``;
}
