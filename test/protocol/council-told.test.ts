/** What the council announces, whom it refuses, and what it leaves alone. */
import { describe, expect, it } from "vitest";
import { council as motions, type Origin, refused } from "../../src/protocol/index.ts";
import { blocks, seconds } from "../../src/units/index.ts";
import { proposal, root, Stage } from "./stage.ts";

const PRICE = proposal("tfgrid.set_connection_price", { price: 7 });
const { hash } = PRICE;
const naming = { proposal: hash, index: 0 };
const seated = (stage: Stage) => stage.state.council.members;

/** A council of five before whom a motion lies that three ayes carry. */
function moved(threshold = 3): Stage {
  const stage = new Stage();
  stage.act("c1", "council.propose", { ...PRICE, threshold });
  return stage;
}

const vote = (stage: Stage, who: string, approve: boolean) =>
  stage.told(who, "council.vote", { ...naming, approve });

describe("a verdict on a motion", () => {
  const of = { seats: 5, threshold: 3, yes: 0, no: 0, expired: true, primeAye: false };

  it.each([
    ["ayes enough", { yes: 3, no: 1 }, { approved: true, early: true, yes: 3, no: 1 }],
    ["nays enough", { yes: 1, no: 3 }, { approved: false, early: true, yes: 1, no: 3 }],
    ["silence", { yes: 1, no: 1 }, { approved: false, early: false, yes: 1, no: 4 }],
    ["a prime", { yes: 1, no: 1, primeAye: true }, { approved: true, early: false, yes: 4, no: 1 }],
  ])("after its time, with %s", (_, votes, value) => {
    expect(motions.motionVerdict({ ...of, ...votes })).toEqual({ ok: true, value });
  });
});

