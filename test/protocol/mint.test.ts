import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mintUnits, voteWeight, type WeightCu, weightUnits } from "../../src/protocol/capacity.ts";
import type { NodeCertification } from "../../src/protocol/farming-policy.ts";
import {
  carbonReward,
  fullCount,
  fullReward,
  type MintedNode,
  paidCount,
  paidPermille,
  reward,
  rewardRates,
  uptimePermille,
} from "../../src/protocol/mint.ts";
import {
  minimumUptime,
  mintingBlock,
  payRules,
  uptimeRulesOf,
} from "../../src/protocol/minting-policy.ts";
import { uptimeRules } from "../../src/protocol/uptime-rules.ts";
import { bytes, milliUsd, permille, seconds, tft } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { policyOf, resourcesOf } from "./minting-cases.ts";

const GIB = 2n ** 30n;
const minimum = { diy: permille(950), certified: permille(980) };
const diy = policyOf({
  ...{ id: 1, cu: 2400, su: 1000, nu: 30, ipv4: 5, minimal_uptime: 95, default: true },
  ...{ immutable: false, node_certification: "Diy", farm_certification: "NotCertified" },
});

describe("the reward of a node", () => {
  const POLICIES = [
    { ...diy, id: 1 },
    { ...diy, id: 2, cu: milliUsd(3000n), su: milliUsd(1250n) },
    { ...diy, id: 3, default: false },
    { ...diy, id: 4, default: false, immutable: true, minimalUptime: 998 },
  ];
  const node = fc.record({
    resources: fc.record({
      cru: fc.integer({ min: 1, max: 512 }),
      mru: fc.integer({ min: 2 ** 31, max: 2 ** 43 }),
      sru: fc.integer({ min: 0, max: 2 ** 47 }),
      hru: fc.integer({ min: 0, max: 2 ** 49 }),
    }),
    traffic: fc.integer({ min: 0, max: 2 ** 44 }),
    ipSeconds: fc.integer({ min: 0, max: 2_630_880 * 256 }),
    certification: fc.constantFrom<NodeCertification>("Diy", "Certified"),
    policy: fc.constantFrom(...POLICIES),
    price: fc.integer({ min: 1, max: 5_000 }),
    credited: fc.integer({ min: 0, max: 2_700_000 }),
  });

  it("is the same in plain numbers as in the chain's integers", () => {
    fc.assert(
      fc.property(node, (one) => {
        const units = mintUnits(resourcesOf(one.resources), bytes(BigInt(one.traffic)));
        const { full, paid } = reward(
          {
            units,
            ipSeconds: BigInt(one.ipSeconds),
            certification: one.certification,
            policy: one.policy,
            connectionPrice: milliUsd(BigInt(one.price)),
            virtualized: false,
            violated: false,
          },
          seconds(one.credited),
          minimum,
        );
        const rates = rewardRates(one.policy, one.certification);
        const { cu, su, nu } = units;
        const count = fullCount(Number(cu), Number(su), Number(nu), one.ipSeconds, rates);
        const uptime = uptimePermille(seconds(one.credited));
        const share = paidPermille(uptime, one.policy, one.certification, minimum);
        expect(BigInt(count)).toBe(full.usd);
        expect(BigInt(paidCount(count, one.price, share))).toBe(paid.tft);
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });

  it("takes every second of the period for a thousand permille", () => {
    expect(uptimePermille(seconds(2_630_879))).toBe(999);
    expect(uptimePermille(seconds(2_630_880))).toBe(1000);
    expect(uptimePermille(seconds(9_999_999))).toBe(1000);
  });

  const THRESHOLDS: readonly (readonly [number, NodeCertification, number])[] = [
    [2_499_335, "Diy", 0],
    [2_499_336, "Diy", 950],
    [2_578_262, "Certified", 0],
    [2_578_263, "Certified", 980],
  ];
  it.each(THRESHOLDS)("after %d s up a %s node is paid %d permille", (credited, kind, paid) => {
    expect(paidPermille(uptimePermille(seconds(credited)), diy, kind, minimum)).toBe(paid);
  });

  it("is all or nothing under a policy of its own, at its own minimum in permille", () => {
    const gold = { ...diy, id: 4, default: false, immutable: true, minimalUptime: 998 };
    expect(paidPermille(permille(997), gold, "Diy", minimum)).toBe(0);
    expect(paidPermille(permille(998), gold, "Diy", minimum)).toBe(1000);
  });

  it("holds a node that never reported to nothing at all", () => {
    const one = {
      units: mintUnits(resourcesOf({ cru: 8, mru: 32n * GIB, sru: 1000n * GIB, hru: 0 })),
      ipSeconds: 0n,
      certification: "Diy",
      policy: { ...diy, id: 9, minimalUptime: 0 },
      connectionPrice: milliUsd(80n),
      virtualized: false,
      violated: false,
    } as const;
    expect(fullReward(one)).toEqual({ usd: 22_600n, tft: 2_825_000_000n });
    expect(reward(one, null, minimum).paid).toEqual({ usd: 0n, tft: 0n });
    expect(reward(one, seconds(0), minimum).paid.tft).toBe(tft(2_825_000_000n));
  });
});

describe("the full reward of a Titan", () => {
  const titan: MintedNode = {
    units: mintUnits(resourcesOf({ cru: 8, mru: 32n * GIB, sru: 1000n * GIB, hru: 0 })),
    ipSeconds: 0n,
    certification: "Diy",
    policy: diy,
    connectionPrice: milliUsd(80n),
    virtualized: false,
    violated: false,
  };
  const certified = { certification: "Certified" } as const;

  // 7.75 CU at 2400 and 4 SU at 1000 are 22,600; an address of an hour is 5.
  it.each<readonly [string, Partial<MintedNode>, bigint]>([
    ["as it is", {}, 22_600n],
    ["with two addresses for an hour each", { ipSeconds: 7_200n }, 22_610n],
    ["with an address for not quite an hour", { ipSeconds: 3_599n }, 22_604n],
    ["certified under the first policy", certified, 28_250n],
    ["certified under another", { ...certified, policy: { ...diy, id: 2 } }, 22_600n],
    ["virtualized", { virtualized: true }, 0n],
    ["violated", { violated: true }, 0n],
  ])("%s", (_, more, usd) => {
    expect(fullReward({ ...titan, ...more })).toEqual({ usd, tft: usd * 125_000n });
  });

  // 7.75 CU at 354 and 4 SU at 122 are 3,231.5.
  it.each<readonly [string, number, Partial<MintedNode>, bigint, bigint]>([
    ["a whole period", 2_630_880, {}, 3_231n, 403_875_000n],
    ["half of it", 1_315_440, {}, 1_615n, 201_937_500n],
    ["more than that", 2_700_000, {}, 3_231n, 403_875_000n],
    ["a violation", 2_630_880, { violated: true }, 0n, 0n],
    ["a virtual machine", 2_630_880, { virtualized: true }, 0n, 0n],
  ])("brings a carbon mint for %s (%i s)", (_, credited, more, usd, units) => {
    expect(carbonReward({ ...titan, ...more }, seconds(credited))).toEqual({ usd, tft: units });
  });

  it("is paid in proportion in both currencies", () => {
    const { permille: uptime, paid } = reward(titan, seconds(2_499_336), payRules.current);
    expect([uptime, paid]).toEqual([950, { usd: 21_470n, tft: 2_683_750_000n }]);
    expect(payRules.linear).toEqual({ diy: 0, certified: 0 });
  });

  it("is in plain numbers only where they are exact", () => {
    const rates = rewardRates(diy, "Diy");
    const most = Number.MAX_SAFE_INTEGER;
    const single = { ...rates, cu: 1, ipv4: 1 };
    expect(fullCount(most, 0, 0, 0, single)).toBe(9_007_199_254);
    expect(fullCount(0, 0, 0, most, single)).toBe(2_501_999_792_983);
    expect(() => fullCount(1e13, 0, 0, 0, rates)).toThrow("no exact number");
    expect(() => fullCount(0, 0, 0, 1e16, rates)).toThrow("no exact number");
    expect(() => paidCount(1e9, 80, permille(1000))).toThrow("exact");
  });
});

describe("the minimum uptime of a scenario", () => {
  const values = defaults(mintingBlock);
  it.each([
    [{}, 950, 980],
    [{ minimumDiy: 0.9, minimumCertified: 0.9994 }, 900, 999],
    [{ rules: "2023-12" }, 0, 0],
    [{ rules: "2022" }, 0, 0],
  ] as const)("with %j is %i and %i permille", (more, plain, certified) => {
    expect(minimumUptime({ ...values, ...more })).toEqual({ diy: plain, certified });
  });

  // In permille: an uncertified node's, a certified one's; what is paid above; by which policies.
  it.each([
    ["linear", { diy: 0, certified: 0 }],
    ["2022-09", { diy: 0, certified: 0, policies: [1] }],
    ["v3.0", { diy: 950, certified: 950, whole: true }],
    ["v2", { diy: 980, certified: 980, whole: true }],
  ] as const)("paid as in %s is that rule's, whatever the era and the shares", (payment, rule) => {
    for (const rules of ["current", "2022"] as const) {
      const typed = { ...values, rules, payment, minimumDiy: 0.5, minimumCertified: 0.5 };
      expect(minimumUptime(typed)).toEqual(rule);
    }
    expect(payRules[payment]).toEqual(rule);
  });

  it("paid as the era has it is the current rule, as long as no share is set", () => {
    expect(minimumUptime({ ...values, payment: "era" })).toEqual(payRules.current);
  });
});

describe("the rules by which a scenario judges uptime", () => {
  const values = defaults(mintingBlock);
  it.each([
    [{}, 97_200, 86_400],
    [{ tail: 7_200 }, 7_200, 86_400],
    [{ rules: "2022", tail: 0 }, 0, 90_000],
  ] as const)("with %j look %i s past the end, and let sleep %i s", (more, tail, sleep) => {
    const typed = { ...values, ...more };
    const rules = uptimeRulesOf(typed);
    expect({ tail: rules.tail, sleep: rules.sleepMax }).toEqual({ tail, sleep });
    expect(rules).toEqual({ ...uptimeRules[typed.rules], tail });
  });
});

describe("a policy that is not one of the two defaults", () => {
  const third = { ...diy, id: 3, default: false, immutable: false, minimalUptime: 95 };
  it.each([
    ["plain", {}, 960],
    ["a default", { default: true }, 1000],
    ["immutable", { immutable: true }, 1000],
    ["of another minimum", { minimalUptime: 96 }, 1000],
    ["of another number", { id: 4 }, 1000],
  ] as const)("and is %s pays 960 permille of uptime with %j: %i", (_, more, paid) => {
    expect(paidPermille(permille(960), { ...third, ...more }, "Diy", minimum)).toBe(paid);
  });
});

describe("the minimum of a default policy, in thousandths", () => {
  it.each([
    ["2022-09", 95, 1000],
    ["2022-09", 950, 0],
    ["linear", 950, 900],
    ["v3.0", 95, 0],
  ] as const)("judges a certified node as in %s: of %i, 900 are paid %i", (word, own, paid) => {
    const second = { ...diy, id: 2, minimalUptime: own };
    expect(paidPermille(permille(900), second, "Certified", payRules[word])).toBe(paid);
  });
});

describe("two counts of one node", () => {
  const node = resourcesOf({ cru: 8, mru: 32n * GIB, sru: 800n * GIB, hru: 0 });

  it("do not mix: the minting's compute units are not governance's", () => {
    const minted = mintUnits(node);
    // @ts-expect-error a minting CU is not a governance CU
    const weighed: WeightCu = minted.cu;
    expect(weighed).not.toBe(weightUnits(node).cu);
  });

  it("part where cores and SSD are equally scarce: governance counts that as nothing", () => {
    expect(mintUnits(node).cu).toBe(7_750_000n);
    expect(weightUnits(node).cu).toBe(0n);
  });

  it("let memory below a GiB wrap around, so that it does not bind", () => {
    const small = resourcesOf({ cru: 1, mru: 1n, sru: 1000n * GIB, hru: 0 });
    expect(mintUnits(small).cu).toBe(2_000_000n);
  });

  // Governance reads memory in bytes, so that it binds where there are a few of them.
  it.each([
    [1, 13n, 150n, 4n, "cores are scarcest"],
    [2, 9n, 150n, 4n, "memory is"],
    [2, 13n, 100n, 4n, "SSD is"],
    [3, 13n, 100n, 4n, "SSD is, before memory and cores"],
    [1, 9n, 150n, 0n, "cores and memory tie"],
    [1, 13n, 100n, 0n, "cores and SSD tie"],
    [2, 9n, 100n, 0n, "memory and SSD tie"],
    [1, 9n, 100n, 0n, "all three tie"],
    [1, 0n, 100n, 0n, "there is no memory"],
    [1, 1n, 100n, 0n, "the one byte of memory does not count"],
  ])("weigh %i threads, %i bytes and %i GiB as %i CU, for %s", (cru, mru, gib, cu, _why) => {
    expect(weightUnits(resourcesOf({ cru, mru, sru: gib * GIB, hru: 0 })).cu).toBe(cu);
  });

  it("pay for hard disk beside SSD, and for traffic", () => {
    const disks = resourcesOf({ cru: 8, mru: 32n * GIB, sru: 500n * GIB, hru: 2_400n * GIB });
    expect(mintUnits(disks, bytes(3n * GIB))).toMatchObject({ su: 4_000_000n, nu: 3_000_000n });
    expect(weightUnits(disks).su).toBe(4n);
  });

  it("vote with two for a compute unit and one for a storage unit", () => {
    const units = weightUnits(resourcesOf({ cru: 8, mru: 32n * GIB, sru: 250n * GIB, hru: 0 }));
    expect(units).toEqual({ cu: 10n, su: 1n });
    expect(voteWeight(units)).toBe(21n);
  });
});
