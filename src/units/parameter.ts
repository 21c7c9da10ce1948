/**
 * How a parameter is declared: plain data, once, in the file that reads it.
 *
 * From this one declaration come the TypeScript type of its value, the check of a scenario,
 * `scenarios/schema.json`, `--set`, the reference page and the list in the report. The default, the
 * bounds and the range are written as a scenario file writes them, with their unit.
 */
import type { Way } from "./variation.ts";

/** How well a default is known: printed by a source, fitted to data, remembered, or judged. */
export type Quality = "seen" | "fit" | "recalled" | "estimate";

/**
 * The kinds of scalar a parameter can be, and the base unit its value has in the program:
 * duration (s), count (1), number (1), share (1), size (bytes), money (USD), tokens (TFT),
 * chainUsd (1e-7 USD, whole), chainMilliUsd (1e-3 USD, whole), rate (per second), choice (a word),
 * text, flag, numbers (a list).
 */
export type ParameterKind =
  | "duration"
  | "count"
  | "number"
  | "share"
  | "size"
  | "money"
  | "tokens"
  | "chainUsd"
  | "chainMilliUsd"
  | "choice"
  | "text"
  | "flag"
  | "numbers";

/** What every declaration says of its parameter. */
interface Statement {
  /** One sentence: what it is. */
  readonly doc: string;
  readonly quality: Quality;
  /** Where the default comes from, or the assumption (`A-07`) that names it. */
  readonly source: string;
  /** The date the default speaks of, such as `2023-04`. */
  readonly date: string;
  /** The interval in which the truth plausibly lies; null where the default is the rule itself. */
  readonly range: readonly [string, string] | null;
  /** Another parameter whose true value moves with this one's, and their rank correlation. */
  readonly together?: readonly [key: string, rank: number];
  /**
   * True if runs were published before there was the parameter: its default stays out of a
   * scenario's hash, so that those runs keep their seeds and hashes.
   */
  readonly added?: true;
  /** The ways in which it can vary; none if absent. A policy can always change over time. */
  readonly varies?: readonly Way[];
}

/** A parameter that is one number; `default` carries its unit, as in `128 d` or `20 %`. */
export interface NumberParameter extends Statement {
  readonly kind: Exclude<ParameterKind, "choice" | "text" | "flag" | "numbers">;
  readonly default: string;
  /** The values that make sense at all; outside is a fault of the scenario. */
  readonly bounds: readonly [string, string];
}

/** A parameter that is one of a few words. */
export interface ChoiceParameter<Word extends string = string> extends Statement {
  readonly kind: "choice";
  readonly default: Word;
  readonly words: readonly Word[];
}

/** A parameter that is a text, such as a file's name; empty where there is none. */
export interface TextParameter extends Statement {
  readonly kind: "text";
  readonly default: string;
}

/** A parameter that is true or false. */
export interface FlagParameter extends Statement {
  readonly kind: "flag";
  readonly default: boolean;
}

/** A parameter that is a list of plain numbers, such as shares or a table. */
export interface NumbersParameter extends Statement {
  readonly kind: "numbers";
  readonly default: readonly number[];
  readonly bounds: readonly [number, number];
}

/** Any declaration. */
export type Parameter =
  | NumberParameter
  | ChoiceParameter
  | TextParameter
  | FlagParameter
  | NumbersParameter;

/** The value a declaration stands for in the program, in base units. */
export type ValueOf<P extends Parameter> = P extends NumberParameter
  ? number
  : P extends ChoiceParameter<infer Word>
    ? Word
    : P extends TextParameter
      ? string
      : P extends FlagParameter
        ? boolean
        : readonly number[];

/** A named group of parameters, such as `assumptions.line`. */
export interface Block<Fields extends Record<string, Parameter> = Record<string, Parameter>> {
  /** The path of the block in a scenario, `assumptions.line` or `policy.pricing`. */
  readonly path: string;
  readonly doc: string;
  readonly fields: Fields;
}

/** The values of a block, one a field, in base units. */
export type Values<B extends Block> = {
  readonly [Name in keyof B["fields"]]: ValueOf<B["fields"][Name]>;
};

/** Declares a block; the identity, for its type. */
export const block = <const Fields extends Record<string, Parameter>>(
  path: string,
  doc: string,
  fields: Fields,
): Block<Fields> => ({ path, doc, fields });
