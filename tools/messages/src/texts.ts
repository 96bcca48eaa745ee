import ts from "typescript";
import { ancestors, nodes } from "./source.ts";

/** The nodes that make one text each: a string, a template, or several joined by `+`. */
export function* textNodes(source: ts.SourceFile): Generator<ts.Expression> {
  for (const node of nodes(source)) {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isSum(node);
    if (isText && !isInside(node) && !isCode(node)) yield node;
  }
}

/** Whether a string is part of a text that is listed as a whole. */
function isInside(node: ts.Node): boolean {
  for (const each of ancestors(node)) {
    if (ts.isTemplateExpression(each) || isSum(each)) return true;
    if (ts.isStatement(each) || ts.isFunctionLike(each)) return false;
  }
  return false;
}

/** `a + b` where one side is a string. */
function isSum(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
    [node.left, node.right].some(
      (each) => ts.isStringLiteralLike(each) || ts.isTemplateExpression(each) || isSum(each),
    )
  );
}

/** Whether a string is not for people: a type, a module's name, a property's name, something to compare with, or a tagged template. */
function isCode(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isLiteralTypeNode(parent) ||
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isTaggedTemplateExpression(parent) ||
    ts.isCaseClause(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()))
  );
}

/** A text as a reader sees it, with what is filled in as `{name}`. */
export function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (isSum(node)) return textOf(node.left) + textOf(node.right);
  if (!ts.isTemplateExpression(node)) return placeholder(node as ts.Expression);
  return (
    node.head.text +
    node.templateSpans.map((each) => placeholder(each.expression) + each.literal.text).join("")
  );
}

function placeholder(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isConditionalExpression(expression))
    return `{${[expression.whenTrue, expression.whenFalse].map(choice).join(" | ")}}`;
  return `{${nameOf(expression)}}`;
}

/** One side of a condition; an empty text shows as such. */
const choice = (expression: ts.Expression): string => textOf(expression).replace(/^$/, '""');

/** The name that says most: of a property its last, of a call that of its function, or of what it is called with. */
function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  if (ts.isElementAccessExpression(expression)) return nameOf(expression.expression);
  if (ts.isCallExpression(expression)) {
    const [argument] = expression.arguments;
    const called = expression.expression;
    if (argument && ts.isIdentifier(argument)) return argument.text;
    return ts.isPropertyAccessExpression(called) && !/^get/.test(called.name.text)
      ? nameOf(called.expression)
      : nameOf(called);
  }
  if (ts.isBinaryExpression(expression)) return nameOf(expression.left);
  if (
    ts.isAsExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isParenthesizedExpression(expression)
  )
    return nameOf(expression.expression);
  return "…";
}
