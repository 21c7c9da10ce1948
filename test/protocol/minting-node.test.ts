import { describe, expect, it } from "vitest";
import {
  closeMinting,
  defaultPolicies,
  farmingBlock,
  hear,
  type MintingEvent,
  type MintingNode,
  meteredBefore,
  minimumUptime,
  mintingBlock,
  type NodeFacts,
  openMinting,
  periodStart,
  type ResourceRule,
  TAIL_LENGTH,
  TAIL_LENGTH_2022,
  type TwinCheck,
  type UptimeJudge,
  uptimeRules,
} from "../../src/protocol/index.ts";
import { bytes, cores, milliUsd, seconds } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import {
  casesOf,
  eventsOf,
  type Json,
  judgeOf,
  mintOf,
  policyOf,
  resourcesOf,
} from "./minting-cases.ts";

const START = periodStart(74);
const END = periodStart(75);
const judge: UptimeJudge = {
  span: {
    start: START,
    end: END,
    firstBlock: seconds(START + 3),
    endBlock: seconds(END + 3),
  },
  rules: uptimeRules.current,
  waiver: null,
};
const policies = defaultPolicies(defaults(farmingBlock));
const minimum = minimumUptime(defaults(mintingBlock));
const GIB = 2n ** 30n;
const titan = {
  cru: cores(8n),
  mru: bytes(32n * GIB),
  sru: bytes(1000n * GIB),
  hru: bytes(0n),
};
const facts: NodeFacts = {
  farm: 1,
  twin: 2,
  resources: titan,
  certification: "Diy",
  policy: 1,
  connectionPrice: milliUsd(80n),
  virtualized: false,
};

const at = (second: number) => seconds(START + second);
const closed = (node: MintingNode, twin: TwinCheck | null = null) =>
  closeMinting(node, judge, { policy: policies[node.facts.policy - 1], twin, minimum });

/** A node that reports all period long, and hears something else on the way. */
function lived(
  events: readonly MintingEvent[],
  rule: ResourceRule = "last",
  from = openMinting(facts, judge),
): MintingNode {
  const all = [...events];
  for (let second = 2_400; START + second <= END + 2_400; second += 2_400) {
    all.push({ kind: "uptime", at: at(second), reported: seconds(90_000 + second) });
  }
  all.sort((a, b) => a.at - b.at);
  return all.reduce((node, event) => hear(node, event, judge, rule), from);
}

const updated = (second: number, told: Partial<NodeFacts>): MintingEvent => ({
  kind: "updated",
  at: at(second),
  facts: told,
});
const traffic = (second: number, id: number, gib: bigint, window = 3_600): MintingEvent => ({
  kind: "traffic",
  at: at(second),
  id,
  window: seconds(window),
  traffic: gib * GIB,
});

describe("the public minting cases, followed event by event,", () => {
  it.each(casesOf("mint"))("come out the same: %s", (_, { input }) => {
    const expected = mintOf(input);
    const caseJudge = judgeOf(input);
    const contracts = new Map(
      Object.entries<Json>(input.contracts ?? {}).map(([id, { ips, used }]) => [
        Number(id),
        meteredBefore(BigInt(ips), resourcesOf(used)),
      ]),
    );
    const power = input.initial_power;
    let node = openMinting(factsOf(input.node), caseJudge, {
      power: power ? { ...power, downSince: seconds(power.down_ts ?? 0) } : null,
      contracts,
    });
    for (const event of eventsOf(input)) node = hear(node, eventOf(event), caseJudge);
    const all: Json = input.policies ?? {};
    const own = all[String(node.facts.policy)];
    const policy = own
      ? policyOf({ id: node.facts.policy, ...own })
      : policies[node.facts.policy - 1];
    const { twin } = input;
    const result = closeMinting(node, caseJudge, {
      policy,
      twin: twin
        ? { exists: twin.exists, relay: twin.relay ?? null, keyLength: twin.pk_len ?? null }
        : null,
      minimum: minimumUptime({ ...defaults(mintingBlock), rules: input.rules ?? "current" }),
    });
    const { verdict, units, utilization, reward } = expected;
    expect(result).toMatchObject({ verdict, units, utilization, reward });
  });
});

