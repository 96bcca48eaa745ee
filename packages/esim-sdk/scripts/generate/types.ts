import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import ts from "typescript";
import { documentUrl } from "./document.ts";
import { typeName } from "./names.ts";

const { factory } = ts;

/**
 * `openapi.ts`, written by openapi-typescript, with three changes:
 *
 * - Each schema becomes a named interface, so that an editor shows `Package` instead of all its fields.
 * - Binary data has the type `Uint8Array`.
 * - Optional properties accept `undefined`, so that they can be passed on under `exactOptionalPropertyTypes`.
 */
export async function types(): Promise<string> {
  const nodes = await openapiTS(documentUrl, {
    transform: ({ format }) =>
      format === "binary" ? factory.createTypeReferenceNode("Uint8Array") : undefined,
  });
  const interfaces: ts.Node[] = [];
  const lift: ts.TransformerFactory<ts.Node> = (context) => (root) => {
    const visit = (node: ts.Node): ts.Node => {
      if (
        ts.isPropertySignature(node) &&
        nameOf(node) === "schemas" &&
        node.type &&
        ts.isTypeLiteralNode(node.type)
      ) {
        const members = node.type.members.map((member) => {
          if (!ts.isPropertySignature(member) || !member.type) return member;
          const name = typeName(nameOf(member));
          const type = ts.visitNode(member.type, visit) as ts.TypeNode;
          const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
          const declaration = ts.isTypeLiteralNode(type)
            ? factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
            : factory.createTypeAliasDeclaration(exported, name, undefined, type);
          interfaces.push(
            ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(member)),
          );
          return factory.createPropertySignature(
            undefined,
            member.name,
            member.questionToken,
            factory.createTypeReferenceNode(name),
          );
        });
        return factory.createPropertySignature(
          undefined,
          node.name,
          node.questionToken,
          factory.createTypeLiteralNode(members),
        );
      }
      const name = schemaName(node);
      if (name) return factory.createTypeReferenceNode(name);
      const visited = ts.visitEachChild(node, visit, context);
      if (
        ts.isPropertySignature(visited) &&
        visited.questionToken &&
        visited.type &&
        visited.type.kind !== ts.SyntaxKind.NeverKeyword
      ) {
        const optional = factory.createUnionTypeNode([
          visited.type,
          factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
        ]);
        const updated = factory.updatePropertySignature(
          visited,
          visited.modifiers,
          visited.name,
          visited.questionToken,
          optional,
        );
        return ts.setSyntheticLeadingComments(updated, ts.getSyntheticLeadingComments(visited));
      }
      return visited;
    };
    return visit(root);
  };
  const rest = nodes.flatMap((node) => ts.transform(node, [lift]).transformed);
  return COMMENT_HEADER + astToString([...rest, ...interfaces] as ts.Node[]);
}

function nameOf(node: ts.PropertySignature): string {
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "";
}

/** `components["schemas"]["Package"]` → `Package`. */
function schemaName(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: owner, indexType } = node;
  const isSchemas = literal(owner.indexType) === "schemas" && ts.isTypeReferenceNode(owner.objectType);
  const name = isSchemas && literal(indexType);
  return name ? typeName(name) : undefined;
}

function literal(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
}
