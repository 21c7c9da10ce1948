/**
 * Tenants: deploying, moving and ending, as the users of the grid do it.
 *
 * A deployment is planned as parts; each part that needs a node finds one; if any finds none, the
 * whole is refused and nothing has happened. Then the contracts are made and the wallet is filled
 * to what its owner keeps.
 */
import { streamId } from "../kernel/index.ts";
import { Kind } from "../protocol/index.ts";
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { endContract, fill, payFee, settle } from "./account.ts";
import { classOf } from "./class.ts";
import { NONE } from "./contract.ts";
import { Due, Priority } from "./due.ts";
import { Ending, Fact, Refusal } from "./facts.ts";
import { enlist } from "./holding.ts";
import { enterNode, firstOn } from "./occupancy.ts";
import { type Choice, choose } from "./placement.ts";
import { type Part, type Plan, plan } from "./plan.ts";
import { follow } from "./presence.ts";
import type { World } from "./state.ts";
import { noteMet, refused } from "./usage.ts";
import { patienceFor } from "./user.ts";
import { attend, release } from "./wallet.ts";

const STREAM = {
  phase: streamId("contract.phase"),
  patience: streamId("tenant.patience"),
} as const;

/** Choices and phases that one deployment can number: parts times moves. */
const PARTS = 16;

/** The block in which a call made at a second is executed. */
export const blockOf = (world: World, second: number): number =>
  Math.ceil(second / world.terms.secondsPerBlock);

/** A user deploys at a second; `ordinal` is the cause of all draws. True if it was placed. */
export function deploy(world: World, user: number, ordinal: number, second: number): boolean {
  const made = plan(world, user, ordinal);
  const found = placeAll(world, made, { user, ordinal, number: 0 });
  if (found.refusal >= 0) {
    return refused(world, { user, workload: made.workload, second, why: found.refusal });
  }
  const block = blockOf(world, second);
  settle(world, user, block);
  const row = start(world, made, found.nodes, { user, ordinal, block, ends: second + made.life });
  world.gauges.placed += 1;
  noteMet(world, user, made.workload);
  world.facts.add(Fact.deploymentPlaced, second, user, 0);
  fill(world, user);
  attend(world, user);
  world.agenda.push(world.deployments.ends[row], Priority.end, row, Due.end);
  return true;
}

/** Where the parts of a plan go. */
interface Placing {
  readonly nodes: readonly number[];
  /** Why it is refused; -1 if every part has its node. */
  readonly refusal: number;
}

/** Finds a node for every part asked for; parts that share a machine go where the first went. */
export function placeAll(
  world: World,
  made: Plan,
  choice: Choice,
  wanted: ((at: number) => boolean) | null = null,
): Placing {
  const { parts } = made;
  const { user, ordinal } = choice;
  const nodes: number[] = [];
  for (let at = 0; at < parts.length; at++) {
    const { wish, onFirst } = parts[at];
    if (wish === null || wanted?.(at) === false) {
      nodes.push(onFirst ? nodes[0] : NONE);
      continue;
    }
    const node = choose(world, wish, { user, ordinal, number: choice.number * PARTS + at });
    if (node < 0) return { nodes, refusal: -1 - node };
    // Two parts on one node could together ask for more than either was promised.
    if (nodes.includes(node) && !fitsTwice(world, node, made))
      return { nodes, refusal: Refusal.memory };
    nodes.push(node);
  }
  return { nodes, refusal: -1 };
}

/** True if a node has room for every part of a plan at once. */
function fitsTwice(world: World, node: number, made: Plan): boolean {
  const { nodes, farms } = world.fleet;
  const sum = (of: (part: Part) => number): number =>
    made.parts.reduce((total, part) => total + of(part), 0);
  return (
    sum((part) => part.memory) <= nodes.room.freeMru(node) &&
    sum((part) => part.ssd) <= nodes.room.freeSru(node) &&
    sum((part) => part.hdd) <= nodes.room.freeHru(node) &&
    sum((part) => part.ips) <= farms.freeIps(nodes.farm[node])
  );
}