function factsOf(node: Json): NodeFacts {
  return {
    farm: node.farm_id,
    twin: node.twin_id,
    resources: resourcesOf(node.resources),
    certification: node.certification,
    policy: node.farming_policy_id,
    connectionPrice: milliUsd(BigInt(node.connection_price)),
    virtualized: node.virtualized,
  };
}

function eventOf(event: Json): MintingEvent {
  const when = seconds(event.ts);
  switch (event.t) {
    case "uptime":
      return { kind: "uptime", at: when, reported: seconds(event.uptime) };
    case "target":
    case "state":
      return { kind: event.t, at: when, power: event.value };
    case "contract":
      return { kind: "contract", at: when, id: event.id, ips: BigInt(event.ips) };
    case "used":
      return { kind: "used", at: when, id: event.id, resources: resourcesOf(event.resources) };
    case "nru":
      return {
        kind: "traffic",
        at: when,
        id: event.id,
        window: seconds(event.window),
        traffic: BigInt(event.nru),
      };
    default: {
      const told: Json = {};
      const names: Json = {
        farm_id: "farm",
        twin_id: "twin",
        certification: "certification",
        farming_policy_id: "policy",
        virtualized: "virtualized",
      };
      for (const [key, value] of Object.entries<Json>(event.node)) {
        if (key === "resources") told.resources = resourcesOf(value);
        else if (key === "connection_price") told.connectionPrice = milliUsd(BigInt(value));
        else if (key in names) told[names[key]] = value;
      }
      return { kind: "updated", at: when, facts: told };
    }
  }
}

describe("a node that is updated", () => {
  const twice = { ...titan, cru: cores(16n), mru: bytes(64n * GIB), sru: bytes(2000n * GIB) };
  const half = { ...titan, cru: cores(4n), mru: bytes(16n * GIB), sru: bytes(500n * GIB) };
  it.each([
    ["is paid for what it told last, an hour before the end", twice, "last", 15_750_000n],
    ["and loses nothing by a loss made good", half, "last", 3_750_000n],
    ["or for the least it told, where that is asked for", twice, "least", 7_750_000n],
    ["which a loss lowers", half, "least", 3_750_000n],
  ] as const)("%s", (_what, resources, rule, cu) => {
    const node = lived([updated(2_600_000, { resources })], rule);
    expect(closed(node).units.cu).toBe(cu);
  });

  it("is paid in full again where the loss was made good within the period", () => {
    const events = [updated(10, { resources: half }), updated(20, { resources: titan })];
    expect(closed(lived(events)).units.cu).toBe(7_750_000n);
    expect(closed(lived(events, "least")).units.cu).toBe(3_750_000n);
  });

  it("is virtual for the whole period once it was, and has no reward", () => {
    const events = [updated(10, { virtualized: true }), updated(20, { virtualized: false })];
    const { facts: last, reward } = closed(lived(events));
    expect(last.virtualized).toBe(true);
    expect(reward.paid.tft).toBe(0n);
  });

  it("takes farm, twin, certification, policy and price of the last update", () => {
    const told = {
      farm: 7,
      twin: 8,
      certification: "Certified",
      policy: 2,
      connectionPrice: milliUsd(100n),
    } as const;
    expect(closed(lived([updated(10, told)])).facts).toMatchObject(told);
  });

  it("keeps what it was at the end block, whatever is told after it", () => {
    const after = updated(END - START + 4, { resources: half });
    expect(closed(lived([after])).units.cu).toBe(7_750_000n);
    const within = updated(END - START + 3, { resources: half });
    expect(closed(lived([within])).units.cu).toBe(3_750_000n);
  });
});

