/**
 * New chain scenarios: what accounts do on the chain of a preset, drawn step by step while the
 * chain is played, so that steps can aim at where it stands.
 */
import { assert } from "../units/index.ts";
import { begin, type Standing, takeStep } from "./chain-scenario.ts";
import type { Draws } from "./draw.ts";
import { bridgeActs, bridged, burningActs, priceActs } from "./new-chain-bridge.ts";
import { contractActs, deployed, funded } from "./new-chain-contract.ts";
import { councilActs } from "./new-chain-council.ts";
import { accountActs } from "./new-chain-entity.ts";
import { policyActs } from "./new-chain-policy.ts";
import { registered, registryActs } from "./new-chain-registry.ts";
import { provided, serviceActs } from "./new-chain-service.ts";
import { type Act, queryStep, type Scene } from "./new-chain-step.ts";
import { voteActs } from "./new-chain-vote.ts";
import type { Fields } from "./spot.ts";

/** What a scenario is about: where it begins, and what may happen. */
interface Theme {
  readonly presets: readonly string[];
  readonly first: (draws: Draws) => readonly Fields[];
  readonly acts: readonly Act[];
}

const THEMES: Readonly<Record<string, Theme>> = {
  registry: {
    presets: ["runtime", "mock-tfgrid", "mock-tfgrid-b0", "mock-dao"],
    first: (draws) => registered(draws),
    acts: [...registryActs, ...registryActs, ...policyActs],
  },
  policy: {
    presets: ["runtime", "runtime", "mock-dao"],
    first: (draws) => registered(draws, draws.count(2, 4)),
    acts: [...policyActs, ...policyActs, ...registryActs],
  },
  vote: {
    presets: ["runtime", "mock-dao"],
    first: (draws) => [{ set_block: 1 }, ...registered(draws, draws.count(2, 5))],
    acts: [...voteActs, ...voteActs, ...registryActs.slice(-4)],
  },
  contract: {
    presets: ["runtime", "runtime", "runtime", "mock-dao"],
    first: (draws) => [
      ...registered(draws, draws.count(3, 4)),
      ...[...funded(draws), ...provided(draws), ...deployed(draws)],
    ],
    acts: [...contractActs, ...contractActs, ...serviceActs.slice(0, 2), ...registryActs.slice(-4)],
  },
  service: {
    presets: ["runtime", "runtime", "runtime", "mock-dao"],
    first: (draws) => [...registered(draws, 1), ...funded(draws)],
    acts: serviceActs,
  },
  account: {
    presets: ["runtime", "mock-tfgrid", "mock-tfgrid-b0"],
    first: (draws) => [...registered(draws, 1), ...funded(draws)],
    acts: accountActs,
  },
  council: { presets: ["runtime", "mock-dao"], first: () => [], acts: councilActs },
  bridge: { presets: ["runtime", "mock-bridge"], first: bridged, acts: bridgeActs },
  price: { presets: ["runtime", "mock-price"], first: () => [], acts: priceActs },
  burning: {
    presets: ["mock-burning", "runtime", "mock-bridge"],
    first: () => [],
    acts: burningActs,
  },
  all: {
    presets: ["runtime"],
    first: (draws) => [...registered(draws), ...bridged(draws), ...funded(draws)],
    acts: [
      ...[...registryActs, ...policyActs, ...voteActs, ...bridgeActs, ...priceActs],
      ...[...contractActs, ...serviceActs, ...accountActs, ...councilActs],
    ],
  },
};

/** The themes that new scenarios are about. */
export const scenarioThemes: readonly string[] = Object.keys(THEMES);

/** The one thing asked at the end of all: everything the chain announced, in order. */
const LAST: Fields = queryStep("event_names");

/** The preset and the steps of a new scenario. */
export function newChainScenario(draws: Draws): Fields {
  const about = draws.pick(scenarioThemes);
  const { presets, first, acts } = THEMES[about];
  const preset = draws.pick(presets);
  const config = draws.chance(1, 8) ? { min_vetos: draws.count(1, 4) } : {};
  const begun = begin({ preset, config });
  assert(begun.ok, `the chain of ${preset} can be begun`);
  let standing = begun.value;
  const steps: Fields[] = [];
  const take = (drawn: readonly Fields[]): void => {
    for (const step of drawn) {
      standing = taken(standing, step);
      steps.push(step);
    }
  };
  take(first(draws));
  for (let rounds = draws.count(3, 15); rounds > 0; rounds--) {
    take(draws.pick(acts)(draws, sceneOf(standing)));
    if (draws.chance(1, 6)) take([{ set_block: standing.moment.block + draws.count(1, 9) }]);
  }
  take([LAST]);
  return { about, preset, config, steps };
}

function taken(standing: Standing, step: Fields): Standing {
  const answer = takeStep(standing, step);
  assert(answer.ok, `the chain understands the step ${JSON.stringify(step)}`);
  return answer.value.standing;
}

const sceneOf = ({ moment, labels }: Standing): Scene => ({
  state: moment.state,
  block: moment.block,
  now: Number(moment.ms / 1000n),
  labels,
});
