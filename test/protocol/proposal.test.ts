import { describe, expect, it } from "vitest";
import {
  blocks,
  type Call,
  chainUnder,
  defaults,
  dispatch,
  memberOf,
  membersOf,
  type Parameter,
  type Policy,
  policyAfter,
  policyBlocks,
  proposal,
  root,
  seconds,
} from "../../src/protocol/index.ts";

const policy = Object.fromEntries(
  policyBlocks.map((one) => [one.path.slice(one.path.lastIndexOf(".") + 1), defaults(one)]),
) as unknown as Policy;

const at = { block: blocks(100), now: seconds(1_700_000_000) };
const laid = chainUnder(policy);

/** What the policy is once a call was executed as root, or the chain's name of why it was not. */
function left(action: Call): Policy | string {
  const answer = dispatch(laid, action, root, at);
  return answer.ok ? policyAfter(policy, laid, answer.value.state) : answer.error;
}

/** Another value than the default, which the chain can hold. */
function other(key: string, parameter: Parameter, now: unknown): number | string | boolean {
  if (parameter.kind === "choice") return parameter.words.find((word) => word !== now) ?? "";
  if (key === "policy.billing.frequency") return 1_200;
  // The chain keeps shares in whole percent.
  if (parameter.kind === "share") return Math.round(Number(now) * 100 + 1) / 100;
  if (parameter.kind === "tokens" || parameter.kind === "number") return Number(now) + 0.5;
  return parameter.kind === "duration" ? Number(now) / 2 : Number(now) + 1;
}

/** Every policy there is, with another value than its own. */
const changes = policyBlocks.flatMap((one) =>
  Object.entries(one.fields).map(([name, parameter]) => {
    const key = `${one.path}.${name}`;
    const group = Object.entries(policy).find(([word]) => `policy.${word}` === one.path)?.[1];
    const now = Object.entries(group ?? {}).find(([word]) => word === name)?.[1];
    return { key, value: other(key, parameter, now) };
  }),
);
const able = changes.filter(({ key }) => proposal.beyondCalls(key) === null);
const unable = changes.filter(({ key }) => proposal.beyondCalls(key) !== null);

describe("a proposal", () => {
  it.each(able)("$key becomes a call that leaves $value and nothing else", (change) => {
    const wanted = proposal.withValue(policy, change);
    expect(wanted).not.toEqual(policy);
    expect(left(proposal.actionOf(policy, [change]))).toEqual(wanted);
  });

  it("of everything at once is one batch, and leaves everything", () => {
    const action = proposal.actionOf(policy, able);
    expect(action.call).toBe("utility.batch_all");
    expect(left(action)).toEqual(able.reduce(proposal.withValue, policy));
  });

  it("cannot reach what is not on the chain, and says why in a sentence", () => {
    expect(unable.map(({ key }) => key)).toEqual([
      "policy.economics",
      "policy.billing.blockTime",
      "policy.block.room",
      "policy.block.bill",
      "policy.block.call",
      "policy.fee.nodeContract",
      "policy.fee.rentContract",
      "policy.fee.nameContract",
      "policy.fee.cancel",
      "policy.minting.rules",
      "policy.minting.payment",
      ...["units", "newNodes", "pricePaid", "carbon"].map((field) => `policy.minting.${field}`),
      "policy.minting.minimumDiy",
      "policy.minting.minimumCertified",
      "policy.minting.tail",
      "policy.minting.cap",
      "policy.dao.weight",
      "policy.dao.quorum",
      "policy.dao.quorumWeight",
      "policy.dao.closing",
    ]);
    for (const { key } of unable) expect(proposal.beyondCalls(key)).toMatch(/^\w.{30,}$/);
  });

  it.each([
    ["a floor above the cap", [{ key: "policy.price.floor", value: 2_000 }], "MinPriceAboveMax"],
    ["a cap below the floor", [{ key: "policy.price.cap", value: 5 }], "MaxPriceBelowMin"],
    ["a lower frequency", [{ key: "policy.billing.frequency", value: 300 }], "CanOnlyIncrease"],
  ] as const)("for %s is refused when it is executed", (_, wanted, reason) => {
    expect(left(proposal.actionOf(policy, wanted))).toContain(reason);
  });

  it("for both bounds of the price works in either direction", () => {
    for (const [floor, cap] of [
      [2_000, 3_000],
      [5, 8],
    ]) {
      const wanted = [
        { key: "policy.price.floor", value: floor },
        { key: "policy.price.cap", value: cap },
      ];
      expect(left(proposal.actionOf(policy, wanted))).toMatchObject({ price: { floor, cap } });
    }
  });

  it("that fails in part leaves nothing of it", () => {
    const action = proposal.actionOf(policy, [
      { key: "policy.pricing.cu", value: 1 },
      { key: "policy.billing.frequency", value: 300 },
    ]);
    expect(left(action)).toContain("CanOnlyIncreaseFrequency");
  });

  it("has a hash that is equal for equal calls only", () => {
    const [one, same, another] = [50_000, 50_000, 50_001].map((value) =>
      proposal.hashOf(proposal.actionOf(policy, [{ key: "policy.pricing.cu", value }])),
    );
    expect(same).toBe(one);
    expect(another).not.toBe(one);
  });
});

