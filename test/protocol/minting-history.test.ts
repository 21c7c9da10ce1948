/** The disagreements of the minting's sources: each row is one side, chosen by its word. */
import { describe, expect, it } from "vitest";
import { gigabyteOf } from "../../src/protocol/capacity.ts";
import {
  type CapacityRule,
  carbonLine,
  carbonMemo,
  choosePolicy,
  contractCost,
  contractCostEarlier,
  defaultPolicies,
  EARLIER_MONTHS,
  estimateFarming,
  type FarmingPolicy,
  farmingBlock,
  goldCandidates,
  manualBoundary,
  mintUnits,
  monthlyCost,
  ownPart,
  type PayRule,
  paidPermille,
  payRules,
  periodAt,
  periodStart,
  pricePaid,
  type Receipt,
  receiptHash,
  receiptText,
  retriesOf,
  reward,
  TEST_PRICES,
  toTft,
  toTftEarlier,
  uptimePermille,
  weightUnits,
} from "../../src/protocol/index.ts";
import { noUtilization } from "../../src/protocol/utilization.ts";
import { bytes, cores, milliUsd, permille, seconds, tft, usd } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";

const GIB = 2n ** 30n;
const titan = { cru: cores(8n), mru: bytes(32n * GIB), sru: bytes(1000n * GIB), hru: bytes(0n) };
const [diy, certified] = defaultPolicies(defaults(farmingBlock));
const gold = goldCandidates(9).pallet;

describe("the units of a Titan (8 threads, 32 GiB, 1000 GiB of SSD)", () => {
  it.each([
    ["current", 7_750_000n, 4_000_000n],
    ["v3.0", 7_750_000n, 4_000_000n],
    ["draft-2021", 7_750_000n, 2_666_666n],
    ["manual-2022", 8_339_934n, 4_294_967n],
  ] as const)("are by %s: %i CU and %i SU in millionths", (rule, cu, su) => {
    expect(mintUnits(titan, bytes(0n), rule)).toMatchObject({ cu, su });
    expect(gigabyteOf(rule)).toBe(rule === "manual-2022" ? 10n ** 9n : GIB);
  });

  it.each([
    ["current", 4n, 2_000_000n, "SSD for a CU are 50 GiB"],
    ["draft-2021", 4n, 7_750_000n, "SSD plays no part"],
    ["v3.0", 1n, 1_000_000n, "a thread is one CU"],
    ["current", 1n, 2_000_000n, "a thread is two CU"],
  ] as const)(
    "with little SSD or few threads are by %s, %i threads: %i, for %s",
    (rule, cru, cu, _why) => {
      const node = { ...titan, cru: cores(cru), sru: bytes(cru === 1n ? 1000n * GIB : 100n * GIB) };
      expect(mintUnits(node, bytes(0n), rule as CapacityRule).cu).toBe(cu);
    },
  );

  it("are none of CU where there is no SSD, and wrap around below 1 GiB of memory", () => {
    expect(mintUnits({ ...titan, sru: bytes(0n) }).cu).toBe(0n);
    expect(mintUnits({ ...titan, mru: bytes(GIB / 2n) }).cu).toBe(16_000_000n);
  });
});

