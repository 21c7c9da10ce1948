import { describe, expect, it } from "vitest";
import { verdictOf } from "../../src/protocol/dao.ts";
import { type dao, farmId } from "../../src/protocol/index.ts";
import { blocks } from "../../src/units/index.ts";
import { council, LARGE, proposal, root, SMALL, Stage } from "./stage.ts";

/** Threshold 2, end 9: farms and their weights, the block, what closing answers. */
const CLOSINGS = `
  -                8  OngoingVoteAndTresholdStillNotMet
  1:+9             8  OngoingVoteAndTresholdStillNotMet  one farm, however heavy, is one vote
  1:+9             9  disapproved    the end is reached, the threshold is not
  1:+9             10 disapproved
  1:+9,2:-1        1  approved       as soon as the threshold is met
  1:+5,2:-5        5  disapproved    a tie is no majority
  1:+1,2:+1,3:-3   5  disapproved    weight decides, not heads
  1:-1,2:+2        9  approved
  -                9  disapproved
`;

const votesOf = (text: string, sign: string): readonly dao.FarmVote[] =>
  text
    .split(",")
    .filter((one) => one.includes(sign))
    .map((one) => {
      const [farm, weight] = one.split(sign === "+" ? ":+" : ":-");
      return { farm: farmId(Number(farm)), weight: BigInt(weight) };
    });

describe("closing a proposal", () => {
  it.each(
    CLOSINGS.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/)),
  )("%s in block %s: %s", (votes, block, expected) => {
    const verdict = verdictOf(
      {
        ayes: votesOf(votes, "+"),
        nays: votes === "-" ? [] : votesOf(votes, "-"),
        threshold: 2,
        end: blocks(9),
      },
      blocks(Number(block)),
    );
    const word = verdict.ok ? (verdict.value.approved ? "approved" : "disapproved") : verdict.error;
    expect(word).toBe(expected);
  });

  it("with a threshold of 0 and no votes is possible at once, and never approves", () => {
    const verdict = verdictOf({ ayes: [], nays: [], threshold: 0, end: blocks(9) }, blocks(1));
    expect(verdict).toMatchObject({ ok: true, value: { approved: false } });
  });
});

const PRICE = proposal("tfgrid.set_connection_price", { price: 120 });
const asked = (more: object = {}) => ({ ...PRICE, threshold: 2, ...more });
const voting = (farm: number, approve: boolean) => ({
  farm_id: farm,
  proposal: PRICE.hash,
  approve,
});
const closing = { proposal: PRICE.hash, proposal_index: 0 };

function open(more: object = {}): Stage {
  const stage = new Stage();
  stage.farm("f1", [SMALL]);
  stage.farm("f2", [LARGE]);
  stage.farm("f3", [SMALL, SMALL]);
  expect(stage.act("c1", "dao.propose", asked(more))).toBe("Yes");
  return stage;
}

const openOf = (stage: Stage) => stage.state.dao.open.get(PRICE.hash);

describe("a proposal", () => {
  it("is refused for its proposer first, then for its double, then for its duration", () => {
    const stage = open();
    expect(stage.act("f1", "dao.propose", asked({ duration: 432_000 }))).toBe(
      "Dao.NotCouncilMember",
    );
    expect(stage.act("c2", "dao.propose", asked({ duration: 432_000 }))).toBe(
      "Dao.DuplicateProposal",
    );
    const other = { ...proposal("system.remark"), threshold: 1 };
    expect(stage.act("c2", "dao.propose", { ...other, duration: 432_000 })).toBe(
      "Dao.InvalidProposalDuration",
    );
    expect(stage.act("c2", "dao.propose", { ...other, duration: 431_999 })).toBe("Yes");
    expect(stage.act(root, "dao.propose", other)).toBe("BadOrigin");
  });

  it("may be made again after it closed, under the next number", () => {
    const stage = open({ duration: 0 });
    expect(stage.act("c1", "dao.close", { ...closing, proposal_index: 1 })).toBe("Dao.WrongIndex");
    expect(stage.act("c1", "dao.close", closing)).toBe("No");
    expect(stage.act("c1", "dao.propose", asked())).toBe("Yes");
    expect(openOf(stage)?.index).toBe(1);
  });

  it("of duration 0 takes votes and closes in the block in which it was made", () => {
    const stage = open({ duration: 0, threshold: 1 });
    expect(stage.act("f1", "dao.vote", voting(1, true))).toBe("No");
    expect(stage.act("c1", "dao.close", closing)).toBe("No");
    expect(stage.state.farming.connectionPrice).toBe(120n);
  });

  it("that failed when it was executed counts as approved and is gone", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    const action = proposal("tfgrid.set_farm_dedicated", { farm_id: 9, dedicated: true });
    stage.act("c1", "dao.propose", { ...action, threshold: 1 });
    stage.act("f1", "dao.vote", { farm_id: 1, proposal: action.hash, approve: true });
    expect(stage.act("c2", "dao.close", { proposal: action.hash, proposal_index: 0 })).toBe("No");
    expect(stage.state.dao.open.size).toBe(0);
    expect(stage.events.slice(-3)).toMatchObject([
      { event: "Dao.Closed" },
      { event: "Dao.Approved" },
      { event: "Dao.Executed", result: "TfgridModule.FarmNotExists" },
    ]);
  });
});

