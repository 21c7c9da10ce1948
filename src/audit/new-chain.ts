/**
 * New cases of the chain's single rules: inputs drawn around the edges at which a rule changes its
 * answer. Scenarios are drawn step by step elsewhere.
 */
import type { Draws } from "./draw.ts";
import { newChainScenario } from "./new-chain-scenario.ts";
import {
  drawDegrees,
  drawIp4,
  drawIp6,
  drawPublicConfig,
  drawStellarKey,
} from "./new-chain-text.ts";
import { type Fields, type Json, plain } from "./spot.ts";

const GIB = 1n << 30n;

/** A node's hardware as digits; half of it in whole GiB, with ties of the scarcest resource. */
function drawHardware(draws: Draws): Record<"cru" | "mru" | "sru" | "hru", string> {
  const cru = draws.pick([0n, 1n, draws.sized(512n)]);
  const size = (most: bigint): bigint =>
    draws.chance(1, 2) ? draws.sized(most) * GIB : draws.sized(most * GIB);
  const sru = draws.pick([cru * 100n * GIB, size(65_536n)]);
  // The rule takes bytes for more than they are, so that only a few of them can tie.
  const mru = draws.pick([cru * 8n + 1n, size(4_096n)]);
  const [c, m, s, h] = [cru, mru, sru, size(262_144n)].map(String);
  return { cru: c, mru: m, sru: s, hru: h };
}

/** The same hardware with one part changed by about the tolerated percentage. */
function drawChange(draws: Draws): Fields {
  const before = drawHardware(draws);
  const part = draws.pick(["cru", "mru", "sru", "hru"] as const);
  const tolerance = draws.pick([0, 1, 1, 5, 100]);
  const value = BigInt(before[part]);
  const off = draws.near([(value * BigInt(tolerance)) / 100n]);
  const changed = draws.chance(1, 2) || off > value ? value + off : value - off;
  return { before, after: { ...before, [part]: String(changed) }, tolerance };
}

const drawCertifications = (draws: Draws) => ({
  node_certification: draws.pick(["Diy", "Certified"]),
  farm_certification: draws.pick(["NotCertified", "Gold"]),
});

const drawPolicies = (draws: Draws): readonly Fields[] =>
  Array.from({ length: draws.count(1, 5) }, (_, k) => ({
    id: k + 1,
    default: draws.chance(1, 2),
    ...drawCertifications(draws),
  }));

function drawChoice(draws: Draws): Fields {
  const policies = drawPolicies(draws);
  const limit = (marks: readonly bigint[]): Json =>
    draws.chance(1, 3) ? null : plain(draws.near(marks));
  const limits = {
    farming_policy_id: draws.count(1, policies.length),
    cu: limit([0n, 16n, 64n]),
    su: limit([0n, 4n, 100n]),
    end: limit([1_000n]),
    node_count: limit([1n, 5n]),
    node_certification: draws.chance(1, 2),
  };
  return {
    policies,
    ...drawCertifications(draws),
    ...(draws.chance(2, 3) ? { limits } : { limits: null }),
    resources: drawHardware(draws),
    now_secs: 1_000,
  };
}

/** Prices that stay, rise and are too high for the sum of the ring. */
const drawPrice = (draws: Draws): bigint =>
  draws.pick([draws.sized(1_000n), draws.near([0n, 50n]), draws.sized((1n << 32n) - 1n)]);

const RECIPES: Readonly<Record<string, (draws: Draws) => object>> = {
  node_units: drawHardware,
  resources_changed: drawChange,
  policy_select: drawChoice,
  policy_order: (draws) => ({ policies: drawPolicies(draws) }),
  price_average: (draws) => ({
    prices: Array.from({ length: draws.count(1, 9) }, () => drawPrice(draws)),
    ...(draws.chance(1, 3)
      ? { repeat: [[draws.pick([1, 720, 1_439, 1_440, 1_441]), drawPrice(draws)]] }
      : {}),
  }),
  price_billing: (draws) => {
    const [min, max] = draws.pick([
      [10n, 1_000n],
      [50n, 50n],
      [1_000n, 10n],
    ]);
    return { average: draws.near([min, max, 100n]), min, max };
  },
  price_parse: (draws) => ({
    source_amounts: Array.from({ length: draws.count(0, 4) }, () => {
      const digits = String(draws.sized(20_000_000n)).padStart(8, "0");
      return `${digits.slice(0, -7)}.${digits.slice(-7)}`;
    }),
  }),
  price_unit: (draws) => ({
    total_musd: draws.near([0n, 49n, 50n, 149n, 150n, draws.sized(1n << 31n)]),
    amount: draws.pick([1n, 100n, 100n, 1_000n]),
  }),
  council_close: (draws) => {
    const seats = draws.count(1, 9);
    const yes = draws.count(0, seats);
    return {
      ...{ seats, threshold: draws.count(1, seats), yes, no: draws.count(0, seats - yes) },
      expired: draws.chance(1, 2),
      ...(draws.chance(1, 2) ? { prime_aye: draws.chance(1, 2) } : {}),
    };
  },
  ip4_valid: drawIp4,
  ip6_valid: drawIp6,
  public_config_valid: drawPublicConfig,
  latitude_valid: (draws) => ({ text: drawDegrees(draws, 90) }),
  longitude_valid: (draws) => ({ text: drawDegrees(draws, 180) }),
  stellar_key: (draws) => ({ text: drawStellarKey(draws) }),
};

/** What a new case asks: the input of a single rule, or the steps of a scenario. */
export function newChainFields(kind: string, draws: Draws): Fields {
  return kind === "scenario" ? newChainScenario(draws) : { input: plain(RECIPES[kind](draws)) };
}