describe("what an uptime is paid", () => {
  const PAID = `
    rule      policy node       949  950  979  980  999 1000
    current   1      Diy          0  950  979  980  999 1000
    current   1      Certified    0    0    0  980  999 1000
    current   2      Diy          0  950  979  980  999 1000
    current   9      Diy          0    0    0    0 1000 1000
    linear    1      Certified  949  950  979  980  999 1000
    linear    9      Certified    0    0    0    0 1000 1000
    2022-09   1      Certified  949  950  979  980  999 1000
    2022-09   2      Certified 1000 1000 1000 1000 1000 1000
    v3.0      1      Certified    0 1000 1000 1000 1000 1000
    v2        1      Diy          0    0    0 1000 1000 1000
  `;
  const rows = PAID.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  const policyOf = (id: string): FarmingPolicy =>
    id === "1" ? diy : id === "2" ? certified : gold;
  it.each(rows)(
    "by %s under policy %s to a %s node: %s %s %s %s %s %s",
    (rule, id, node, ...paid) => {
      const at = [949, 950, 979, 980, 999, 1000];
      const found = at.map((uptime) =>
        paidPermille(
          permille(uptime),
          policyOf(id),
          node as "Diy" | "Certified",
          payRules[rule as PayRule],
        ),
      );
      expect(found.map(String)).toEqual(paid);
    },
  );

  it("is measured by the node's own part of the period only where that is asked for", () => {
    const period = periodAt(72);
    const registered = seconds(period.start + 1_315_440);
    expect(ownPart(period, registered)).toBe(1_315_440);
    expect(uptimePermille(seconds(1_315_440))).toBe(500);
    expect(uptimePermille(seconds(1_315_440), ownPart(period, registered))).toBe(1000);
    const node = {
      units: mintUnits(titan),
      ipSeconds: 0n,
      certification: "Diy",
      policy: diy,
      connectionPrice: milliUsd(80n),
      virtualized: false,
      violated: false,
    } as const;
    const half = seconds(1_315_440);
    expect(reward(node, half, payRules.current).paid.tft).toBe(0n);
    expect(reward(node, half, payRules.current, half).paid.tft).toBe(2_825_000_000n);
  });

  it("was at one price for everybody from August to October 2022", () => {
    const own = milliUsd(120n);
    expect([51, 52, 53, 54, 55].map((offset) => pricePaid(offset, own))).toEqual([
      120n,
      80n,
      80n,
      80n,
      120n,
    ]);
    expect([52, 54].map((offset) => periodAt(offset).month)).toEqual([
      { year: 2022, month: 8 },
      { year: 2022, month: 10 },
    ]);
  });

  it("by the gold candidates is half more than the default, or what a test says", () => {
    expect(goldCandidates(3).weblet).toEqual({
      ...{ id: 3, cu: 3_600n, su: 1_500n, nu: 45n, ipv4: 7n, minimalUptime: 95 },
      ...{ nodeCertification: "Certified", farmCertification: "Gold", default: false },
      ...{ immutable: false, created: 1, end: 0 },
    });
    expect(goldCandidates(3).pallet).toMatchObject({ su: 2_250n, ipv4: 5n, minimalUptime: 998 });
  });
});

describe("the boundaries of the manual of 2025", () => {
  it.each([
    [89, 0],
    [90, 86_400],
    [93, 86_400],
    [94, 0],
  ])("of period %i are %i seconds early", (offset, early) => {
    expect(periodStart(offset) - manualBoundary(offset)).toBe(early);
  });

  it("print the end of September at 00:56:40 on the last of it", () => {
    expect(manualBoundary(90)).toBe(Date.parse("2025-09-30T00:56:40Z") / 1000);
    expect(periodStart(90)).toBe(Date.parse("2025-10-01T00:56:40Z") / 1000);
    expect(periodStart(93)).toBe(Date.parse("2025-12-31T09:20:40Z") / 1000);
  });
});

describe("a farm whose attached limits are used up", () => {
  const limits = { policy: 9, cu: 1n, su: null, end: null, nodes: 3, certifiedOnly: true };
  const question = {
    policies: [diy, certified, gold],
    nodeCertification: "Diy",
    farmCertification: "NotCertified",
    units: weightUnits(titan),
    limits,
    now: seconds(0),
  } as const;
  it.each([
    ["code", 2, limits, "the highest default, though the node is not certified, and kept"],
    ["2026-04", 1, limits, "the default that fits, and kept"],
    ["manual", 1, null, "the default that fits, and removed"],
  ] as const)("by the %s has policy %i: %s", (rule, id, left, _why) => {
    const choice = choosePolicy(question, rule);
    expect(choice).toMatchObject({ ok: true, value: { policy: { id }, limits: left } });
  });

  it("asks for a certified node by the manual and since April 2026", () => {
    const room = { ...question, limits: { ...limits, cu: null } };
    expect(choosePolicy(room)).toMatchObject({
      value: { policy: { id: 9 }, limits: { nodes: 2 } },
    });
    const fine = { ...room, nodeCertification: "Certified" } as const;
    for (const rule of ["manual", "2026-04"] as const) {
      expect(choosePolicy(room, rule)).toMatchObject({
        value: { policy: { id: 1 }, limits: { nodes: 3 } },
      });
      expect(choosePolicy(fine, rule)).toMatchObject({
        value: { policy: { id: 9 }, limits: { nodes: 2 } },
      });
    }
  });

  it.each([
    ["code", 9],
    ["2026-04", 9],
    ["manual", null],
  ] as const)("had no default before: by the %s a node without limits has %s", (rule, id) => {
    const policies = [certified, { ...gold, default: false }];
    const fits = { nodeCertification: "Diy", farmCertification: "Gold" } as const;
    const own = { ...gold, default: false, nodeCertification: "Diy" } as const;
    const asked = { ...question, ...fits, limits: null, policies: [...policies, own] };
    const choice = choosePolicy(asked, rule);
    expect(choice.ok ? choice.value.policy.id : null).toBe(id);
  });

  it("is left where its policy writes 95 and means 9.5 %", () => {
    const percent = { ...gold, minimalUptime: 95 };
    const paid = (uptime: number) =>
      paidPermille(permille(uptime), percent, "Certified", payRules.current);
    expect([94, 95].map(paid)).toEqual([0, 1000]);
  });
});

