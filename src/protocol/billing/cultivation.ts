/**
 * The payout up to spec 151: the lock is lifted, the farmer has the extra fee, the rest is split.
 *
 * Lifecycle: every so many bills, and when a contract with something locked ends.
 * Source: tfchain 33046d6, pallet-smart-contract/src/billing.rs, `handle_lock`,
 * `distribute_extra_cultivation_rewards`, `distribute_cultivation_rewards`.
 * Quirks: only what the account may still use is paid; a provider that was disapproved since is
 * paid all the same; one transfer that fails undoes the whole bill.
 */
import { accepted, type Outcome, refused, type Tft, tft } from "../../units/index.ts";
import {
  type Contract,
  type GridState,
  isDeleted,
  type LegacyPayment,
  withLedger,
} from "../contract/state.ts";
import {
  type AccountId,
  accountOf,
  burn,
  freeze,
  type Ledger,
  transferKeepAlive,
  usableLegacy,
} from "../ledger.ts";
import { splitLegacy } from "../split.ts";
import type { BillError, ContractEvent, Parties } from "./due.ts";
import type { BillingTerms } from "./policy.ts";

/** A contract that may be due for its payout. */
export interface CultivationClaim {
  readonly contract: Contract;
  readonly payment: LegacyPayment;
  readonly parties: Parties;
  readonly terms: BillingTerms;
}

/** The chain after a payout, and what it spent in 1e-7 TFT. */
export interface Cultivation {
  readonly state: GridState;
  readonly payment: LegacyPayment;
  readonly events: readonly ContractEvent[];
  readonly distributed: Tft;
}

/** Lifts a contract's part of the lock and pays it out, if it is time. */
export function unlockAndPay(
  state: GridState,
  claim: CultivationClaim,
): Outcome<Cultivation, BillError> {
  const { payment, contract } = claim;
  const whole = payment.locked + payment.extraLocked;
  const ending = isDeleted(contract) && whole > 0n;
  if (payment.cycles < claim.terms.billing.distributionCycles && !ending) {
    return accepted({ state, payment, events: [], distributed: tft(0n) });
  }
  const payer = claim.parties.payer.account;
  const unlocked = unlock(state.ledger, payer, tft(whole));
  let { ledger, available } = unlocked;
  const extra = least(available, payment.extraLocked);
  if (payment.extraLocked > 0n) {
    const site = claim.parties.site;
    const farmer = site === null ? payer : site.farmer.account;
    const paid = transferKeepAlive(ledger, { from: payer, to: farmer, amount: extra });
    if (!paid.ok) return paid;
    ledger = paid.value;
    // The chain asks again and forgets the deposit that it left aside the first time.
    available = usableLegacy(ledger, payer);
  }
  const amount = least(available, payment.locked);
  const shared = share(withLedger(state, ledger), payer, amount, claim);
  if (!shared.ok) return shared;
  return accepted({
    state: withLedger(state, shared.value.ledger),
    payment: {
      ...payment,
      locked: tft(0n),
      extraLocked: tft(0n),
      cycles: 0,
    },
    events: shared.value.events,
    distributed: tft(extra + amount),
  });
}

const least = (a: Tft, b: Tft): Tft => (a < b ? a : b);

/** Frees `whole` of the lock; leaves the deposit aside where nothing stays locked. */
function unlock(
  ledger: Ledger,
  payer: AccountId,
  whole: Tft,
): { readonly ledger: Ledger; readonly available: Tft } {
  const locked = accountOf(ledger, payer).free - usableLegacy(ledger, payer);
  const rest = locked > whole ? tft(locked - whole) : tft(0n);
  if (rest > ledger.existentialDeposit) {
    const relocked = freeze(ledger, payer, rest);
    return { ledger: relocked, available: usableLegacy(relocked, payer) };
  }
  const freed = freeze(ledger, payer, tft(0n));
  const usable = usableLegacy(freed, payer) - ledger.existentialDeposit;
  return { ledger: freed, available: tft(usable > 0n ? usable : 0n) };
}

interface Shared {
  readonly ledger: Ledger;
  readonly events: readonly ContractEvent[];
}

/** Shares an amount: foundation, staking, providers, sales, and the rest is burned. */
function share(
  state: GridState,
  from: AccountId,
  amount: Tft,
  { contract, terms }: CultivationClaim,
): Outcome<Shared, BillError> {
  if (amount === 0n) return accepted({ ledger: state.ledger, events: [] });
  const provider = contract.provider === null ? undefined : state.providers.get(contract.provider);
  const shares = provider?.shares ?? [];
  const split = splitLegacy(
    amount,
    shares.map((one) => one.take),
    terms.split,
  );
  let ledger = state.ledger;
  for (const [to, part] of [
    [state.beneficiaries.foundation, split.foundation],
    [state.beneficiaries.staking, split.staking],
  ] as const) {
    const paid = transferKeepAlive(ledger, { from, to, amount: part });
    if (!paid.ok) return paid;
    ledger = paid.value;
  }
  for (const [index, { account }] of shares.entries()) {
    const paid = transferKeepAlive(ledger, { from, to: account, amount: split.providers[index] });
    if (!paid.ok) return refused("InvalidProviderConfiguration");
    ledger = paid.value;
  }
  const sold = transferKeepAlive(ledger, {
    from,
    to: state.beneficiaries.sales,
    amount: split.sales,
  });
  if (!sold.ok) return sold;
  const burned = burn(sold.value, from, split.burn);
  if (!burned.ok) return burned;
  const told: ContractEvent = { kind: "TokensBurned", contract: contract.id, amount: split.burn };
  return accepted({ ledger: burned.value, events: [told] });
}
