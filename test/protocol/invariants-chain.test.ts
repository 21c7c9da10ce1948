/** The sentences that the invariants say of states of the whole chain that cannot be. */
import { describe, expect, it } from "vitest";
import { type ChainState, chainFaults, farmId, nodeId, twinId } from "../../src/protocol/index.ts";
import { blocks, tft } from "../../src/units/index.ts";
import { proposal, SMALL, Stage } from "./stage.ts";

/** Two farms with a node each, a proposal that both voted on, and a motion with a vote. */
function governed(): ChainState {
  const stage = new Stage("runtime", { balances: { bob: 5_000 } });
  stage.farm("f1", [SMALL]);
  stage.farm("f2", [SMALL]);
  const action = proposal("tfgrid.set_connection_price", { price: 9 });
  const { hash } = action;
  stage.act("c1", "dao.propose", { ...action, threshold: 3 });
  for (const farm of [1, 2])
    stage.act(`f${farm}`, "dao.vote", { farm_id: farm, proposal: hash, approve: farm === 1 });
  stage.act("c1", "dao.veto", { proposal: hash });
  stage.act("c1", "council.propose", { ...action, threshold: 3 });
  stage.act("c2", "council.vote", { proposal: hash, index: 0, approve: true });
  return stage.state;
}

const MINT = { amount: tft(9n), target: "bob", block: blocks(1), votes: 1 };
const BURN = {
  ...{ amount: tft(9n), source: "bob", target: "G", block: blocks(1), signatures: [] },
  ...{ sequence: 0n },
};

const state = governed();
const [[hash, open]] = state.dao.open;
const [[motionHash, motion]] = state.council.motions;
const { ledger, twins, farms, nodes, weights, dao, council, bridge } = state;

const withOpen = (change: object): ChainState => ({
  ...state,
  dao: { ...dao, open: new Map([[hash, { ...open, ...change }]]) },
});
const withMotion = (change: object): ChainState => ({
  ...state,
  council: { ...council, motions: new Map([[motionHash, { ...motion, ...change }]]) },
});
const withNodes = (change: object): ChainState => ({ ...state, nodes: { ...nodes, ...change } });
const withFarms = (change: object): ChainState => ({ ...state, farms: { ...farms, ...change } });
const withTwins = (change: object): ChainState => ({ ...state, twins: { ...twins, ...change } });
const withBridge = (change: object): ChainState => ({ ...state, bridge: { ...bridge, ...change } });
const without = <K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> =>
  new Map([...map].filter(([one]) => one !== key));

/** What is planted, the state with it, and the only sentence that does not hold there. */
type Planted = readonly [what: string, state: ChainState, sentence: string];

const REGISTRY: readonly Planted[] = [
  [
    "a weight that a node left behind",
    withNodes({ byId: without(nodes.byId, nodeId(1)) }),
    "farm 1 weighs 42, its nodes 0",
  ],
  [
    "a farm without a weight",
    { ...state, weights: without(weights, farmId(1)) },
    "a node is in farm 1, which is not there",
  ],
  [
    "a node in no list",
    withNodes({ byFarm: without(nodes.byFarm, farmId(1)) }),
    'node 1 of farm 1 is in lists ""',
  ],
  [
    "a node in another list",
    withNodes({ byFarm: without(nodes.byFarm, farmId(1)).set(farmId(3), [nodeId(1)]) }),
    'node 1 of farm 1 is in lists "3"',
  ],
  [
    "a node in two lists",
    withNodes({ byFarm: new Map(nodes.byFarm).set(farmId(2), [nodeId(1), nodeId(2)]) }),
    'node 1 of farm 1 is in lists "1 and 2"',
  ],
  [
    "a node that its twin has lost",
    withNodes({ byTwin: without(nodes.byTwin, twinId(2)) }),
    "node 1 is not that of twin 2",
  ],
  [
    "a twin with the node of another",
    withNodes({ byTwin: new Map(nodes.byTwin).set(twinId(2), nodeId(2)) }),
    "node 1 is not that of twin 2",
  ],
  [
    "a twin that its account has lost",
    withTwins({ byAccount: without(twins.byAccount, "f1") }),
    "twin 1 is not that of f1",
  ],
  [
    "an account with the twin of another",
    withTwins({ byAccount: new Map(twins.byAccount).set("f1", twinId(3)) }),
    "twin 1 is not that of f1",
  ],
  [
    "a farm of nobody",
    withTwins({ byId: without(twins.byId, twinId(3)) }),
    "farm 2 is of twin 3, which is not there",
  ],
  [
    "a farm under the name of another",
    withFarms({ byName: new Map(farms.byName).set("farm-f1", farmId(2)) }),
    "farm 1 is not the one called farm-f1",
  ],
  [
    "a name of no farm",
    withFarms({ byName: new Map(farms.byName).set("x", farmId(1)) }),
    "a name is of no farm",
  ],
];

