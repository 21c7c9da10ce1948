/**
 * Who certifies nodes, and what that does.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/lib.rs, `set_node_certification`; src/node.rs.
 * Quirks: a node on a default policy chooses again, and uses its farm's quota again, but here its
 * certification is not overwritten by the policy's; before the first certifier was named, taking
 * one away succeeds in silence.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { NodeId } from "../contract/state.ts";
import { withName, withoutName } from "../entry.ts";
import type { FarmEvent } from "../farm/state.ts";
import { type AttachView, choosePolicyFor, isOnDefault } from "../farming-book.ts";
import type { NodeCertification } from "../farming-policy.ts";
import type { AccountId } from "../ledger.ts";
import { type Gate, type Origin, passesGate, signerOf } from "../origin.ts";
import { paid, type Step } from "../step.ts";
import { type NodeEvent, type NodeTable, type RegisteredNode, withNode } from "./state.ts";

/** Whether an origin may certify: root, the council, or a listed certifier. */
export function mayCertify(
  nodes: NodeTable,
  origin: Origin,
  gate: Gate,
): Outcome<null, "BadOrigin" | "NotAllowedToCertifyNode"> {
  if (passesGate(origin, gate)) return accepted(null);
  const signer = signerOf(origin);
  if (!signer.ok) return signer;
  return nodes.certifiers?.includes(signer.value)
    ? accepted(null)
    : refused("NotAllowedToCertifyNode");
}

/** Certifies a node or takes it back; whoever calls was let by `mayCertify`. */
export function setNodeCertification<S extends AttachView>(
  state: S,
  call: { readonly node: NodeId; readonly certification: NodeCertification },
  at: ChainTime,
): Outcome<
  Step<S, FarmEvent | NodeEvent>,
  "NodeNotExists" | "FarmNotExists" | "FarmingPolicyNotExists"
> {
  const before = state.nodes.byId.get(call.node);
  if (before === undefined) return refused("NodeNotExists");
  const { certification } = call;
  const told = { event: "TfgridModule.NodeCertificationSet", nodeId: call.node } as const;
  const certified: RegisteredNode = { ...before, certification };
  if (!isOnDefault(state.farming, before)) {
    return paid(withNode(state, certified), [
      { event: "TfgridModule.NodeUpdated", node: certified },
      { ...told, certification },
    ]);
  }
  const chosen = choosePolicyFor(state, certified, at.now);
  if (!chosen.ok) return chosen;
  const node: RegisteredNode = { ...certified, policy: chosen.value.policy.id };
  return paid(withNode(chosen.value.state, node), [
    ...chosen.value.events,
    { event: "TfgridModule.NodeUpdated", node },
    { ...told, certification },
  ]);
}

/** The part of the chain that the list of certifiers is in. */
export interface CertifierView {
  readonly nodes: NodeTable;
}

/** Lets an account certify nodes. */
export function addCertifier<S extends CertifierView>(
  state: S,
  { certifier }: { readonly certifier: AccountId },
): Outcome<Step<S, NodeEvent>, "AlreadyCertifier"> {
  const before = state.nodes.certifiers ?? [];
  if (before.includes(certifier)) return refused("AlreadyCertifier");
  return paid(withCertifiers(state, withName(before, certifier)), [
    { event: "TfgridModule.NodeCertifierAdded", certifier },
  ]);
}

/** Takes from an account that it may certify nodes. */
export function removeCertifier<S extends CertifierView>(
  state: S,
  { certifier }: { readonly certifier: AccountId },
): Outcome<Step<S, NodeEvent>, "NotCertifier"> {
  const before = state.nodes.certifiers;
  if (before === null) return paid(state, []);
  if (!before.includes(certifier)) return refused("NotCertifier");
  return paid(withCertifiers(state, withoutName(before, certifier)), [
    { event: "TfgridModule.NodeCertifierRemoved", certifier },
  ]);
}

const withCertifiers = <S extends CertifierView>(
  state: S,
  certifiers: readonly AccountId[],
): S => ({ ...state, nodes: { ...state.nodes, certifiers } });
