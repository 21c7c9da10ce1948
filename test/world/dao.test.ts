import { describe, expect, it } from "vitest";
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { voteWeight, weightUnits } from "../../src/protocol/index.ts";
import { bytes, cores, seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { build, type Prepared, prepare, type World } from "../../src/world/index.ts";
import type { ProposalRecord } from "../../src/world/proposal.ts";
import type { Setup, TimelineEntry } from "../../src/world/setup.ts";
import { DAY, tellWorld } from "./money.ts";
import { roomy } from "./roomy.ts";

type Voters = Partial<Setup["assumptions"]["voter"]>;
type Proposing = Extract<TimelineEntry, { readonly kind: "propose" }>;

const CU = "policy.pricing.cu";
const SU = "policy.pricing.su";
/** All farms look, all follow the council. */
const LOYAL: Voters = { kinds: [0, 1, 0], turnout: 1 };

/** A proposal on the second day. */
const proposing = (
  changes: Proposing["changes"],
  more: Partial<Proposing> = {},
): TimelineEntry => ({
  kind: "propose",
  at: seconds(DAY + 90),
  changes,
  threshold: 1,
  lasts: seconds(2 * DAY),
  by: 1,
  ...more,
});
const HALF = [{ key: CU, value: 50_000 }];
const halved = proposing(HALF);

const whole = roomy({ demand: { users: 0.4 } }, { length: seconds(9 * DAY) });
const base = { ...whole, countries: [{ ...whole.countries[0], weight: 1 }] };

/** Nine days of a grid in one country, with such voters, a timeline, and a DAO of its own. */
function grid(
  timeline: readonly TimelineEntry[],
  voter: Voters = LOYAL,
  dao: Partial<Setup["policy"]["dao"]> = {},
): Setup {
  const { policy, assumptions } = base;
  return {
    ...base,
    timeline,
    assumptions: { ...assumptions, voter: { ...assumptions.voter, ...voter } },
    policy: { ...policy, dao: { ...policy.dao, ...dao } },
  };
}

/** Laws of the grid, which neither a vote nor a timeline changes. */
const laws = new Map<Setup["assumptions"]["churn"], Prepared>();

function lived(setup: Setup): World {
  const { churn } = setup.assumptions;
  const prepared = laws.get(churn) ?? prepare(setup);
  laws.set(churn, prepared);
  const simulation = build({ ...prepared, setup }, new Chance([7, 11], 0));
  const { end, local, judge } = simulation;
  runWindows({ start: 0, end, window: setup.window, local, judge });
  closing(simulation.world, setup.length);
  return simulation.world;
}

const only = (setup: Setup): ProposalRecord => lived(setup).dao.all[0];

const untouched = tellWorld(lived(grid([])));

/** The same grid where a policy entry does what a vote did, when it did it. */
const decreed = (record: ProposalRecord, changes: Proposing["changes"]): unknown =>
  tellWorld(lived(grid([{ kind: "policy", at: seconds(record.closed), changes }])));

describe("a proposal that passes", () => {
  const world = lived(grid([halved]));
  const [record] = world.dao.all;

  it("is the live policy from the block of its closing: the next bill, not the last", () => {
    expect(record).toMatchObject({ fate: "approved", result: "Ok", closed: record.ends + DAY });
    expect(world.policy.pricing.cu).toBe(50_000);
    expect(tellWorld(world)).toEqual(
      decreed(record, halved.kind === "propose" ? halved.changes : []),
    );
    expect(tellWorld(world)).not.toEqual(untouched);
  });

  it("was voted for by every farm with nodes, each with its weight", () => {
    const { farms, weight, yes, no, yesWeight } = record;
    expect({ yes, no, yesWeight }).toEqual({ yes: farms, no: 0, yesWeight: weight });
    expect(farms).toBeGreaterThan(5);
  });

  it("does the same in windows of any length", () => {
    const day = lived({ ...grid([halved]), window: seconds(DAY) });
    expect(day.dao.all).toEqual(world.dao.all);
    expect(tellWorld(day)).toEqual(tellWorld(world));
  });
});

describe("a proposal that does not pass leaves the world as if nobody had asked", () => {
  const FATES: readonly (readonly [string, Partial<Proposing>, Voters, Partial<ProposalRecord>])[] =
    [
      ["too few farms voted", { threshold: 10_000 }, {}, { fate: "disapproved" }],
      ["nobody voted", { threshold: 0 }, { turnout: 0 }, { fate: "disapproved", yes: 0 }],
      [
        "three members of the council veto",
        {},
        { vetoing: 3, vetoAfter: seconds(3_600) },
        {
          fate: "vetoed",
          vetoed: 3,
        },
      ],
      [
        "it is to be open for 30 days",
        { lasts: seconds(30 * DAY) },
        {},
        {
          fate: "refused",
          result: "Dao.InvalidProposalDuration",
        },
      ],
      [
        "whoever proposes has no seat",
        { by: 8 },
        {},
        {
          fate: "refused",
          result: "Dao.NotCouncilMember",
        },
      ],
      [
        "it is still open at the end",
        { lasts: seconds(20 * DAY) },
        {},
        { fate: "open", result: "" },
      ],
    ];

  it.each(FATES)("%s", (_, more, voters, fate) => {
    const world = lived(grid([proposing(HALF, more)], { ...LOYAL, ...voters }));
    expect(world.dao.all).toMatchObject([fate]);
    expect(tellWorld(world)).toEqual(untouched);
  });

  it("it is open twice: the second is a duplicate", () => {
    const twice = lived(grid([halved, { ...halved, at: seconds(2 * DAY) }]));
    expect(twice.dao.all.map(({ result }) => result)).toEqual(["Ok", "Dao.DuplicateProposal"]);
  });

  it("it is approved and its call fails: the frequency can only rise", () => {
    const lower = proposing([{ key: "policy.billing.frequency", value: 300 }]);
    const world = lived(grid([lower]));
    const result = "SmartContractModule.CanOnlyIncreaseFrequency";
    expect(world.dao.all).toMatchObject([{ fate: "approved", result }]);
    expect(tellWorld(world)).toEqual(untouched);
  });

  it("two vetoes are not enough", () => {
    const record = only(grid([halved], { ...LOYAL, vetoing: 2, vetoAfter: seconds(3_600) }));
    expect(record).toMatchObject({ fate: "approved", vetoed: 2 });
  });
});

describe("quirks that a member of the DAO should know", () => {
  it("a proposal for one price takes back what passed meanwhile for another", () => {
    const slow = proposing(HALF, { lasts: seconds(4 * DAY) });
    const quick = proposing([{ key: SU, value: 90_000 }], { at: seconds(1.5 * DAY) });
    const { pricing } = lived(grid([slow, quick])).policy;
    expect([pricing.cu, pricing.su]).toEqual([50_000, 50_000]);
  });

  it("the council may close at the first favourable moment, days before the end", () => {
    const early = { ...LOYAL, whales: 1, whaleVote: "nay" as const };
    const wait = only(grid([halved], early));
    const hurry = only(grid([halved], { ...early, closing: "whenLeading" }));
    expect(hurry.closed).toBeLessThan(wait.closed);
    expect(hurry.yes + hurry.no).toBeLessThan(wait.yes + wait.no);
    expect(hurry.yesWeight).toBeGreaterThan(hurry.noWeight);
    const wiki = only(
      grid([halved], { ...early, closing: "whenLeading" }, { closing: "thresholdAndTime" }),
    );
    expect(wiki.closed).toBeGreaterThanOrEqual(wiki.ends);
  });

  it.each([
    ["capacity", true],
    ["quadratic", true],
    ["equal", true],
    ["stake", false],
  ] as const)("nodes that move vote twice where %s weighs: %s", (weight, twice) => {
    const voter = { kinds: [1, 0, 0], turnout: 0, whales: 1, whaleVote: "aye" as const };
    const once = only(grid([halved], voter, { weight }));
    const moved = only(grid([halved], { ...voter, whaleMoves: 2 }, { weight }));
    expect(moved.yesWeight).toBe(once.yesWeight * (twice ? 3n : 1n));
    expect([once.yes, moved.yes]).toEqual([1, twice ? 3 : 1]);
  });
});

/** What all nodes that are on the chain at a second weigh, summed without asking any farm. */
function weightOfGrid({ fleet: { nodes } }: World, second: number): bigint {
  let sum = 0n;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.joined[node] > second || nodes.left[node] <= second) continue;
    const { cru, mru, sru, hru } = nodes;
    const resources = {
      cru: cores(BigInt(cru[node])),
      mru: bytes(BigInt(mru[node])),
      sru: bytes(BigInt(sru[node])),
      hru: bytes(BigInt(hru[node])),
    };
    sum += voteWeight(weightUnits(resources));
  }
  return sum;
}

