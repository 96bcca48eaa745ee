/** A page with another text between `<!-- name -->` and `<!-- /name -->`. @throws where these are missing */
export function filled(page: string, name: string, text: string): string {
  const { from, to } = placeOf(page, name);
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`;
}

/** The text that is there, without the empty lines around it. @throws where the markers are missing */
export function textBetween(page: string, name: string): string {
  const { from, to } = placeOf(page, name);
  return page.slice(from, to).trim();
}

function placeOf(page: string, name: string): { from: number; to: number } {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no place for "${name}": add ${start} and ${end}`);
  return { from: from + start.length, to };
}
