/**
 * The book of farming policies: which there are, which a farm has attached, which a node gets.
 *
 * Lifecycle: the council or the DAO creates policies, changes them, attaches one with a quota to a
 * farm. The choice for a node is in `farming-policy.ts`.
 * Source: tfchain 33046d6, pallet-tfgrid/src/pricing.rs and src/farm.rs, `_attach_policy_to_farm`.
 * Quirks: immutable is stored and not enforced; names need not be unique; a policy's end is a
 * number of blocks after its creation; attaching nothing succeeds without looking at anything, so
 * that limits never come off; a policy that does not exist counts as an empty one, so that
 * attaching it takes a farm's gold, and fails only if a node of the farm is on a default policy.
 */
import {
  accepted,
  type Blocks,
  blocks,
  type MilliUsd,
  type Outcome,
  refused,
  type Seconds,
} from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import { weightUnits } from "./capacity.ts";
import type { FarmId, NodeId } from "./contract/state.ts";
import { withEntry } from "./entry.ts";
import { type AttachedLimits, type FarmEvent, type FarmTable, withFarm } from "./farm/state.ts";
import {
  choosePolicy,
  type FarmCertification,
  type FarmingPolicy,
  type LimitRule,
  type NodeCertification,
  type PolicyQuestion,
} from "./farming-policy.ts";
import { type NodeEvent, type NodeTable, type RegisteredNode, withNode } from "./node/state.ts";
import { paid, type Step } from "./step.ts";

/** A farming policy with its name, as the chain stores it. */
export interface NamedFarmingPolicy extends FarmingPolicy {
  readonly name: string;
}

/** All farming policies, and the price at which the next node connects. */
export interface FarmingBook {
  readonly made: number;
  readonly policies: ReadonlyMap<number, NamedFarmingPolicy>;
  readonly connectionPrice: MilliUsd;
}

/** What the book announces. */
export type FarmingBookEvent =
  | { readonly event: "TfgridModule.FarmingPolicyStored"; readonly policy: NamedFarmingPolicy }
  | { readonly event: "TfgridModule.FarmingPolicyUpdated"; readonly policy: NamedFarmingPolicy }
  | { readonly event: "TfgridModule.ConnectionPriceSet"; readonly price: MilliUsd };

/** The part of the chain that changes of the book see. */
export interface FarmingBookView {
  readonly farming: FarmingBook;
}

/** What a proposal says of a policy; the rest the chain fills in. */
export type FarmingTerms = Omit<NamedFarmingPolicy, "id" | "created">;

/** The book with one more policy. */
export function addPolicy(book: FarmingBook, terms: FarmingTerms, created: Blocks): FarmingBook {
  const made = book.made + 1;
  const policy = { ...terms, id: made, created };
  return { ...book, made, policies: withEntry(book.policies, made, policy) };
}

/** Creates a policy; never refuses. */
export function createFarmingPolicy<S extends FarmingBookView>(
  state: S,
  terms: FarmingTerms,
  at: ChainTime,
): Outcome<Step<S, FarmingBookEvent>, never> {
  const farming = addPolicy(state.farming, terms, at.block);
  const policy = { ...terms, id: farming.made, created: at.block };
  return paid({ ...state, farming }, [{ event: "TfgridModule.FarmingPolicyStored", policy }]);
}

/** Replaces a policy, for all nodes that have it; its creation and being immutable stay. */
export function updateFarmingPolicy<S extends FarmingBookView>(
  state: S,
  call: { readonly policy: number } & Omit<FarmingTerms, "immutable">,
): Outcome<Step<S, FarmingBookEvent>, "FarmingPolicyNotExists"> {
  const before = state.farming.policies.get(call.policy);
  if (before === undefined) return refused("FarmingPolicyNotExists");
  const { policy: id, ...terms } = call;
  const policy = { ...before, ...terms };
  const policies = withEntry(state.farming.policies, id, policy);
  return paid({ ...state, farming: { ...state.farming, policies } }, [
    { event: "TfgridModule.FarmingPolicyUpdated", policy },
  ]);
}

/** Sets the price of a TFT that nodes keep which register from now on. */
export const setConnectionPrice = <S extends FarmingBookView>(
  state: S,
  { price }: { readonly price: MilliUsd },
): Outcome<Step<S, FarmingBookEvent>, never> =>
  paid({ ...state, farming: { ...state.farming, connectionPrice: price } }, [
    { event: "TfgridModule.ConnectionPriceSet", price },
  ]);

/** What the choice takes from the chain's program. */
export interface LimitRules {
  readonly limitRule: LimitRule;
}

