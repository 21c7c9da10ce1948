/** What users and farmers do on the small grid of `grid.ts`. */
import {
  type Billed,
  type BillingTerms,
  type CancelError,
  type ContractId,
  type Created,
  type CreateError,
  cancelContract,
  contractId,
  createNameContract,
  createNodeContract,
  createRentContract,
  type GridState,
  nodeId,
  providerId,
  type Resources,
  reportResources,
  setExtraFee,
  setPowerState,
  transferKeepAlive,
  withLedger,
} from "../../src/protocol/index.ts";
import { milliUsd, type Outcome, tft } from "../../src/units/index.ts";
import { capacity, grid, NODE, terms, time, value } from "./grid.ts";

export const FIRST = contractId(1);
export const SECOND = contractId(2);
/** What a deployment of the chain's own tests uses, and what one uses that does not run. */
export const USED = capacity(2n, 2n, 60n, 0n);
export const UNUSED = capacity(0n, 0n, 0n, 0n);

/** The accounts of the chain's own tests; `rich` is there for the discount. */
export const start = (): GridState =>
  grid({
    alice: 10n ** 12n,
    bob: 2_500_000_000n,
    charlie: 150_000n,
    rich: 10n ** 12n,
    staking: 10n ** 6n,
    foundation: 10n ** 6n,
    sales: 10n ** 6n,
  });

interface Deployment {
  readonly hash?: string;
  readonly ips?: number;
  readonly provider?: number;
  readonly node?: number;
  readonly used?: Resources;
  readonly block?: number;
}

/** Tries to deploy; each deployment has its own hash unless told otherwise. */
export const tryDeploy = (
  state: GridState,
  account: string,
  more: Deployment = {},
  by: BillingTerms = terms(),
): Outcome<Created, CreateError> =>
  createNodeContract(
    state,
    {
      account,
      node: nodeId(more.node ?? 1),
      hash: more.hash ?? `deployment ${state.contractsMade}`,
      ips: more.ips ?? 0,
      provider: more.provider === undefined ? null : providerId(more.provider),
    },
    { ...time(more.block ?? 1), rules: by.billing.rules },
  );

/** Tries to rent a node in block 1. */
export const tryRent = (
  state: GridState,
  account: string,
  node = NODE,
  by: BillingTerms = terms(),
): Outcome<Created, CreateError> =>
  createRentContract(
    state,
    { account, node, provider: null },
    { ...time(1), rules: by.billing.rules },
  );

/** Tries to take a name. */
export const tryName = (
  state: GridState,
  account: string,
  name: string,
  { by = terms(), block = 1 }: { readonly by?: BillingTerms; readonly block?: number } = {},
): Outcome<Created, CreateError> =>
  createNameContract(state, { account, name }, { ...time(block), rules: by.billing.rules });

/** Tries to cancel a contract. */
export const tryCancel = (
  state: GridState,
  account: string,
  id: ContractId,
  { by = terms(), block = 1 }: { readonly by?: BillingTerms; readonly block?: number } = {},
): Outcome<Billed, CancelError> =>
  cancelContract(state, { account, contract: id }, time(block), by);

/** Deploys, and the node reports what is used. */
export const deploy = (
  state: GridState,
  account: string,
  more: Deployment = {},
  by: BillingTerms = terms(),
): GridState => {
  const made = value(tryDeploy(state, account, more, by));
  const report = { contract: made.id, used: more.used ?? USED };
  return value(reportResources(made.state, NODE, report));
};

/** Rents the node. */
export const rent = (state: GridState, account: string, by: BillingTerms = terms()): GridState =>
  value(tryRent(state, account, NODE, by)).state;

/** The farmer asks an extra fee, in 1e-3 USD a month. */
export const tryFee = (state: GridState, account: string, fee: bigint, node = NODE) =>
  setExtraFee(state, { account, node, fee: milliUsd(fee) });

/** The rich account pays another. */
export const pay = (state: GridState, to: string, amount: bigint): GridState =>
  withLedger(
    state,
    value(transferKeepAlive(state.ledger, { from: "rich", to, amount: tft(amount) })),
  );

/** The node goes to sleep, or wakes. */
export const power = (state: GridState, down: boolean, block = 1): GridState =>
  value(setPowerState(state, NODE, down, time(block).now));

/** Where a contract stands; undefined once it is removed. */
export const stateOf = (state: GridState, id: ContractId) => state.contracts.get(id)?.state;

/** The free balance of an account. */
export const free = (state: GridState, account: string) => state.ledger.accounts.get(account)?.free;
