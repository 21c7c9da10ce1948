/**
 * A whole minting case: uptime, changes of the node, use of its contracts, reward and receipt.
 */
import {
  defaultPolicies,
  type FarmingPolicy,
  farmingBlock,
  type MeteredContract,
  type MintUnits,
  meteredBefore,
  meteredContract,
  meterTraffic,
  minimumUptime,
  mintingBlock,
  mintUnits,
  noResources,
  noUtilization,
  payoutLine,
  type Reward,
  receiptHash,
  receiptText,
  reward,
  type UptimeVerdict,
  type Utilization,
} from "../protocol/index.ts";
import { defaults } from "../units/index.ts";
import { resourcesAt } from "./billing-terms.ts";
import { policyAt } from "./minting-terms.ts";
import { type NodeRecord, nodeRecordAt } from "./node-event.ts";
import { at, blame, maybe, numbered, type Spot, text, whole } from "./spot.ts";
import { readUptime, type UptimeCase, uptimeOf } from "./uptime-case.ts";

/** A node in one period with everything that its reward depends on. */
export interface MintCase extends UptimeCase {
  readonly node: NodeRecord;
  readonly contracts: ReadonlyMap<number, MeteredContract>;
  readonly policies: readonly FarmingPolicy[];
  /** The farm's address on Stellar; null where it has none. */
  readonly address: string | null;
}

/** Reads a minting case; one that names a policy it does not bring along is faulty. */
export function readMint(input: Spot): MintCase {
  const node = nodeRecordAt(at(input, "node"));
  const contracts = maybe(
    at(input, "contracts"),
    (spot) => new Map(numbered(spot, meteredAt)),
    new Map<number, MeteredContract>(),
  );
  const policies = maybe(
    at(input, "policies"),
    (spot) => numbered(spot, policyAt).map(([, policy]) => policy),
    defaultPolicies(defaults(farmingBlock)),
  );
  const address = maybe(at(input, "payout_address"), text, null);
  const one = { ...readUptime(input), node, contracts, policies, address };
  const { policy } = followed(one).node;
  if (input.faults.length === 0 && !policies.some(({ id }) => id === policy)) {
    const known = policies.map(({ id }) => id).join(", ");
    blame(at(at(input, "node"), "farming_policy_id"), `in the end one of the policies ${known}`);
  }
  return one;
}

const meteredAt = (row: Spot): MeteredContract =>
  meteredBefore(whole(at(row, "ips")), maybe(at(row, "used"), resourcesAt, noResources));

/** What a period came to for a node. */
export interface MintResult {
  readonly node: NodeRecord;
  readonly verdict: UptimeVerdict;
  readonly units: MintUnits;
  readonly utilization: Utilization;
  readonly reward: Reward;
  readonly policy: FarmingPolicy;
}

/** The reward of a node for its period. */
export function mintOf(one: MintCase): MintResult {
  const { node, utilization } = followed(one);
  const policy = one.policies.find(({ id }) => id === node.policy) ?? one.policies[0];
  const verdict = uptimeOf(one);
  const units = mintUnits(node.resources, utilization.traffic);
  const minted = {
    units,
    ipSeconds: utilization.ips,
    certification: node.certification,
    policy,
    connectionPrice: node.connectionPrice,
    virtualized: node.virtualized,
    violated: verdict.violation !== null,
  };
  const minimum = minimumUptime({ ...defaults(mintingBlock), rules: one.era });
  const credited = verdict.reported ? verdict.credited : null;
  return { node, verdict, units, utilization, reward: reward(minted, credited, minimum), policy };
}

/** The node as last told of in the period, and what its contracts used. */
function followed({ node: first, contracts: before, events, judge }: MintCase): {
  readonly node: NodeRecord;
  readonly utilization: Utilization;
} {
  let node = first;
  let utilization = noUtilization;
  const contracts = new Map(before);
  for (const event of events) {
    if (event.at > judge.span.endBlock) break;
    switch (event.kind) {
      case "updated": {
        // A node that was virtualized once stays so to the end of the period.
        const virtualized = node.virtualized || event.patch.virtualized === true;
        node = { ...node, ...event.patch, virtualized };
        break;
      }
      case "contract":
        contracts.set(event.id, meteredContract(event.ips, event.at));
        break;
      case "used": {
        const contract = contracts.get(event.id);
        if (contract !== undefined) contracts.set(event.id, { ...contract, used: event.used });
        break;
      }
      case "traffic": {
        const contract = contracts.get(event.id);
        if (contract === undefined) break;
        const next = meterTraffic({ utilization, contract }, event, judge.span);
        utilization = next.utilization;
        contracts.set(event.id, next.contract);
        break;
      }
      case "report":
      case "target":
      case "state":
        break;
    }
  }
  return { node, utilization };
}

/** A receipt's text to the byte, its hash, and the line of the payout file or null. */
export interface ReceiptResult {
  readonly json: string;
  readonly hash: string;
  readonly payout_line: string | null;
}

/** Reads what a receipt says besides the reward, and answers what writes it. */
export function readReceipt(input: Spot): () => ReceiptResult {
  const one = readMint(input);
  const farmName = text(at(input, "farm_name"));
  const record = at(input, "node");
  for (const name of ["id", "twin_id", "farm_id"]) whole(at(record, name));
  return () => receiptOf(one, farmName);
}

function receiptOf(one: MintCase, farmName: string): ReceiptResult {
  const { node, verdict, units, utilization, reward: earned, policy } = mintOf(one);
  const { start, end } = one.judge.span;
  const address = one.address ?? "";
  const json = receiptText({
    period: { start, end },
    node: node.id ?? 0,
    twin: node.twin ?? 0,
    farm: node.farm ?? 0,
    farmName,
    address,
    uptime: verdict.credited,
    units,
    resources: node.resources,
    utilization,
    reward: earned.paid,
    carbon: null,
    certification: node.certification,
    policy,
  });
  const hash = receiptHash(json);
  return { json, hash, payout_line: payoutLine(address, earned.paid, hash) };
}
