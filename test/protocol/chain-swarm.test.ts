/** The whole chain, whatever is called: what no call may break. */
import { describe, expect, it } from "vitest";
import { callNames } from "../../src/protocol/index.ts";
import { type ChainLife, liveChain } from "./chain-swarm.ts";

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
