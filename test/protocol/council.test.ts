import { describe, expect, it } from "vitest";
import { council as motions } from "../../src/protocol/index.ts";
import { council, proposal, root, Stage } from "./stage.ts";

/** seats, threshold, yes, no, expired, prime aye: how it closes, with how many ayes. */
const CLOSINGS = `
  5 3 3 0 no  no   approved 3
  5 3 2 3 no  no   disapproved 2
  5 3 2 2 no  no   TooEarly
  5 3 0 2 no  no   TooEarly
  5 3 0 3 no  no   disapproved 0     three nays leave too few
  5 3 2 0 yes no   disapproved 2     who was silent is a nay
  5 3 2 0 yes yes  approved 5        who was silent follows the prime
  5 3 1 2 yes yes  approved 3
  5 4 1 2 yes yes  disapproved 1     decided before the time is over
  5 2 2 3 no  no   approved 2        carried, whatever the nays
  3 5 3 0 no  no   disapproved 3     more ayes than there are seats
`;

describe("a motion", () => {
  it.each(
    CLOSINGS.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/)),
  )("of %s seats with threshold %s, %s ayes, %s nays, over %s, prime %s: %s %s", (...row) => {
    const [seats, threshold, yes, no] = row.slice(0, 4).map(Number);
    const [expired, primeAye] = row.slice(4, 6).map((word) => word === "yes");
    const tally = { seats, threshold, yes, no, expired, primeAye };
    const verdict = motions.motionVerdict(tally);
    const told = verdict.ok
      ? [verdict.value.approved ? "approved" : "disapproved", String(verdict.value.yes)]
      : [verdict.error];
    expect(told).toEqual(row.slice(6, 6 + told.length));
  });

  const PRICE = proposal("tfgrid.set_connection_price", { price: 7 });
  const naming = { proposal: PRICE.hash, index: 0 };
  const moved = (threshold: number): Stage => {
    const stage = new Stage();
    expect(stage.act("c1", "council.propose", { ...PRICE, threshold })).toBe("Yes");
    return stage;
  };

  it("carried by three fifths makes a restricted call", () => {
    const stage = moved(3);
    for (const who of ["c1", "c2", "c3"]) {
      expect(stage.act(who, "council.vote", { ...naming, approve: true })).toBe("No");
    }
    expect(stage.act("anyone", "council.close", naming)).toBe("Yes");
    expect(stage.state.farming.connectionPrice).toBe(7n);
    expect(stage.names.slice(-4)).toEqual([
      "Council.Closed",
      "Council.Approved",
      "TfgridModule.ConnectionPriceSet",
      "Council.Executed",
    ]);
  });

  it("carried by fewer runs, and the restricted call in it fails with BadOrigin", () => {
    const stage = moved(2);
    for (const who of ["c1", "c2"]) stage.act(who, "council.vote", { ...naming, approve: true });
    expect(stage.act("c1", "council.close", naming)).toBe("Yes");
    expect(stage.events.at(-1)).toMatchObject({ event: "Council.Executed", result: "BadOrigin" });
    expect(stage.state.farming.connectionPrice).toBe(80n);
  });

  it("with a threshold below two runs at once on the authority of one", () => {
    const stage = moved(1);
    expect(stage.events).toMatchObject([{ event: "Council.Executed", result: "BadOrigin" }]);
    expect(stage.state.council.motions.size).toBe(0);
    const alone = new Stage("runtime", { council: ["c1"] });
    alone.act("c1", "council.propose", { ...PRICE, threshold: 1 });
    expect(alone.state.farming.connectionPrice).toBe(7n);
  });

  it("is the council's own, and free for the first vote only", () => {
    const stage = moved(3);
    expect(stage.act("x", "council.propose", { ...PRICE, threshold: 3 })).toBe("Council.NotMember");
    expect(stage.act("c2", "council.propose", { ...PRICE, threshold: 3 })).toBe(
      "Council.DuplicateProposal",
    );
    expect(stage.act("x", "council.vote", { ...naming, approve: true })).toBe("Council.NotMember");
    const other = { ...naming, index: 1, approve: true };
    expect(stage.act("c1", "council.vote", other)).toBe("Council.WrongIndex");
    expect(stage.act("c1", "council.vote", { ...naming, approve: true })).toBe("No");
    expect(stage.act("c1", "council.vote", { ...naming, approve: true })).toBe(
      "Council.DuplicateVote",
    );
    expect(stage.act("c1", "council.vote", { ...naming, approve: false })).toBe("Yes");
    expect(stage.act("c1", "council.close", naming)).toBe("Council.TooEarly");
  });

  it("lives for 1,200 blocks, then follows the prime for those who were silent", () => {
    const stage = moved(3);
    stage.act(root, "membership.set_prime", { who: "c2" });
    stage.act("c2", "council.vote", { ...naming, approve: true });
    stage.block = 1_200;
    expect(stage.act("c1", "council.close", naming)).toBe("Council.TooEarly");
    stage.block = 1_201;
    expect(stage.act("c1", "council.close", naming)).toBe("Yes");
    expect(stage.state.farming.connectionPrice).toBe(7n);
  });

  it("of a prime of whom the collective never hears counts all who are silent as nays", () => {
    const stage = moved(3);
    stage.state = { ...stage.state, runtime: { ...stage.state.runtime, primeRule: "unheard" } };
    stage.act(root, "membership.set_prime", { who: "c2" });
    stage.act("c2", "council.vote", { ...naming, approve: true });
    stage.block = 1_201;
    const before = stage.state.farming.connectionPrice;
    expect(stage.act("c1", "council.close", naming)).toBe("No");
    expect(stage.state.farming.connectionPrice).toBe(before);
    expect(stage.state.council.prime).toBe("c2");
  });

  it("loses the votes of whoever leaves the council, and the prime with them", () => {
    const stage = moved(3);
    stage.act(root, "membership.set_prime", { who: "c2" });
    stage.act("c2", "council.vote", { ...naming, approve: true });
    stage.act(root, "membership.remove_member", { who: "c2" });
    expect(stage.state.council.motions.get(PRICE.hash)?.ayes).toEqual([]);
    expect(stage.state.council.prime).toBeNull();
  });

  it("is one of a hundred at most", () => {
    const stage = new Stage();
    for (let price = 0; price < 100; price++) {
      const motion = { ...proposal("tfgrid.set_connection_price", { price }), threshold: 2 };
      expect(stage.act("c1", "council.propose", motion)).toBe("Yes");
    }
    const last = { ...proposal("system.remark"), threshold: 2 };
    expect(stage.act("c1", "council.propose", last)).toBe("Council.TooManyProposals");
    expect(stage.act(root, "council.disapprove_proposal", { proposal: "none" })).toBe("Yes");
  });
});

