/**
 * Usage: what each user had of each kind of workload, where somebody asks for it.
 */
import { WORKLOADS } from "../models/index.ts";
import { NONE, STEP } from "./contract.ts";
import { Fact } from "./facts.ts";
import type { World } from "./state.ts";
import type { Usage } from "./usage-table.ts";

/** The row of a user and a workload. */
const usageRow = (user: number, workload: number): number => user * WORKLOADS.length + workload;

const rowOf = ({ contracts, deployments }: World, contract: number): number =>
  usageRow(contracts.user[contract], deployments.workload[contracts.deployment[contract]]);

/** A contract was billed, in 1e-7 TFT. */
export function notePaid(world: World, usage: Usage, contract: number, paid: number): void {
  usage.period[rowOf(world, contract)] += paid;
}

/** A contract left its node after so many seconds, of which it could be reached in some. */
export function noteLived(
  world: World,
  contract: number,
  seconds: { readonly lived: number; readonly reachable: number },
): void {
  const { usage } = world;
  if (usage === null) return;
  const row = rowOf(world, contract);
  usage.lived[row] += seconds.lived;
  usage.reachable[row] += seconds.reachable;
}

/** A wish of a user for a place of a workload was met. */
export function noteMet({ usage }: World, user: number, workload: number): void {
  if (usage !== null) usage.placed[usageRow(user, workload)] += 1;
}

/** A wish was refused, for a reason of `Refusal`; answers that it was not met. */
export function refused(
  { gauges, facts, usage }: World,
  wish: {
    readonly user: number;
    readonly workload: number;
    readonly second: number;
    readonly why: number;
  },
): false {
  const { user, workload, second, why } = wish;
  gauges.refused[why] += 1;
  facts.add(Fact.deploymentRefused, second, user, why);
  if (usage !== null) usage.refused[usageRow(user, workload)] += 1;
  return false;
}

/** What was taken so far is worth so much a unit of 1e-7 TFT; bills must be done. */
export function valueUsage({ usage }: World, usd: number): void {
  if (usage === null) return;
  for (let row = 0; row < usage.period.length; row++) {
    usage.usd[row] += usage.period[row] * usd;
    usage.period[row] = 0;
  }
}

/** Adds what contracts that still live have lived to that of those that ended, as new columns. */
export function livedUntil(
  world: World,
  usage: Usage,
  lives: {
    readonly until: number;
    readonly reached: (contract: number) => number;
  },
): { readonly lived: Float64Array; readonly reachable: Float64Array } {
  const { contracts, terms } = world;
  const lived = Float64Array.from(usage.lived);
  const reachable = Float64Array.from(usage.reachable);
  for (let contract = 0; contract < contracts.count; contract += STEP) {
    if (!contracts.lives(contract) || contracts.node[contract] === NONE) continue;
    const row = rowOf(world, contract);
    lived[row] += lives.until - contracts.created[contract] * terms.secondsPerBlock;
    reachable[row] += lives.reached(contract);
  }
  return { lived, reachable };
}
