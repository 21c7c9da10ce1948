/**
 * Lives: how long contracts live, told only where a scenario asks for the table of contracts.
 *
 * Contracts that have ended are many, and their rows serve others; so each life is counted in a
 * sketch as it ends, and no list of lives is kept.
 */
import { Sketch } from "../stats/index.ts";
import { lengthened } from "../world/column.ts";
import { STEP } from "../world/contract.ts";
import { Fact } from "../world/facts.ts";
import type { World } from "../world/state.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";
import type { MetricEntry } from "./summary.ts";

/** Relative error of a quantile. */
const ERROR = 0.01;
const DAY = 86_400;

const QUANTILES = { p10: 0.1, median: 0.5, p90: 0.9 } as const;

const ENTRIES: readonly MetricEntry[] = Object.entries(QUANTILES).map(([name, share]) => ({
  name: `contract.life_days.${name}`,
  unit: "d",
  doc:
    `The life that ${100 * share} % of the contracts that ended in the run did not pass, ` +
    "within 1 % of it; told with the table of contracts.",
  onRequest: true,
}));

/** The metrics of contracts' lives. */
export const lifeMetrics: MetricGroup = {
  entries: ENTRIES,
  watch: (world) => (world.contracts.ended === null ? SILENT : new LifeWatcher(world)),
};

const SILENT: Watcher = {
  tell() {
    // Nobody asked.
  },
};

class LifeWatcher implements Watcher {
  readonly #lives = new Sketch(ERROR);
  /** Second of the creation, by row over the step of rows. */
  #began: Float64Array;
  #measured = true;

  constructor({ contracts, terms }: World) {
    this.#began = new Float64Array(Math.max(1024, contracts.count / STEP));
    for (let row = 0; row < contracts.count; row += STEP)
      this.#began[row / STEP] = contracts.created[row] * terms.secondsPerBlock;
  }

  window({ world }: Sight): void {
    if (!this.#measured) return;
    const { kind, entity, time, count } = world.facts;
    // A row may serve two contracts within a window: facts come in their order.
    for (let fact = 0; fact < count; fact++) {
      const place = entity[fact] / STEP;
      if (kind[fact] === Fact.contractStarted) this.#begin(place, time[fact]);
      else if (kind[fact] === Fact.contractEnded)
        this.#lives.add((time[fact] - this.#began[place]) / DAY);
    }
  }

  end(): void {
    this.#measured = false;
  }

  tell(_: Sight, telling: Telling): void {
    for (const [name, share] of Object.entries(QUANTILES))
      telling.value(`contract.life_days.${name}`, this.#lives.quantile(share));
  }

  #begin(place: number, second: number): void {
    if (place >= this.#began.length)
      this.#began = lengthened(this.#began, new Float64Array(2 * place));
    this.#began[place] = second;
  }
}