const GOVERNANCE: readonly Planted[] = [
  [
    "a farm that votes for and against",
    withOpen({ nays: [...open.ayes, ...open.nays] }),
    "a farm votes on proposal 0 twice among 1,1,2",
  ],
  [
    "a farm that votes against twice",
    withOpen({ ayes: [], nays: [...open.nays, ...open.nays] }),
    "a farm votes on proposal 0 twice among 2,2",
  ],
  [
    "a vote without weight",
    withOpen({ ayes: [{ farm: farmId(1), weight: 0n }] }),
    "proposal 0 has idle votes",
  ],
  [
    "a vote of less than nothing beside one of some weight",
    withOpen({ nays: [{ farm: farmId(2), weight: -1n }] }),
    "proposal 0 has idle votes",
  ],
  [
    "a veto that counts twice",
    withOpen({ vetoes: ["c1", "c1"] }),
    "a member vetoes proposal 0 twice among c1,c1",
  ],
  ["a number not given out", withOpen({ index: 1 }), "proposal 1 of 1 made"],
  ["one past it", withOpen({ index: 2 }), "proposal 2 of 1 made"],
  [
    "a voice that counts twice",
    withMotion({ nays: motion.ayes }),
    "a member votes on motion 0 twice among c2,c2",
  ],
  [
    "a voice without a seat",
    { ...state, council: { ...council, members: ["c1", "c3"] } },
    "c2 votes without a seat",
  ],
  ["a voice against without one", withMotion({ nays: ["eve"] }), "eve votes without a seat"],
];

const TOKENS: readonly Planted[] = [
  [
    "a unit that is gone",
    { ...state, ledger: { ...ledger, issuance: tft(ledger.issuance + 1n) } },
    "accounts hold 5000, issued are 5001",
  ],
  [
    "a validator that stands twice",
    withBridge({ validators: ["v", "v"] }),
    "a validator stands at the bridge twice among v,v",
  ],
  [
    "a deposit that is open and done",
    withBridge({ mints: { open: new Map([["t", MINT]]), done: new Map([["t", MINT]]) } }),
    "t is open and done",
  ],
  [
    "a withdrawal that is open and done",
    withBridge({ withdrawals: { open: new Map([[1, BURN]]), done: new Map([[1, BURN]]) } }),
    "1 is open and done",
  ],
];

describe("the invariants of the chain find what is planted:", () => {
  it("nothing in a sound state", () => expect(chainFaults(state)).toEqual([]));

  it.each([...REGISTRY, ...GOVERNANCE, ...TOKENS])(
    "%s, and nothing else",
    (_what, planted, sentence) => {
      expect(chainFaults(planted)).toEqual([sentence]);
    },
  );

  it("what nobody claims is reserved for others, where there are some", () => {
    const bob = ledger.accounts.get("bob");
    if (bob === undefined) throw new Error("bob has an account");
    const moved = { ...bob, free: tft(bob.free - 3n), reserved: tft(3n) };
    const accounts = new Map(ledger.accounts).set("bob", moved);
    const planted = { ...state, ledger: { ...ledger, accounts } };
    expect(chainFaults(planted)).toEqual(["bob has 3 reserved, claimed are 0"]);
    expect(chainFaults(planted, true)).toEqual([]);
  });

  it("no fault where voices, deposits and names are several, but not the same", () => {
    const mints = { open: new Map([["t", MINT]]), done: new Map([["u", MINT]]) };
    const withdrawals = { open: new Map([[1, BURN]]), done: new Map([[2, BURN]]) };
    const bridged = withBridge({ validators: ["v", "w"], mints, withdrawals });
    expect(chainFaults(bridged)).toEqual([]);
    const voices = { ayes: ["c2"], nays: ["c1"] };
    expect(chainFaults(withMotion(voices))).toEqual([]);
    expect(chainFaults(withOpen({ vetoes: ["c1", "c2"] }))).toEqual([]);
  });
});
