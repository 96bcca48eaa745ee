/** How much is measured. */
export interface Effort {
  /** Of as many rounds as published figures come from at most. */
  rounds(usual: number): number;
  /** Of as many calls, requests or rows in a round. */
  times(usual: number): number;
  readonly isSmoke: boolean;
}

/** For figures that are published. */
export const FULL: Effort = { rounds: (usual) => usual, times: (usual) => usual, isSmoke: false };

/** Just enough to see that a group works. */
export const SMOKE: Effort = { rounds: () => 1, times: (usual) => Math.ceil(usual / 10), isSmoke: true };
