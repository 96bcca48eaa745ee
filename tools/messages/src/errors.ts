import ts from "typescript";
import { nodes } from "./source.ts";

/** A class of errors. */
export interface ErrorClass {
  readonly name: string;
  readonly base: string;
  readonly path: string;
  /** The first sentence of its comment. */
  readonly summary: string;
}

/** What makes errors in the sources: classes, and functions that take a text and put it into an error. */
export interface ErrorMakers {
  readonly classes: readonly ErrorClass[];
  /** Names of classes and functions. */
  readonly names: ReadonlySet<string>;
}

/** Of JavaScript, and of commander. */
const BUILT_IN = [
  ...["Error", "TypeError", "RangeError", "SyntaxError", "AggregateError", "DOMException"],
  ...["CommanderError", "InvalidArgumentError"],
];

/**
 * Finds what makes errors in a package.
 * @param others sources of packages whose error classes it may use
 */
export function errorMakers(
  sources: readonly ts.SourceFile[],
  others: readonly ts.SourceFile[] = [],
): ErrorMakers {
  const names = new Set(BUILT_IN);
  const declared = nodesOf([...new Set([...sources, ...others])])
    .filter(ts.isClassDeclaration)
    .flatMap(classOf);
  const functions = nodesOf(sources).filter(ts.isFunctionLike).flatMap(functionOf);
  // A class may extend one that is found later, and a function may call one: again, until there is nothing new.
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const { name, base } of declared) if (names.has(base)) names.add(name);
    for (const each of functions) if (makesError(each, names)) names.add(each.name);
  }
  const own = new Set(sources.map(({ fileName }) => fileName));
  return { names, classes: declared.filter(({ name, path }) => names.has(name) && own.has(path)) };
}

const nodesOf = (sources: readonly ts.SourceFile[]) => sources.flatMap((source) => [...nodes(source)]);

function classOf(node: ts.ClassDeclaration): ErrorClass[] {
  const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (!node.name || !base) return [];
  const { fileName: path } = node.getSourceFile();
  const [comment] = ts.getJSDocCommentsAndTags(node);
  const text = ts.getTextOfJSDocComment(comment?.comment as string | undefined) ?? "";
  const [summary = ""] = text.replace(/\s+/g, " ").split(/(?<=\.) /);
  return [{ name: node.name.text, base: base.expression.getText(), path, summary }];
}

/** What prints a text; some of these throw it, too, when it cannot be printed. */
export const OUTPUT_CALLS = /^(log|print|write|writeNow|writeSync|info|warn|debug|error|end)$/;

interface Named {
  readonly name: string;
  readonly node: ts.SignatureDeclaration;
  /** Its parameters that are strings. */
  readonly texts: readonly string[];
}

function functionOf(node: ts.SignatureDeclaration): Named[] {
  const named = ts.isVariableDeclaration(node.parent) ? node.parent.name : node.name;
  const texts = node.parameters
    .filter(({ type }) => type?.kind === ts.SyntaxKind.StringKeyword)
    .map(({ name }) => name.getText());
  const isOutput = OUTPUT_CALLS.test(named?.getText() ?? "");
  return named && texts.length > 0 && !isOutput ? [{ name: named.getText(), node, texts }] : [];
}

/** Whether a function puts one of its own strings into an error. */
function makesError({ node, texts }: Named, names: ReadonlySet<string>): boolean {
  return [...nodes(node)].some(
    (each) =>
      madeBy(each, names) &&
      (each.arguments ?? []).some((argument) =>
        [...nodes(argument)].some((inner) => ts.isIdentifier(inner) && texts.includes(inner.text)),
      ),
  );
}

/** Whether a node is a call of something that makes errors. */
export function madeBy(
  node: ts.Node,
  names: ReadonlySet<string>,
): node is ts.NewExpression | ts.CallExpression {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const { expression } = node;
  return names.has(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
}
