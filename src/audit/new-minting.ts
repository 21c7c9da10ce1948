/**
 * New minting cases: inputs drawn around the edges at which a rule changes its answer.
 */
import {
  defaultPolicies,
  type FarmingPolicy,
  farmingBlock,
  PERIOD_LENGTH,
  periodStart,
} from "../protocol/index.ts";
import { defaults } from "../units/index.ts";
import type { Draws } from "./draw.ts";
import { newUptime } from "./new-uptime.ts";
import { type Fields, isFields, type Json, plain } from "./spot.ts";

const GIB = 1n << 30n;

/** Bytes and cores of a node as decimal strings; some below a GiB, some with ties. */
function drawNode(draws: Draws): Fields {
  const cru = draws.pick([0n, 1n, 8n, draws.sized(512n)]);
  const size = (most: bigint): bigint =>
    draws.chance(1, 2) ? draws.sized(most) * GIB : draws.sized(most * GIB);
  // Eight GiB a core and one more is where memory and cores come to the same units.
  const mru = draws.pick([(cru * 8n + 1n) * GIB, size(4_096n), draws.near([GIB, 2n * GIB])]);
  const sru = draws.pick([cru * 100n * GIB, size(65_536n)]);
  return strings({ cru, mru, sru, hru: draws.pick([0n, size(262_144n)]) });
}

const strings = (counts: Readonly<Record<string, bigint>>): Fields =>
  Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)]));

const policyTold = (policy: FarmingPolicy): Fields => ({
  id: policy.id,
  cu: Number(policy.cu),
  su: Number(policy.su),
  nu: Number(policy.nu),
  ipv4: Number(policy.ipv4),
  minimal_uptime: policy.minimalUptime,
  default: policy.default,
  immutable: policy.immutable,
  node_certification: policy.nodeCertification,
  farm_certification: policy.farmCertification,
});

const [DIY, CERTIFIED] = defaultPolicies(defaults(farmingBlock)).map(policyTold);

/** The two defaults, a plain third one, one that pays all or nothing, and one like the first. */
const POLICIES: readonly Fields[] = [
  DIY,
  CERTIFIED,
  { ...DIY, id: 3, default: false },
  { ...DIY, id: 3, default: true },
  {
    ...{ ...DIY, id: 4, cu: 3_600, su: 1_500, nu: 45, ipv4: 7, minimal_uptime: 998 },
    ...{ default: false, immutable: true, node_certification: "Certified" },
    farm_certification: "Gold",
  },
  { ...DIY, id: 5, default: false, minimal_uptime: 95 },
];

const certification = (draws: Draws): string => draws.pick(["Diy", "Certified"]);

/** Uptimes at which a permille or a minimum is just reached. */
const drawUptime = (draws: Draws): bigint =>
  draws.near(
    [0n, 95n, 950n, 980n, 998n, 999n, 1_000n].map(
      (permille) => (permille * BigInt(PERIOD_LENGTH) + 999n) / 1_000n,
    ),
  );

const drawMinted = (draws: Draws) => ({
  resources: drawNode(draws),
  ...(draws.chance(1, 2) ? { nru_bytes: String(draws.sized(1n << 48n)) } : {}),
  ...(draws.chance(1, 2) ? { ip_seconds: draws.sized(256n * BigInt(PERIOD_LENGTH)) } : {}),
  connection_price: draws.pick([1, 7, 80, 80, 80, 4_000]),
  ...(draws.chance(1, 8) ? { virtualized: true } : {}),
  ...(draws.chance(1, 8) ? { violation: "ClockSkew" } : {}),
});

/** A node with contracts whose traffic and addresses are counted, and changes of the node. */
function newMint(draws: Draws): Fields {
  const uptime = newUptime(draws);
  const period = Number(uptime["period"]);
  const [start, end] = [periodStart(period), periodStart(period + 1)];
  const events: Fields[] = [];
  const id = draws.count(1, 9);
  if (draws.chance(3, 4)) {
    const made = start + draws.pick([-60, 6, 86_400]);
    const contract = { t: "contract", ts: made, id, ips: draws.pick([0, 1, 2]) };
    events.push(contract, { t: "used", ts: made + 6, id, resources: drawNode(draws) });
    for (let k = draws.count(0, 6), ts = made; k > 0; k--) {
      ts += draws.pick([0, 3_600, 3_600, 3_600, 86_400]);
      const nru = String(draws.sized(1n << 44n));
      events.push({ t: "nru", ts, id: draws.pick([id, id, id + 1]), window: 3_600, nru });
    }
  }
  if (draws.chance(1, 3)) {
    const node = draws.pick<Fields>([
      { resources: drawNode(draws) },
      { certification: certification(draws), farming_policy_id: draws.pick([1, 2]) },
      { virtualized: true },
      { connection_price: 40 },
    ]);
    events.push({ t: "updated", ts: draws.pick([start + 9, end - 9, end + 99]), node });
  }
  const earlier = draws.chance(1, 3)
    ? { contracts: { [id + 1]: { ips: draws.pick([0, 3]), used: drawNode(draws) } } }
    : {};
  const told = Array.isArray(uptime["events"]) ? uptime["events"] : [];
  return {
    ...uptime,
    node: {
      ...{ id: draws.count(1, 9_999), twin_id: draws.count(1, 9_999), farm_id: 7 },
      resources: drawNode(draws),
      certification: certification(draws),
      farming_policy_id: draws.pick([1, 2]),
      connection_price: draws.pick([80, 80, 7]),
      virtualized: draws.chance(1, 10),
    },
    ...earlier,
    events: [...told, ...events],
    payout_address: draws.chance(1, 8)
      ? ""
      : "GA7OPN4A3JNHLPHPEWM4PJDOYYDYNZOM7ES6YL3O7NC3PRY3V3UX6ANM",
  };
}

