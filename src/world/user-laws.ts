/**
 * Laws of users: what those of one country deploy, pay and wait for, made once.
 *
 * What a single user draws for itself, and what changes over time, stands beside the law that it
 * changes, and is empty or null in most worlds.
 */
import type { Chance, Course, Distribution } from "../kernel/index.ts";
import {
  type Assumptions,
  type DemandLaws,
  demandLaws,
  habitLaw,
  meanLife,
  patienceLaw,
  remembered,
  WORKLOADS,
} from "../models/index.ts";
import type { Steps, Whom } from "../units/index.ts";
import type { Setup } from "./setup.ts";
import { courseOf, type Own, ownValue, Variation, valueAt, withOwn } from "./variation.ts";

/** How often users look at their wallets. */
export interface LookLaw {
  /** Mean seconds between two looks, at the start and where users have not their own. */
  readonly mean: number;
  readonly course: Course | null;
  readonly own: readonly Own[];
}

/** Laws of the users of a country. */
export interface UserLaws {
  readonly values: Assumptions;
  readonly demand: DemandLaws;
  /** Deployments a second of a user of mean appetite, at the start, over a mean week. */
  readonly rate: number;
  /** How that changes over time, and what then comes on top of the start's; mostly null. */
  readonly rates: Steps | null;
  readonly rateMax: number;
  readonly more: Course | null;
  readonly ownLive: readonly Own[];
  readonly habit: Distribution;
  readonly look: readonly [careful: LookLaw, careless: LookLaw];
  /** By workload: the values, and how long tenants wait that move. */
  readonly byWorkload: readonly Assumptions[];
  readonly patience: readonly Distribution[];
  readonly ownPatience: readonly (readonly Own[])[];
}

/** The laws that a setup assumes, by country. */
export function userLaws(setup: Setup, variation = new Variation(setup)): readonly UserLaws[] {
  const whole = ["demand", "wallet", "redeploy"];
  if (!whole.some((block) => variation.differs("country", block))) {
    const [everywhere] = setup.countries;
    const same = lawsOf(variation, everywhere === undefined ? {} : { country: everywhere.code });
    return setup.countries.map(() => same);
  }
  const made = demandOf(variation);
  return setup.countries.map(({ code }) => lawsOf(variation, { country: code }, made));
}

/** Makes the laws of demand of one country after another; equal ones once. */
const demandOf = (variation: Variation): ((whom: Whom) => DemandLaws) => {
  const known = new Map<string, DemandLaws>();
  return (whom) => {
    const { demand } = variation.of(whom);
    const own = WORKLOADS.map((workload) => variation.of({ ...whom, workload }).demand);
    const text = JSON.stringify([demand, own]);
    const laws = known.get(text) ?? demandLaws(demand, (kind) => own[WORKLOADS.indexOf(kind)]);
    known.set(text, laws);
    return laws;
  };
};

function lawsOf(variation: Variation, whom: Whom, made = demandOf(variation)): UserLaws {
  const values = variation.of(whom);
  const demand = made(whom);
  const { live, users } = values.demand;
  const life = meanLife(values.demand, demand);
  const rate = (alive: number): number => (users === 0 ? 0 : alive / users / life);
  const steps = variation.steps("demand.live", whom);
  const own = WORKLOADS.map((workload) => ({ ...whom, workload }));
  const byWorkload = own.map((one) => variation.of(one));
  const patience = remembered(patienceLaw);
  return {
    values,
    demand,
    rate: rate(live),
    rates: steps && { ...steps, values: steps.values.map(rate) },
    rateMax: rate((steps?.values ?? []).reduce((most, value) => Math.max(most, value), live)),
    more: courseOf([steps], (at) => 1 / Math.max(0, rate(valueAt(steps, at, 0)) - rate(live))),
    ownLive: variation.own(["demand.live"], whom),
    habit: habitLaw(values.wallet),
    look: [lookLaw(variation, whom, "look"), lookLaw(variation, whom, "lookCareless")],
    byWorkload,
    patience: byWorkload.map(({ redeploy }) => patience(redeploy)),
    ownPatience: own.map((one) => variation.own(["redeploy.patience"], one)),
  };
}

function lookLaw(variation: Variation, whom: Whom, name: "look" | "lookCareless"): LookLaw {
  const steps = variation.steps(`wallet.${name}`, whom);
  return {
    mean: variation.of(whom).wallet[name],
    course: courseOf([steps], (at) => valueAt(steps, at, 0)),
    own: variation.own([`wallet.${name}`], whom),
  };
}

/** Mean seconds between two looks of a user at the wallet, at the start. */
export const lookMean = ({ mean, own }: LookLaw, chance: Chance, user: number): number =>
  own.length === 0 ? mean : ownValue(own[0], chance, 0, user);

/** Deployments a second of a user, but for its appetite, at the start. */
export function rateOf({ rate, values, ownLive }: UserLaws, chance: Chance, user: number): number {
  const [own] = ownLive;
  const { live } = values.demand;
  return own === undefined || live === 0 ? rate : (rate / live) * ownValue(own, chance, 0, user);
}

/** How long a user waits for the node of a workload before it moves. */
export function patienceOf(
  laws: UserLaws,
  workload: number,
  chance: Chance,
  user: number,
): Distribution {
  const own = laws.ownPatience[workload];
  if (own.length === 0) return laws.patience[workload];
  return patienceLaw(withOwn(laws.byWorkload[workload], own, chance, 0, user).redeploy);
}
