/**
 * Twins: the identities of people and machines on the chain.
 *
 * Lifecycle: an account accepts the terms, makes one twin, and may change how it is reached; a
 * stash may bond itself to any twin. A twin is never deleted.
 * Source: tfchain 33046d6, pallet-tfgrid/src/twin.rs and src/terms_cond.rs; ADR 7 for the bond.
 * Quirks: a relay whose first label is one character is refused; anybody may bond to any twin, and
 * the last to do so counts; terms may be accepted again and again.
 * The proofs that entities give of a twin are in `entity.ts`.
 */
import { accepted, type Outcome, refused, type Seconds } from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import { type EntityId, type TwinId, twinId } from "./contract/state.ts";
import { withEntry } from "./entry.ts";
import type { AccountId } from "./ledger.ts";
import { paid, type Step } from "./step.ts";
import { lengthFault } from "./text.ts";

const LINK_LENGTH = { least: 1, most: 2048 } as const;
const HASH_LENGTH = { least: 1, most: 50 } as const;
/** What may stand in an address of the web, by RFC 3986. */
const LINK = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
const HASH = /^[A-Za-z0-9_-]*$/;
const RELAY = /^[A-Za-z0-9._-]*$/;

/** One identity. */
export interface RegisteredTwin {
  readonly id: TwinId;
  readonly account: AccountId;
  readonly relay: string | null;
  /** The key by which its messages are encrypted. */
  readonly pk: string | null;
  /** What entities signed for it. */
  readonly entities: readonly EntityProof[];
  /** The account whose balance counts toward the discount as well, or null. */
  readonly stash: AccountId | null;
}

/** An entity's signature under the numbers of both, in hex. */
export interface EntityProof {
  readonly entity: EntityId;
  readonly signature: string;
}

/** Terms that an account accepted. */
export interface AcceptedTerms {
  readonly link: string;
  readonly hash: string;
  readonly at: Seconds;
}

/** All identities, and who accepted which terms. */
export interface TwinTable {
  readonly made: number;
  readonly byId: ReadonlyMap<TwinId, RegisteredTwin>;
  readonly byAccount: ReadonlyMap<AccountId, TwinId>;
  readonly terms: ReadonlyMap<AccountId, readonly AcceptedTerms[]>;
}

/** A chain without twins. */
export const noTwins: TwinTable = {
  made: 0,
  byId: new Map(),
  byAccount: new Map(),
  terms: new Map(),
};

/** The part of the chain that these calls see. */
export interface TwinView {
  readonly twins: TwinTable;
}

/** What twins announce. */
export type TwinEvent =
  | { readonly event: "TfgridModule.TwinStored"; readonly twin: RegisteredTwin }
  | { readonly event: "TfgridModule.TwinUpdated"; readonly twin: RegisteredTwin }
  | {
      readonly event: "TfgridModule.TwinAccountBounded";
      readonly twinId: TwinId;
      readonly account: AccountId;
    };

/** The twin of an account, or null. */
export function twinOfAccount(twins: TwinTable, account: AccountId): RegisteredTwin | null {
  const id = twins.byAccount.get(account);
  return id === undefined ? null : (twins.byId.get(id) ?? null);
}

/** Accepts the terms that a link and a hash name; refuses texts that are too long or odd. */
export function acceptTerms<S extends TwinView>(
  state: S,
  account: AccountId,
  terms: { readonly link: string; readonly hash: string },
  at: ChainTime,
): Outcome<
  Step<S, TwinEvent>,
  | "DocumentLinkInputTooShort"
  | "DocumentLinkInputTooLong"
  | "InvalidDocumentLinkInput"
  | "DocumentHashInputTooShort"
  | "DocumentHashInputTooLong"
  | "InvalidDocumentHashInput"
