/**
 * Solution providers: who brings users to the grid, and shares what they pay.
 *
 * Lifecycle: anybody proposes one, the council approves or revokes, a contract names it once.
 * Source: tfchain 33046d6, pallet-smart-contract/src/solution_provider.rs; ADR 0006.
 * Quirks: since spec 152 no money flows to providers any more, though contracts still name them;
 * the sum of the shares is kept in 8 bits; one that was revoked is still paid.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import { providerError, twinOf } from "./contract/create.ts";
import {
  type ContractId,
  type GridState,
  type ProviderId,
  providerId,
  type SolutionProvider,
  withContract,
} from "./contract/state.ts";
import type { AccountId } from "./ledger.ts";

/** The most that all shares of a provider may come to, in percent. */
const TAKE_MAX = 50n;

/** Proposes a provider with shares in whole percent; refuses more than half in all. */
export function createProvider(
  state: GridState,
  shares: SolutionProvider["shares"],
): Outcome<{ readonly state: GridState; readonly id: ProviderId }, "InvalidProviderConfiguration"> {
  const sum = shares.reduce((total, share) => total + share.take, 0n);
  if (BigInt.asUintN(8, sum) > TAKE_MAX) return refused("InvalidProviderConfiguration");
  const providersMade = state.providersMade + 1;
  const id = providerId(providersMade);
  const providers = new Map(state.providers).set(id, { approved: false, shares });
  return accepted({ state: { ...state, providers, providersMade }, id });
}

/** Approves a provider, or takes the approval back. */
export function approveProvider(
  state: GridState,
  id: ProviderId,
  approved: boolean,
): Outcome<GridState, "NoSuchSolutionProvider"> {
  const provider = state.providers.get(id);
  if (provider === undefined) return refused("NoSuchSolutionProvider");
  return accepted({
    ...state,
    providers: new Map(state.providers).set(id, { ...provider, approved }),
  });
}

/** Names a provider in a contract that has none yet, by the contract's owner. */
export function attachProvider(
  state: GridState,
  call: {
    readonly account: AccountId;
    readonly contract: ContractId;
    readonly provider: ProviderId;
  },
): Outcome<
  GridState,
  | "NoSuchSolutionProvider"
  | "SolutionProviderNotApproved"
  | "ContractNotExists"
  | "TwinNotExists"
  | "UnauthorizedToChangeSolutionProviderId"
> {
  const error = providerError(state, call.provider);
  if (error !== null) return refused(error);
  const contract = state.contracts.get(call.contract);
  if (contract === undefined) return refused("ContractNotExists");
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  if (contract.twin !== twin || contract.provider !== null) {
    return refused("UnauthorizedToChangeSolutionProviderId");
  }
  return accepted(withContract(state, { ...contract, provider: call.provider }));
}
