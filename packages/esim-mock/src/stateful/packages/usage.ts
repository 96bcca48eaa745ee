/** How much of a package's allowances to use up. */
export interface Usage {
  /** Bytes. */
  readonly data?: number | undefined;
  /** Minutes. */
  readonly voice?: number | undefined;
  readonly sms?: number | undefined;
}
