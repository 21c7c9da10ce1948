/**
 * One node's mint of one period, uptime and reward: by its 1,096 reports, and in closed form.
 *
 * The stepped one stands beside a bare loop over the same reports that only adds what uptime grew
 * by, so that the machine's own pace is seen; the closed one beside the stepped one. All three
 * credit the same seconds, and the two mints pay the same to the last unit.
 */
import {
  closeUptime,
  fullCount,
  fullReward,
  mintUnits,
  openUptime,
  PERIOD_LENGTH,
  paidCount,
  paidPermille,
  payRules,
  report,
  reportRun,
  reportsOfLife,
  reward,
  rewardRates,
  settlementSecond,
  uptimePermille,
  uptimeRules,
} from "../../dist/protocol/index.js";
import { GIB } from "../../dist/units/index.js";
import { compare, rate } from "./row.mjs";

const BLOCK = 6;
const JUDGE = {
  span: { start: 0, end: PERIOD_LENGTH, firstBlock: BLOCK, endBlock: PERIOD_LENGTH + BLOCK },
  rules: uptimeRules.current,
  waiver: null,
};
const RESOURCES = {
  cru: 8n,
  mru: BigInt(32 * GIB),
  sru: BigInt(1_000 * GIB),
  hru: 0n,
};
const POLICY = {
  id: 1,
  cu: 2_400n,
  su: 1_000n,
  nu: 30n,
  ipv4: 5n,
  minimalUptime: 95,
  default: true,
  immutable: false,
  nodeCertification: "Diy",
  farmCertification: "NotCertified",
  created: 1,
  end: 0,
};
const PRICE = 80n;
const RATES = rewardRates(POLICY, "Diy");

/** The second of a node's boot before the period, and how long it runs on after the end. */
const bootOf = (node) => -((node * 641) % 40_000) - 1;
const UNTIL = settlementSecond(PERIOD_LENGTH);

const runOf = (node) => reportsOfLife({ boot: bootOf(node), from: 1, until: UNTIL }, 0);

/** TFT units of one node, report by report and with the rules on exact integers. */
function stepped(node) {
  const { at, reported, every, gain, count } = runOf(node);
  let state = openUptime(JUDGE.span, null);
  for (let k = 0; k < count; k += 1)
    state = report(state, { at: at + k * every, reported: reported + k * gain }, JUDGE);
  const { credited, violation } = closeUptime(state, JUDGE, null);
  const minted = {
    units: mintUnits(RESOURCES),
    ipSeconds: 0n,
    certification: "Diy",
    policy: POLICY,
    connectionPrice: PRICE,
    virtualized: false,
    violated: violation !== null,
  };
  return Number(reward(minted, credited, payRules.current).paid.tft);
}

/** What a class of nodes is paid for a whole period, in 1e-3 USD, once for all its nodes. */
const UNITS = mintUnits(RESOURCES);
const FULL = fullCount(Number(UNITS.cu), Number(UNITS.su), 0, 0, RATES);

/** TFT units of one node in closed form and in plain numbers. */
function closed(node) {
  const state = reportRun(openUptime(JUDGE.span, null), runOf(node), JUDGE);
  const { credited, violation } = closeUptime(state, JUDGE, null);
  if (violation !== null) return 0;
  const paid = paidPermille(uptimePermille(credited), POLICY, "Diy", payRules.current);
  return paidCount(FULL, Number(PRICE), paid);
}

/** Seconds of one node that a bare loop adds up. */
function bare(node) {
  const { at, reported, every, gain, count } = runOf(node);
  let credited = Math.min(at, reported);
  let before = at;
  let told = reported;
  for (let k = 1; k < count; k += 1) {
    const now = at + k * every;
    const uptime = reported + k * gain;
    if (before < PERIOD_LENGTH)
      credited += Math.min(uptime - told, now > PERIOD_LENGTH ? PERIOD_LENGTH - before : gain);
    before = now;
    told = uptime;
  }
  return credited;
}

/** Sums a way of minting over some nodes; answers their number. */
function all(way, nodes, sums) {
  let sum = 0;
  for (let node = 0; node < nodes; node += 1) sum += way(node);
  sums.add(sum / nodes);
  return nodes;
}

/** Mints of a node and period a second. */
export function measureMinting({ runs = 5, tiny = false } = {}) {
  const suffix = tiny ? "-tiny" : "";
  const few = tiny ? 8 : 2_000;
  const many = tiny ? 8 : 200_000;
  const paid = new Set();
  const found = [
    compare({
      name: `minting-step${suffix}`,
      unit: "mints/s",
      reference: "bare-loop",
      runs,
      ours: () => rate(() => all(stepped, few, paid)),
      theirs: () => rate(() => all(bare, few, new Set())),
    }),
    compare({
      name: `minting-closed${suffix}`,
      unit: "mints/s",
      reference: "by-report",
      runs,
      ours: () => rate(() => all(closed, many, paid)),
      theirs: () => rate(() => all(stepped, few, paid)),
    }),
  ];
  if (paid.size > 1) throw new Error(`mints differ: ${[...paid].join(" and ")}`);
  const reports = runOf(0).count;
  if (reports < 1_096) throw new Error(`a period has ${reports} reports`);
  const usd = Number(
    fullReward({
      units: UNITS,
      ipSeconds: 0n,
      certification: "Diy",
      policy: POLICY,
      connectionPrice: PRICE,
      virtualized: false,
      violated: false,
    }).usd,
  );
  if (usd !== FULL) throw new Error(`a period pays ${FULL}, by the rule ${usd}`);
  return found;
}
