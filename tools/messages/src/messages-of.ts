import ts from "typescript";

/** Something that a person may read. */
export interface Message {
  /** As in the source, with each placeholder as `{its expression}`. */
  readonly text: string;
  /** What it is passed to: a class of errors, a function, or a property. */
  readonly use: string;
}

/** SQL, markup and code that is made of text. None of it is read as a sentence. */
const NOT_PROSE =
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER|UNIQUE)|ALTER|FROM|WHERE|PRAGMA|BEGIN|ORDER BY)\b|<[a-z/!]/;

/**
 * Every text of a source file that reads as prose: two words or more. It does not go by a list of functions, so that a new class of errors or a
 * new helper cannot be left out.
 */
export function messagesOf(source: string, fileName = "source.ts"): Message[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && isProse(text)) found.push({ text: text.trim(), use: useOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const rest = node.templateSpans.map(
    ({ expression, literal }) => `{${expression.getText().replaceAll(/\s+/g, " ")}}${literal.text}`,
  );
  return node.head.text + rest.join("");
}

function isProse(text: string): boolean {
  const words = text.replaceAll(/\{[^}]*\}/g, " ").match(/(?<![\w-])[A-Za-z][a-z']+(?![\w(])/g) ?? [];
  return words.length > 1 && /[a-z] [a-z{(<-]|\{[^}]*\} [a-z]/.test(text) && !NOT_PROSE.test(text);
}

/** The nearest thing around a text that has a name. */
function useOf(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isNewExpression(at)) return at.expression.getText();
    if (ts.isCallExpression(at)) {
      const { expression } = at;
      return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
    }
    if (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at)) return at.name.getText();
    if (ts.isFunctionDeclaration(at) && at.name) return at.name.text;
  }
  return "";
}
