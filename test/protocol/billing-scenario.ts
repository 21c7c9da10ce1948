/** Plays a billing scenario of the vectors with our rules, and tells it in the vectors' words. */
import {
  approveProvider,
  attachProvider,
  averagePrice,
  type Bill,
  type BillingTerms,
  bill,
  billBlock,
  type ChainTime,
  type Contract,
  cancelContract,
  contractId,
  createNameContract,
  createNodeContract,
  createProvider,
  createRentContract,
  effectivePrice,
  emptyFeed,
  type FailedBill,
  farmId,
  type GridState,
  nodeId,
  optOut,
  type PriceBounds,
  providerId,
  push,
  reportResources,
  reportTraffic,
  setExtraFee,
  setPowerState,
  transferKeepAlive,
  twinId,
  withLedger,
} from "../../src/protocol/index.ts";
import { blocks, bytes, milliUsd, type Outcome, seconds, tft } from "../../src/units/index.ts";
import {
  big,
  discounts,
  type Fields,
  fields,
  type Json,
  num,
  pricingOf,
  resourcesOf,
  splits,
} from "./billing-cases.ts";

import { billRow, finalOf } from "./billing-told.ts";

const GENESIS = 1_628_082_000;
const BLOCK_SECONDS = 6;

const timeOf = (block: number): ChainTime => ({
  block: blocks(block),
  now: seconds(GENESIS + BLOCK_SECONDS * block),
});

function termsOf(profile: string, setup: Fields): BillingTerms {
  const [average, floor, cap] = (setup.prices as Json[]).map((price) => milliUsd(big(price)));
  return {
    billing: {
      rules: profile === "legacy" ? "legacy" : "reserve",
      frequency: blocks(num(setup.billing_frequency)),
      distributionCycles: num(setup.distribution_frequency),
      gracePeriod: blocks(num(setup.grace_period)),
      existentialDeposit: tft(big(setup.existential_deposit)),
      blockTime: seconds(BLOCK_SECONDS),
    },
    pricing: pricingOf(setup.policy),
    discount: discounts,
    split: splits,
    price: effectivePrice(averagePrice(push(emptyFeed, average)), { floor, cap }),
  };
}

function stateOf(setup: Fields): GridState {
  const none = { reserved: tft(0n), frozen: tft(0n) };
  const balances = Object.entries(fields(setup.balances));
  const rows = <T>(name: string, make: (row: Fields) => T) =>
    Object.entries(fields(setup[name])).map(
      ([id, row]) => [Number(id), make(fields(row))] as const,
    );
  return {
    ledger: {
      accounts: new Map(balances.map(([id, free]) => [id, { free: tft(big(free)), ...none }])),
      issuance: tft(balances.reduce((sum, [, free]) => sum + big(free), 0n)),
      existentialDeposit: tft(big(setup.existential_deposit)),
    },
    twins: new Map(
      rows("twins", (row) => ({
        account: String(row.account),
        stash: row.stash ? String(row.stash) : null,
      })).map(([id, twin]) => [twinId(id), twin]),
    ),
    farms: new Map(
      rows("farms", (row) => ({
        twin: twinId(num(row.twin)),
        dedicated: row.dedicated === true,
        ips: num(row.public_ips),
      })).map(([id, farm]) => [farmId(id), farm]),
    ),
    nodes: new Map(
      rows("nodes", (row) => ({
        farm: farmId(num(row.farm)),
        twin: null,
        resources: resourcesOf(row.resources),
        certified: row.certified === true,
        extraFee: milliUsd(big(row.extra_fee_musd ?? 0)),
        power: { down: false, targetDown: false },
        optedOut: false,
      })).map(([id, node]) => [nodeId(id), node]),
    ),
    contracts: new Map(),
    payments: new Map(),
    providers: new Map(),
    services: new Map(),
    contractsMade: 0,
    servicesMade: 0,
    providersMade: 0,
    admins: new Set(),
    beneficiaries: { staking: "staking", foundation: "foundation", sales: "sales" },
  };
}

interface Play {
  state: GridState;
  terms: BillingTerms;
  block: number;
  readonly bills: (Bill | FailedBill)[];
  readonly bounds: PriceBounds;
}

