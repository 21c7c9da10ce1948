/**
 * Life: a farm and its nodes through an epoch, node by node, event by event.
 *
 * Every cause has its next second at hand; the earliest comes first. Within one second the order
 * is: boot, line, failure, hardware, power, update, timeline, leaving.
 */
import { enrol, lineCameBack, lineWentDown } from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import { Cause } from "./facts.ts";
import { breakDown, fail, impose, imposedAt, nextReboot, reboot } from "./failure.ts";
import type { Ground } from "./ground.ts";
import { layLine } from "./line.ts";
import { layPower } from "./power.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** What comes next to a node: the number is the order within a second. */
const Next = {
  boot: 0,
  line: 1,
  rest: 2,
  hardware: 3,
  power: 4,
  update: 5,
  imposed: 6,
  departure: 7,
} as const;

/** Seconds of what comes next, by `Next`, and how far the farm's and the grid's have been met. */
export class Hand {
  readonly due = new Float64Array(8);
  lineAt = 0;
  lineDead = false;
  blackoutAt = 0;
  imposedAt = 0;
}

/** Lets a farm and all its nodes live through the epoch. */
export function liveFarm(ground: Ground, farm: number, hand: Hand): void {
  const { epoch, farms, nodes } = ground;
  epoch.meetFarm(farms.lineDown[farm] === 1);
  layLine(ground, farm);
  layPower(ground, farm);
  for (let node = farms.lineFirst(farm); node >= 0; node = nodes.nextInFarm[node])
    liveNode(ground, node, hand);
  for (let at = 0; at < epoch.blackouts; at++) farms.losePower(farm, epoch.blackout[at * 2 + 1]);
}

/** Lets a node live through the epoch whose farm has been laid out. */
function liveNode(ground: Ground, node: number, hand: Hand): void {
  const { nodes, epoch, view } = ground;
  view.begin(node, nodes);
  if (!nodes.gone(node)) {
    const joins = node >= epoch.firstNew;
    meet(ground, node, hand, joins ? nodes.joined[node] : NEVER);
    const { due } = hand;
    for (;;) {
      let next = 0;
      let now = due[0];
      for (let kind = 1; kind < 8; kind++) {
        if (due[kind] < now) {
          now = due[kind];
          next = kind;
        }
      }
      if (now >= epoch.end) break;
      happen(ground, node, hand, next, now);
    }
    nodes.setFuture(node, due[Next.rest], due[Next.hardware], due[Next.departure]);
  }
  view.finish(node);
}

/** Takes in hand what comes next to a node; one that joins at a second has no past before it. */
function meet(ground: Ground, node: number, hand: Hand, joined: number): void {
  const { nodes, epoch } = ground;
  const { due } = hand;
  hand.lineAt = 0;
  hand.lineDead = epoch.lineDead;
  hand.blackoutAt = 0;
  hand.imposedAt = 0;
  due[Next.rest] = nodes.restDue(node);
  due[Next.hardware] = nodes.hardwareDue(node);
  due[Next.departure] = nodes.departureDue(node);
  if (joined === NEVER) {
    due[Next.update] = nextReboot(ground, node, epoch.start - 1);
    due[Next.boot] = nodes.running[node] === 1 ? NEVER : nodes.downUntil(node);
  } else join(ground, node, hand, joined);
  due[Next.line] = hand.lineAt < epoch.lineTurns ? epoch.line[hand.lineAt] : NEVER;
  due[Next.power] = hand.blackoutAt < epoch.blackouts ? epoch.blackout[hand.blackoutAt * 2] : NEVER;
  due[Next.imposed] = epoch.imposed.length > 0 ? imposedAt(ground, epoch.imposed[0]) : NEVER;
}

/** A node joins: it meets its farm's line as it is, and boots when the farm has power. */
function join(ground: Ground, node: number, hand: Hand, now: number): void {
  const { nodes, farms, epoch } = ground;
  while (hand.lineAt < epoch.lineTurns && epoch.line[hand.lineAt] <= now) {
    hand.lineAt += 1;
    hand.lineDead = !hand.lineDead;
  }
  let dark = farms.powerUntil[nodes.farm[node]];
  while (hand.blackoutAt < epoch.blackouts && epoch.blackout[hand.blackoutAt * 2] <= now) {
    dark = Math.max(dark, epoch.blackout[hand.blackoutAt * 2 + 1]);
    hand.blackoutAt += 1;
  }
  enrol(ground.uptime, node, !hand.lineDead);
  const boot = dark <= now ? now : Math.ceil(dark);
  nodes.keepDown(node, boot);
  hand.due[Next.boot] = boot;
  hand.due[Next.update] = nextReboot(ground, node, now);
}

function happen(ground: Ground, node: number, hand: Hand, next: number, now: number): void {
  const { nodes, epoch } = ground;
  const { due } = hand;
  ground.events += 1;
  switch (next) {
    case Next.boot:
      ground.bringUp(node, now, !hand.lineDead);
      due[Next.boot] = NEVER;
      return;
    case Next.line:
      turnLine(ground, node, hand, now);
      return;
    case Next.rest:
      due[Next.rest] = fail(ground, node, now);
      break;
    case Next.hardware:
      due[Next.hardware] = breakDown(ground, node, now);
      break;
    case Next.power: {
      const until = epoch.blackout[hand.blackoutAt * 2 + 1];
      hand.blackoutAt += 1;
      due[Next.power] =
        hand.blackoutAt < epoch.blackouts ? epoch.blackout[hand.blackoutAt * 2] : NEVER;
      ground.takeDown(node, now, until + ground.bootSeconds(node, now), Cause.power);
      break;
    }
    case Next.update:
      due[Next.update] = nextReboot(ground, node, now);
      reboot(ground, node, now);
      break;
    case Next.imposed: {
      const row = epoch.imposed[hand.imposedAt];
      hand.imposedAt += 1;
      due[Next.imposed] =
        hand.imposedAt < epoch.imposed.length
          ? imposedAt(ground, epoch.imposed[hand.imposedAt])
          : NEVER;
      impose(ground, node, row);
      break;
    }
    default:
      ground.remove(node, now);
      due.fill(NEVER);
      return;
  }
  due[Next.boot] = nodes.running[node] === 1 ? NEVER : nodes.downUntil(node);
}

/** The farm's line is cut, or works again. */
function turnLine(ground: Ground, node: number, hand: Hand, now: number): void {
  const { epoch, uptime } = ground;
  hand.lineAt += 1;
  hand.due[Next.line] = hand.lineAt < epoch.lineTurns ? epoch.line[hand.lineAt] : NEVER;
  hand.lineDead = !hand.lineDead;
  if (hand.lineDead) {
    lineWentDown(uptime, node, seconds(now));
    ground.hide(node, now);
  } else {
    lineCameBack(uptime, node, seconds(now));
    ground.show(node, now);
  }
}
