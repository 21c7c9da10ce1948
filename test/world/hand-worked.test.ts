import { describe, expect, test } from "vitest";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import { root, textOf } from "../house/source.ts";
import { run } from "./money.ts";

/** What a run did to its one user and its one node, in the order in which it happened. */
interface Told {
  /** Amounts that were taken from the user, and how often in a row; one bill in each window. */
  readonly bills: (readonly [number, number])[];
  /** Amounts that were paid out: staking pool, foundation, farmer. */
  readonly payouts: (readonly number[])[];
  /** What happened to the contract, and the block. */
  readonly facts: (readonly [number, number])[];
  /** Credited seconds, their thousandths, and the units that were minted for them. */
  readonly periods: (readonly number[])[];
}

interface Course extends Told {
  readonly world: World;
  /** The same world again, where quiet hours are skipped and nobody looks. */
  readonly skipping: World;
}

const FACTS: readonly number[] = [
  Fact.contractStarted,
  Fact.graceEntered,
  Fact.graceLeft,
  Fact.contractEnded,
];

/** Runs a scenario of one contract by the window; every bill is done before a window is seen. */
function course(name: string): Course {
  const loaded = loadScenario(`${root}/scenarios/hand/${name}.yaml`, { set: [] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: settings } = loaded.value;
  const told: Told = { bills: [], payouts: [], facts: [], periods: [] };
  let before = [0, 0, 0, 0];
  const see = (world: World, until: number): void => {
    const { ledger, facts, paydays, fleet, mint } = world;
    const { charged, staking, foundation, farmers } = ledger;
    const now = [charged, staking, foundation, farmers].map(({ value }) => Number(value));
    const [taken, ...paid] = now.map((value, at) => value - before[at]);
    before = now;
    const last = told.bills.at(-1);
    // Bills go on while the last period is paid, and count no longer.
    const bill = taken > 0 && until - setup.window < setup.length;
    if (bill && last?.[0] === taken) told.bills.splice(-1, 1, [taken, last[1] + 1]);
    else if (bill) told.bills.push([taken, 1]);
    if (paid.some((part) => part > 0)) told.payouts.push(paid);
    for (let row = 0; row < facts.count; row++)
      if (FACTS.includes(facts.kind[row])) told.facts.push([facts.kind[row], facts.time[row] / 6]);
    if (paydays.length > told.periods.length)
      told.periods.push([fleet.settledSeconds(0), mint.permille[0], mint.paid[0]]);
  };
  const seed = keyOf(settings.seed);
  const world = run(setup, { seed, check: true, see });
  expect(world.contracts.made).toBe(1);
  return { world, skipping: run(setup, { seed }), ...told };
}

/** Where all tokens came from and went to, in 1e-7 TFT. */
const moneyOf = ({ ledger, users }: World): Record<string, number> => ({
  endowed: Number(ledger.endowed.value),
  deposited: Number(ledger.deposited.value),
  bridged: Number(ledger.bridged.value),
  fees: Number(ledger.fees.value),
  charged: Number(ledger.charged.value),
  staking: Number(ledger.staking.value),
  foundation: Number(ledger.foundation.value),
  farmers: Number(ledger.farmers.value),
  forgiven: Number(ledger.forgiven.value),
  free: users.free[0],
});

const MACHINE = {
  bills: [
    [2_559_375, 1],
    [4_500_000, 44],
    [3_727_480, 1],
  ],
  payouts: [
    [10_605_937, 42_423_750, 53_029_688],
    [9_822_748, 39_290_992, 49_113_740],
  ],
  facts: [
    [Fact.contractStarted, 98_145],
    [Fact.contractEnded, 125_432],
  ],
  money: {
    endowed: 500,
    deposited: 12_150_120_000,
    bridged: 10_000_000,
    fees: 220_000,
    charged: 204_286_855,
    staking: 20_428_685,
    foundation: 81_714_742,
    farmers: 102_143_428,
    forgiven: 0,
    free: 11_945_613_645,
  },
};

const DRY = {
  bills: [
    [2_906_250, 1],
    [5_625_000, 71],
    [2_718_750, 1],
  ],
  payouts: [
    [13_228_125, 52_912_500, 66_140_625],
    [13_500_000, 54_000_000, 67_500_000],
    [13_500_000, 54_000_000, 67_500_000],
    [271_875, 1_087_500, 1_359_375],
  ],
  facts: [
    [Fact.contractStarted, 18_181],
    [Fact.graceEntered, 61_691],
    [Fact.contractEnded, 263_291],
  ],
  money: {
    endowed: 500,
    deposited: 405_120_000,
    bridged: 10_000_000,
    fees: 120_000,
    charged: 405_000_000,
    staking: 40_500_000,
    foundation: 162_000_000,
    farmers: 202_500_000,
    forgiven: 1_892_906_250,
    free: 500,
  },
};

const REFILLED = {
  bills: [
    [2_315_600, 1],
    [5_625_000, 71],
    [3_309_400, 1],
    [626_690_600, 1],
    [5_625_000, 71],
  ],
  payouts: [
    [13_169_060, 52_676_240, 65_845_300],
    [13_500_000, 54_000_000, 67_500_000],
    [13_500_000, 54_000_000, 67_500_000],
    [330_940, 1_323_760, 1_654_700],
    [62_669_060, 250_676_240, 313_345_300],
    [13_500_000, 54_000_000, 67_500_000],
    [13_500_000, 54_000_000, 67_500_000],
    [12_937_500, 51_750_000, 64_687_500],
  ],
  facts: [
    [Fact.contractStarted, 69_176],
    [Fact.graceEntered, 112_623],
    [Fact.graceLeft, 179_223],
    [Fact.graceEntered, 222_423],
    [Fact.contractEnded, 424_023],
  ],
  money: {
    endowed: 500,
    deposited: 1_431_185_600,
    bridged: 20_000_000,
    fees: 120_000,
    charged: 1_431_065_600,
    staking: 143_106_560,
    foundation: 572_426_240,
    farmers: 715_532_800,
    forgiven: 1_895_625_000,
    free: 500,
  },
};

const PERIODS = [
  [2_499_420, 950, 11_683_575_000],
  [2_498_880, 949, 0],
];

describe("worked by hand", () => {
  test.each([
    ["machine", "a machine is hired, billed by the hour, and given back", MACHINE],
    ["dry", "a contract runs out of money, is in grace for 14 days, and is removed", DRY],
    ["refilled", "what is owed in grace is paid at the first bill after a deposit", REFILLED],
  ])("%s: %s", (name, _, expected) => {
    const { world, skipping, bills, payouts, facts } = course(name);
    expect({ bills, payouts, facts, money: moneyOf(world) }).toEqual(expected);
    expect(moneyOf(skipping)).toEqual(expected.money);
  });

  test("outages: 36 hours are paid for or not, as the last report fell", () => {
    const { bills, periods } = course("outages");
    expect(periods).toEqual(PERIODS);
    expect(bills).toEqual([[5_625_000, 1_462]]);
  });

  test("the page has every number", () => {
    const page = textOf("docs/hand-worked.md");
    const numbers = (told: unknown): string[] =>
      typeof told === "number"
        ? [String(told).replace(/\B(?=(\d{3})+$)/g, ",")]
        : Object.values(told ?? {}).flatMap(numbers);
    const blocks = [MACHINE, DRY, REFILLED].flatMap(({ facts }) => facts.map(([, block]) => block));
    const amounts = [MACHINE, DRY, REFILLED].map(({ bills, payouts, money }) => [
      bills,
      payouts,
      money,
    ]);
    const shown = numbers([blocks, amounts, PERIODS]);
    expect(shown.filter((number) => !page.includes(number))).toEqual([]);
  });
});
