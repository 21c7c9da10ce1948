/** What a chain begins with, what is compiled into it, and what an upgrade changes. */
import { describe, expect, it } from "vitest";
import { type Call, callOf } from "../../src/protocol/call.ts";
import { type ChainState, chainAt, extraFeeOf } from "../../src/protocol/chain.ts";
import { nodeId } from "../../src/protocol/contract/state.ts";
import { liveRuntime, setCode } from "../../src/protocol/runtime.ts";
import { blocks, milliUsd, tft } from "../../src/units/index.ts";
import { Stage } from "./stage.ts";

const { state } = new Stage();
const billing = { ...state.runtime.billing, frequency: blocks(700) };
const runtime = { ...state.runtime, billing };
const begun: ChainState = chainAt({
  ...{ runtime, ledger: state.ledger, farming: state.farming, pricing: state.pricing },
  bounds: { floor: milliUsd(10n), cap: milliUsd(1_000n) },
  council: ["c1", "c2"],
  authorities: ["n1", "n2"],
  bridge: { depositFee: tft(1n), withdrawFee: tft(2n), feeAccount: "fee", validators: ["v"] },
  staking: "pool",
});

describe("a chain of which only the genesis is known", () => {
  it("has nobody and nothing on it", () => {
    const tables = [
      ...[begun.weights, begun.power, begun.extraFees, begun.kv, begun.dao.open],
      ...[begun.twins.byId, begun.entities.byId, begun.farms.byId, begun.nodes.byId],
      ...[begun.contracts.contracts, begun.validators.requests, begun.validators.bonds],
      ...[begun.council.motions, begun.bridge.mints.open, begun.bridge.refunds.open],
    ];
    expect(tables.map(({ size }) => size)).toEqual(tables.map(() => 0));
    expect([begun.zos, begun.burned, begun.dao.made, begun.council.made]).toEqual(["", [], 0, 0]);
    expect([begun.twins.made, begun.farms.made, begun.nodes.made]).toEqual([0, 0, 0]);
    expect([begun.price.current, begun.price.bounds.floor]).toEqual([0n, 10n]);
  });

  it("has its council, its authorities, its bridge, and bills as often as its program says", () => {
    expect(begun.council).toMatchObject({ members: ["c1", "c2"], prime: null });
    expect(begun.validatorSet).toEqual({ nodes: ["n1", "n2"], approved: ["n1", "n2"] });
    expect(begun.session).toEqual({ current: ["n1", "n2"], queued: ["n1", "n2"] });
    expect(begun.bridge).toMatchObject({ depositFee: 1n, withdrawFee: 2n, withdrawalsMade: 0 });
    expect([begun.frequency, begun.staking]).toEqual([700, "pool"]);
  });
});

describe("the fee that a farmer asks above the rent of a node", () => {
  it("is the one that he set, and nothing before", () => {
    const asked = { extraFees: new Map([[nodeId(1), milliUsd(5n)]]) };
    expect([extraFeeOf(asked, nodeId(1)), extraFeeOf(asked, nodeId(2))]).toEqual([5n, 0n]);
  });
});

describe("the live chain's program", () => {
  it("lets a proposal live seven days and thirty at most, and a motion two hours", () => {
    const { votingTime, votingTimeMax, motionTime } = liveRuntime;
    expect([votingTime, votingTimeMax, motionTime].map((time) => time * 6)).toEqual([
      ...[7 * 86_400, 30 * 86_400, 2 * 3_600],
    ]);
  });

  it("has the counts and the rules that the chain's source has", () => {
    expect(liveRuntime).toMatchObject({
      ...{ gate: "rootOrCouncil", vetoesToKill: 3, motionsMax: 100, seatsMax: 100 },
      ...{ primeRule: "heard", authoritiesMin: 1, sessionBlocks: 600, retryBlocks: 20 },
      ...{ hintTolerance: 60, strangers: "refuse", limitRule: "code" },
    });
  });

  it("changes by an upgrade in what the upgrade says, and the deposit with it", () => {
    const changes = {
      vetoesToKill: 5,
      billing: { ...billing, existentialDeposit: tft(9n) },
    };
    const upgraded = setCode(begun, { changes });
    if (!upgraded.ok) throw new Error("an upgrade is never refused");
    const { state: after, events, pays } = upgraded.value;
    expect(after.runtime).toEqual({ ...runtime, ...changes });
    expect(after.ledger).toEqual({ ...begun.ledger, existentialDeposit: 9n });
    expect([events, pays]).toEqual([[{ event: "System.CodeUpdated" }], false]);
    // The frequency that counts is state, which no upgrade touches.
    expect(after.frequency).toBe(700);
  });
});

describe("a call", () => {
  it("is its name and its arguments, as plain data", () => {
    const call: Call = callOf("tfgrid.set_zos_version", { version: "v" });
    expect(call).toEqual({ call: "tfgrid.set_zos_version", args: { version: "v" } });
  });
});