/** The part of the chain that the choice of a policy reads and writes. */
export interface ChoiceView extends FarmingBookView {
  readonly farms: FarmTable;
  readonly runtime: LimitRules;
}

/** What the choice looks at in a node. */
export type ChoosingNode = Pick<RegisteredNode, "farm" | "resources" | "certification">;

/** The policy a node gets now, with the farm's quota used where it comes from there. */
export function choosePolicyFor<S extends ChoiceView>(
  state: S,
  node: ChoosingNode,
  now: Seconds,
): Outcome<
  { readonly state: S; readonly events: readonly FarmEvent[]; readonly policy: FarmingPolicy },
  "FarmNotExists" | "FarmingPolicyNotExists"
> {
  const farm = state.farms.byId.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  const question: PolicyQuestion = {
    policies: [...state.farming.policies.values()],
    nodeCertification: node.certification,
    farmCertification: farm.certification,
    units: weightUnits(node.resources),
    limits: farm.limits,
    now,
  };
  const choice = choosePolicy(question, state.runtime.limitRule);
  if (!choice.ok) return choice;
  const { policy, limits } = choice.value;
  // The choice hands back the limits it was given where it used nothing of them, and none where
  // they come off.
  if (limits === farm.limits) return accepted({ state, events: [], policy });
  const left = farm.limits === null || limits === null ? null : { ...farm.limits, ...limits };
  const used = { ...farm, limits: left };
  const events = [{ event: "TfgridModule.FarmUpdated", farm: used }] as const;
  return accepted({ state: withFarm(state, used), events, policy });
}

/** True for a node on a default policy; one whose policy is gone is on none. */
export const isOnDefault = (book: FarmingBook, node: RegisteredNode): boolean =>
  book.policies.get(node.policy)?.default ?? false;

/** The part of the chain that attaching a policy sees. */
export interface AttachView extends ChoiceView {
  readonly nodes: NodeTable;
}

/** Attaches a policy with a quota to a farm; its nodes on default policies choose again. */
export function attachPolicy<S extends AttachView>(
  state: S,
  call: { readonly farm: FarmId; readonly limits: AttachedLimits | null },
  at: ChainTime,
): Outcome<
  Step<S, FarmEvent | NodeEvent>,
  "FarmingPolicyExpired" | "FarmNotExists" | "FarmingPolicyNotExists"
> {
  const { limits } = call;
  if (limits === null) return paid(state, []);
  const policy = state.farming.policies.get(limits.policy) ?? NO_POLICY;
  if (policy.end !== 0 && at.block >= policy.created + policy.end) {
    return refused("FarmingPolicyExpired");
  }
  const before = state.farms.byId.get(call.farm);
  if (before === undefined) return refused("FarmNotExists");
  const farm = { ...before, limits, certification: policy.farmCertification };
  const events: (FarmEvent | NodeEvent)[] = [{ event: "TfgridModule.FarmUpdated", farm }];
  let current = withFarm(state, farm);
  for (const id of state.nodes.byFarm.get(call.farm) ?? []) {
    const chosen = chooseAgain(current, id, at.now);
    if (!chosen.ok) return chosen;
    current = chosen.value.state;
    events.push(...chosen.value.events);
  }
  events.push({ event: "TfgridModule.FarmingPolicySet", farmId: farm.id, limits });
  return paid(current, events);
}

function chooseAgain<S extends AttachView>(
  state: S,
  id: NodeId,
  now: Seconds,
): Outcome<
  { readonly state: S; readonly events: readonly (FarmEvent | NodeEvent)[] },
  "FarmNotExists" | "FarmingPolicyNotExists"
> {
  const before = state.nodes.byId.get(id);
  if (before === undefined || !isOnDefault(state.farming, before)) {
    return accepted({ state, events: [] });
  }
  const chosen = choosePolicyFor(state, before, now);
  if (!chosen.ok) return chosen;
  const { policy } = chosen.value;
  const node = { ...before, policy: policy.id, certification: policy.nodeCertification };
  return accepted({
    state: withNode(chosen.value.state, node),
    events: [...chosen.value.events, { event: "TfgridModule.NodeUpdated", node }],
  });
}

/** What the chain reads where there is no policy. */
const NO_POLICY: {
  readonly end: Blocks;
  readonly created: Blocks;
  readonly farmCertification: FarmCertification;
  readonly nodeCertification: NodeCertification;
} = {
  end: blocks(0),
  created: blocks(0),
  farmCertification: "NotCertified",
  nodeCertification: "Diy",
};