describe("the membership", () => {
  it("is changed by three fifths of the council or by the DAO", () => {
    const stage = new Stage();
    expect(stage.act("c1", "membership.add_member", { who: "d" })).toBe("BadOrigin");
    expect(stage.act(council(2, 5), "membership.add_member", { who: "d" })).toBe("BadOrigin");
    expect(stage.act(council(3, 5), "membership.add_member", { who: "d" })).toBe("Yes");
    expect(stage.act(root, "membership.add_member", { who: "d" })).toBe(
      "CouncilMembership.AlreadyMember",
    );
    expect(stage.act(root, "membership.remove_member", { who: "x" })).toBe(
      "CouncilMembership.NotMember",
    );
    expect(stage.act(root, "membership.swap_member", { remove: "c1", add: "a" })).toBe("Yes");
    expect(stage.state.council.members).toEqual(["a", "c2", "c3", "c4", "c5", "d"]);
    expect(stage.act(root, "membership.set_prime", { who: "c1" })).toBe(
      "CouncilMembership.NotMember",
    );
    expect(stage.act("a", "membership.change_key", { new: "b" })).toBe("Yes");
    expect(stage.act(root, "membership.reset_members", { members: ["z", "y"] })).toBe("Yes");
    expect(stage.state.council.members).toEqual(["y", "z"]);
  });

  it("keeps the chair with whoever takes over a key", () => {
    const stage = new Stage();
    stage.act(root, "membership.set_prime", { who: "c3" });
    stage.act("c3", "membership.change_key", { new: "e" });
    expect(stage.state.council.prime).toBe("e");
    stage.act(root, "membership.clear_prime");
    expect(stage.state.council.prime).toBeNull();
  });

  it("has room for a hundred", () => {
    const stage = new Stage();
    for (let seat = 5; seat < 100; seat++) {
      expect(stage.act(root, "membership.add_member", { who: `m${seat}` })).toBe("Yes");
    }
    expect(stage.act(root, "membership.add_member", { who: "m100" })).toBe(
      "CouncilMembership.TooManyMembers",
    );
  });
});

describe("a member alone", () => {
  const remark = { call: "system.remark", args: { remark: "hello" } };
  const price = { call: "tfgrid.set_connection_price", args: { price: 90 } };

  it("executes what nobody else must want, and no restricted call", () => {
    const stage = new Stage();
    const execute = (by: string, proposal: object) =>
      stage.act(by, "council.execute", { proposal });
    expect(execute("x", price)).toBe("Council.NotMember");
    expect(execute("c1", price)).toBe("Yes");
    expect(stage.events.at(-1)).toMatchObject({
      event: "Council.MemberExecuted",
      result: "BadOrigin",
    });
    expect(execute("c1", remark)).toBe("Yes");
    expect(stage.events.at(-1)).toMatchObject({ result: "BadOrigin" });
    expect(stage.state.council.motions.size).toBe(0);
  });

  it("executes a batch, in which each call is refused by itself", () => {
    const stage = new Stage();
    const proposal = { call: "utility.force_batch", args: { calls: [price] } };
    stage.act("c1", "council.execute", { proposal });
    expect(stage.events.slice(-3).map(({ event }) => event)).toEqual([
      "Utility.ItemFailed",
      "Utility.BatchCompletedWithErrors",
      "Council.MemberExecuted",
    ]);
    expect(stage.events.at(-1)).toMatchObject({ result: "Ok" });
  });
});