describe("a calculator of a certified Titan", () => {
  const profile = {
    ...{ memory: 32, threads: 8, hdd: 0, ssd: 1000, price: 0.08, priceAfter5Years: 1 },
    ...{ power: 0, powerCost: 0, certified: true, publicIp: false, hardwareCost: 0, nuPerCu: 0 },
  };
  it.each([
    [undefined, 1.25],
    ["certified", 1.5625],
    ["gold", 1.875],
  ] as const)("of %s shows %d times the TFT of a plain one", (weblet, times) => {
    const plain = estimateFarming({ ...profile, certified: false }).tft;
    const shown = estimateFarming(weblet === undefined ? profile : { ...profile, weblet }).tft;
    expect(shown / plain).toBeCloseTo(times, 12);
  });

  it("counts a CU for 50 GB of its SSD where memory and threads have more", () => {
    expect(estimateFarming({ ...profile, ssd: 100 }).cu).toBe(2);
    expect(estimateFarming({ ...profile, ssd: 387.5 }).cu).toBe(7.75);
    expect(estimateFarming({ ...profile, ssd: 400 }).cu).toBe(7.75);
  });

  it("knows no reward below 0.08 USD a TFT", () => {
    const tft = (price: number) => estimateFarming({ ...profile, price }).tft;
    expect([tft(0.079), tft(0.08) > 0]).toEqual([Number.NaN, true]);
  });
});

describe("what was rounded and counted otherwise", () => {
  const policy = TEST_PRICES;
  it("is rounded up for resources and down for names and TFT before June 2023", () => {
    const node = {
      kind: "node",
      resources: { cru: cores(1n), mru: bytes(GIB), sru: bytes(GIB), hru: bytes(0n) },
      ips: 0n,
      rented: false,
      unbilled: usd(3n),
    } as const;
    const name = { kind: "name" } as const;
    const rent = { kind: "rent", capacity: node.resources } as const;
    const pair = (what: Parameters<typeof contractCost>[0], elapsed: number) => [
      contractCost(what, seconds(elapsed), policy),
      contractCostEarlier(what, seconds(elapsed), policy),
    ];
    // 42.714 a second.
    expect(pair(node, 3)).toEqual([131n, 132n]);
    expect(pair(name, 10)).toEqual([39n, 38n]);
    expect(pair(rent, 7)).toEqual([149n, 150n]);
    expect([toTft(usd(29n), milliUsd(50n)), toTftEarlier(usd(29n), milliUsd(50n))]).toEqual([
      580n,
      579n,
    ]);
    expect([toTft(usd(29n), milliUsd(51n)), toTftEarlier(usd(29n), milliUsd(51n))]).toEqual([
      569n,
      568n,
    ]);
  });

  it("is brought to an hour upside down before 2024-01-22", () => {
    expect(monthlyCost(tft(100n), seconds(1_800))).toBe(144_000n);
    expect(monthlyCost(tft(100n), seconds(1_800), "inverted")).toBe(36_000n);
    expect(Object.values(EARLIER_MONTHS)).toEqual([3, 6, 12, 36]);
  });
});

