/** Queries of cases: what a case asks of the chain's state, by the names of the public cases. */

import {
  accountOf,
  bridge,
  type ChainState,
  effectivePrice,
  extraFeeOf,
  farmId,
  type NodeId,
  nodeId,
  powerOf,
  rentOf,
  twinId,
  usableLegacy,
  weightOf,
} from "../protocol/index.ts";
import type { Labels } from "./chain-call.ts";
import { isObject, nameAt } from "./chain-reader.ts";
import {
  farmTold,
  mintTold,
  nodeTold,
  payoutTold,
  plainCount,
  policyTold,
  powerTold,
  pricingTold,
  proposalTold,
  withdrawalTold,
} from "./chain-told.ts";
import { at, integer, maybe, mute, type Spot, text, word } from "./spot.ts";

/** What queries see: the chain, the events since the begin, and the names of proposals. */
export interface Queried {
  readonly state: ChainState;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly labels: Labels;
}

/** What a query answers of what it sees. */
export type Query = (seen: Queried) => unknown;

/** Reads what a query asks for. */
type Asking = (arg: Spot) => Query;

const asking =
  <Value>(read: (arg: Spot) => Value, answer: (seen: Queried, value: Value) => unknown): Asking =>
  (arg) => {
    const value = read(arg);
    return (seen) => answer(seen, value);
  };
const plainly = (answer: Query): Asking => asking(() => null, answer);
const byId = (answer: (seen: Queried, id: number) => unknown): Asking => asking(integer, answer);
const byName = (answer: (seen: Queried, name: string) => unknown): Asking => asking(nameAt, answer);

/** The value told in plain form, or null where there is none. */
const told = <Value>(value: Value | undefined, tell: (value: Value) => unknown): unknown =>
  value === undefined ? null : tell(value);

const rentUpdated = ({ contracts }: ChainState, node: NodeId): number | null => {
  const rent = rentOf(contracts, node);
  return rent === null ? null : (contracts.payments.get(rent.id)?.updated ?? null);
};

const priceTold = ({ price }: ChainState) => ({
  tft: plainCount(price.current),
  average: plainCount(price.average),
  min: plainCount(price.bounds.floor),
  max: plainCount(price.bounds.cap),
  billing: plainCount(effectivePrice(price.average, price.bounds)),
  items: price.feed.count,
});

const QUERIES: Readonly<Record<string, Asking>> = {
  farm: byId(({ state }, id) => told(state.farms.byId.get(farmId(id)), farmTold)),
  node: byId(({ state }, id) => told(state.nodes.byId.get(nodeId(id)), nodeTold)),
  policy: byId(({ state }, id) => told(state.farming.policies.get(id), policyTold)),
  pricing_policy: byId(({ state }, id) => told(state.pricing.policies.get(id), pricingTold)),
  farm_nodes: byId(({ state }, id) => state.nodes.byFarm.get(farmId(id)) ?? []),
  farm_by_name: byName(({ state }, name) => state.farms.byName.get(name) ?? 0),
  power: byId(({ state }, id) => powerTold(powerOf(state.power, nodeId(id)))),
  rent_lock: byId(({ state }, id) => rentUpdated(state, nodeId(id))),
  extra_fee: byId(({ state }, id) => plainCount(extraFeeOf(state, nodeId(id)))),
  farm_weight: byId(({ state }, id) => plainCount(weightOf(state.weights, farmId(id)))),
  proposal: byName(({ state, labels }, name) =>
    told(state.dao.open.get(labels.get(name) ?? name), proposalTold),
  ),
  proposal_count: plainly(({ state }) => state.dao.open.size),
  price: plainly(({ state }) => priceTold(state)),
  free: byName(({ state }, name) => plainCount(accountOf(state.ledger, name).free)),
  usable: byName(({ state }, name) => plainCount(usableLegacy(state.ledger, name))),
  issuance: plainly(({ state }) => plainCount(state.ledger.issuance)),
  mints: byName(({ state }, tx) => told(state.bridge.mints.open.get(tx), mintTold)),
  mints_done: byName(({ state }, tx) => told(state.bridge.mints.done.get(tx), mintTold)),
  burns: byId(({ state }, id) => told(state.bridge.withdrawals.open.get(id), withdrawalTold)),
  burns_done: byId(({ state }, id) => told(state.bridge.withdrawals.done.get(id), withdrawalTold)),
  refunds: byName(({ state }, tx) => told(state.bridge.refunds.open.get(tx), payoutTold)),
  refunds_done: byName(({ state }, tx) => told(state.bridge.refunds.done.get(tx), payoutTold)),
  quorum: plainly(({ state }) => bridge.quorum(state.bridge.validators.length)),
  connection_price: plainly(({ state }) => plainCount(state.farming.connectionPrice)),
  council: plainly(({ state }) => state.council.members),
  bonded: byId(({ state }, id) => state.twins.byId.get(twinId(id))?.stash ?? null),
  certifiers: plainly(({ state }) => state.nodes.certifiers ?? []),
  event_names: plainly(({ events }) => events.map((event) => event["event"])),
  event_at: byId(({ events }, index) => events.at(index) ?? null),
  events_count: byName(
    ({ events }, name) => events.filter((event) => event["event"] === name).length,
  ),
  zos: plainly(({ state }) => state.zos),
};

/** The value of a field whose path has dots; null where there is none. */
function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split(".")) {
    if (Array.isArray(current)) current = current[Number(name)];
    else current = isObject(current) ? current[name] : null;
  }
  return current ?? null;
}

/** Reads a step `{query, arg, field}`; the field is a path with dots into what is answered. */
export function queryAt(step: Spot): Query {
  const named = at(step, "query");
  const name = word(named, Object.keys(QUERIES));
  const arg = at(step, "arg");
  const answer = QUERIES[name](name === named.value ? arg : mute(arg));
  const field = maybe(at(step, "field"), text, null);
  return (seen) => (field === null ? answer(seen) : valueAt(answer(seen), field));
}
