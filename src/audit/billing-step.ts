/**
 * The steps of a billing scenario: what users, farmers, nodes and the council do, and time itself.
 *
 * Block b has the timestamp of block 0 plus six seconds each. A step happens after its block,
 * whole or not at all; `advance` bills block by block.
 */
import {
  approveProvider,
  attachProvider,
  type Bill,
  type BillingTerms,
  billBlock,
  type ChainTime,
  cancelContract,
  contractId,
  createNameContract,
  createNodeContract,
  createProvider,
  createRentContract,
  effectivePrice,
  type FailedBill,
  type GridState,
  nodeId,
  optOut,
  type PriceBounds,
  providerId,
  reportResources,
  reportTraffic,
  setExtraFee,
  setPowerState,
  transferKeepAlive,
  withLedger,
} from "../protocol/index.ts";
import { accepted, blocks, bytes, type Outcome, seconds } from "../units/index.ts";
import { milliUsdAt, resourcesAt, spanAt, tftAt } from "./billing-terms.ts";
import {
  at,
  blame,
  count,
  flag,
  item,
  list,
  maybe,
  mute,
  type Spot,
  text,
  whole,
  word,
} from "./spot.ts";

/** The instant of block 0. */
const GENESIS = 1_628_082_000;
/** Seconds between two blocks. */
export const BLOCK_SECONDS = 6;

/** A block and its instant. */
export const timeOf = (block: number): ChainTime => ({
  block: blocks(block),
  now: seconds(GENESIS + BLOCK_SECONDS * block),
});

/** Where a scenario stands. */
export interface Play {
  readonly state: GridState;
  readonly terms: BillingTerms;
  /** The bounds that the next price is held to. */
  readonly bounds: PriceBounds;
  readonly time: ChainTime;
}

/** What a step came to; only one that creates tells a number. */
export interface Played {
  readonly play: Play;
  readonly id?: number;
  readonly bills: readonly (Bill | FailedBill)[];
}

/** One step: where the scenario stands afterwards, or the chain's word for why it does not move. */
export type Act = (play: Play) => Outcome<Played, string>;

const moved = (play: Play, outcome: Outcome<GridState, string>): ReturnType<Act> =>
  outcome.ok ? accepted({ play: { ...play, state: outcome.value }, bills: [] }) : outcome;

const made = (
  play: Play,
  outcome: Outcome<{ readonly state: GridState; readonly id: number }, string>,
): ReturnType<Act> => {
  if (!outcome.ok) return outcome;
  const { state, id } = outcome.value;
  return accepted({ play: { ...play, state }, id, bills: [] });
};

const accountAt = (step: Spot): string => text(at(step, "account"));
const nodeAt = (step: Spot) => nodeId(count(at(step, "node")));
const contractAt = (step: Spot) => contractId(count(at(step, "contract")));
const providerAt = (step: Spot) => providerId(count(at(step, "provider")));
const providerMaybe = (step: Spot) =>
  maybe(at(step, "provider"), (spot) => providerId(count(spot)), null);

