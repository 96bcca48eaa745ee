import packageJson from "../package.json" with { type: "json" };

const OLDEST_NODE = packageJson.engines.node.replace(/^>=/, "");

/** If this Node is older than Prism needs, a message that says so and gives a command that works. */
export function checkNode(version = process.versions.node): string | undefined {
  const [wanted, found] = [OLDEST_NODE, version].map((text) => text.split(".").map(Number));
  const isOld = compare(found ?? [], wanted ?? []) < 0;
  return isOld
    ? `A mock needs Node ${OLDEST_NODE} or newer; this is ${version}. Run it with \`npx -p node@26 -p ${packageJson.name} esim-mock\` and connect to it with connectMock.`
    : undefined;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
