/** What a node's contracts report, counted; and what is said of its power. */
import { describe, expect, it } from "vitest";
import {
  hear,
  type MintingEvent,
  meteredBefore,
  meterTraffic,
  type NodeFacts,
  noUtilization,
  openMinting,
  openUptime,
  periodStart,
  report,
  stateChanged,
  TAIL_LENGTH,
  targetChanged,
  type UptimeJudge,
  uptimeRules,
} from "../../src/protocol/index.ts";
import { meteredContract } from "../../src/protocol/utilization.ts";
import { bytes, cores, milliUsd, seconds } from "../../src/units/index.ts";

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

describe("a traffic report", () => {
  const used = {
    ...{ cru: cores(2n), mru: bytes(3n) },
    ...{ sru: bytes(5n), hru: bytes(7n) },
  };
  const none = { utilization: noUtilization, contract: meteredBefore(4n, used) };
  const at = (second: number, window = 60) => ({
    ...{ at: seconds(second), window: seconds(window), traffic: bytes(9n) },
  });
  const counted = {
    ...{ cru: 120n, mru: 180n, sru: 300n, hru: 420n, ips: 240n, traffic: 9n },
  };

  it("counts what is used, by its seconds, and the bytes once", () => {
    const once = meterTraffic(none, at(START + 60), judge.span);
    expect(once.utilization).toEqual(counted);
    expect(once.contract).toEqual({ ...none.contract, lastAt: START + 60 });
    const twice = meterTraffic(once, at(START + 70, 10), judge.span);
    const and = (more: bigint, before: bigint) => before + more;
    expect(twice.utilization).toEqual({
      ...{ cru: and(20n, 120n), mru: and(30n, 180n), sru: and(50n, 300n), hru: and(70n, 420n) },
      ...{ ips: and(40n, 240n), traffic: 18n },
    });
  });

  it.each([
    ["in the first second", START, true],
    ["before it", START - 1, false],
    ["in the last block", END + 3, true],
    ["after it", END + 4, false],
  ])("counts %s: %s", (_what, second, counts) => {
    const after = meterTraffic(none, at(second), judge.span);
    expect(after.utilization).toEqual(counts ? counted : noUtilization);
  });

  it("counts the addresses and the bytes alone while nothing is known of what is used", () => {
    const contract = meteredContract(4n, seconds(START));
    const after = meterTraffic(
      { utilization: noUtilization, contract },
      at(START + 60),
      judge.span,
    );
    expect(after.utilization).toEqual({ ...noUtilization, ips: 240n, traffic: 9n });
  });

  it("counts no second of a contract twice", () => {
    const once = meterTraffic(none, at(START + 60), judge.span);
    expect(meterTraffic(once, at(START + 60), judge.span)).toBe(once);
    expect(meterTraffic(once, at(START + 59), judge.span)).toBe(once);
  });
});

describe("what a node's farmer and the node say of power", () => {
  const told = (...events: readonly MintingEvent[]) =>
    events.reduce((node, event) => hear(node, event, judge), openMinting(facts, judge));
  const asleep = [
    { kind: "uptime", at: seconds(START + 60), reported: seconds(60) },
    { kind: "target", at: seconds(START + 100), power: "Down" },
    { kind: "state", at: seconds(START + 120), power: "Down" },
  ] as const;

  it("reaches the ledger of uptime until the tail is over, and not later", () => {
    const sleeping = told(...asleep);
    // From the last report to the sleep is credited whole.
    expect(sleeping.uptime).toEqual(
      stateChanged(
        targetChanged(
          report(
            openUptime(judge.span, null),
            { at: seconds(START + 60), reported: seconds(60) },
            judge,
          ),
          seconds(START + 100),
          "Down",
        ),
        seconds(START + 120),
        "Down",
        judge,
      ),
    );
    const wake = { kind: "target", at: seconds(END + TAIL_LENGTH), power: "Up" } as const;
    const late = { ...wake, at: seconds(END + 40 * 86_400) };
    expect(hear(sleeping, late, judge)).toBe(sleeping);
    expect(hear(sleeping, { ...wake, at: seconds(START + 500) }, judge).uptime).not.toEqual(
      sleeping.uptime,
    );
  });
});
