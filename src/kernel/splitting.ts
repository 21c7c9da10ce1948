/**
 * Rare events by splitting: a path that comes nearer to the event is continued several times.
 *
 * Levels are fixed before; a path that reaches one is split into copies with chance of their own,
 * and weighs so much less. The mean weight of what arrives is the probability, without bias,
 * whatever the levels and copies are (Glasserman, Heidelberger, Shahabuddin and Zajic, Multilevel
 * splitting for estimating rare event probabilities, Operations Research 47, 1999); they decide
 * its spread alone.
 */

/** A rare event at the last of some levels, and how to come nearer to it. */
export interface Climb<State> {
  readonly start: State;
  /** Levels, the event last. */
  readonly levels: readonly number[];
  /** Copies of a path that reaches a level; there is no need for one at the event. */
  readonly copies: readonly number[];
  /**
   * Goes on from a state until the level is reached, and answers where; null where the path has
   * ended before. `path` is a number of its own for the chance of each stretch.
   */
  readonly next: (state: State, level: number, path: number) => State | null;
}

/** The weight that arrived from each of `roots` independent starts; their mean estimates. */
export function climb<State>(plan: Climb<State>, roots: number): Float64Array {
  const { start, levels, copies, next } = plan;
  const weights = new Float64Array(roots);
  let path = 0;
  for (let root = 0; root < roots; root += 1) {
    let states: State[] = [start];
    let weight = 1;
    levels.forEach((level, stage) => {
      const reached: State[] = [];
      for (const state of states) {
        const at = next(state, level, path);
        path += 1;
        if (at !== null) reached.push(at);
      }
      const split = stage + 1 < levels.length ? copies[stage] : 1;
      states = reached.flatMap((at) => Array.from({ length: split }, () => at));
      weight /= split;
    });
    weights[root] = states.length * weight;
  }
  return weights;
}
