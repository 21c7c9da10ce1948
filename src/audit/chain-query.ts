/** Queries of cases: what a case asks of the chain's state, by the names of the public cases. */

import {
  accountOf,
  bridge,
  type ChainState,
  effectivePrice,
  extraFeeOf,
  farmId,
  nodeId,
  powerOf,
  rentOf,
  twinId,
  usableLegacy,
  weightOf,
} from "../protocol/index.ts";
import { accepted, type Outcome, refused } from "../units/index.ts";
import type { Labels } from "./chain-call.ts";
import { isObject, wholeOf } from "./chain-reader.ts";
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
import { guess } from "./guess.ts";

/** What queries see: the chain, the events since the begin, and the names of proposals. */
export interface Queried {
  readonly state: ChainState;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly labels: Labels;
}

type Query = (seen: Queried, arg: unknown) => unknown;

const number = (arg: unknown): number => Number(wholeOf(arg) ?? 0n);
const text = (arg: unknown): string => (typeof arg === "string" ? arg : String(arg));
const farm = (arg: unknown) => farmId(number(arg));
const node = (arg: unknown) => nodeId(number(arg));

/** The value told in plain form, or null where there is none. */
const told = <Value>(value: Value | undefined, tell: (value: Value) => unknown): unknown =>
  value === undefined ? null : tell(value);

const rentUpdated = ({ contracts }: ChainState, arg: unknown): number | null => {
  const rent = rentOf(contracts, node(arg));
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

const QUERIES: Readonly<Record<string, Query>> = {
  farm: ({ state }, arg) => told(state.farms.byId.get(farm(arg)), farmTold),
  node: ({ state }, arg) => told(state.nodes.byId.get(node(arg)), nodeTold),
  policy: ({ state }, arg) => told(state.farming.policies.get(number(arg)), policyTold),
  pricing_policy: ({ state }, arg) => told(state.pricing.policies.get(number(arg)), pricingTold),
  farm_nodes: ({ state }, arg) => state.nodes.byFarm.get(farm(arg)) ?? [],
  farm_by_name: ({ state }, arg) => state.farms.byName.get(text(arg)) ?? 0,
  power: ({ state }, arg) => powerTold(powerOf(state.power, node(arg))),
  rent_lock: ({ state }, arg) => rentUpdated(state, arg),
  extra_fee: ({ state }, arg) => plainCount(extraFeeOf(state, node(arg))),
  farm_weight: ({ state }, arg) => plainCount(weightOf(state.weights, farm(arg))),
  proposal: ({ state, labels }, arg) =>
    told(state.dao.open.get(labels.get(text(arg)) ?? text(arg)), proposalTold),
  proposal_count: ({ state }) => state.dao.open.size,
  price: ({ state }) => priceTold(state),
  free: ({ state }, arg) => plainCount(accountOf(state.ledger, text(arg)).free),
  usable: ({ state }, arg) => plainCount(usableLegacy(state.ledger, text(arg))),
  issuance: ({ state }) => plainCount(state.ledger.issuance),
  mints: ({ state }, arg) => told(state.bridge.mints.open.get(text(arg)), mintTold),
  mints_done: ({ state }, arg) => told(state.bridge.mints.done.get(text(arg)), mintTold),
  burns: ({ state }, arg) => told(state.bridge.withdrawals.open.get(number(arg)), withdrawalTold),
  burns_done: ({ state }, arg) =>
    told(state.bridge.withdrawals.done.get(number(arg)), withdrawalTold),
  refunds: ({ state }, arg) => told(state.bridge.refunds.open.get(text(arg)), payoutTold),
  refunds_done: ({ state }, arg) => told(state.bridge.refunds.done.get(text(arg)), payoutTold),
  quorum: ({ state }) => bridge.quorum(state.bridge.validators.length),
  connection_price: ({ state }) => plainCount(state.farming.connectionPrice),
  council: ({ state }) => state.council.members,
  bonded: ({ state }, arg) => state.twins.byId.get(twinId(number(arg)))?.stash ?? null,
  certifiers: ({ state }) => state.nodes.certifiers ?? [],
  event_names: ({ events }) => events.map((event) => event["event"]),
  event_at: ({ events }, arg) => events.at(number(arg)) ?? null,
  events_count: ({ events }, arg) => events.filter((event) => event["event"] === arg).length,
  zos: ({ state }) => state.zos,
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

/** The answer to a query; refuses a name that is none. */
export function answerQuery(
  seen: Queried,
  query: string,
  { arg, field }: { readonly arg: unknown; readonly field: unknown },
): Outcome<unknown, string> {
  if (!Object.hasOwn(QUERIES, query)) {
    return refused(`no query ${query}${guess(query, Object.keys(QUERIES))}`);
  }
  const value = QUERIES[query](seen, arg);
  return accepted(typeof field === "string" ? valueAt(value, field) : value);
}
