/**
 * Joins the groups of an ICCID that was typed as it is printed, with spaces and without quotes: `8910 3000 0004 5681 955`. In a row of
 * numbers it is the last ones that have 19 or 20 digits together; if more than one choice does, those that begin with 89, as most do. All
 * groups between the first and the last are equally long on a card: where they are not, one has a number too many, or another typing
 * error, and nothing is joined.
 */
export function joinIccid(args: readonly string[]): string[] {
  const joined: string[] = [];
  let groups: string[] = [];
  const endGroups = () => {
    joined.push(...joinGroups(groups));
    groups = [];
  };
  for (const each of args) {
    if (/^\d{1,18}$/.test(each)) {
      groups.push(each);
      continue;
    }
    endGroups();
    joined.push(each);
  }
  endGroups();
  return joined;
}

function joinGroups(groups: readonly string[]): readonly string[] {
  const choices = groups
    .map((_, at) => ({
      before: groups.slice(0, at),
      groups: groups.slice(at),
      digits: groups.slice(at).join(""),
    }))
    .filter(({ groups, digits }) => /^\d{19,20}$/.test(digits) && isRegular(groups));
  const choice = choices.find(({ digits }) => digits.startsWith("89")) ?? choices[0];
  return choice ? [...choice.before, choice.digits] : groups;
}

function isRegular(groups: readonly string[]): boolean {
  return new Set(groups.slice(1, -1).map(({ length }) => length)).size <= 1;
}
