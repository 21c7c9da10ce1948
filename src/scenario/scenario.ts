/**
 * A scenario, resolved: every file read, every default filled in, every unit converted.
 *
 * It is plain data, so it can be written to a manifest, hashed, and sent to a worker.
 */
import type { ParameterKind, Quality, Seconds, Varied } from "../units/index.ts";
import type { Setup } from "../world/setup.ts";
import type { Expectation } from "./expect.ts";

/** The value of a parameter in base units: a number, a word, a flag or a list of numbers. */
export type PlainValue = number | string | boolean | readonly number[];

/** One parameter with the value it has in this scenario and where that value comes from. */
export interface ResolvedValue {
  /** The canonical key, such as `assumptions.failure.mtbf`. */
  readonly path: string;
  readonly kind: ParameterKind;
  /** The value as written, with its unit. */
  readonly text: string;
  /** The value in base units; at the start, and where no key says otherwise, if it varies. */
  readonly value: PlainValue;
  /** How an assumption varies, in base units; absent where it is one value. */
  readonly varied?: Varied;
  /** The unit in which `value` counts; empty for words. */
  readonly unit: string;
  /** The default as declared, with its unit. */
  readonly default: string;
  readonly range: readonly [string, string] | null;
  readonly quality: Quality;
  readonly source: string;
  readonly date: string;
  readonly doc: string;
  /** `default`, the file that gave it, or `--set`. */
  readonly from: string;
}

/** A file that the scenario was made of; `hash` is the SHA-256 of its bytes, in hex. */
export interface SourceFile {
  readonly name: string;
  readonly hash: string;
}

/** How the runs are to be made; the length is in `Setup`. */
export interface RunSettings {
  readonly replications: number;
  readonly seed: string;
}

/** What was measured on the real grid, to be drawn beside what a run gives. */
export interface Measured {
  /** Share of the nodes online on `date` that had been up for more than `days`. */
  readonly uptimeAge: readonly {
    readonly days: number;
    readonly fraction: number;
    readonly date: string;
  }[];
  /** Reserved share of a resource on `date`, by the metric that it is the measurement of. */
  readonly utilization: readonly {
    readonly metric: string;
    readonly fraction: number;
    readonly date: string;
  }[];
}

/** Everything that a run needs to know, and that its manifest tells. */
export interface Scenario {
  /** The file's name without its folder and ending. */
  readonly name: string;
  /** The file, as a reader of the manifest finds it. */
  readonly file: string;
  readonly title: string;
  readonly question: string;
  readonly values: readonly ResolvedValue[];
  /** One sentence for each thing that is made to happen. */
  readonly timeline: readonly string[];
  readonly expect: readonly Expectation[];
  readonly run: RunSettings;
  readonly start: Seconds;
  readonly files: readonly SourceFile[];
  /** Inputs that speak of another time than the run does. */
  readonly warnings: readonly string[];
  readonly measured: Measured;
  /** SHA-256 of the setup in canonical JSON: equal exactly when the worlds are. */
  readonly hash: string;
  readonly setup: Setup;
}
