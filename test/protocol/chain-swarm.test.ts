/** The whole chain, whatever is called: what no call may break, and that a break is noticed. */
import { describe, expect, it } from "vitest";
import {
  type ChainState,
  callNames,
  chainFaults,
  farmId,
  nodeId,
  twinId,
} from "../../src/protocol/index.ts";
import { blocks, tft } from "../../src/units/index.ts";
import { type ChainLife, liveChain } from "./chain-swarm.ts";
import { proposal, SMALL, Stage } from "./stage.ts";

/** Lives that once came out wrong, by the name of what was wrong. */
const FOUND: readonly { readonly name: string; readonly life: ChainLife }[] = [
  {
    name: "who is named twice when all seats are set anew has two, as on the chain",
    life: { seed: "39", windows: 25 },
  },
];

describe("whatever is called on the chain, in whatever order,", () => {
  for (const { name, life } of FOUND) it(name, () => expect(liveChain(life).faults).toEqual([]));

  it("tokens, weights, names and votes hold together, and a refused call does nothing", () => {
    const words = new Set<string>();
    const sums = { minted: 0n, burned: 0n, votes: 0, nodes: 0 };
    for (let seed = 1; seed <= 24; seed++) {
      const life: ChainLife = { seed: String(seed), windows: 25 };
      const { faults, minted, burned, last, words: said } = liveChain(life);
      expect({ life, faults }).toEqual({ life, faults: [] });
      for (const word of said) words.add(word);
      sums.minted += minted;
      sums.burned += burned;
      sums.votes += last.dao.made;
      sums.nodes += last.nodes.made;
    }
    // The lives are no empty ones: nearly every call was accepted by some and refused by others.
    const rare = callNames.filter((name) => !words.has(`${name}: ok`));
    expect(rare.length).toBeLessThan(callNames.length / 10);
    expect(words.size).toBeGreaterThan(280);
    expect(sums.minted > 0n && sums.burned > 0n).toBe(true);
    expect(sums.votes).toBeGreaterThan(40);
    expect(sums.nodes).toBeGreaterThan(40);
  }, 120_000);

  it("a life is the same for the same name", () => {
    const life: ChainLife = { seed: "again", windows: 6 };
    expect(liveChain(life)).toEqual(liveChain(life));
    expect(liveChain({ ...life, seed: "other" }).last).not.toEqual(liveChain(life).last);
  });
});

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

describe("the invariants of the chain find what is planted:", () => {
  const state = governed();
  const [[hash, open]] = state.dao.open;
  const withOpen = (change: object): ChainState => ({
    ...state,
    dao: { ...state.dao, open: new Map([[hash, { ...open, ...change }]]) },
  });
  const withNodes = (change: object): ChainState => ({
    ...state,
    nodes: { ...state.nodes, ...change },
  });
  const [[motionHash, motion]] = state.council.motions;
  const node = state.nodes.byId.get(nodeId(1));
  const twin = state.twins.byId.get(twinId(1));
  if (node === undefined || twin === undefined) throw new Error("the chain has one of each");

  it("nothing in a sound state", () => expect(chainFaults(state)).toEqual([]));

  it.each([
    [
      "a weight that a node left behind",
      withNodes({ byId: new Map([...state.nodes.byId].slice(1)) }),
      /^farm 1 weighs 42, its nodes 0/,
    ],
    [
      "a unit that is gone",
      { ...state, ledger: { ...state.ledger, issuance: state.ledger.issuance + 1n } },
      /^accounts hold 5000, issued are 5001/,
    ],
    [
      "a node in no list",
      withNodes({ byFarm: new Map([[farmId(2), [nodeId(2)]]]) }),
      /^node 1 of farm 1 is in lists ""/,
    ],
    [
      "a node in two lists",
      withNodes({ byFarm: new Map(state.nodes.byFarm).set(farmId(2), [nodeId(1), nodeId(2)]) }),
      /^node 1 of farm 1 is in lists "1 and 2"/,
    ],
    [
      "a node that its twin has lost",
      withNodes({ byTwin: new Map() }),
      /^node 1 is not that of twin 2/,
    ],
    [
      "a twin that its account has lost",
      { ...state, twins: { ...state.twins, byAccount: new Map() } },
      /^twin 1 is not that of f1/,
    ],
    [
      "a farm of nobody",
      { ...state, twins: { ...state.twins, byId: new Map([[twin.id, twin]]) } },
      /^farm 2 is of twin 3, which is not there/,
    ],
    [
      "a farm under another name",
      { ...state, farms: { ...state.farms, byName: new Map([["x", farmId(1)]]) } },
      /^farm 1 is not the one called farm-f1/,
    ],
    [
      "a name of no farm",
      {
        ...state,
        farms: { ...state.farms, byName: new Map(state.farms.byName).set("x", farmId(1)) },
      },
      /^a name is of no farm/,
    ],
    [
      "a farm that votes twice",
      withOpen({ nays: [...open.ayes, ...open.nays] }),
      /^a farm votes on proposal 0 twice among 1,1,2/,
    ],
    [
      "a vote without weight",
      withOpen({ ayes: [{ farm: farmId(1), weight: 0n }] }),
      /^proposal 0 has idle votes/,
    ],
    [
      "a veto that counts twice",
      withOpen({ vetoes: ["c1", "c1"] }),
      /^a member vetoes proposal 0 twice among c1,c1/,
    ],
    ["a number not given out", withOpen({ index: 1 }), /^proposal 1 of 1 made/],
    [
      "a voice that counts twice",
      {
        ...state,
        council: {
          ...state.council,
          motions: new Map([[motionHash, { ...motion, nays: motion.ayes }]]),
        },
      },
      /^a member votes on motion 0 twice among c2,c2/,
    ],
    [
      "a voice without a seat",
      { ...state, council: { ...state.council, members: ["c1"] } },
      /^c2 votes without a seat/,
    ],
    [
      "a validator that stands twice",
      { ...state, bridge: { ...state.bridge, validators: ["v", "v"] } },
      /^a validator stands at the bridge twice among v,v/,
    ],
    [
      "a deposit that is open and done",
      {
        ...state,
        bridge: {
          ...state.bridge,
          mints: { open: new Map([["t", MINT]]), done: new Map([["t", MINT]]) },
        },
      },
      /^t is open and done/,
    ],
  ] as readonly (readonly [string, ChainState, RegExp])[])("%s", (_what, planted, sentence) => {
    expect(chainFaults(planted)).toContainEqual(expect.stringMatching(sentence));
  });
});
