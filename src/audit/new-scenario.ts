/**
 * New billing scenarios: what users and farmers do on one node, with balances that run dry at the
 * edge of a bill.
 */
import { playScenario, readScenario } from "./billing-scenario.ts";
import { pricingTold } from "./billing-terms.ts";
import type { Draws } from "./draw.ts";
import { type Fields, isFields, type Json, plain, spotOf } from "./spot.ts";

const GIB = 1n << 30n;
/** The least that an account may hold. */
const DEPOSIT = 500n;

/** What a scenario is about: its steps, between which time passes. */
type Topic = (draws: Draws, wait: () => Fields) => readonly Fields[];

const createNode = (draws: Draws, account = "user"): Fields => ({
  ...{ op: "create_node", account, node: 1 },
  ips: draws.pick([0, 0, 1, 2, 5]),
  provider: null,
});
const report = (draws: Draws, contract: number): Fields => ({
  ...{ op: "report_resources", contract },
  resources: plain({
    cru: draws.whole(0n, 8n),
    mru: draws.whole(0n, 16n) * GIB,
    sru: draws.whole(0n, 512n) * GIB,
    hru: draws.pick([0n, 200n * GIB]),
  }),
});
const rent: Fields = { op: "create_rent", account: "user", node: 1 };
const cancel = (contract: number, account = "user"): Fields => ({
  ...{ op: "cancel", account, contract },
});
const power = (down: boolean): Fields => ({ op: "power_state", node: 1, down });
const pay = (draws: Draws, to = "user"): Fields => ({
  ...{ op: "transfer", from: "rich", to },
  amount: plain(draws.pick([499n, 500n, draws.sized(100_000_000n), draws.sized(100_000_000n)])),
});
const traffic = (draws: Draws, contract: number): Fields => ({
  ...{ op: "report_nru", contract, window: draws.pick([0, 60, 3_600]) },
  nru: plain(draws.sized(1n << 40n)),
});
const setPrice = (draws: Draws): Fields => ({
  op: "set_price",
  average: draws.pick([1, 10, 11, 50, 1_000, 2_000]),
});

const provide = (draws: Draws): readonly Fields[] => {
  const first = draws.count(0, 60);
  const providers: Json = draws.chance(1, 2)
    ? [["prov", first]]
    : [
        ["prov", first],
        ["prov2", draws.count(0, 50 - Math.min(first, 50))],
      ];
  const approve = (approve: boolean): Fields => ({ op: "approve_provider", provider: 1, approve });
  return [{ op: "create_provider", providers }, approve(true)].concat(
    draws.chance(1, 4) ? [approve(false)] : [],
  );
};

const TOPICS: Readonly<Record<string, Topic>> = {
  node: (draws, wait) => [createNode(draws), report(draws, 1), wait(), pay(draws), wait()],
  unreported: (draws, wait) => [createNode(draws), wait(), report(draws, 1), wait(), wait()],
  traffic: (draws, wait) => [
    ...[createNode(draws), traffic(draws, 1), wait(), report(draws, 1), traffic(draws, 1)],
    ...[wait(), pay(draws), wait()],
  ],
  rent_children: (draws, wait) => [
    ...[rent, createNode(draws), createNode(draws, "rich"), report(draws, 2), wait()],
    ...[pay(draws), wait(), cancel(1), cancel(2), wait(), cancel(1), wait()],
  ],
  provider: (draws, wait) => [
    ...provide(draws),
    { ...createNode(draws), provider: draws.pick([1, 1, null, 2]) },
    report(draws, 1),
    { op: "attach_provider", account: draws.pick(["user", "rich"]), contract: 1, provider: 1 },
    ...[wait(), wait()],
  ],
  name: (draws, wait) => [
    { op: "create_name", account: "user", name: draws.pick(["abc", "ab", "a.b", "a_b-1"]) },
    ...[wait(), { op: "create_name", account: "rich", name: "abc" }, setPrice(draws), wait()],
  ],
  cancel: (draws, wait) => [
    ...[createNode(draws), report(draws, 1), wait(), cancel(1, "rich"), cancel(1), wait()],
    cancel(1),
  ],
  standby: (draws, wait) => [
    ...[power(true), createNode(draws), rent, wait(), power(false), wait(), power(true), wait()],
    ...(draws.chance(1, 2) ? [cancel(1)] : [power(true)]),
    ...[power(false), pay(draws), wait()],
  ],
  extra_fee: (draws, wait) => {
    const fee_musd = draws.pick([1, 1_000, 100_000]);
    const ask = (account: string): Fields => ({ op: "set_extra_fee", account, node: 1, fee_musd });
    return [
      ...[ask("user"), ask("farmer"), createNode(draws), rent, createNode(draws)],
      ...[report(draws, 2), wait(), setPrice(draws), wait(), ask("farmer"), pay(draws), wait()],
    ];
  },
  opt_out: (draws, wait) => [
    ...[createNode(draws), report(draws, 1), wait(), { op: "opt_out", node: 1 }, wait()],
    ...[createNode(draws), rent, pay(draws), wait(), cancel(1)],
  ],
};

