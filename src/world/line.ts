/** Lines: a farm's connection works and is cut in turn; its nodes run on, unseen. */
import { exponential, streamId } from "../kernel/index.ts";
import { type LineLife, lineLife } from "../models/index.ts";
import type { Ground } from "./ground.ts";
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
  if (u(0) < life.down.mean / (life.down.mean + life.working.mean))
    farms.cutLine(farm, Math.max(1, Math.ceil(life.downStill(u(1), u(2)))));
  else workLine(ground, farm, 0);
}

/** The line of a farm works from a second on, until its next cut. */
export function workLine(ground: Ground, farm: number, now: number): void {
  const { farms, chance, laws } = ground;
  const u = chance.uniform(WORKING, farms.lineCause(farm), 0, farms.lineNumber(farm));
  const { lineCourse } = laws.farms[farms.linePlace(farm)];
  const time =
    lineCourse === null
      ? now + lifeOf(ground, farm).working.quantile(u)
      : lineCourse.after(now, unitWait.quantile(u));
  farms.restoreLine(farm, Math.ceil(time));
}

/** Lays out the line of a farm through the epoch. */
export function layLine(ground: Ground, farm: number): void {
  const { farms, chance, epoch } = ground;
  const life = lifeOf(ground, farm);
  for (let second = farms.lineNext(farm); second < epoch.end; second = farms.lineNext(farm)) {
    epoch.turnLine(second);
    if (farms.lineDown[farm] === 1) workLine(ground, farm, second);
    else {
      const number = farms.lineNumber(farm);
      const lasts = chance.draw(life.down, DOWN, farms.lineCause(farm), 0, number);
      farms.cutLine(farm, second + Math.max(1, Math.ceil(lasts)));
    }
  }
}