describe("receipts", () => {
  const receipt: Receipt = {
    period: periodAt(73),
    ...{ node: 7, twin: 8, farm: 9, farmName: "farm", address: "GADDRESS" },
    uptime: seconds(2_630_880),
    units: mintUnits(titan),
    resources: titan,
    utilization: noUtilization,
    reward: { usd: milliUsd(22_600n), tft: tft(2_825_000_000n) },
    carbon: null,
    certification: "Diy",
    policy: diy,
  };
  it("print the node's own price and end before the policy where they are old ones", () => {
    const today = receiptText(receipt);
    const old = receiptText({ ...receipt, form: "before-policies", printedPrice: milliUsd(120n) });
    expect(today).toContain('"tft_connection_price":80,');
    expect(old).toContain('"tft_connection_price":120,');
    expect(today.endsWith('"ipv4":5}}')).toBe(true);
    expect(old.endsWith('"node_type":"DIY"}')).toBe(true);
    const carbon = { usd: milliUsd(1n), tft: tft(2n) };
    expect(receiptText({ ...receipt, carbon })).toContain('"carbon_offset":{"musd":1,"tft":2},');
  });

  const HASHES = ["a", "b", "c"].map(receiptHash);
  const paid = (at: number, amount: bigint, farm = 1) => ({
    hash: HASHES[at],
    farm,
    address: "GOLD",
    reward: { usd: milliUsd(amount), tft: tft(amount * 10_000_000n) },
  });
  const run = {
    failed: periodAt(72),
    now: periodAt(73),
    memos: new Set([HASHES[0]]),
    addresses: new Map([[1, "GNEW"]]),
  };

  it("that no memo names are tried again, once, to the address of now", () => {
    const tries = retriesOf([paid(0, 5n), paid(1, 7n), paid(2, 0n)], run);
    expect(tries.map(({ retry }) => retry.receipt)).toEqual([HASHES[1]]);
    const [{ text, hash, line }] = tries;
    expect(text).toBe(
      `{"failed_payout_period":{"start":1711924360,"end":1714555240},` +
        `"retry_period":{"start":1714555240,"end":1717186120},"farm_id":1,` +
        `"previous_stellar_payout_address":"GOLD","stellar_payout_address":"GNEW",` +
        `"retry_for_receipt":"${HASHES[1]}","reward":{"musd":7,"tft":70000000}}`,
    );
    expect(hash).toBe(receiptHash(text));
    expect(line).toBe(`GNEW,7.0000000,${hash}`);
  });

  it("of a farm that still has no address are written down and not paid", () => {
    const [only] = retriesOf([paid(1, 7n, 2)], run);
    expect(only.line).toBeNull();
    expect(only.text).toContain('"stellar_payout_address":""');
  });

  it("of a run have one hash together, whatever their order, in the carbon mint's memo", () => {
    const memo = carbonMemo(HASHES);
    expect(carbonMemo([...HASHES].reverse())).toBe(memo);
    expect(memo).toMatch(/^[0-9a-f]{64}$/);
    expect(carbonMemo([])).toBe(receiptHash(""));
    expect(carbonMemo(HASHES.slice(1))).not.toBe(memo);
    // By the hashlib of Python 3, of the bytes 0 to 31 and then those from 255 down to 224.
    const up = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const down = "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0";
    expect(carbonMemo([down, up])).toBe(
      "eb588d3c2a95b1dd72c3959a284fcf7d04b8f5ea173e4ab0f861c5d75d2ddeae",
    );
    expect(carbonLine([], [])).toBe(
      `GDIJY6K2BBRIRX423ZFUYKKFDN66XP2KMSBZFQSE2PSNDZ6EDVQTRLSU,0.0000000,${receiptHash("")}`,
    );
    expect(carbonLine([tft(15_000_000n), tft(1n)], HASHES)).toBe(
      `GDIJY6K2BBRIRX423ZFUYKKFDN66XP2KMSBZFQSE2PSNDZ6EDVQTRLSU,1.5000001,${memo}`,
    );
  });
});