/** Who starts a deployment, when, and until when. */
interface Start {
  readonly user: number;
  readonly ordinal: number;
  readonly block: number;
  readonly ends: number;
  readonly wanted?: (at: number) => boolean;
}

/** Makes the contracts of a placed plan, or of some parts, at a block; answers the deployment. */
export function start(world: World, made: Plan, nodes: readonly number[], of: Start): number {
  const { deployments } = world;
  const row = deployments.add(of.user, of.ordinal, made.workload, of.ends, made.moves);
  let last = NONE;
  for (let at = 0; at < made.parts.length; at++) {
    if (of.wanted?.(at) === false) continue;
    const contract = createContract(world, row, made.parts[at], at, nodes[at], of.block);
    if (last === NONE) deployments.firstContract[row] = contract;
    else world.contracts.nextOfDeployment[last] = contract;
    last = contract;
  }
  return row;
}

/** Makes one contract on the chain, fee paid, and puts it where it belongs. */
function createContract(
  world: World,
  deployment: number,
  part: Part,
  at: number,
  node: number,
  block: number,
): number {
  const { contracts, deployments, fleet, chance, terms } = world;
  const user = deployments.user[deployment];
  if (block > 0) payFee(world, user, creationFee(world, part.kind));
  const second = block * terms.secondsPerBlock;
  const idleClass = classOf(world, part, node, 0);
  const { trafficPerSecond } = part;
  const number = deployments.moved[deployment] * PARTS + at;
  const u = chance.uniform(STREAM.phase, user, deployments.ordinal[deployment], number);
  const runs = node !== NONE && world.view.runs(node);
  const row = contracts.add({
    kind: part.kind,
    user,
    deployment,
    part: at,
    node,
    farm: node === NONE ? NONE : fleet.nodes.farm[node],
    busyClass: trafficPerSecond > 0 ? classOf(world, part, node, trafficPerSecond) : idleClass,
    idleClass,
    phase: Math.floor(u * terms.frequency),
    block,
    cores: part.cores,
    memory: part.memory,
    ssd: part.ssd,
    hdd: part.hdd,
    ips: part.ips,
    trafficPerSecond,
    trafficFrom: trafficPerSecond > 0 && runs ? second : Number.POSITIVE_INFINITY,
    patience: node === NONE ? Number.POSITIVE_INFINITY : patienceOf(world, deployment),
  });
  enterNode(world, row, second);
  enlist(world, user, row);
  follow(world, row);
  world.facts.add(Fact.contractStarted, second, row, 0);
  return row;
}

/** What creating a contract of a kind costs, in 1e-7 TFT. */
function creationFee({ policy }: World, kind: number): number {
  const { nodeContract, rentContract, nameContract } = policy.fee;
  const fee = kind === Kind.node ? nodeContract : kind === Kind.rent ? rentContract : nameContract;
  return Math.round(fee * UNITS_PER_TOKEN);
}

/** Seconds the tenant of a deployment waits for a node; Infinity for those who never move. */
function patienceOf(world: World, deployment: number): number {
  const { user, ordinal, moved, moves, workload } = world.deployments;
  if (moves[deployment] === 0) return Number.POSITIVE_INFINITY;
  const cause = [user[deployment], ordinal[deployment], moved[deployment]] as const;
  const law = patienceFor(world, user[deployment], workload[deployment]);
  return Math.ceil(world.chance.draw(law, STREAM.patience, ...cause));
}

/** Ends what is left of a deployment at a second, each contract at a fee to its user. */
export function endDeployment(world: World, row: number, second: number): void {
  const { deployments, contracts } = world;
  if (deployments.live[row] === 0) return;
  deployments.live[row] = 0;
  // A contract may run out of funds while the others end, so the bills come first.
  const block = blockOf(world, second);
  settle(world, deployments.user[row], block);
  const rows: number[] = [];
  let contract = deployments.firstContract[row];
  for (; contract !== NONE; contract = contracts.nextOfDeployment[contract])
    if (contracts.lives(contract)) rows.push(contract);
  endContracts(world, inOrder(world, rows), block, Ending.cancelled);
  release(world, deployments.user[row]);
  deployments.vacate(row);
}