const STEPS: Readonly<Record<string, (step: Spot) => Act>> = {
  advance: (step) => {
    const to = count(at(step, "to_block"));
    return (play) => accepted(advance(play, to));
  },
  create_node: (step) => {
    const call = { account: accountAt(step), node: nodeAt(step), ips: count(at(step, "ips")) };
    const provider = providerMaybe(step);
    return (play) => {
      // Each deployment of a scenario has a hash of its own.
      const hash = `deployment ${play.state.contractsMade}`;
      return made(
        play,
        createNodeContract(play.state, { ...call, provider, hash }, creation(play)),
      );
    };
  },
  create_rent: (step) => {
    const call = { account: accountAt(step), node: nodeAt(step), provider: providerMaybe(step) };
    return (play) => made(play, createRentContract(play.state, call, creation(play)));
  },
  create_name: (step) => {
    const call = { account: accountAt(step), name: text(at(step, "name")) };
    return (play) => made(play, createNameContract(play.state, call, creation(play)));
  },
  report_resources: (step) => {
    const report = { contract: contractAt(step), used: resourcesAt(at(step, "resources")) };
    return (play) =>
      moved(play, reportResources(play.state, reporterOf(play.state, report.contract), report));
  },
  report_nru: (step) => {
    const contract = contractAt(step);
    const [traffic, window] = [bytes(whole(at(step, "nru"))), spanAt(at(step, "window"))];
    return (play) => {
      const report = { contract, traffic, window, until: play.time.now };
      const reporter = reporterOf(play.state, contract);
      return moved(play, reportTraffic(play.state, reporter, report, play.terms.pricing));
    };
  },
  transfer: (step) => {
    const [from, to] = [text(at(step, "from")), text(at(step, "to"))];
    const amount = tftAt(at(step, "amount"));
    return (play) => {
      const paid = transferKeepAlive(play.state.ledger, { from, to, amount });
      return moved(play, paid.ok ? accepted(withLedger(play.state, paid.value)) : paid);
    };
  },
  cancel: (step) => {
    const call = { account: accountAt(step), contract: contractAt(step) };
    return (play) => {
      const gone = cancelContract(play.state, call, play.time, play.terms);
      if (!gone.ok) return gone;
      const { state, bill } = gone.value;
      return accepted({ play: { ...play, state }, bills: bill === null ? [] : [bill] });
    };
  },
  power_state: (step) => {
    const [node, down] = [nodeAt(step), flag(at(step, "down"))];
    return (play) => moved(play, setPowerState(play.state, node, down, play.time.now));
  },
  set_extra_fee: (step) => {
    const fee = milliUsdAt(at(step, "fee_musd"));
    const call = { account: accountAt(step), node: nodeAt(step), fee };
    return (play) => moved(play, setExtraFee(play.state, call));
  },
  opt_out: (step) => {
    const node = nodeAt(step);
    return (play) => moved(play, optOut(play.state, node));
  },
  set_price: (step) => {
    const average = milliUsdAt(at(step, "average"));
    return (play) => {
      const price = effectivePrice(average, play.bounds);
      return accepted({ play: { ...play, terms: { ...play.terms, price } }, bills: [] });
    };
  },
  create_provider: (step) => {
    const shares = list(at(step, "providers"), shareAt);
    return (play) => made(play, createProvider(play.state, shares));
  },
  approve_provider: (step) => {
    const [provider, approved] = [providerAt(step), flag(at(step, "approve"))];
    return (play) => moved(play, approveProvider(play.state, provider, approved));
  },
  attach_provider: (step) => {
    const call = {
      account: accountAt(step),
      contract: contractAt(step),
      provider: providerAt(step),
    };
    return (play) => moved(play, attachProvider(play.state, call));
  },
};

/** The steps that a scenario may take, as `op` names them. */
export const billingSteps: readonly string[] = Object.keys(STEPS);

/** Reads one step; what is wrong is among the faults of the spot. */
export function actAt(step: Spot): Act {
  const op = at(step, "op");
  const name = word(op, billingSteps);
  return STEPS[name](name === op.value ? step : mute(step));
}

const creation = ({ time, terms }: Play) => ({ ...time, rules: terms.billing.rules });

/** Reads `[account, percent]`. */
function shareAt(row: Spot): { readonly account: string; readonly take: bigint } {
  if (!Array.isArray(row.value) || row.value.length !== 2) {
    blame(row, "a list of an account and its percentage");
    return { account: "", take: 0n };
  }
  return { account: text(item(row, 0)), take: whole(item(row, 1)) };
}

/** Reports come from the node that holds the contract; for any other contract, from node 1. */
function reporterOf(state: GridState, id: ReturnType<typeof contractAt>) {
  const contract = state.contracts.get(id);
  return contract === undefined || contract.kind === "name" ? nodeId(1) : contract.node;
}

/** Executes the blocks up to a height, each with its bills. */
function advance(play: Play, to: number): Played {
  let { state, time } = play;
  const bills: (Bill | FailedBill)[] = [];
  while (time.block < to) {
    time = timeOf(time.block + 1);
    const done = billBlock(state, time, play.terms);
    state = done.state;
    bills.push(...done.bills);
  }
  return { play: { ...play, state, time }, bills };
}
