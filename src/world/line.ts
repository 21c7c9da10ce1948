/** Lines: a farm's connection works and is cut in turn; its nodes run on, unseen. */
import { exponential, streamId } from "../kernel/index.ts";
import { type LineLife, lineLife } from "../models/index.ts";
import { lineCameBack, lineWentDown } from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import { Cause } from "./facts.ts";
import { type Ground, Local } from "./ground.ts";
import { withOwn } from "./variation.ts";

const WORKING = streamId("line.working");
const DOWN = streamId("line.down");
const FIRST = streamId("line.first");

const unitWait = exponential(1);

/** The life of a farm's line: that of its place, or its own. */
function lifeOf(ground: Ground, farm: number): LineLife {
  const { farms, laws, chance, setup } = ground;
  const place = farms.linePlace(farm);
  const { line, values, ownLine } = laws.farms[place];
  if (ownLine.length === 0) return line;
  const { developed } = setup.countries[place >> 1];
  const own = withOwn(values, ownLine, chance, farms.lineCause(farm), 0);
  return lineLife(own.line, { dataCentre: (place & 1) === 1, developed });
}

/** Meets the line of a farm at second 0: working, or down for a while. */
export function startLine(ground: Ground, farm: number): void {
  const { farms, chance } = ground;
  const life = lifeOf(ground, farm);
  const u = (number: number): number => chance.uniform(FIRST, farms.lineCause(farm), 0, number);
  if (u(0) < life.down.mean / (life.down.mean + life.working.mean)) {
    const back = Math.max(1, Math.ceil(life.downStill(u(1), u(2))));
    farms.cutLine(farm);
    ground.due(back, Local.lineBack, farm);
  } else dueCut(ground, farm, 0);
}

/** Makes the next cut of a working line due. */
export function dueCut(ground: Ground, farm: number, now: number): void {
  const { farms, chance, laws } = ground;
  const u = chance.uniform(WORKING, farms.lineCause(farm), 0, farms.lineNumber(farm));
  const { lineCourse } = laws.farms[farms.linePlace(farm)];
  const time =
    lineCourse === null
      ? now + lifeOf(ground, farm).working.quantile(u)
      : lineCourse.after(now, unitWait.quantile(u));
  ground.due(time, Local.lineCut, farm);
}

/** The line is cut: no node of the farm can be reached. */
export function cutLine(ground: Ground, farm: number, now: number): void {
  const { farms, nodes, chance } = ground;
  const number = farms.lineNumber(farm);
  const lasts = chance.draw(lifeOf(ground, farm).down, DOWN, farms.lineCause(farm), 0, number);
  const back = now + Math.max(1, Math.ceil(lasts));
  farms.cutLine(farm);
  ground.due(back, Local.lineBack, farm);
  for (let node = farms.lineFirst(farm); node >= 0; node = nodes.nextInFarm[node]) {
    lineWentDown(ground.uptime, node, seconds(now));
    if (nodes.reachable[node] === 1) ground.hide(node, now, Cause.line);
  }
}

/** The line works again: nodes that run can be reached. */
export function restoreLine(ground: Ground, farm: number, now: number): void {
  const { farms, nodes } = ground;
  farms.restoreLine(farm);
  for (let node = farms.lineFirst(farm); node >= 0; node = nodes.nextInFarm[node]) {
    lineCameBack(ground.uptime, node, seconds(now));
    if (nodes.running[node] === 1) ground.show(node, now);
  }
  dueCut(ground, farm, now);
}
