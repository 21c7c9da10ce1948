/** Properties of all calls, over random histories of a small chain. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callOfStep } from "../../src/audit/chain-call.ts";
import { type Call, callNames, dispatch, root, signed } from "../../src/protocol/index.ts";
import { blocks, seconds } from "../../src/units/index.ts";
import { LARGE, proposal, SMALL, Stage } from "./stage.ts";

const WHO = ["f1", "f1.n0", "f2", "c1", "c2", "c3", "v1", "stranger"] as const;
const who = fc.constantFrom(...WHO);
const small = fc.integer({ min: 0, max: 3 });
const amount = fc.constantFrom(0, 1, 499, 500, 10_000_000, 10_000_001, 10 ** 9);
const ACTIONS = [
  proposal("tfgrid.set_connection_price", { price: 5 }),
  proposal("tfgrid.set_farm_dedicated", { farm_id: 3, dedicated: true }),
];
const action = fc.constantFrom(...ACTIONS);
const word = fc.constantFrom("Up", "Down");
const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
const limits = fc.record({
  farming_policy_id: small,
  cu: fc.option(fc.constantFrom(0, 20, 40)),
  node_count: fc.option(small),
});

/** Names and arguments from which histories are made. */
const MOVES: Readonly<Record<string, fc.Arbitrary<object>>> = {
  "tfgrid.create_twin": fc.constant({}),
  "tfgrid.create_farm": fc.record({ name: fc.constantFrom("ab", "abc", "farm-f1") }),
  "tfgrid.create_node": fc.record({ farm_id: small, resources: fc.constantFrom(SMALL, LARGE) }),
  "tfgrid.update_node": fc.record({
    node_id: small,
    farm_id: small,
    resources: fc.constantFrom(SMALL, LARGE, { ...SMALL, sru: 1 }),
  }),
  "tfgrid.delete_node": fc.record({ node_id: small }),
  "tfgrid.delete_node_farm": fc.record({ node_id: small }),
  "tfgrid.attach_policy_to_farm": fc.record({ farm_id: small, limits: fc.option(limits) }),
  "tfgrid.set_node_certification": fc.record({
    node_id: small,
    node_certification: fc.constantFrom("Diy", "Certified"),
  }),
  "tfgrid.change_power_state": fc.record({ power_state: word }),
  "tfgrid.change_power_target": fc.record({ node_id: small, power_target: word }),
  "dao.propose": action.map((one) => ({ ...one, threshold: 1 })),
  "dao.vote": fc
    .record({ farm_id: small, approve: fc.boolean(), proposal: action })
    .map(({ proposal: { hash }, ...rest }) => ({ ...rest, proposal: hash })),
  "dao.veto": action.map(({ hash }) => ({ proposal: hash })),
  "dao.close": fc
    .record({ proposal_index: small, one: action })
    .map(({ one, proposal_index }) => ({ proposal: one.hash, proposal_index })),
  "council.propose": fc
    .record({ one: action, threshold: small })
    .map(({ one, threshold }) => ({ ...one, threshold })),
  "membership.remove_member": fc.record({ who }),
  "bridge.add_bridge_validator": fc.record({ target: who }),
  "bridge.propose_or_vote_mint_transaction": fc.record({
    transaction: fc.constantFrom("t", "u"),
    target: who,
    amount,
  }),
  "bridge.swap_to_stellar": fc.record({
    target_stellar_address: fc.constantFrom(KEY, "G"),
    amount,
  }),
  "bridge.create_refund_transaction_or_add_sig": fc.record({
    tx_hash: fc.constant("h"),
    target: fc.constant(KEY),
    amount,
    signature: who,
    stellar_pub_key: who,
    sequence_number: small,
  }),
  "burning.burn_tft": fc.record({ amount, message: fc.constant("m") }),
  "balances.force_transfer": fc.record({ source: who, dest: who, value: amount }),
};

