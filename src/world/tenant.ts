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
import type { Parting } from "./parting.ts";
import { choose } from "./placement.ts";
import { plan } from "./plan.ts";
import { follow } from "./presence.ts";
import { ROOM, Room } from "./room.ts";
import type { Part, Sheet } from "./sheet.ts";
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
  const made = plan(world, user, ordinal, world.sheet);
  const why = placeAll(world, made, 0);
  if (why >= 0) return refused(world, { user, workload: made.workload, second, why });
  const block = blockOf(world, second);
  settle(world, user, block);
  const row = start(world, made, block, second + made.life);
  world.gauges.placed += 1;
  noteMet(world, user, made.workload);
  world.facts.add(Fact.deploymentPlaced, second, user, 0);
  fill(world, user);
  attend(world, user);
  world.agenda.push(world.deployments.ends[row], Priority.end, row, Due.end);
  return true;
}

/** Tells of a part of a plan whether it is meant. */
export type Wanted = (at: number) => boolean;

/**
 * Finds a node for every part asked for, the choices numbered by the moves before; parts that share
 * a machine go where the first went. Writes the nodes onto the sheet and answers why the plan is
 * refused, -1 if every part has its node.
 */
export function placeAll(
  world: World,
  made: Sheet,
  moves: number,
  wanted: Wanted | null = null,
): number {
  const { parts, nodes, choice } = made;
  choice.user = made.user;
  choice.ordinal = made.ordinal;
  for (let at = 0; at < parts.length; at++) {
    const { wish, onFirst } = parts[at];
    nodes[at] = onFirst ? nodes[0] : NONE;
    if (wish === null || wanted?.(at) === false) continue;
    choice.number = moves * PARTS + at;
    const node = choose(world, wish, choice);
    if (node < 0) return -1 - node;
    // Two parts on one node could together ask for more than either was promised.
    if (isAmong(nodes, at, node) && !fitsTwice(world, node, made)) return Refusal.memory;
    nodes[at] = node;
  }
  return -1;
}

/** True if a node is one of the first of a list. */
function isAmong(nodes: Int32Array, count: number, node: number): boolean {
  for (let at = 0; at < count; at++) if (nodes[at] === node) return true;
  return false;
}

/** True if a node has room for every part of a plan at once. */
function fitsTwice(world: World, node: number, made: Sheet): boolean {
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

/**
 * Makes the contracts of a placed plan, or of some parts, at a block, planned to end at a second;
 * answers the deployment.
 */
export function start(
  world: World,
  made: Sheet,
  block: number,
  ends: number,
  wanted: Wanted | null = null,
): number {
  const { deployments } = world;
  const row = deployments.add(made.user, made.ordinal, made.workload, ends, made.moves);
  let last = NONE;
  for (let at = 0; at < made.parts.length; at++) {
    if (wanted?.(at) === false) continue;
    const contract = createContract(world, row, made.parts[at], at, made.nodes[at], block);
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
  const row = contracts.add(block, Math.floor(u * terms.frequency));
  contracts.kind[row] = part.kind;
  contracts.user[row] = user;
  contracts.deployment[row] = deployment;
  contracts.part[row] = at;
  contracts.node[row] = node;
  // The farm stands beside what a search has just looked at.
  contracts.farm[row] = node === NONE ? NONE : fleet.nodes.room.rows[node * ROOM + Room.farm];
  contracts.idleClass[row] = idleClass;
  contracts.busyClass[row] =
    trafficPerSecond > 0 ? classOf(world, part, node, trafficPerSecond) : idleClass;
  contracts.cores[row] = part.cores;
  contracts.memory[row] = part.memory;
  contracts.ssd[row] = part.ssd;
  contracts.hdd[row] = part.hdd;
  contracts.ips[row] = part.ips;
  contracts.trafficPerSecond[row] = trafficPerSecond;
  contracts.trafficFrom[row] = trafficPerSecond > 0 && runs ? second : Number.POSITIVE_INFINITY;
  contracts.patience[row] =
    node === NONE ? Number.POSITIVE_INFINITY : patienceOf(world, deployment);
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
  const law = patienceFor(world, user[deployment], workload[deployment]);
  const high = user[deployment];
  const low = ordinal[deployment];
  return Math.ceil(world.chance.draw(law, STREAM.patience, high, low, moved[deployment]));
}

/** Ends what is left of a deployment at a second, each contract at a fee to its user. */
export function endDeployment(world: World, row: number, second: number): void {
  const { deployments, contracts } = world;
  if (deployments.live[row] === 0) return;
  deployments.live[row] = 0;
  // A contract may run out of funds while the others end, so the bills come first.
  const block = blockOf(world, second);
  settle(world, deployments.user[row], block);
  const { parting } = world;
  parting.clear();
  let contract = deployments.firstContract[row];
  for (; contract !== NONE; contract = contracts.nextOfDeployment[contract])
    if (contracts.lives(contract)) parting.add(contracts, contract);
  endContracts(world, parting, block, Ending.cancelled);
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
  const { parting } = world;
  const made = plan(world, user, ordinal, world.sheet, deployments.workload[deployment], node);
  findOn(world, deployment, node);
  const why = placeAll(world, made, moved, (at) => parting.hasPart(at));
  if (why >= 0) return refused(world, { user, workload: made.workload, second, why });
  const block = blockOf(world, second);
  endContracts(world, parting, block, Ending.moved);
  deployments.moved[deployment] = moved;
  for (let one = 0; one < parting.count; one++) {
    const at = parting.parts[one];
    const row = createContract(world, deployment, made.parts[at], at, made.nodes[at], block);
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

/** Notes the living contracts of a deployment on a node as those that leave. */
function findOn({ contracts, deployments, parting }: World, deployment: number, node: number) {
  parting.clear();
  let row = deployments.firstContract[deployment];
  for (; row !== NONE; row = contracts.nextOfDeployment[row])
    if (contracts.node[row] === node && contracts.lives(row)) parting.add(contracts, row);
}

/** Ends contracts of one user at a block, each at a fee unless its node left. */
function endContracts(world: World, { rows, count }: Parting, block: number, how: number): void {
  if (count === 0) return;
  const user = world.contracts.user[rows[0]];
  settle(world, user, block);
  const fee = Math.round(world.policy.fee.cancel * UNITS_PER_TOKEN);
  for (let at = 0; at < count; at++) {
    if (!world.contracts.lives(rows[at])) continue;
    endContract(world, rows[at], block, how);
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
    findOn(world, deployment, node);
    endContracts(world, world.parting, block, Ending.nodeLeft);
    release(world, deployments.user[deployment]);
  }
}
