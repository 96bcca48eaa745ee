/** A pattern for the paths of a template, in which `parameter`, a pattern too, stands where the template has braces. */
export function pathPattern(template: string, parameter: string): RegExp {
  const literals = template
    .split(/\{[^}]*\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join(parameter)}$`);
}
