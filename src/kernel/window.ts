/** The loop over windows: what is local runs ahead, what needs two of them meets at the end. */

/** The span of a run, the length of its windows, and what happens in each. */
export interface WindowPlan {
  readonly start: number;
  /** The instant at which the last window ends, whatever its length. */
  readonly end: number;
  /** Length of a window; the last one may be shorter. */
  readonly window: number;
  /** Everything that happens before `until` and needs nobody else. */
  local(until: number): void;
  /** Everything that is settled at `until`. */
  judge(until: number): void;
  /** Who only looks, after all is settled. */
  watch?(until: number): void;
}

/** Runs all windows from start to end; refuses a window that is not positive. */
export function runWindows(plan: WindowPlan): void {
  if (!(plan.window > 0)) throw new RangeError(`a window of length ${plan.window} never ends`);
  let until = plan.start;
  for (let count = 1; until < plan.end; count += 1) {
    until = Math.min(plan.start + count * plan.window, plan.end);
    plan.local(until);
    plan.judge(until);
    plan.watch?.(until);
  }
}
