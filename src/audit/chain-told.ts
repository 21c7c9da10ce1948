/** What a case reads of the chain, in the chain's names and plain values. */
import type {
  AttachedLimits,
  bridge,
  ChainEvent,
  dao,
  NamedFarmingPolicy,
  NamedPricingPolicy,
  NodePower,
  PowerState,
  RegisteredFarm,
  RegisteredNode,
  RegisteredTwin,
} from "../protocol/index.ts";

/** A count as a plain number, or as digits where a double would not hold it. */
export const plainCount = (count: bigint): number | string =>
  count >= -9_007_199_254_740_991n && count <= 9_007_199_254_740_991n
    ? Number(count)
    : String(count);

const countOrNull = (count: bigint | null): number | string | null =>
  count === null ? null : plainCount(count);

/** Limits of an attached policy. */
export const limitsTold = (limits: AttachedLimits) => ({
  farming_policy_id: limits.policy,
  cu: countOrNull(limits.cu),
  su: countOrNull(limits.su),
  end: limits.end,
  node_certification: limits.certifiedOnly,
  node_count: limits.nodes,
});

/** A farm. */
export const farmTold = (farm: RegisteredFarm) => ({
  id: farm.id,
  name: farm.name,
  twin_id: farm.twin,
  pricing_policy_id: farm.pricingPolicy,
  certification: farm.certification,
  public_ips: farm.ips.map(({ ip, gw, contract }) => ({ ip, gw, contract_id: contract ?? 0 })),
  dedicated_farm: farm.dedicated,
  farming_policy_limits: farm.limits === null ? null : limitsTold(farm.limits),
});

/** A twin. */
const twinTold = ({ id, account, relay, entities, pk }: RegisteredTwin) => ({
  id,
  account_id: account,
  relay,
  entities: entities.map(({ entity, signature }) => ({ entity_id: entity, signature })),
  pk,
});

/** A node. */
export const nodeTold = (node: RegisteredNode) => ({
  id: node.id,
  farm_id: node.farm,
  twin_id: node.twin,
  resources: {
    hru: plainCount(node.resources.hru),
    sru: plainCount(node.resources.sru),
    cru: plainCount(node.resources.cru),
    mru: plainCount(node.resources.mru),
  },
  certification: node.certification,
  farming_policy_id: node.policy,
  connection_price: plainCount(node.connectionPrice),
  public_config: node.publicConfig,
  created: node.created,
  secure_boot: node.secureBoot,
  virtualized: node.virtualized,
});

/** A farming policy. */
export const policyTold = (policy: NamedFarmingPolicy) => ({
  id: policy.id,
  name: policy.name,
  su: plainCount(policy.su),
  cu: plainCount(policy.cu),
  nu: plainCount(policy.nu),
  ipv4: plainCount(policy.ipv4),
  minimal_uptime: policy.minimalUptime,
  policy_created: policy.created,
  policy_end: policy.end,
  immutable: policy.immutable,
  default: policy.default,
  node_certification: policy.nodeCertification,
  farm_certification: policy.farmCertification,
});

/** A pricing policy. */
export const pricingTold = (policy: NamedPricingPolicy) => {
  const price = ({ value, unit }: NamedPricingPolicy["cu"]) => ({ value: plainCount(value), unit });
  return {
    id: policy.id,
    name: policy.name,
    su: price(policy.su),
    cu: price(policy.cu),
    nu: price(policy.nu),
    ipu: price(policy.ipu),
    unique_name: price(policy.uniqueName),
    domain_name: price(policy.domainName),
    foundation_account: policy.foundation,
    certified_sales_account: policy.sales,
    discount_for_dedication_nodes: plainCount(policy.dedicatedPercent),
  };
};

const stateTold = (state: PowerState) => ({
  state: state.kind === "up" ? "Up" : "Down",
  down_block: state.kind === "up" ? null : state.since,
});

/** A node's power. */
export const powerTold = ({ state, target }: NodePower) => ({ ...stateTold(state), target });

const voteTold = ({ farm, weight }: dao.FarmVote) => ({
  farm_id: farm,
  weight: plainCount(weight),
});

/** An open proposal. */
export const proposalTold = (proposal: dao.Proposal<unknown>) => ({
  index: proposal.index,
  threshold: proposal.threshold,
  ayes: proposal.ayes.map(voteTold),
  nays: proposal.nays.map(voteTold),
  vetos: proposal.vetoes,
  end: proposal.end,
});

/** A deposit. */
export const mintTold = ({ amount, target, block, votes }: bridge.Mint) => ({
  amount: plainCount(amount),
  target,
  block,
  votes,
});

/** A payment on Stellar; its signatures are counted. */
export const payoutTold = ({ block, amount, target, signatures, sequence }: bridge.Payout) => ({
  block,
  amount: plainCount(amount),
  target,
  signatures: signatures.length,
  sequence_number: plainCount(sequence),
});

/** A withdrawal. */
export const withdrawalTold = (one: bridge.Withdrawal) => ({
  ...payoutTold(one),
  source: one.source,
});

/** An event: its name, and its fields in the chain's names, those of one record laid flat. */
export function eventTold(event: ChainEvent): Readonly<Record<string, unknown>> {
  const told = fieldsTold(event);
  return { event: event.event, ...told };
}

function fieldsTold(event: ChainEvent): object {
  if ("farm" in event) return farmTold(event.farm);
  if ("twin" in event) return twinTold(event.twin);
  if ("node" in event) return nodeTold(event.node);
  if ("policy" in event) return policyTold(event.policy);
  if ("pricing" in event) return pricingTold(event.pricing);
  if ("limits" in event) return { farm_id: event.farmId, limits: limitsTold(event.limits) };
  if ("power" in event) {
    return { farm_id: event.farmId, node_id: event.nodeId, ...stateTold(event.power) };
  }
  const { event: _, ...rest } = event;
  return snakeFields(rest);
}

const NESTED = new Set(["contract", "entity", "request", "service"]);

/** The fields with the chain's names; a record of some kinds laid flat among them. */
function snakeFields(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): (readonly [string, unknown])[] =>
      NESTED.has(name) && typeof value === "object" && value !== null
        ? Object.entries(snakeFields(value))
        : [[snake(name), plainValue(value)]],
    ),
  );
}

const snake = (name: string): string =>
  name.replace(/[A-Z0-9]+/g, (part, place: number) =>
    place === 0 || /\d/.test(part) ? part : `_${part.toLowerCase()}`,
  );

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return plainCount(value);
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === "object" && value !== null ? snakeFields(value) : value;
}