/** Keys that change, and the calls that a proposal of all of them makes, in order. */
const CALLS = `
  pricing.cu                  tfgrid.update_pricing_policy:1
  pricing.dedicatedShare      tfgrid.update_pricing_policy:1
  price.floor                 price.set_min_tft_price
  price.cap                   price.set_max_tft_price
  farming.diyCu               tfgrid.update_farming_policy:1
  farming.diyIpv4                             tfgrid.update_farming_policy:1
  farming.certifiedSu         tfgrid.update_farming_policy:2
  farming.certifiedNu         tfgrid.update_farming_policy:2
  farming.minimalUptime       tfgrid.update_farming_policy:1 tfgrid.update_farming_policy:2
  farming.connectionPrice     tfgrid.set_connection_price
  farming.limits              runtime_upgrade.set_code:limitRule
  billing.frequency           contracts.change_billing_frequency
  billing.rounding            runtime_upgrade.set_code:billing
  billing.gracePeriod         runtime_upgrade.set_code:billing
  billing.strangers           runtime_upgrade.set_code:strangers
  quirks.childGrace           runtime_upgrade.set_code:billing
  discount.goldPaid           runtime_upgrade.set_code:discount
  split.staking               runtime_upgrade.set_code:split
  fee.deposit                 bridge.set_deposit_fee
  dao.seats                   membership.reset_members
  dao.votingDuration          runtime_upgrade.set_code:votingTime
  dao.vetoes                  runtime_upgrade.set_code:vetoesToKill
  dao.prime                   runtime_upgrade.set_code:primeRule
  pricing.su,farming.diySu    tfgrid.update_pricing_policy:1 tfgrid.update_farming_policy:1
  dao.vetoes,fee.deposit      bridge.set_deposit_fee runtime_upgrade.set_code:vetoesToKill
`;