describe("the weight of a vote", () => {
  it("is that of the nodes that stand when the farm votes, whatever comes later", () => {
    const at = (day: number) =>
      proposing([{ key: CU, value: 50_000 + day }], { at: seconds(day * DAY), lasts: seconds(0) });
    const setup = grid([at(1), at(8)]);
    const { assumptions } = setup;
    const churn = { ...assumptions.churn, departure: 0.9, growth: 2, founding: 0.3 };
    const world = lived({ ...setup, assumptions: { ...assumptions, churn } });
    const weights = world.dao.all.map(({ yesWeight }) => yesWeight);
    expect(weights).toEqual(world.dao.all.map(({ proposed }) => weightOfGrid(world, proposed)));
    expect(weights[0]).not.toBe(weights[1]);
  });

  it("counts heads, roots or earnings where a what-if says so", () => {
    const of = (weight: Setup["policy"]["dao"]["weight"]) =>
      only(grid([halved], LOYAL, { weight }));
    const { yes, yesWeight } = of("equal");
    expect(yesWeight).toBe(BigInt(yes));
    const capacity = of("capacity");
    expect(of("quadratic").yesWeight).toBeLessThan(capacity.yesWeight);
    expect(of("stake").yes).toBeLessThan(capacity.yes);
  });

  it("decides whether enough have voted where the quorum is one of weight", () => {
    const voter = { kinds: [1, 0, 0], turnout: 0, whales: 1, whaleVote: "aye" as const };
    const of = (quorumWeight: number) =>
      only(
        grid([{ ...halved, threshold: 10_000 } as TimelineEntry], voter, {
          quorum: "weight",
          quorumWeight,
        }),
      );
    const { yesWeight, weight } = of(0.01);
    const share = Number(yesWeight) / Number(weight);
    expect(of(share * 0.9).fate).toBe("approved");
    expect(of(share * 1.1).fate).toBe("disapproved");
  });
});

