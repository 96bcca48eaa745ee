import ts from "typescript";
import { madeBy, OUTPUT_CALLS } from "./errors.ts";
import { ancestors } from "./source.ts";

/** The tables of a package, in their order. */
export const KINDS = ["Errors", "Hints", "Help", "Doctor", "Output", "Other texts"] as const;
export type Kind = (typeof KINDS)[number];

const HELP_CALLS =
  /^(description|option|requiredOption|argument|addHelpText|version|summary|usage|helpOption|command|group|Option|Argument)$/;

const FLAG_CALLS = /^(option|requiredOption|argument|helpOption|Option|Argument)$/;

/** Which table a text belongs to, by the nearest thing around it that says so. */
export function kindOf(text: ts.Node, errors: ReadonlySet<string>): Kind {
  const { fileName } = text.getSourceFile();
  for (const each of ancestors(text)) {
    if (madeBy(each, errors)) return "Errors";
    const name = nameOf(each);
    if (/hints?$/i.test(name)) return "Hints";
    if (/^(HELP|USAGE|OPTIONS|FLAGS)$/i.test(name) || (isCall(each) && HELP_CALLS.test(name))) return "Help";
    if (fileName.includes("/doctor/") && ts.isFunctionLike(each)) return "Doctor";
    if (/^message$/.test(name)) return "Errors";
    if (isCall(each) && OUTPUT_CALLS.test(name)) return "Output";
  }
  return fileName.includes("/doctor/") ? "Doctor" : "Other texts";
}

const isCall = (node: ts.Node): node is ts.CallExpression | ts.NewExpression =>
  ts.isCallExpression(node) || ts.isNewExpression(node);

/** Flags or arguments that a call of commander describes, if a node is their description. */
export function describedFlags(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (!isCall(parent) || !FLAG_CALLS.test(nameOf(parent))) return undefined;
  const [flags, description] = parent.arguments ?? [];
  return description === node ? flags : undefined;
}

/** The name of what a node declares, sets or calls. */
function nameOf(node: ts.Node): string {
  if (isCall(node)) {
    const { expression } = node;
    return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  }
  const isNamed = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) || ts.isFunctionLike(node);
  return (isNamed && node.name?.getText()) || "";
}
