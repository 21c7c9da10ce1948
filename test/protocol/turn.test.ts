/** What the chain does between two blocks and in its first, and who may make a restricted call. */
import { describe, expect, it } from "vitest";
import {
  dispatch,
  gridOf,
  nodeId,
  passesGate,
  policyInForce,
  turnBlock,
} from "../../src/protocol/index.ts";
import { blocks, seconds } from "../../src/units/index.ts";
import { council, root, SMALL, Stage } from "./stage.ts";

describe("a restricted call", () => {
  const member = { kind: "member", account: "c1" } as const;
  const account = { kind: "signed", account: "c1" } as const;

  it.each([
    [root, true, true],
    [council(3, 5), true, false],
    [council(2, 5), false, false],
    [council(5, 5), true, false],
    [member, false, false],
    [account, false, false],
  ] as const)("by %o passes %s, and where root alone may call %s", (origin, both, alone) => {
    expect([passesGate(origin, "rootOrCouncil"), passesGate(origin, "root")]).toEqual([
      both,
      alone,
    ]);
  });
});

describe("a block", () => {
  const call = { call: "tfgrid.set_connection_price", args: { price: 5n } } as never;

  it("of number 0 announces nothing, and does all that another does", () => {
    const { state } = new Stage();
    const at = (block: number) =>
      dispatch(state, call, root, { block: blocks(block), now: seconds(9) });
    const first = at(0);
    const second = at(1);
    if (!first.ok || !second.ok) throw new Error("root may");
    expect([first.value.events.length, second.value.events.length]).toEqual([0, 1]);
    expect(first.value.state).toEqual(second.value.state);
    const refused = dispatch(
      state,
      call,
      { kind: "signed", account: "x" },
      {
        block: blocks(0),
        now: seconds(9),
      },
    );
    expect(refused).toEqual({ ok: false, error: "BadOrigin" });
  });

  it("that begins a session has the next validators, and no other block", () => {
    const stage = new Stage();
    stage.act(root, "validatorset.add_validator", { validator_id: "v3" });
    const turned = (left: number) => turnBlock(stage.state, blocks(left)).state.session;
    const was = { current: ["v1", "v2"], queued: ["v1", "v2"] };
    expect([turned(598), turned(600), turned(1)]).toEqual([was, was, was]);
    expect(turned(599)).toEqual({ ...was, queued: ["v1", "v2", "v3"] });
    expect(turned(1_199)).toEqual(turned(599));
  });

  it("announces what the bridge signs anew, but not after block 0", () => {
    const stage = new Stage("runtime", { balances: { u: 10 ** 10 } });
    for (const target of ["a", "b"]) stage.act(root, "bridge.add_bridge_validator", { target });
    stage.act(root, "bridge.set_fee_account", { target: "purse" });
    const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
    const swap = { target_stellar_address: KEY, amount: 10 ** 9 };
    expect(stage.act("u", "bridge.swap_to_stellar", swap)).toBe("Yes");
    const events = (left: number, state = stage.state) => turnBlock(state, blocks(left)).events;
    expect(events(stage.block)).toEqual([]);
    const { retryBlocks } = stage.state.runtime;
    // The first block that is a whole number of retries, and in which it is old enough.
    const late = [...Array(100).keys()].map((k) => k + 1).filter((left) => events(left).length > 0);
    expect(late.length).toBeGreaterThan(0);
    expect(late.every((left) => left >= retryBlocks)).toBe(true);
    const zero = turnBlock({ ...stage.state, bridge: { ...stage.state.bridge } }, blocks(0));
    expect(zero.events).toEqual([]);
  });
});

describe("the chain as contracts see it", () => {
  function grid(): Stage {
    const stage = new Stage();
    stage.farm("f", [SMALL, SMALL]);
    for (const host of [33, 34, 35])
      stage.act("f", "tfgrid.add_farm_ip", {
        farm_id: 1,
        ...{ ip: `185.206.122.${host}/24`, gw: "185.206.122.1" },
      });
    stage.twin("u");
    stage.act(root, "balances.force_set_balance", { who: "u", new_free: 10_000_000_000 });
    const deployed = { node_id: 1, deployment_hash: "0".repeat(32), public_ips: 2 };
    expect(stage.act("u", "contracts.create_node_contract", deployed)).toBe("Yes");
    return stage;
  }

  it("counts the addresses of a farm, and those that are free", () => {
    const [farm] = gridOf(grid().state).farms.values();
    expect(farm).toMatchObject({ ips: 3, free: 1 });
  });

  it("knows which nodes are down, and which shall be", () => {
    const stage = grid();
    stage.act("f", "tfgrid.change_power_target", { node_id: 2, power_target: "Down" });
    const power = (id: number) => gridOf(stage.state).nodes.get(nodeId(id))?.power;
    expect(power(2)).toEqual({ down: false, targetDown: true });
    stage.act("f.n1", "tfgrid.change_power_state", { power_state: "Down" });
    expect(power(2)).toEqual({ down: true, targetDown: true });
    expect(power(1)).toEqual({ down: false, targetDown: false });
  });

  it("pays the staking pool where there is no pricing policy to name others", () => {
    const { state } = grid();
    const bare = { ...state, pricing: { ...state.pricing, policies: new Map() } };
    const { staking } = state;
    expect(gridOf(bare).beneficiaries).toEqual({ staking, foundation: staking, sales: staking });
    const named = gridOf(state).beneficiaries;
    expect(new Set(Object.values(named)).size).toBe(3);
    expect(policyInForce(bare).pricing).toBeNull();
    expect(policyInForce(state).pricing).not.toBeNull();
  });
});
