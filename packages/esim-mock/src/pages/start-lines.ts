import type { Description } from "./describe-mock.ts";

/**
 * What a terminal shows below the address: pages, operations and, for a stateful mock, a SIM and a template for a first package.
 *
 * @param hasHome whether `/` is the mock's own page
 */
export function startLines({ links, operations, account }: Description, hasHome: boolean): string[] {
  const places = [
    ...(hasHome ? ["/ to get started"] : []),
    `${links.reference} for the API reference`,
    ...(links.ui ? [`${links.ui} to watch and control`] : []),
  ];
  const sim = account?.freeSims.sims[0];
  const template = account?.templates[0];
  const tags = [...new Set(operations.map(({ tag }) => tag))].filter((tag) => tag !== "");
  const count = `${operations.length} ${operations.length === 1 ? "operation" : "operations"}`;
  return [
    `Open ${places.join(", ")}.`,
    tags.length > 0 ? `${count}: ${tags.join(", ")}.` : `${count}.`,
    ...(sim && template ? [`Free SIM: ${sim.iccid}. Template: ${template.id}, ${template.name}.`] : []),
  ];
}
