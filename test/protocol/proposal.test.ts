import { describe, expect, it } from "vitest";
import {
  blocks,
  type Call,
  chainUnder,
  defaults,
  dispatch,
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
      "policy.minting.minimumDiy",
      "policy.minting.minimumCertified",
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

it("a policy laid out as a chain and read back is the same policy", () => {
  expect(policyAfter(policy, laid, laid)).toEqual(policy);
});
