import type { Description } from "./describe-mock.ts";

/**
 * What a terminal shows below the address: where to go, what operations there are and, for a mock that remembers, what a first package can be made of.
 *
 * @param hasHome whether `/` is the mock's own page
 */
export function startLines({ links, operations, account }: Description, hasHome: boolean): string[] {
  const places = [
    ...(hasHome ? ["/ says what to try"] : []),
    `${links.reference} is the reference`,
    ...(links.ui ? [`${links.ui} shows what happens`] : []),
  ];
  const sim = account?.freeSims.sims[0];
  const template = account?.templates[0];
  const tags = [...new Set(operations.map(({ tag }) => tag))].filter((tag) => tag !== "");
  const count = `${operations.length} ${operations.length === 1 ? "operation" : "operations"}`;
  return [
    `${places.join(", ")}.`,
    tags.length > 0 ? `${count}: ${tags.join(", ")}.` : `${count}.`,
    ...(sim && template ? [`Free SIM: ${sim.iccid}. Template: ${template.id}, ${template.name}.`] : []),
  ];
}
