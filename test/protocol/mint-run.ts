/** Plays a whole minting case: uptime, contracts, changes of the node, reward and receipt. */
import { type MintUnits, mintUnits } from "../../src/protocol/capacity.ts";
import {
  defaultPolicies,
  type FarmingPolicy,
  farmingBlock,
  type NodeCertification,
} from "../../src/protocol/farming-policy.ts";
import { minimumUptime, mintingBlock, type Reward, reward } from "../../src/protocol/mint.ts";
import { payoutLine, receiptHash, receiptText } from "../../src/protocol/receipt.ts";
import type { UptimeSpan, UptimeVerdict } from "../../src/protocol/uptime.ts";
import {
  type MeteredContract,
  meteredBefore,
  meteredContract,
  meterTraffic,
  noUtilization,
  type Utilization,
} from "../../src/protocol/utilization.ts";
import { bytes, milliUsd, seconds } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { type Json, policyOf, resourcesOf } from "./minting-cases.ts";
import { eventsOf, judgeOf, uptimeOf } from "./minting-run.ts";

export interface MintResult {
  readonly node: Json;
  readonly verdict: UptimeVerdict;
  readonly units: MintUnits;
  readonly utilization: Utilization;
  readonly reward: Reward;
  readonly policy: FarmingPolicy;
  readonly span: UptimeSpan;
}

export function mintOf(input: Json): MintResult {
  const { span } = judgeOf(input);
  const policies: readonly FarmingPolicy[] = input.policies
    ? Object.entries<Json>(input.policies).map(([id, one]) => policyOf({ id: Number(id), ...one }))
    : defaultPolicies(defaults(farmingBlock));
  const { node, utilization } = followed(input, span);
  const policy = policies.find(({ id }) => id === node.farming_policy_id);
  if (policy === undefined) throw new Error(`no policy ${node.farming_policy_id}`);
  const verdict = uptimeOf(input);
  const units = mintUnits(resourcesOf(node.resources), utilization.traffic);
  const minted = {
    units,
    ipSeconds: utilization.ips,
    certification: node.certification as NodeCertification,
    policy,
    connectionPrice: milliUsd(BigInt(node.connection_price)),
    virtualized: node.virtualized,
    violated: verdict.violation !== null,
  };
  const minimum = minimumUptime({ ...defaults(mintingBlock), rules: input.rules ?? "current" });
  const credited = verdict.reported ? verdict.credited : null;
  return {
    node,
    verdict,
    units,
    utilization,
    reward: reward(minted, credited, minimum),
    policy,
    span,
  };
}

/** The node as last told of, and what its contracts used. */
function followed(input: Json, span: UptimeSpan): { node: Json; utilization: Utilization } {
  let node = input.node;
  let utilization = noUtilization;
  const contracts = new Map<number, MeteredContract>();
  for (const [id, { ips, used }] of Object.entries<Json>(input.contracts ?? {})) {
    contracts.set(Number(id), meteredBefore(BigInt(ips), resourcesOf(used)));
  }
  for (const event of eventsOf(input)) {
    if (event.ts > span.endBlock) break;
    const contract = contracts.get(event.id);
    if (event.t === "updated") {
      const virtualized = node.virtualized || (event.node.virtualized ?? false);
      node = { ...node, ...event.node, virtualized };
    } else if (event.t === "contract") {
      contracts.set(event.id, meteredContract(BigInt(event.ips), seconds(event.ts)));
    } else if (event.t === "used" && contract !== undefined) {
      contracts.set(event.id, { ...contract, used: resourcesOf(event.resources) });
    } else if (event.t === "nru" && contract !== undefined) {
      const next = meterTraffic(
        { utilization, contract },
        {
          at: seconds(event.ts),
          window: seconds(event.window),
          traffic: bytes(BigInt(event.nru)),
        },
        span,
      );
      utilization = next.utilization;
      contracts.set(event.id, next.contract);
    }
  }
  return { node, utilization };
}

/** The receipt of a case, its hash, and the line of the payout file. */
export function receiptOf(input: Json): Json {
  const { node, verdict, units, utilization, reward: paid, policy, span } = mintOf(input);
  const address = input.payout_address ?? "";
  const json = receiptText({
    period: { start: span.start, end: span.end },
    node: node.id,
    twin: node.twin_id,
    farm: node.farm_id,
    farmName: input.farm_name,
    address,
    uptime: verdict.credited,
    units,
    resources: resourcesOf(node.resources),
    utilization,
    reward: paid.paid,
    carbon: null,
    certification: node.certification,
    policy,
  });
  const hash = receiptHash(json);
  return { json, hash, payout_line: payoutLine(address, paid.paid, hash) };
}