/** The topics that new scenarios are about. */
export const scenarioTopics: readonly string[] = Object.keys(TOPICS);

/** The input of a new scenario. */
export function newScenario(draws: Draws): Fields {
  const topic = draws.pick(scenarioTopics);
  const profile = topic === "opt_out" ? "reserve" : draws.pick(["legacy", "reserve"]);
  let block = draws.count(0, 12);
  const first: Fields = { op: "advance", to_block: block };
  const wait = (): Fields => {
    block += draws.chance(1, 4) ? draws.count(0, 9) : 10 * draws.count(1, 9);
    return { op: "advance", to_block: block };
  };
  const steps = [first, ...TOPICS[topic](draws, wait), wait()];
  const setup = newSetup(draws);
  const rich: Fields = { profile, topic, setup: withUser(setup, 1n << 50n), steps };
  return { ...rich, setup: withUser(setup, dryBalance(draws, rich)) };
}

const withUser = (setup: Fields, user: bigint): Fields => {
  const balances = setup["balances"];
  return { ...setup, balances: { ...(isFields(balances) ? balances : {}), user: plain(user) } };
};

/** A balance that lasts for some bills to the unit, as learnt from playing it with plenty. */
function dryBalance(draws: Draws, rich: Fields): bigint {
  const told = plain(playScenario(readScenario(spotOf(rich))));
  const bills = isFields(told) && Array.isArray(told["bills"]) ? told["bills"] : [];
  const dues = bills.flatMap((bill: Json) =>
    isFields(bill) && bill["due"] !== undefined ? [BigInt(String(bill["due"]))] : [],
  );
  const paid = dues.slice(0, draws.count(0, dues.length));
  const sum = paid.reduce((total, due) => total + due, 0n);
  // The legacy rules count what is locked twice.
  const held = draws.chance(1, 3) ? 2n * sum : sum;
  return draws.chance(1, 8) ? 1n << 40n : draws.near([held + DEPOSIT, held]);
}

function newSetup(draws: Draws): Fields {
  const account = (name: string): Fields => ({ account: name });
  const stashed = draws.chance(1, 4);
  // Where the beneficiaries have no account yet, a share below the deposit cannot open one.
  const opened = draws.chance(1, 6) ? {} : { foundation: 1_000_000, staking: 1_000_000 };
  return {
    balances: {
      ...{ farmer: 1_000_000_000, rich: 1_000_000_000_000, ...opened, sales: 1_000_000 },
      ...{ prov: 1_000_000, prov2: 1_000_000 },
      ...(stashed ? { stash: plain(draws.sized(1n << 40n)) } : {}),
    },
    billing_frequency: 10,
    distribution_frequency: draws.pick([1, 3, 5, 24]),
    existential_deposit: Number(DEPOSIT),
    farms: {
      1: { dedicated: draws.chance(1, 6), public_ips: draws.pick([0, 4, 4, 4]), twin: 1 },
    },
    grace_period: draws.pick([0, 20, 40, 50]),
    nodes: {
      1: {
        certified: draws.chance(1, 3),
        extra_fee_musd: 0,
        farm: 1,
        resources: plain({ cru: 8, mru: 16n * GIB, sru: 512n * GIB, hru: 1_024n * GIB }),
      },
    },
    policy: pricingTold,
    prices: [draws.pick([12, 50, 50, 333]), 10, 1_000],
    twins: {
      1: account("farmer"),
      2: { ...account("user"), ...(stashed ? { stash: "stash" } : {}) },
      3: account("rich"),
    },
  };
}