describe("a motion, told", () => {
  it("is proposed without votes, and each has the next number", () => {
    const stage = new Stage();
    const proposed = (index: number, one: typeof PRICE) => [
      "Yes",
      { event: "Council.Proposed", account: "c1", proposalHash: one.hash, index, threshold: 3 },
    ];
    const other = proposal("system.remark", { remark: "other" });
    for (const [index, one] of [PRICE, other].entries()) {
      const told = stage.told("c1", "council.propose", { ...one, threshold: 3 });
      expect(told).toEqual(proposed(index, one));
    }
    const motion = stage.state.council.motions.get(hash);
    expect(motion).toMatchObject({ index: 0, threshold: 3, ayes: [], nays: [], end: 1_201 });
    expect(stage.state.council.made).toBe(2);
  });

  it("says who voted what, and how the votes stand then", () => {
    const stage = moved();
    const voted = { event: "Council.Voted", proposalHash: hash };
    expect(stage.told("c1", "council.vote", { ...naming, proposal: "none" })).toEqual([
      "Council.ProposalMissing",
    ]);
    expect(vote(stage, "c2", true)).toEqual([
      "No",
      { ...voted, account: "c2", voted: true, yes: 1, no: 0 },
    ]);
    expect(vote(stage, "c1", false)).toEqual([
      "No",
      { ...voted, account: "c1", voted: false, yes: 1, no: 1 },
    ]);
    expect(vote(stage, "c2", false)).toEqual([
      "Yes",
      { ...voted, account: "c2", voted: false, yes: 0, no: 2 },
    ]);
    expect(vote(stage, "c2", false)).toEqual(["Council.DuplicateVote"]);
  });

  it("that is carried is gone, and says with how many votes and what came of it", () => {
    const stage = moved();
    const { members, made } = stage.state.council;
    for (const who of ["c1", "c2", "c3"]) vote(stage, who, true);
    vote(stage, "c4", false);
    expect(stage.told("x", "council.close", naming)).toEqual([
      "Yes",
      { event: "Council.Closed", proposalHash: hash, yes: 3, no: 1 },
      { event: "Council.Approved", proposalHash: hash },
      { event: "TfgridModule.ConnectionPriceSet", price: 7n },
      { event: "Council.Executed", proposalHash: hash, result: "Ok" },
    ]);
    expect(stage.state.council).toEqual({ members, made, prime: null, motions: new Map() });
    expect(stage.told("x", "council.close", naming)).toEqual(["Council.ProposalMissing"]);
  });

  it("that is voted down is gone for free, and nothing is made of it", () => {
    const stage = moved();
    for (const who of ["c1", "c2", "c3"]) vote(stage, who, false);
    const wrong = { ...naming, index: 1 };
    expect(stage.told("x", "council.close", wrong)).toEqual(["Council.WrongIndex"]);
    expect(stage.told("x", "council.close", naming)).toEqual([
      "No",
      { event: "Council.Closed", proposalHash: hash, yes: 0, no: 3 },
      { event: "Council.Disapproved", proposalHash: hash },
    ]);
    expect(stage.state.council.motions.size).toBe(0);
    expect(stage.state.farming.connectionPrice).toBe(80n);
  });

  it.each([
    ["no prime", null, "c1", 4],
    ["a prime who was silent", "c2", "c1", 4],
    ["a prime who said nay", "c2", "c1", 4],
  ])("over its time with %s counts who was silent as a nay", (what, prime, aye, no) => {
    const stage = moved();
    if (prime !== null) stage.act(root, "membership.set_prime", { who: prime });
    vote(stage, aye, true);
    if (what.endsWith("nay") && prime !== null) vote(stage, prime, false);
    stage.block = 1_201;
    expect(stage.told("x", "council.close", naming)).toEqual([
      "No",
      { event: "Council.Closed", proposalHash: hash, yes: 1, no },
      { event: "Council.Disapproved", proposalHash: hash },
    ]);
  });

  it("is removed by root without a vote", () => {
    const stage = moved();
    const remove = { proposal: hash };
    expect(stage.told("c1", "council.disapprove_proposal", remove)).toEqual(["BadOrigin"]);
    expect(stage.told(root, "council.disapprove_proposal", remove)).toEqual([
      "Yes",
      { event: "Council.Disapproved", proposalHash: hash },
    ]);
    expect(stage.state.council.motions.size).toBe(0);
  });

  it("that runs at once says what came of it, on the authority of one aye of the seats", () => {
    const stage = new Stage("runtime", { council: ["c1"] });
    const told = stage.told("c1", "council.propose", { ...PRICE, threshold: 1 });
    expect(told).toEqual([
      "Yes",
      { event: "TfgridModule.ConnectionPriceSet", price: 7n },
      { event: "Council.Executed", proposalHash: hash, result: "Ok" },
    ]);
  });

  it("of a member alone runs on that member's authority", () => {
    const { state } = new Stage();
    const at = { block: blocks(1), now: seconds(0) };
    const origins: Origin[] = [];
    const dispatch = (_: typeof state, __: string, origin: Origin) => {
      origins.push(origin);
      return refused("Nothing");
    };
    const call = { action: "anything", hash: "h" };
    const made = motions.executeAlone(
      { ...state, council: { ...state.council, motions: new Map() } },
      "c2",
      call,
      at,
      dispatch as never,
    );
    expect(origins).toEqual([{ kind: "member", account: "c2" }]);
    expect(made.ok && made.value.events).toEqual([
      { event: "Council.MemberExecuted", proposalHash: "h", result: "Nothing" },
    ]);
  });
});

