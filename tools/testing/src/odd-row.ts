/** A package as it really is, whatever a row of it shows. */
export interface OddPackage {
  readonly id: string;
  readonly sim: string;
  readonly template: number;
  readonly isLive: boolean;
  /** Whether it was there before the first request. */
  readonly isOlder: boolean;
  /** Milliseconds since 1970, by the service's clock. */
  readonly created: number;
}

type Write = (real: OddPackage) => unknown;
const missing: Write = () => undefined; // JSON leaves it out.
const empty: Write = () => null;

/**
 * The ways to write each field of a row; the first one is the contract's. None of them is false: what can be read is true, but not everything
 * can be read.
 */
export const WAYS = {
  id: {
    right: ({ id }) => id,
    missing,
    null: empty,
    blank: () => "",
    number: ({ id }) => Number(id),
    object: ({ id }) => ({ value: id }),
  },
  // As a number, an ICCID has lost its last digits, so neighbours look the same.
  sim: { right: ({ sim }) => sim, missing, null: empty, number: ({ sim }) => Number(sim) },
  package_template: {
    right: ({ template }) => ({ id: template, name: `Plan ${template}` }),
    missing,
    null: empty,
    "bare ID": ({ template }) => template,
    "bare ID as text": ({ template }) => `${template}`,
    "ID as text": ({ template }) => ({ id: `${template}` }),
    "no ID": ({ template }) => ({ name: `Plan ${template}` }),
    "ID is null": () => ({ id: null }),
    name: ({ template }) => `Plan ${template}`,
    boolean: () => true,
  },
  status: {
    right: ({ isLive }) => (isLive ? "NOT_ACTIVE" : "TERMINATED"),
    missing,
    null: empty,
    unknown: ({ isLive }) => (isLive ? "PENDING" : "EXPIRED"),
    number: ({ isLive }) => Number(isLive),
  },
  created_date: {
    right: ({ created }) => created,
    missing,
    null: empty,
    zero: () => 0,
    seconds: ({ created }) => Math.floor(created / 1000),
    text: ({ created }) => new Date(created).toISOString(),
    huge: () => 1e300,
  },
} as const satisfies Record<string, Record<string, Write>>;
type Field = keyof typeof WAYS;

/** Which of its {@link WAYS} each field is written in, and whether the row is a row at all. */
export type Drift = { readonly [F in Field]: keyof (typeof WAYS)[F] } & { readonly isRow: boolean };

/** Whether a row written that way identifies its package. */
export const showsId = ({ isRow, id }: Drift): boolean => isRow && (id === "right" || id === "number");

/** A package as the service lists it. */
export function oddRow(real: OddPackage, drift: Drift): unknown {
  if (!drift.isRow) return null;
  const ways: Record<Field, Record<string, Write>> = WAYS;
  const fields = Object.keys(WAYS) as Field[];
  return Object.fromEntries(fields.map((field) => [field, ways[field][drift[field]]?.(real)]));
}