describe("the calls of a proposal", () => {
  const rows = CALLS.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));

  const told = ({ call, args }: Call): string => {
    const given: Readonly<Record<string, unknown>> = { ...args };
    if (call === "runtime_upgrade.set_code")
      return `${call}:${Object.keys(given.changes ?? {}).join("+")}`;
    return "policy" in given ? `${call}:${given.policy}` : call;
  };

  it.each(rows)("for %s are %s and no other", (keys = "", calls = "") => {
    const wanted = keys.split(",").map((key) => {
      const found = changes.find((change) => change.key === `policy.${key}`);
      if (found === undefined) throw new Error(`no policy ${key}`);
      return found;
    });
    const action = proposal.actionOf(policy, wanted);
    const batch = action.call === "utility.batch_all" ? action.args.calls : [action];
    expect(batch.map(told).join(" ")).toBe(calls);
  });

  it("say nothing of a price that stays as it is, even where it is wanted", () => {
    const { floor, cap } = policy.price;
    const bound = (key: string, value: number) => ({ key: `policy.price.${key}`, value });
    const both = (low: number, high: number) => {
      const action = proposal.actionOf(policy, [bound("floor", low), bound("cap", high)]);
      return action.call === "utility.batch_all"
        ? action.args.calls.map(({ call }) => call)
        : [action.call];
    };
    expect(both(floor + 1, cap)).toEqual(["price.set_min_tft_price"]);
    expect(both(floor, cap - 1)).toEqual(["price.set_max_tft_price"]);
    const lower = ["price.set_min_tft_price", "price.set_max_tft_price"];
    expect(both(floor + 1, cap - 1)).toEqual(lower);
    expect(both(floor + 1, cap + 1)).toEqual([...lower].reverse());
    expect(both(floor, cap)).toEqual([]);
  });

  it("name what the genesis names", () => {
    expect(membersOf(12).slice(8)).toEqual([
      "council-009",
      "council-010",
      "council-011",
      "council-012",
    ]);
    expect(membersOf(1)).toEqual([memberOf(1)]);
    const pricing = proposal.actionOf(policy, [{ key: "policy.pricing.cu", value: 1 }]);
    expect(pricing.args).toMatchObject({
      name: "threefold_default_pricing_policy",
      ...{ foundation: "foundation", sales: "sales" },
      ipu: { unit: "Gigabytes" },
    });
    const names = [...laid.farming.policies.values()].map(({ id, name }) => [id, name]);
    expect(names).toEqual([
      [1, "farming_policy_default_diy"],
      [2, "farming_policy_default_certified"],
    ]);
    expect(laid.staking).toBe("staking");
  });
});

describe("what a chain cannot hold exactly", () => {
  // Half a unit of a fee, and a time that is no whole number of blocks.
  const odd: Policy = {
    ...policy,
    fee: { ...policy.fee, deposit: 0.00000005 },
    dao: { ...policy.dao, votingDuration: 100 },
  };
  const chain = chainUnder(odd);

  it("stays as it was where a call is about something else", () => {
    const action = proposal.actionOf(odd, [{ key: "policy.price.floor", value: 11 }]);
    const answer = dispatch(chain, action, root, at);
    if (!answer.ok) throw new Error(answer.error);
    expect(policyAfter(odd, chain, answer.value.state)).toEqual({
      ...odd,
      price: { ...odd.price, floor: 11 },
    });
  });

  it("is what the chain holds once a call is about it", () => {
    const action = proposal.actionOf(odd, [{ key: "policy.dao.votingDuration", value: 101 }]);
    const answer = dispatch(chain, action, root, at);
    if (!answer.ok) throw new Error(answer.error);
    // 17 blocks of 6 seconds are the same time as before, so that nothing has changed.
    expect(policyAfter(odd, chain, answer.value.state).dao.votingDuration).toBe(100);
    const longer = proposal.actionOf(odd, [{ key: "policy.dao.votingDuration", value: 103 }]);
    const other = dispatch(chain, longer, root, at);
    if (!other.ok) throw new Error(other.error);
    expect(policyAfter(odd, chain, other.value.state).dao.votingDuration).toBe(108);
  });

  it("is none of a policy that the chain has lost", () => {
    const bare = {
      ...chain,
      pricing: { ...chain.pricing, policies: new Map() },
      farming: { ...chain.farming, policies: new Map() },
    };
    expect(policyAfter(odd, chain, bare)).toEqual(odd);
    for (const lost of [1, 2]) {
      const policies = new Map([...chain.farming.policies].filter(([id]) => id !== lost));
      const half = { ...chain, farming: { ...chain.farming, policies } };
      expect(policyAfter(odd, chain, half)).toEqual(odd);
    }
  });
});

it("a key that is no policy's is no call's either, and changes nothing", () => {
  expect(proposal.beyondCalls("policy")).toBeNull();
  expect(proposal.withValue(policy, { key: "policy.none.x", value: 1 })).toEqual({
    ...policy,
    none: { x: 1 },
  });
});

it("a policy laid out as a chain and read back is the same policy", () => {
  expect(policyAfter(policy, laid, laid)).toEqual(policy);
});
