/** Masks all but the end of numbers long enough to be an ICCID, IMSI or MSISDN, which do not belong in a log. */
export function maskNumbers(text: string): string {
  return text.replace(/\d{9,}/g, (digits) => `…${digits.slice(-4)}`);
}