describe("a seat", () => {
  const event = (name: string) => ["Yes", { event: `CouncilMembership.${name}` }];

  it("is given, taken, swapped and set anew, each told once", () => {
    const stage = new Stage();
    const act = (name: string, args: object) => stage.told(root, `membership.${name}`, args);
    expect(act("add_member", { who: "d" })).toEqual(event("MemberAdded"));
    expect(act("remove_member", { who: "d" })).toEqual(event("MemberRemoved"));
    expect(act("swap_member", { remove: "c1", add: "a" })).toEqual(event("MembersSwapped"));
    expect(act("set_prime", { who: "a" })).toEqual(["Yes"]);
    expect(act("clear_prime", {})).toEqual(["Yes"]);
    expect(act("reset_members", { members: ["z", "b"] })).toEqual(event("MembersReset"));
    expect(seated(stage)).toEqual(["b", "z"]);
  });

  it("is not swapped from a stranger, nor to a member; with itself nothing happens", () => {
    const stage = new Stage();
    const swap = (remove: string, add: string) =>
      stage.told(root, "membership.swap_member", { remove, add });
    expect(swap("x", "y")).toEqual(["CouncilMembership.NotMember"]);
    expect(swap("c1", "c2")).toEqual(["CouncilMembership.AlreadyMember"]);
    expect(swap("x", "x")).toEqual(["Yes"]);
    expect(swap("c1", "c1")).toEqual(["Yes"]);
    expect(seated(stage)).toEqual(["c1", "c2", "c3", "c4", "c5"]);
  });

  it("is handed on by who has it; to itself by anyone, who is told that the key changed", () => {
    const stage = new Stage();
    const hand = (who: string, to: string) => stage.told(who, "membership.change_key", { new: to });
    expect(hand("x", "y")).toEqual(["CouncilMembership.NotMember"]);
    expect(hand("c1", "c2")).toEqual(["CouncilMembership.AlreadyMember"]);
    expect(hand("c1", "a")).toEqual(event("KeyChanged"));
    expect(stage.state.council.prime).toBeNull();
    stage.act(root, "membership.set_prime", { who: "c2" });
    expect(hand("c3", "e")).toEqual(event("KeyChanged"));
    expect(stage.state.council.prime).toBe("c2");
    expect(hand("c2", "b")).toEqual(event("KeyChanged"));
    expect(stage.state.council.prime).toBe("b");
    const { council } = stage.state;
    for (const who of ["x", "b"]) expect(hand(who, who)).toEqual(event("KeyChanged"));
    expect(stage.state.council).toBe(council);
    expect(seated(stage)).toEqual(["a", "b", "c4", "c5", "e"]);
  });

  it("takes along its own votes and chair only", () => {
    const stage = moved();
    stage.act(root, "membership.set_prime", { who: "c3" });
    vote(stage, "c1", true);
    vote(stage, "c2", true);
    vote(stage, "c4", false);
    vote(stage, "c5", false);
    stage.act(root, "membership.remove_member", { who: "c1" });
    stage.act(root, "membership.swap_member", { remove: "c4", add: "x" });
    expect(stage.state.council.motions.get(hash)).toMatchObject({ ayes: ["c2"], nays: ["c5"] });
    expect(stage.state.council).toMatchObject({ prime: "c3", made: 1 });
    stage.act(root, "membership.reset_members", { members: ["c2", "c5"] });
    expect(stage.state.council.prime).toBeNull();
    expect(stage.state.council.motions.get(hash)).toMatchObject({ ayes: ["c2"], nays: ["c5"] });
  });

  it("is held twice by who is named twice where all are set anew, and taken once at a time", () => {
    const stage = new Stage();
    const members = (): string => stage.state.council.members.join(" ");
    expect(stage.act(root, "membership.reset_members", { members: ["c2", "c1", "c2"] })).toBe(
      "Yes",
    );
    expect(members()).toBe("c1 c2 c2");
    const remark = proposal("system.remark", { remark: "0x00" });
    stage.act("c1", "council.propose", { ...remark, threshold: 3 });
    stage.act("c2", "council.vote", { proposal: remark.hash, index: 0, approve: true });
    const voices = (): readonly string[] =>
      [...stage.state.council.motions.values()].flatMap(({ ayes }) => ayes);
    expect(voices()).toEqual(["c2"]);
    expect(stage.act(root, "membership.remove_member", { who: "c2" })).toBe("Yes");
    expect(members()).toBe("c1 c2");
    expect(voices()).toEqual([]);
    expect(stage.act(root, "membership.remove_member", { who: "c2" })).toBe("Yes");
    expect(stage.act(root, "membership.remove_member", { who: "c2" })).toBe(
      "CouncilMembership.NotMember",
    );
    stage.act(root, "membership.reset_members", { members: ["c2", "c1", "c2"] });
    expect(stage.act("c2", "membership.change_key", { new: "c9" })).toBe("Yes");
    expect(members()).toBe("c1 c2 c9");
  });

  it("is one of a hundred where all are set anew", () => {
    const stage = new Stage();
    const members = Array.from({ length: 101 }, (_, index) => `m${index}`);
    const reset = (count: number) =>
      stage.act(root, "membership.reset_members", { members: members.slice(0, count) });
    expect(reset(101)).toBe("CouncilMembership.TooManyMembers");
    expect(seated(stage)).toHaveLength(5);
    expect(reset(100)).toBe("Yes");
    expect(seated(stage)).toHaveLength(100);
  });
});
