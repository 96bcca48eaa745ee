/**
 * Joins the groups of an ICCID typed as it is printed, with spaces and without quotes: `8910 3000 0004 5681 955`. In a run of numbers,
 * the ICCID is the trailing groups with 19 or 20 digits in total; if several choices fit, the one that starts with 89, as most ICCIDs do.
 * On a card, all groups between the first and the last have the same length. Where they do not, it is a typing error, and nothing is
 * joined.
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