/** Whoever may make a call, by the start of its name; anybody else now and then. */
const FITTING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(tfgrid.attach|tfgrid.set|membership|bridge.add|balances)/, ["root"]],
  [/^dao.vote|^burning|swap|target|_farm$/, ["f1"]],
  [/^tfgrid/, ["f1.n0", "f2"]],
  [/^(dao|council|bridge)/, ["c1", "c2", "c3"]],
];
const originOf = (name: string) => {
  const fitting = FITTING.find(([start]) => start.test(name))?.[1] ?? WHO;
  const usual = fc.constantFrom(...fitting);
  return fc
    .oneof({ arbitrary: usual, weight: 3 }, { arbitrary: who, weight: 1 })
    .map((one) => (one === "root" ? root : signed(one)));
};
const move = fc
  .constantFrom(...Object.keys(MOVES))
  .chain((name) =>
    fc.record({ name: fc.constant(name), args: MOVES[name], origin: originOf(name) }),
  );

function callOf(name: string, args: object): Call {
  const call = callOfStep(name, { ...args }, new Map());
  if (!call.ok) throw new Error(call.error);
  return call.value;
}

function begin(): Stage {
  const stage = new Stage("runtime", { balances: { f1: 10 ** 9, c1: 20_000_000, f2: 500 } });
  stage.farm("f1", [SMALL]);
  stage.farm("f2");
  stage.act(root, "bridge.add_bridge_validator", { target: "c1" });
  return stage;
}

const at = { block: blocks(3), now: seconds(1_018) };

describe("any call", () => {
  it("that is refused leaves the state as it was, and one that succeeds the one before", () => {
    let refusals = 0;
    let successes = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 25 }), (moves) => {
        let { state } = begin();
        for (const { name, args, origin: from } of moves) {
          const before = structuredClone(state);
          const answer = dispatch(state, callOf(name, args), from, at);
          expect(state).toEqual(before);
          if (answer.ok) state = answer.value.state;
          answer.ok ? successes++ : refusals++;
        }
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(Math.min(refusals, successes)).toBeGreaterThan(100);
  });

  it("in a batch that must succeed as a whole leaves nothing behind if the last one fails", () => {
    const failing = { call: "tfgrid.set_farm_dedicated", args: { farm_id: 99, dedicated: true } };
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        const { state } = begin();
        const calls = [...moves.map(({ name, args }) => ({ call: name, args })), failing];
        const before = structuredClone(state);
        const answer = dispatch(state, callOf("utility.batch_all", { calls }), root, at);
        expect(answer.ok).toBe(false);
        expect(state).toEqual(before);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it("keeps the issuance equal to the sum of what accounts hold", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        let { state } = begin();
        for (const { name, args, origin: from } of moves) {
          const answer = dispatch(state, callOf(name, args), from, at);
          if (answer.ok) state = answer.value.state;
        }
        const held = [...state.ledger.accounts.values()];
        const sum = held.reduce((total, { free, reserved }) => total + free + reserved, 0n);
        expect(state.ledger.issuance).toBe(sum);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it("keeps a farm's weight equal to the sum over its nodes", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        let { state } = begin();
        for (const { name, args, origin: from } of moves) {
          const answer = dispatch(state, callOf(name, args), from, at);
          if (answer.ok) state = answer.value.state;
        }
        const weights = new Map<number, bigint>();
        for (const { farm, resources } of state.nodes.byId.values()) {
          const weight = resources.cru === 8n ? 42n : 87n;
          weights.set(farm, (weights.get(farm) ?? 0n) + weight);
        }
        for (const [farm, weight] of state.weights) expect(weight).toBe(weights.get(farm) ?? 0n);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it("has the chain's name, and answers what the chain names", () => {
    expect(callNames.length).toBe(new Set(callNames).size);
    expect(callNames.every((name) => /^[a-z_]+\.[a-z0-9_]+$/.test(name))).toBe(true);
    const refusal = begin().act("stranger", "tfgrid.create_farm", { name: "abc" });
    expect(refusal).toBe("TfgridModule.TwinNotExists");
  });
});