/** Farm names whose JSON needs care. */
const FARMS = ["demo farm", "ferme d'été ☀", 'the "best" farm', "tab\tand\\slash", "𝔽arm"];

function newChoice(draws: Draws): Fields {
  const policies = POLICIES.filter(() => draws.chance(2, 3));
  const limit = (marks: readonly bigint[]): Json =>
    draws.chance(1, 3) ? null : plain(draws.near(marks));
  const limits = {
    farming_policy_id: draws.count(1, 5),
    cu: limit([0n, 32n, 64n]),
    su: limit([0n, 4n, 100n]),
    end: limit([1_700_000_000n]),
    node_count: limit([0n, 1n, 5n]),
  };
  return {
    policies,
    node_certification: certification(draws),
    farm_certification: draws.pick(["NotCertified", "Gold"]),
    resources: drawNode(draws),
    ...(draws.chance(2, 3) ? { limits, now: 1_700_000_000 } : {}),
  };
}

/** A number of a few digits behind the point. */
const decimals = (draws: Draws, most: number): number => draws.count(0, most * 100) / 100;

function newReports(draws: Draws): Fields {
  const start = periodStart(draws.count(60, 90));
  const reports: Fields[] = [];
  let ts: number = start;
  let boot = start - draws.count(0, 90_000);
  for (let k = draws.count(0, 8); k > 0; k--) {
    ts += draws.pick([2_400, 2_400, 4_800, 90_000]);
    if (draws.chance(1, 4)) boot = ts - draws.count(0, 3_000);
    reports.push({ ts, uptime: Math.max(0, ts - boot) });
  }
  return { period_start: start, now: ts + Number(draws.near([0n, 3_600n])), reports };
}

/** How each kind's input is drawn; whole numbers may be bigints. */
const RECIPES: Readonly<Record<string, (draws: Draws) => object>> = {
  period: (draws) => {
    const offset = draws.count(-100, 300);
    return draws.chance(1, 2) ? { offset } : { ts: periodStart(offset) + draws.count(-1, 1) };
  },
  cloud_units: (draws) => ({
    resources: drawNode(draws),
    ...(draws.chance(1, 2) ? { nru_bytes: String(draws.sized(1n << 50n)) } : {}),
    ...(draws.chance(1, 2) ? { ruleset: draws.pick(["current", "v3.0"]) } : {}),
  }),
  pricing_units: (draws) => ({
    cru: draws.count(0, 64),
    mru: decimals(draws, 256),
    sru: decimals(draws, 4_000),
    hru: decimals(draws, 20_000),
  }),
  limit_units: (draws) => ({ resources: drawNode(draws) }),
  reward: (draws) => ({
    ...drawMinted(draws),
    certification: certification(draws),
    policy: draws.pick(POLICIES),
    uptime: draws.chance(1, 10) ? null : drawUptime(draws),
    rules: draws.pick(["current", "current", "2023-12", "2022"]),
  }),
  carbon: (draws) => ({ ...drawMinted(draws), uptime: drawUptime(draws) }),
  uptime: newUptime,
  mint: newMint,
  receipt: (draws) => ({ ...newMint(draws), farm_name: draws.pick(FARMS) }),
  policy_select: newChoice,
  utilization_split: (draws) => ({
    amount: String(draws.chance(1, 2) ? draws.whole(0n, 200n) : draws.sized(1n << 60n)),
    version: draws.pick(["v3.1", "2.9"]),
    takes: draws.chance(1, 2) ? [] : [draws.count(0, 50), draws.count(0, 25)],
  }),
  availability: newReports,
  calculator: (draws) => ({
    ...{ memory: draws.count(0, 512), cpu: draws.count(0, 128), hdd: decimals(draws, 20_000) },
    ...{ ssd: decimals(draws, 10_000), price: draws.pick([0.07, 0.08, 0.1, 0.25]) },
    ...{ priceAfter5Years: draws.pick([0.08, 1, 2.5]), maximumTokenPrice: 2 },
    ...{ powerUtilization: draws.count(0, 900), powerCost: decimals(draws, 1) },
    ...{ certified: draws.count(0, 1), publicIp: draws.chance(1, 2) },
    ...{ investmentCostHW: draws.count(1, 9_000), nuRequiredPerCu: draws.pick([0, 30]) },
  }),
};

/** The input of a new case of a kind of minting. */
export function newMintingInput(kind: string, draws: Draws): Fields {
  const input = plain(RECIPES[kind](draws));
  return isFields(input) ? input : {};
}
