/**
 * Groups: who is better off and who is worse, by what one can see of them.
 */

/** Three classes, by the sign of a mean difference over replications and its size. */
export interface Tally {
  readonly better: number;
  readonly worse: number;
  /** Within the smallest effect that matters. */
  readonly within: number;
}

/** A group and what a variant does to it, as `comparison.json` tells it. */
export interface GroupEffect extends Tally {
  /** The noun and what divides it, such as `farm.type`. */
  readonly by: string;
  readonly group: string;
  readonly metric: string;
  /** Of the group's mean, or of its common share. */
  readonly difference: number;
}

/** One class. */
export type Standing = keyof Tally;

/** The class of a difference; `upward` says that more is better. */
export function standingOf(difference: number, smallest: number, upward: boolean): Standing {
  if (Math.abs(difference) < smallest || difference === 0) return "within";
  return difference > 0 === upward ? "better" : "worse";
}

/** How many stand where. */
export function tallyOf(standings: readonly Standing[]): Tally {
  const count = (standing: Standing): number =>
    standings.filter((each) => each === standing).length;
  return { better: count("better"), worse: count("worse"), within: count("within") };
}

/** The members of each group by its name, in the order in which the groups are first met. */
export function groupedBy<T>(
  members: readonly T[],
  groupOf: (member: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const name = groupOf(member);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [member]);
    else group.push(member);
  }
  return groups;
}
