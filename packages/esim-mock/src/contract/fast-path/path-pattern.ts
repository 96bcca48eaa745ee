/** A pattern for the paths of a template, with the pattern `parameter` in place of each part in braces. */
export function pathPattern(template: string, parameter: string): RegExp {
  const literals = template
    .split(/\{[^}]*\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join(parameter)}$`);
}
