/**
 * Origin: on whose authority a call of the chain is made.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs, `EnsureRootOrCouncilApproval`; substrate,
 * pallet-collective, `EnsureProportionAtLeast`. Root is reached through an approved DAO proposal
 * only, since sudo was removed (ADR 13).
 * Quirk: a motion carried with fewer than three fifths of the seats runs, and then the restricted
 * call inside it fails. What a member executes alone is neither signed nor approved by anybody.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import type { AccountId } from "./ledger.ts";

/** The chain itself, a council's motion with its ayes, one member alone, or who signed. */
export type Origin =
  | { readonly kind: "root" }
  | { readonly kind: "council"; readonly ayes: number; readonly seats: number }
  | { readonly kind: "member"; readonly account: AccountId }
  | { readonly kind: "signed"; readonly account: AccountId };

/** Who may make a restricted call: the pallets' own unit tests let only root. */
export type Gate = "root" | "rootOrCouncil";

/** The chain itself. */
export const root: Origin = { kind: "root" };

/** An account that signed. */
export const signed = (account: AccountId): Origin => ({ kind: "signed", account });

/** True for a council vote of at least three fifths of the seats. */
export const isCouncilApproval = (ayes: number, seats: number): boolean => 5 * ayes >= 3 * seats;

/** Whether an origin may make a restricted call. */
export function passesGate(origin: Origin, gate: Gate): boolean {
  switch (origin.kind) {
    case "root":
      return true;
    case "council":
      return gate === "rootOrCouncil" && isCouncilApproval(origin.ayes, origin.seats);
    case "member":
    case "signed":
      return false;
  }
}

/** The account that signed; refuses any other origin. */
export const signerOf = (origin: Origin): Outcome<AccountId, "BadOrigin"> =>
  origin.kind === "signed" ? accepted(origin.account) : refused("BadOrigin");
