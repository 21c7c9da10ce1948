/**
 * From a study to what a comparison is asked for: its seed, and where the flags depart from it.
 */
import { hashOf } from "../scenario/hash.ts";
import type { Study } from "../scenario/study.ts";
import type { Arms } from "./arm.ts";

/** Characters of a hash that a seed keeps. */
const SEED_LENGTH = 16;

/**
 * The seed that follows from what is proposed and from the study: the hashes of the base's world
 * and of each variant's stand for the proposal.
 */
export function seedOfStudy(study: Pick<Study, "hash">, { base, variants }: Arms): string {
  const proposal = [base, ...variants].map(({ scenario }) => scenario.hash);
  return `study-${hashOf([proposal, study.hash]).slice(0, SEED_LENGTH)}`;
}

/** What a user asked for beside the study, by flag. */
export interface Asked {
  readonly settings: Readonly<Record<string, string>>;
  readonly set: readonly string[];
  readonly replication: number | undefined;
  readonly precision: { readonly metric: string; readonly relative: number } | undefined;
  readonly guards: readonly string[];
  readonly uncertainty: { readonly draws: number; readonly inner: number } | undefined;
}

/** A sentence for each way in which a run is not the one that the study describes. */
export function departuresOf(study: Study, asked: Asked, derived: string): readonly string[] {
  const settings = Object.entries(asked.settings).flatMap(([key, value]) => {
    const own = key === "seed" ? (study.seed ?? derived) : study.run[key];
    if (own === value) return [];
    const before = own === undefined ? "leaves that to the base" : `says ${own}`;
    return [`--${key} ${value}: the study ${before}.`];
  });
  const { precision, replication, uncertainty } = asked;
  return [
    ...(study.seed === null || study.seed === derived
      ? []
      : [`The file gives a seed of its own, \`${study.seed}\`; \`${derived}\` follows from it.`]),
    ...settings,
    ...asked.set.map((setting) => `--set ${setting}: one more variant than the study has.`),
    ...asked.guards.map((guard) => `--guard ${guard}: a guard that the study does not have.`),
    ...(uncertainty === undefined || uncertainty.draws === study.uncertainty
      ? []
      : [
          `--uncertainty ${uncertainty.draws}: the study ` +
            `${study.uncertainty === null ? "draws nothing" : `says ${study.uncertainty}`}.`,
        ]),
    ...(replication === undefined ? [] : [`--replication ${replication}: one pair of runs alone.`]),
    ...(precision === undefined
      ? []
      : [`--precision ${precision.metric}: the number of pairs depends on what came out.`]),
  ];
}
