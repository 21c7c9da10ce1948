/**
 * Looking at an interval more than once: when, and at which level, so that the one at the end
 * still holds what it says.
 *
 * Looks are fixed before the first: after 8 values and then half as many more each time. Each of
 * the K looks has an equal part of what may go wrong, so that all K intervals hold the truth
 * together with the probability asked for, whatever it was that ended the looking (Bonferroni's
 * inequality, as an alpha spending of equal parts).
 */

/** Before so many values nobody looks. */
export const FIRST_LOOK = 8;

/** The numbers of values after which to look, the last of them `most`; multiples of `step`. */
export function looks(most: number, step = 1): readonly number[] {
  const all: number[] = [];
  for (let next = FIRST_LOOK; next < most; next = Math.ceil(next * 1.5)) {
    const whole = Math.ceil(next / step) * step;
    if (whole < most && whole !== all.at(-1)) all.push(whole);
  }
  return [...all, most];
}

/** The level of each of `count` intervals such that all hold together at `level`. */
export const levelOfLook = (level: number, count: number): number => 1 - (1 - level) / count;
