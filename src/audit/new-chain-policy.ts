/** New steps of policies: rewards and prices, the limits of farms, who certifies what. */
import { weightUnits } from "../protocol/index.ts";
import type { Draws } from "./draw.ts";
import {
  type Act,
  aimFarm,
  aimNode,
  by,
  callStep,
  mostlyOf,
  queryStep,
  ruler,
  type Scene,
} from "./new-chain-step.ts";
import { type Json, plain } from "./spot.ts";

const certification = (draws: Draws): string => draws.pick(["Diy", "Certified"]);
const tier = (draws: Draws): string => draws.pick(["NotCertified", "Gold"]);

/** The terms of a farming policy that ends soon, if at all. */
export const drawTerms = (draws: Draws) => ({
  name: `policy-${draws.count(1, 9)}`,
  ...{ su: draws.count(0, 2_000), cu: draws.count(0, 4_000), nu: 30, ipv4: 5 },
  minimal_uptime: draws.pick([0, 95, 100]),
  policy_end: draws.pick([0, 0, 10, 100]),
  immutable: draws.chance(1, 3),
  default: draws.chance(1, 2),
  node_certification: certification(draws),
  farm_certification: tier(draws),
});

const policy: Act = (draws, { state }) => {
  const id = mostlyOf(draws, state.farming.policies.keys());
  return draws.chance(2, 3)
    ? [callStep("tfgrid.create_farming_policy", ruler(draws), drawTerms(draws))]
    : [
        callStep("tfgrid.update_farming_policy", ruler(draws), {
          ...{ farming_policy_id: id, ...drawTerms(draws) },
        }),
        queryStep("policy", id),
      ];
};

/** A limit at what a node takes, or beside it. */
const quota = (draws: Draws, units: bigint): Json =>
  draws.chance(1, 3) ? null : plain(draws.near([units, units, 2n * units]));

const attach: Act = (draws, scene) => {
  const { farm } = aimFarm(draws, scene);
  const { found } = aimNode(draws, scene);
  const { cu, su } = found === undefined ? { cu: 0n, su: 0n } : weightUnits(found.resources);
  return [
    ...atEnd(draws, scene),
    callStep("tfgrid.attach_policy_to_farm", ruler(draws), {
      farm_id: farm,
      limits: draws.chance(1, 8)
        ? null
        : {
            farming_policy_id: mostlyOf(draws, scene.state.farming.policies.keys()),
            ...{ cu: quota(draws, cu), su: quota(draws, su) },
            end: draws.pick([null, scene.now, scene.now + 60, Math.max(scene.now - 1, 0)]),
            node_count: draws.pick([null, 0, 1, 2]),
            node_certification: draws.chance(1, 2),
          },
    }),
    queryStep("farm", farm),
  ];
};

/** Sometimes the block in which a policy ends, or one off it. */
function atEnd(draws: Draws, { state, block }: Scene) {
  const ends = [...state.farming.policies.values()]
    .filter(({ end, created }) => end !== 0 && created + end > block + 1)
    .map(({ end, created }) => BigInt(created + end));
  return ends.length === 0 || draws.chance(1, 2)
    ? []
    : [{ set_block: Number(draws.near([draws.pick(ends)])) }];
}

const certify: Act = (draws, scene) => {
  const { node } = aimNode(draws, scene);
  const { farm } = aimFarm(draws, scene);
  const [certifier = "zoe"] = scene.state.nodes.certifiers ?? [];
  const origin = draws.chance(1, 3) ? by(draws.pick([certifier, "ben"])) : ruler(draws);
  const who = draws.pick(["zoe", "ann"]);
  return draws.pick([
    [
      callStep("tfgrid.set_node_certification", origin, {
        ...{ node_id: node, node_certification: certification(draws) },
      }),
      queryStep("node", node),
    ],
    [
      callStep(`tfgrid.${draws.pick(["add", "add", "remove"])}_node_certifier`, ruler(draws), {
        who,
      }),
      queryStep("certifiers"),
    ],
    [
      callStep("tfgrid.set_farm_certification", ruler(draws), {
        ...{ farm_id: farm, certification: tier(draws) },
      }),
    ],
  ]);
};

const price = (draws: Draws) => ({ value: draws.count(0, 100_000), unit: "Gigabytes" });

const pricing: Act = (draws, { state }) => {
  const id = mostlyOf(draws, state.pricing.policies.keys());
  const terms = {
    name: draws.pick(["pricing-1", "pricing-2", "pricing-3"]),
    ...{ su: price(draws), cu: price(draws), nu: price(draws), ipu: price(draws) },
    ...{ unique_name: price(draws), domain_name: price(draws) },
    ...{ foundation_account: "foundation", certified_sales_account: "sales" },
    discount_for_dedication_nodes: draws.count(0, 100),
  };
  return [
    draws.chance(1, 2)
      ? callStep("tfgrid.create_pricing_policy", ruler(draws), terms)
      : callStep("tfgrid.update_pricing_policy", ruler(draws), { pricing_policy_id: id, ...terms }),
    queryStep("pricing_policy", id),
  ];
};

const setting: Act = (draws) =>
  draws.pick([
    [
      callStep("tfgrid.set_connection_price", ruler(draws), { price: draws.count(0, 200) }),
      queryStep("connection_price"),
    ],
    [
      callStep("tfgrid.set_zos_version", ruler(draws), { zos_version: draws.pick(["3.1", "3.2"]) }),
      queryStep("zos"),
    ],
  ]);

/** What is decided of rewards, prices and certifications. */
export const policyActs: readonly Act[] = [
  policy,
  policy,
  attach,
  attach,
  certify,
  pricing,
  setting,
];
