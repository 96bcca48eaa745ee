/** `package_template` → `PackageTemplate`, `NOT_ACTIVE` → `NotActive`, `De-activated` → `DeActivated`. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => {
      const rest = word.slice(1);
      return word.charAt(0).toUpperCase() + (/[a-z]/.test(word) ? rest : rest.toLowerCase());
    })
    .join("");
}

/** `package_template` → `packageTemplate`. A single word stays as is. */
export function camelCase(text: string): string {
  const pascal = pascalCase(text);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `PCRProfile` → `pcr-profile`, `ESIMRSP` → `esimrsp`. */
export function kebabCase(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/[^A-Za-z\d]+/g, "-")
    .toLowerCase();
}

/** The class name for a tag. A single word keeps its capitals: `PCR` → `PCRApi`. */
export function className(tag: string): string {
  return `${/^[A-Za-z]\w*$/.test(tag) ? tag.charAt(0).toUpperCase() + tag.slice(1) : pascalCase(tag)}Api`;
}

/** Formats lines as an indented doc comment. */
export function docComment(lines: readonly string[], indent = ""): string {
  const text = lines
    .flatMap((line) => line.split("\n"))
    .map((line) => line.replaceAll("*/", "*\\/").trimEnd());
  if (text.length === 1) return `${indent}/** ${text[0]} */\n`;
  return `${indent}/**\n${text.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** The type name for a schema. A name that would shadow a JavaScript global gets a suffix: `Error` → `ErrorSchema`. */
export function typeName(schema: string): string {
  return schema in globalThis ? `${schema}Schema` : schema;
}