describe("a vote", () => {
  it("is the farm's: its owner only, and not for a farm without weight", () => {
    const stage = open();
    expect(stage.act("f1", "dao.vote", voting(2, true))).toBe("Dao.NotAuthorizedToVote");
    expect(stage.act("f1", "dao.vote", voting(9, true))).toBe("Dao.NotAuthorizedToVote");
    const empty = stage.farm("f4");
    expect(stage.act("f4", "dao.vote", voting(empty, true))).toBe("Dao.FarmHasNoNodes");
    const tie = { hru: 0, sru: 100 * 2 ** 30, cru: 1, mru: 2 * 2 ** 30 };
    const weightless = stage.farm("f5", [tie]);
    expect(stage.act("f5", "dao.vote", voting(weightless, true))).toBe("Dao.FarmHasNoNodes");
  });

  it("keeps the weight that its farm had, and takes the new one when it changes sides", () => {
    const stage = open();
    stage.act("f1", "dao.vote", voting(1, true));
    stage.node("f1.n1", 1, LARGE);
    expect(openOf(stage)?.ayes).toEqual([{ farm: 1, weight: 42n }]);
    expect(stage.act("f1", "dao.vote", voting(1, true))).toBe("Dao.DuplicateVote");
    expect(stage.act("f1", "dao.vote", voting(1, false))).toBe("Yes");
    expect(openOf(stage)).toMatchObject({ ayes: [], nays: [{ farm: 1, weight: 129n }] });
  });

  it("of capacity that moved to another farm counts again through that farm", () => {
    const stage = open();
    stage.act("f1", "dao.vote", voting(1, true));
    stage.act("f1.n0", "tfgrid.update_node", { node_id: 1, farm_id: 2, resources: SMALL });
    stage.act("f2", "dao.vote", voting(2, true));
    expect(openOf(stage)?.ayes.map(({ weight }) => weight)).toEqual([42n, 129n]);
    expect(stage.act("f1", "dao.vote", voting(1, false))).toBe("Dao.FarmHasNoNodes");
  });

  it("that leaves a side is replaced there by the last one", () => {
    const stage = open();
    for (const [who, farm] of [
      ["f1", 1],
      ["f2", 2],
      ["f3", 3],
    ] as const) {
      stage.act(who, "dao.vote", voting(farm, true));
    }
    stage.act("f1", "dao.vote", voting(1, false));
    expect(openOf(stage)?.ayes.map(({ farm }) => farm)).toEqual([3, 2]);
  });

  it("counts in the last block, and not in the next", () => {
    const stage = open({ duration: 10 });
    stage.block = 11;
    expect(stage.act("f1", "dao.vote", voting(1, true))).toBe("No");
    stage.block = 12;
    expect(stage.act("f2", "dao.vote", voting(2, true))).toBe("Dao.TimeLimitReached");
  });
});

describe("a veto", () => {
  const against = { proposal: PRICE.hash };

  it("of the third member removes the proposal", () => {
    const stage = open();
    expect(stage.act("f1", "dao.veto", against)).toBe("Dao.NotCouncilMember");
    expect(stage.act("c1", "dao.veto", against)).toBe("No");
    expect(stage.act("c1", "dao.veto", against)).toBe("Dao.DuplicateVeto");
    expect(stage.act("c2", "dao.veto", against)).toBe("No");
    expect(stage.act("c3", "dao.veto", against)).toBe("No");
    expect(stage.names.slice(-3)).toEqual([
      "Dao.CouncilMemberVeto",
      "Dao.ClosedByCouncil",
      "Dao.Disapproved",
    ]);
    expect(stage.act("c4", "dao.veto", against)).toBe("Dao.ProposalMissing");
  });

  it("may come after the end, and stays when the seat is lost", () => {
    const stage = open({ duration: 1 });
    stage.block = 1_000;
    stage.act("c1", "dao.veto", against);
    stage.act(council(3, 5), "membership.remove_member", { who: "c1" });
    stage.act("c2", "dao.veto", against);
    stage.act("c3", "dao.veto", against);
    expect(stage.state.dao.open.size).toBe(0);
  });
});

describe("the chain in block 0", () => {
  it("announces nothing, and does what it is told", () => {
    const stage = new Stage("mock-dao");
    expect(stage.act("1", "dao.propose", asked())).toBe("Yes");
    expect(stage.names).toEqual([]);
    stage.block = 1;
    stage.act("2", "dao.veto", { proposal: PRICE.hash });
    expect(stage.names).toEqual(["Dao.CouncilMemberVeto"]);
  });
});