> {
  const link = lengthFault(terms.link, LINK_LENGTH);
  if (link === "short") return refused("DocumentLinkInputTooShort");
  if (link === "long") return refused("DocumentLinkInputTooLong");
  if (!LINK.test(terms.link)) return refused("InvalidDocumentLinkInput");
  const hash = lengthFault(terms.hash, HASH_LENGTH);
  if (hash === "short") return refused("DocumentHashInputTooShort");
  if (hash === "long") return refused("DocumentHashInputTooLong");
  if (!HASH.test(terms.hash)) return refused("InvalidDocumentHashInput");
  const before = state.twins.terms.get(account) ?? [];
  const all = [...before, { link: terms.link, hash: terms.hash, at: at.now }];
  const twins = { ...state.twins, terms: withEntry(state.twins.terms, account, all) };
  return paid({ ...state, twins }, []);
}

/** How a twin is reached. */
export interface Reach {
  readonly relay: string | null;
  readonly pk: string | null;
}

/** Makes the one twin of an account that accepted the terms. */
export function createTwin<S extends TwinView>(
  state: S,
  account: AccountId,
  { relay, pk }: Reach,
): Outcome<
  Step<S, TwinEvent>,
  "UserDidNotSignTermsAndConditions" | "TwinWithPubkeyExists" | "InvalidRelayAddress"
> {
  const { twins } = state;
  if (!twins.terms.has(account)) return refused("UserDidNotSignTermsAndConditions");
  if (twins.byAccount.has(account)) return refused("TwinWithPubkeyExists");
  if (relay !== null && !isRelay(relay)) return refused("InvalidRelayAddress");
  const made = twins.made + 1;
  const own = { account, relay, pk, stash: null };
  const twin: RegisteredTwin = { id: twinId(made), ...own, entities: [] };
  const byAccount = withEntry(twins.byAccount, account, twin.id);
  const byId = withEntry(twins.byId, twin.id, twin);
  return paid({ ...state, twins: { ...twins, made, byId, byAccount } }, [
    { event: "TfgridModule.TwinStored", twin },
  ]);
}

/** Changes how the caller's twin is reached. */
export function updateTwin<S extends TwinView>(
  state: S,
  account: AccountId,
  { relay, pk }: Reach,
): Outcome<Step<S, TwinEvent>, "TwinNotExists" | "InvalidRelayAddress"> {
  const before = twinOfAccount(state.twins, account);
  if (before === null) return refused("TwinNotExists");
  if (relay !== null && !isRelay(relay)) return refused("InvalidRelayAddress");
  const twin = { ...before, relay, pk };
  return paid(withTwin(state, twin), [{ event: "TfgridModule.TwinUpdated", twin }]);
}

/** The caller's balance shall count for a twin's discount; refuses the twin's own account. */
export function bondTwinAccount<S extends TwinView>(
  state: S,
  account: AccountId,
  call: { readonly twin: TwinId },
): Outcome<Step<S, TwinEvent>, "TwinNotExists" | "TwinCannotBoundToItself"> {
  const before = state.twins.byId.get(call.twin);
  if (before === undefined) return refused("TwinNotExists");
  if (before.account === account) return refused("TwinCannotBoundToItself");
  return paid(withTwin(state, { ...before, stash: account }), [
    { event: "TfgridModule.TwinAccountBounded", twinId: before.id, account },
  ]);
}

function withTwin<S extends TwinView>(state: S, twin: RegisteredTwin): S {
  return { ...state, twins: { ...state.twins, byId: withEntry(state.twins.byId, twin.id, twin) } };
}

/** Whether a text is a relay; the chain counts the distance of a dot from the start or last dot. */
export function isRelay(text: string): boolean {
  if (text === "" || text.endsWith(".") || text.startsWith(".") || !RELAY.test(text)) return false;
  let last = 0;
  for (let place = 1; place < text.length; place++) {
    if (text[place] !== ".") continue;
    if (place - last === 1) return false;
    last = place;
  }
  return true;
}

/** The account of a twin, or null; what asks for the owner of a farm. */
export const accountOfTwin = (twins: TwinTable, id: TwinId): AccountId | null =>
  twins.byId.get(id)?.account ?? null;

/** The caller's twin; refuses an account that has none. */
export function ownTwin(
  twins: TwinTable,
  account: AccountId,
): Outcome<RegisteredTwin, "TwinNotExists"> {
  const twin = twinOfAccount(twins, account);
  return twin === null ? refused("TwinNotExists") : accepted(twin);
}
