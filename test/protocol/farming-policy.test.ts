import { describe, expect, it } from "vitest";
import { weightUnits } from "../../src/protocol/capacity.ts";
import {
  choosePolicy,
  defaultPolicies,
  type FarmCertification,
  type FarmingPolicy,
  farmingBlock,
  type NodeCertification,
  type PolicyLimits,
} from "../../src/protocol/farming-policy.ts";
import { seconds } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { policyOf, resourcesOf } from "./minting-cases.ts";

const policy = (
  id: number,
  byDefault: boolean,
  node: NodeCertification,
  farm: FarmCertification,
): FarmingPolicy =>
  policyOf({
    ...{ id, cu: 1, su: 1, nu: 1, ipv4: 1, minimal_uptime: 95, immutable: false },
    ...{ default: byDefault, node_certification: node, farm_certification: farm },
  });

const POLICIES = [
  policy(1, true, "Diy", "NotCertified"),
  policy(2, true, "Certified", "NotCertified"),
  policy(3, true, "Diy", "Gold"),
  policy(4, false, "Certified", "Gold"),
  policy(5, false, "Diy", "NotCertified"),
];
const GIB = 2n ** 30n;
/** 20 CU and 2 SU, of the chain's own tests. */
const units = weightUnits(
  resourcesOf({ cru: 8, mru: 16n * GIB, sru: 512n * GIB, hru: 1024n * GIB }),
);
const limits: PolicyLimits = { policy: 5, cu: 20n, su: 2n, end: seconds(100), nodes: 1 };

function choose(
  node: NodeCertification,
  farm: FarmCertification,
  attached: PolicyLimits | null,
  now = 100,
) {
  return choosePolicy({
    policies: POLICIES,
    nodeCertification: node,
    farmCertification: farm,
    units,
    limits: attached,
    now: seconds(now),
  });
}

describe("a node that registers", () => {
  it.each([
    ["Diy", "NotCertified", 1],
    ["Certified", "NotCertified", 2],
    ["Diy", "Gold", 3],
    ["Certified", "Gold", 3],
  ] as const)("%s in a %s farm takes the highest default it may have: %d", (node, farm, id) => {
    expect(choose(node, farm, null)).toMatchObject({ ok: true, value: { policy: { id } } });
  });

  it("uses up its farm's limits to the last unit", () => {
    const left = { ...limits, cu: 0n, su: 0n, nodes: 0 };
    expect(choose("Diy", "NotCertified", limits)).toMatchObject({
      ok: true,
      value: { policy: { id: 5 }, limits: left },
    });
  });

  it.each([
    ["compute units", { cu: 19n }, 100],
    ["storage units", { su: 1n }, 100],
    ["nodes", { nodes: 0 }, 100],
    ["time", {}, 101],
  ] as const)("falls back to the highest default of all when %s run out", (_, less, now) => {
    const exhausted = { ...limits, ...less };
    expect(choose("Diy", "NotCertified", exhausted, now)).toMatchObject({
      ok: true,
      value: { policy: { id: 3 }, limits: exhausted },
    });
  });

  it("is refused where the attached policy is gone", () => {
    const gone = { ...limits, policy: 77 };
    expect(choose("Diy", "NotCertified", gone)).toEqual({
      ok: false,
      error: "FarmingPolicyNotExists",
    });
  });

  it("counts nothing where a farm's limits name nothing", () => {
    const free = { policy: 5, cu: null, su: null, end: null, nodes: null };
    expect(choose("Diy", "NotCertified", free, 1e9)).toMatchObject({
      ok: true,
      value: { policy: { id: 5 }, limits: free },
    });
  });

  it.each([
    ["holds limits that ask for no certified node open to all", {}, "Diy", 5, "counted"],
    ["turns an uncertified node away", { certifiedOnly: true }, "Diy", 1, "kept"],
    ["lets a certified one in", { certifiedOnly: true }, "Certified", 5, "counted"],
    ["removes limits that are used up", { nodes: 0 }, "Diy", 1, "removed"],
    ["removes them for a certified node", { nodes: 0 }, "Certified", 2, "removed"],
  ] as const)("by the manual %s: %j, %s: policy %i, %s", (_, more, node, id, left) => {
    const attached = { ...limits, ...more };
    const choice = choosePolicy(
      {
        ...{ policies: POLICIES, nodeCertification: node, farmCertification: "NotCertified" },
        ...{ units, limits: attached, now: seconds(100) },
      },
      "manual",
    );
    const after = {
      counted: { ...attached, cu: 0n, su: 0n, nodes: 0 },
      kept: attached,
      removed: null,
    };
    expect(choice).toMatchObject({ ok: true, value: { policy: { id }, limits: after[left] } });
  });

  it("is refused where there is no policy at all, or none that fits", () => {
    const question = {
      ...({ nodeCertification: "Diy", farmCertification: "NotCertified", units } as const),
      ...{ limits: null, now: seconds(0) },
    };
    const refusal = { ok: false, error: "FarmingPolicyNotExists" };
    expect(choosePolicy({ ...question, policies: [] })).toEqual(refusal);
    expect(choosePolicy({ ...question, policies: [POLICIES[3]] })).toEqual(refusal);
  });
});

describe("the order of the policies that a node may have", () => {
  const certified = { nodeCertification: "Certified", farmCertification: "Gold" } as const;
  const best = (...policies: readonly FarmingPolicy[]) => {
    const question = { ...certified, units, limits: null, now: seconds(0), policies };
    const choice = choosePolicy(question);
    return choice.ok ? choice.value.policy.id : choice.error;
  };
  it.each([
    ["a default", policy(1, true, "Diy", "NotCertified"), policy(2, false, "Certified", "Gold")],
    ["a gold farm's", policy(1, true, "Diy", "Gold"), policy(2, true, "Certified", "NotCertified")],
    ["a certified node's", policy(1, true, "Certified", "Gold"), policy(2, true, "Diy", "Gold")],
    ["the later", policy(2, true, "Diy", "Gold"), policy(1, true, "Diy", "Gold")],
  ])("puts %s policy first, however they are listed", (_, first, second) => {
    expect([best(first, second), best(second, first)]).toEqual([first.id, first.id]);
  });
});

describe("the default policies", () => {
  it("are the scenario's rewards for uncertified and for certified nodes", () => {
    const values = {
      ...defaults(farmingBlock),
      ...{ diyCu: 1, diySu: 2, diyNu: 3, diyIpv4: 4, minimalUptime: 9 },
      ...{ certifiedCu: 5, certifiedSu: 6, certifiedNu: 7, certifiedIpv4: 8 },
    };
    const shared = {
      ...{ minimalUptime: 9, default: true, immutable: false, created: 1, end: 0 },
      farmCertification: "NotCertified",
    };
    expect(defaultPolicies(values)).toEqual([
      { ...shared, id: 1, cu: 1n, su: 2n, nu: 3n, ipv4: 4n, nodeCertification: "Diy" },
      { ...shared, id: 2, cu: 5n, su: 6n, nu: 7n, ipv4: 8n, nodeCertification: "Certified" },
    ]);
  });
});
