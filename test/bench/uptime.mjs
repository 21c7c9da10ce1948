/**
 * Quiet time skipped: a minting period of many nodes' uptime in closed form, and report by report.
 *
 * Every node boots twice and goes down once in the period; both ways credit it the same seconds.
 */
import {
  closePeriod,
  closeUptime,
  enrol,
  nodeBooted,
  nodeWentDown,
  openUptime,
  PERIOD_LENGTH,
  REPORT_INTERVAL,
  report,
  settledUptime,
  settlementSecond,
  settlePeriod,
  uptimeRules,
  uptimeTable,
} from "../../dist/protocol/index.js";
import { compare, rate } from "./row.mjs";

const BLOCK = 6;
/** The seconds of a node's two boots, and of its going down between them. */
const lifeOf = (node) => {
  const first = (node * 641) % 40_000;
  const down = 86_400 + ((node * 7_919) % 2_000_000);
  return { first, down, second: down + 3_600 };
};

const PERIOD = { start: 0, end: PERIOD_LENGTH };
const NEXT = { start: PERIOD_LENGTH, end: 2 * PERIOD_LENGTH };
const JUDGE = {
  span: { ...PERIOD, firstBlock: BLOCK, endBlock: PERIOD_LENGTH + BLOCK },
  rules: uptimeRules.current,
  waiver: null,
};

/** Credits of some nodes in closed form. */
function skip(credits) {
  const nodes = credits.length;
  const table = uptimeTable(nodes, PERIOD);
  for (let node = 0; node < nodes; node += 1) {
    const { first, down, second } = lifeOf(node);
    enrol(table, node, true);
    nodeBooted(table, node, first);
    nodeWentDown(table, node, down);
    nodeBooted(table, node, second);
  }
  closePeriod(table, nodes, NEXT);
  settlePeriod(table, nodes);
  for (let node = 0; node < nodes; node += 1) credits[node] = settledUptime(table, node);
  return nodes;
}

/** Credits of some nodes from each of their reports. */
function step(credits) {
  const end = settlementSecond(PERIOD_LENGTH);
  for (let node = 0; node < credits.length; node += 1) {
    const { first, down, second } = lifeOf(node);
    let state = openUptime(JUDGE.span, null);
    for (const [boot, stop] of [
      [first, down],
      [second, end],
    ]) {
      for (let due = boot; due < stop; due += REPORT_INTERVAL) {
        const at = Math.ceil(due / BLOCK) * BLOCK;
        if (at > 0) state = report(state, { at, reported: due - boot }, JUDGE);
      }
    }
    credits[node] = closeUptime(state, JUDGE, null).credited;
  }
  return credits.length;
}

/** Periods of a node that are credited in a second. */
export function measureUptime({ runs = 5, tiny = false } = {}) {
  const many = new Float64Array(tiny ? 20 : 100_000);
  const few = new Float64Array(tiny ? 10 : 1_000);
  const row = compare({
    name: tiny ? "uptime-tiny" : "uptime-period",
    unit: "periods/s",
    reference: "by-report",
    runs,
    ours: () => rate(() => skip(many)),
    theirs: () => rate(() => step(few)),
  });
  const wrong = few.findIndex((credit, node) => credit !== many[node]);
  if (wrong >= 0) throw new Error(`node ${wrong}: ${many[wrong]} s, by report ${few[wrong]} s`);
  return [row];
}