describe("a report of traffic", () => {
  const made: MintingEvent = { kind: "contract", at: at(1_000), id: 5, ips: 2n };
  const used: MintingEvent = { kind: "used", at: at(1_001), id: 5, resources: titan };
  it.each([
    [
      "counts with the addresses and the resources of its window",
      [traffic(5_000, 5, 3n)],
      7_200n,
      3n,
    ],
    ["counts not at the second of the contract's creation", [traffic(1_000, 5, 3n)], 0n, 0n],
    [
      "counts once where it comes twice",
      [traffic(5_000, 5, 3n), traffic(5_000, 5, 3n)],
      7_200n,
      3n,
    ],
    ["counts not for a contract that is not known", [traffic(5_000, 6, 3n)], 0n, 0n],
    ["counts not after the end block", [traffic(END - START + 4, 5, 3n)], 0n, 0n],
    ["counts at the end block", [traffic(END - START + 3, 5, 3n)], 7_200n, 3n],
  ] as const)("%s", (_what, events, ips, gib) => {
    const { utilization, units } = closed(lived([made, used, ...events]));
    expect(utilization.ips).toBe(ips);
    expect(units.nu).toBe(gib * 1_000_000n);
    expect(utilization.cru).toBe(ips === 0n ? 0n : 8n * 3_600n);
  });

  it("is the only thing that earns for an address: without one the hours are lost", () => {
    const quiet = closed(lived([made, used]));
    const busy = closed(lived([made, used, traffic(5_000, 5, 1n)]));
    expect(quiet.utilization.ips).toBe(0n);
    // Two addresses for an hour at 5, and a GiB at 30, all of it 1e-3 USD.
    expect(busy.reward.full.usd - quiet.reward.full.usd).toBe(40n);
  });

  it("counts for a contract from before the period from its first report on", () => {
    const before = openMinting(facts, judge, {
      power: null,
      contracts: new Map([[9, meteredBefore(1n, titan)]]),
    });
    const { utilization } = closed(lived([traffic(10, 9, 1n)], "last", before));
    expect(utilization.ips).toBe(3_600n);
  });
});

describe("a node's twin is looked at after the tail", () => {
  it.each([
    [{ exists: false, relay: null, keyLength: 1 }, "MissingTwin"],
    [{ exists: true, relay: null, keyLength: 1 }, "MissingRelay"],
    [{ exists: true, relay: "", keyLength: 33 }, "MissingRelay"],
    [{ exists: true, relay: "relay.grid.tf", keyLength: 32 }, "InvalidPublicKey"],
    [{ exists: true, relay: "relay.grid.tf", keyLength: 33 }, null],
    [{ exists: true, relay: "relay.grid.tf", keyLength: null }, null],
  ])("%j: %s", (twin, violation) => {
    const result = closed(lived([]), twin);
    expect(result.verdict.violation).toBe(violation);
    expect(result.reward.paid.tft === 0n).toBe(violation !== null);
  });

  it("but only where the node reported, and after an earlier violation", () => {
    const silent = closed(openMinting(facts, judge), {
      exists: false,
      relay: null,
      keyLength: null,
    });
    expect(silent.verdict.violation).toBeNull();
    const held = hear(
      hear(
        openMinting(facts, judge),
        { kind: "uptime", at: at(600), reported: seconds(600) },
        judge,
      ),
      { kind: "uptime", at: at(3_000), reported: seconds(3_061) },
      judge,
    );
    expect(closed(held, { exists: false, relay: null, keyLength: null }).verdict.violation).toBe(
      "UptimeTooHigh",
    );
  });
});

describe("a node that registers in the period", () => {
  it("is measured against all of it, and earns nothing after 36.5 hours", () => {
    const from = (hours: number) => {
      let node = openMinting(facts, judge);
      for (let second = hours * 3_600; START + second <= END + 2_400; second += 2_400) {
        const reported = seconds(second - hours * 3_600);
        node = hear(node, { kind: "uptime", at: at(second), reported }, judge);
      }
      return closed(node).reward;
    };
    expect(from(36).paid.tft).toBeGreaterThan(0n);
    expect(from(37).paid.tft).toBe(0n);
  });
});

describe("how long the run looks beyond the end", () => {
  const late = (tail: number | undefined, second: number) => {
    const own = tail === undefined ? judge : { ...judge, tail: seconds(tail) };
    const first = hear(
      openMinting(facts, own),
      { kind: "uptime", at: seconds(END - 100), reported: seconds(90_000) },
      own,
    );
    const event = { kind: "uptime", at: seconds(END + second), reported: seconds(90_100 + second) };
    return closed(hear(first, event as MintingEvent, own)).verdict.credited;
  };
  it.each([
    [undefined, TAIL_LENGTH + 3, 2_560],
    [undefined, TAIL_LENGTH + 4, 2_460],
    [TAIL_LENGTH_2022, TAIL_LENGTH_2022 + 3, 2_560],
    [TAIL_LENGTH_2022, TAIL_LENGTH_2022 + 4, 2_460],
  ])("with a tail of %s a report %i s after it is worth %i in all", (tail, second, credited) => {
    expect(late(tail, second)).toBe(credited);
  });
});