/** A month and a half in which a month is paid, and then rewards are put to the vote. */
function paid(factor: number, voter: Voters, dao: Partial<Setup["policy"]["dao"]> = {}): World {
  const setup = grid([], { kinds: [1, 0, 0], turnout: 1, ...voter }, dao);
  const { farming } = setup.policy;
  const { diyCu, diySu, certifiedCu, certifiedSu } = farming;
  const changes = Object.entries({ diyCu, diySu, certifiedCu, certifiedSu }).map(
    ([name, value]) => ({ key: `policy.farming.${name}`, value: Math.round(value * factor) }),
  );
  const at = seconds(34 * DAY);
  return lived({
    ...setup,
    length: seconds(45 * DAY),
    timeline: [proposing(changes, { at })],
  });
}

describe("farms that vote for their income", () => {
  it("want more for their capacity, and not less", () => {
    const more = paid(2, {}).dao.all[0];
    const less = paid(0.5, {}).dao.all[0];
    expect([more.no, less.yes]).toEqual([0, 0]);
    expect(more.yes).toBeGreaterThan(5);
    expect(less.no).toBe(more.yes);
  });

  it("stay away where the change is less than they care about", () => {
    const { yes, no } = paid(1.004, { indifference: 0.005 }).dao.all[0];
    expect([yes, no]).toEqual([0, 0]);
  });

  it("stay away from a price where nobody rents from them", () => {
    const { yes, no, farms } = only(grid([halved], { kinds: [1, 0, 0], turnout: 1 }));
    expect(yes).toBe(0);
    expect(no).toBeGreaterThan(0);
    expect(no).toBeLessThan(farms);
  });

  it("sell their votes for more than they lose, and for no less", () => {
    const buy = (bribe: number) => paid(0.5, { bribe, bribable: 1 }).dao.all[0];
    const dear = buy(1_000_000);
    expect(dear).toMatchObject({ no: 0, fate: "approved" });
    expect(dear.bribed).toBe(dear.yes);
    const cheap = buy(0.01);
    expect(cheap.fate).toBe("disapproved");
    expect(cheap.no).toBeGreaterThan(cheap.bribed);
  });
});

describe("turnout", () => {
  it("adds voters when it rises, and takes none away", () => {
    const voters = (turnout: number): readonly number[] => {
      const world = lived(grid([halved], { kinds: [0, 0.6, 0.4], turnout }));
      return world.dao.all[0].votes.map(({ farm }) => farm);
    };
    const few = new Set(voters(0.2));
    const many = new Set(voters(0.7));
    expect(few.size).toBeLessThan(many.size);
    expect([...few].filter((farm) => !many.has(farm))).toEqual([]);
  });
});