/** Plays all steps; the result has the form of the case's `expected`. */
export function playScenario(input: Fields, watch?: (state: GridState) => void): unknown {
  const setup = fields(input.setup);
  const [, floor, cap] = (setup.prices as Json[]).map((price) => milliUsd(big(price)));
  const play: Play = {
    state: stateOf(setup),
    terms: termsOf(String(input.profile), setup),
    block: 0,
    bills: [],
    bounds: { floor, cap },
  };
  const steps = (input.steps as Json[]).map((step) => {
    const told = tell(play, take(play, fields(step)));
    watch?.(play.state);
    return told;
  });
  const legacy = input.profile === "legacy";
  return {
    steps,
    bills: play.bills.map((one) => billRow(one, legacy)),
    final: finalOf(play.state, play.block),
  };
}

type Taken = Outcome<{ readonly state: GridState; readonly id?: number }, string>;

function tell(play: Play, taken: Taken): unknown {
  if (!taken.ok) return { status: "error", error: taken.error };
  play.state = taken.value.state;
  const { id } = taken.value;
  return id === undefined ? { status: "ok" } : { status: "ok", id };
}

const whole = (outcome: Outcome<GridState, string>): Taken =>
  outcome.ok ? { ok: true, value: { state: outcome.value } } : outcome;

/** Only contracts tell their number. */
function take(play: Play, step: Fields): Taken {
  const { state, terms } = play;
  const at = timeOf(play.block);
  const account = String(step.account);
  const node = nodeId(num(step.node ?? 0));
  const contract = contractId(num(step.contract ?? 0));
  const provider = step.provider == null ? null : providerId(num(step.provider));
  const made = { ...at, rules: terms.billing.rules };
  switch (step.op) {
    case "advance":
      advance(play, num(step.to_block));
      return { ok: true, value: { state: play.state } };
    case "create_node": {
      const hash = `deployment ${state.contractsMade}`;
      return createNodeContract(state, { account, node, hash, ips: num(step.ips), provider }, made);
    }
    case "create_rent":
      return createRentContract(state, { account, node, provider }, made);
    case "create_name":
      return createNameContract(state, { account, name: String(step.name) }, made);
    case "report_resources": {
      const on = reporter(state.contracts.get(contract));
      return whole(reportResources(state, on, { contract, used: resourcesOf(step.resources) }));
    }
    case "report_nru": {
      const on = reporter(state.contracts.get(contract));
      const window = seconds(num(step.window));
      const report = { contract, traffic: bytes(big(step.nru)), window, until: at.now };
      return whole(reportTraffic(state, on, report, terms.pricing));
    }
    case "transfer": {
      const order = { from: String(step.from), to: String(step.to), amount: tft(big(step.amount)) };
      const paid = transferKeepAlive(state.ledger, order);
      return paid.ok ? { ok: true, value: { state: withLedger(state, paid.value) } } : paid;
    }
    case "cancel": {
      const gone = cancelContract(state, { account, contract }, at, terms);
      if (gone.ok && gone.value.bill !== null) play.bills.push(gone.value.bill);
      return gone.ok ? { ok: true, value: { state: gone.value.state } } : gone;
    }
    case "bill": {
      const billed = bill(state, contract, at, terms);
      if (billed.ok && billed.value.bill !== null) play.bills.push(billed.value.bill);
      return billed.ok ? { ok: true, value: { state: billed.value.state } } : billed;
    }
    case "power_state":
      return whole(setPowerState(state, node, step.down === true, at.now));
    case "set_extra_fee":
      return whole(setExtraFee(state, { account, node, fee: milliUsd(big(step.fee_musd)) }));
    case "opt_out":
      return whole(optOut(state, node));
    case "set_price":
      play.terms = { ...terms, price: effectivePrice(milliUsd(big(step.average)), play.bounds) };
      return { ok: true, value: { state } };
    case "create_provider": {
      const shares = (step.providers as Json[]).map((row) => {
        const [who, percent] = row as Json[];
        return { account: String(who), take: big(percent) };
      });
      return createProvider(state, shares);
    }
    case "approve_provider":
      return whole(approveProvider(state, providerId(num(step.provider)), step.approve === true));
    case "attach_provider":
      return whole(
        attachProvider(state, { account, contract, provider: providerId(num(step.provider)) }),
      );
    default:
      throw new Error(`no step ${String(step.op)}`);
  }
}

const reporter = (contract: Contract | undefined) =>
  contract === undefined || contract.kind === "name" ? nodeId(1) : contract.node;

function advance(play: Play, to: number): void {
  while (play.block < to) {
    play.block += 1;
    const done = billBlock(play.state, timeOf(play.block), play.terms);
    play.state = done.state;
    play.bills.push(...done.bills);
  }
}