/**
 * Moves the parts of a deployment that sit on a node to other nodes, as a client does that applies
 * its description again; true if they were moved, false if nothing else fits.
 */
export function move(world: World, deployment: number, node: number, second: number): boolean {
  const { deployments, contracts } = world;
  const user = deployments.user[deployment];
  const ordinal = deployments.ordinal[deployment];
  const moved = deployments.moved[deployment] + 1;
  const made = plan(world, user, ordinal, {
    workload: deployments.workload[deployment],
    not: node,
  });
  const old = contractsOn(world, deployment, node);
  const parts = new Set(old.map((row) => contracts.part[row]));
  const choice = { user, ordinal, number: moved };
  const found = placeAll(world, made, choice, (at) => parts.has(at));
  if (found.refusal >= 0) {
    return refused(world, { user, workload: made.workload, second, why: found.refusal });
  }
  const block = blockOf(world, second);
  endContracts(world, old, block, Ending.moved);
  deployments.moved[deployment] = moved;
  for (const at of parts) {
    const row = createContract(world, deployment, made.parts[at], at, found.nodes[at], block);
    contracts.nextOfDeployment[row] = deployments.firstContract[deployment];
    deployments.firstContract[deployment] = row;
    world.facts.add(Fact.deploymentMoved, second, row, 0);
  }
  world.gauges.moved += 1;
  noteMet(world, user, made.workload);
  fill(world, user);
  attend(world, user);
  return true;
}

/** The living contracts of a deployment on a node, a rent contract last. */
function contractsOn(world: World, deployment: number, node: number): readonly number[] {
  const { contracts, deployments } = world;
  const rows: number[] = [];
  let row = deployments.firstContract[deployment];
  for (; row !== NONE; row = contracts.nextOfDeployment[row])
    if (contracts.node[row] === node && contracts.lives(row)) rows.push(row);
  return inOrder(world, rows);
}

/**
 * Sorts contracts of a deployment as they are to be ended: the chain refuses to end a rent contract
 * while its node holds others, so it goes last.
 */
function inOrder({ contracts }: World, rows: number[]): readonly number[] {
  if (rows.length < 2) return rows;
  const rent = (at: number): number => (contracts.kind[at] === Kind.rent ? 1 : 0);
  return rows.sort((a, b) => rent(a) - rent(b) || contracts.part[a] - contracts.part[b]);
}

/** Ends contracts of one user at a block, each at a fee unless its node left. */
function endContracts(world: World, rows: readonly number[], block: number, how: number): void {
  if (rows.length === 0) return;
  const user = world.contracts.user[rows[0]];
  settle(world, user, block);
  const fee = Math.round(world.policy.fee.cancel * UNITS_PER_TOKEN);
  for (const row of rows) {
    if (!world.contracts.lives(row)) continue;
    endContract(world, row, block, how);
    if (how !== Ending.nodeLeft) payFee(world, user, fee);
  }
}

/** A node has left: whoever moves goes elsewhere at once, the others lose what was on it. */
export function abandonNode(world: World, node: number, second: number): void {
  const { contracts, deployments } = world;
  const block = blockOf(world, second);
  const seen = new Set<number>();
  for (let row = firstOn(world, node); row !== NONE; row = contracts.nextOfNode[row])
    seen.add(contracts.deployment[row]);
  const { user, ordinal } = deployments;
  const order = (a: number, b: number): number => user[a] - user[b] || ordinal[a] - ordinal[b];
  for (const deployment of [...seen].sort(order)) {
    if (deployments.moves[deployment] === 1 && move(world, deployment, node, second)) continue;
    endContracts(world, contractsOn(world, deployment, node), block, Ending.nodeLeft);
    release(world, deployments.user[deployment]);
  }
}
