/** Random lives of a whole chain from one name: whatever its accounts do, by any call there is. */
import { begin, type Standing, takeStep } from "../../src/audit/chain-scenario.ts";
import { type Draws, drawsFrom } from "../../src/audit/draw.ts";
import { bridgeActs, bridged, burningActs, priceActs } from "../../src/audit/new-chain-bridge.ts";
import { contractActs, deployed, funded } from "../../src/audit/new-chain-contract.ts";
import { councilActs } from "../../src/audit/new-chain-council.ts";
import { accountActs } from "../../src/audit/new-chain-entity.ts";
import { policyActs } from "../../src/audit/new-chain-policy.ts";
import { registered, registryActs } from "../../src/audit/new-chain-registry.ts";
import { provided, serviceActs } from "../../src/audit/new-chain-service.ts";
import type { Act } from "../../src/audit/new-chain-step.ts";
import { voteActs } from "../../src/audit/new-chain-vote.ts";
import type { Fields } from "../../src/audit/spot.ts";
import {
  type ChainState,
  chainFaults,
  type Faults,
  fingerprint,
  governanceFaults,
  supplyFaults,
} from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";

/** What a life is played by: a name, and how often the invariants are read. */
export interface ChainLife {
  readonly seed: string;
  readonly windows: number;
}

/** What a life came to: sentences that did not hold, and the answers to each call. */
export interface ChainLived {
  readonly faults: Faults;
  readonly words: ReadonlySet<string>;
  readonly minted: bigint;
  readonly burned: bigint;
  readonly last: ChainState;
}

/** Votes are drawn most often: what is wrong with them takes several acts to come about. */
const ACTS: readonly Act[] = [
  ...[...councilActs, ...councilActs, ...councilActs, ...voteActs, ...voteActs],
  ...[...registryActs, ...registryActs, ...policyActs, ...voteActs, ...bridgeActs, ...bridgeActs],
  ...[...contractActs, ...serviceActs, ...accountActs, ...priceActs],
  ...burningActs,
];

/** Controls that put there what no call has made, such as contracts of nobody. */
const CONJURED = ["set_active_contracts", "set_rent_contract", "set_ip_contract"];

/** What a call made and destroyed, by what it announced and by the text of the rules. */
function flow(before: ChainState, told: Fields): { readonly made: bigint; readonly gone: bigint } {
  const amount = BigInt(String(told["amount"] ?? 0));
  const { feeAccount, depositFee, withdrawFee } = before.bridge;
  const none = { made: 0n, gone: 0n };
  switch (told["event"]) {
    case "TFTBridgeModule.MintCompleted":
      return { ...none, made: feeAccount === null ? amount - depositFee : amount };
    case "TFTBridgeModule.BurnTransactionCreated":
      return { ...none, gone: feeAccount === null ? amount + withdrawFee : amount };
    case "BurningModule.BurnTransactionCreated": {
      const account = before.ledger.accounts.get(String(told["target"]));
      const { free = 0n, reserved = 0n, frozen = 0n } = account ?? {};
      const kept = reserved + frozen > 0n ? before.ledger.existentialDeposit : 0n;
      const most = free > kept ? free - kept : 0n;
      return { ...none, gone: amount < most ? amount : most };
    }
    case "SmartContractModule.TokensBurned":
      return { ...none, gone: amount };
    case "Balances.BalanceSet": {
      const free = before.ledger.accounts.get(String(told["who"]))?.free ?? 0n;
      const more = BigInt(String(told["free"])) - free;
      return more > 0n ? { ...none, made: more } : { ...none, gone: -more };
    }
    default:
      return none;
  }
}

/** A life in the middle of it. */
interface Living {
  standing: Standing;
  readonly faults: string[];
  readonly words: Set<string>;
  genesis: bigint;
  minted: bigint;
  burned: bigint;
}

function play(life: Living, step: Fields): void {
  if (CONJURED.some((name) => Object.hasOwn(step, name))) return;
  const before = life.standing.moment.state;
  const text = fingerprint(before);
  const answer = takeStep(life.standing, step);
  if (!answer.ok) throw new Error(`${JSON.stringify(step)}: ${answer.error}`);
  if (fingerprint(before) !== text) life.faults.push(`${JSON.stringify(step)} changed the past`);
  const { standing, result } = answer.value;
  const told = standing.events.slice(life.standing.events.length);
  life.standing = standing;
  if (typeof step["call"] !== "string") {
    const { issuance } = standing.moment.state.ledger;
    if (Object.hasOwn(step, "set_balance")) life.genesis += issuance - before.ledger.issuance;
    return;
  }
  const { error = "ok" } = result as { readonly error?: string };
  life.words.add(`${step["call"]}: ${error}`);
  if (error !== "ok" && fingerprint(standing.moment.state) !== text)
    life.faults.push(`${JSON.stringify(step)} was refused and changed something`);
  let state = before;
  for (const event of told) {
    const { made, gone } = flow(state, event as Fields);
    life.minted += made;
    life.burned += gone;
    state = { ...state, ledger: standing.moment.state.ledger };
  }
}

/** Plays a life; stops at the first window after which something does not hold. */
export function liveChain({ seed, windows }: ChainLife): ChainLived {
  const draws: Draws = drawsFrom(`chain swarm ${seed}`);
  // With a deposit of one unit no dust is destroyed, so that the supply is exact.
  const begun = begin({ preset: draws.pick(["runtime", "mock-dao"]), config: { ed: 1, block: 1 } });
  if (!begun.ok) throw new Error(begun.error);
  const { issuance: genesis } = begun.value.moment.state.ledger;
  const life: Living = {
    ...{ standing: begun.value, faults: [], words: new Set() },
    ...{ genesis, minted: 0n, burned: 0n },
  };
  const first = [registered, bridged, funded, provided, deployed].flatMap((make) => make(draws));
  for (const step of first) play(life, step);
  for (let window = 0; window < windows && life.faults.length === 0; window++) {
    for (let acts = draws.count(1, 6); acts > 0; acts--) {
      const { moment, labels } = life.standing;
      const { state, block } = moment;
      const scene = { state, block, now: Number(moment.ms / 1000n), labels };
      for (const step of draws.pick(ACTS)(draws, scene)) {
        play(life, step);
        // Much that is allowed once is refused the second time.
        if (draws.chance(1, 5)) play(life, step);
      }
      life.faults.push(...governanceFaults(life.standing.moment.state));
    }
    play(life, { run_to_block: life.standing.moment.block + draws.count(0, 25) });
    const { state } = life.standing.moment;
    const supply = {
      ...{ genesis: tft(life.genesis), minted: tft(life.minted), burned: tft(life.burned) },
      issuance: state.ledger.issuance,
    };
    life.faults.push(...chainFaults(state), ...supplyFaults(supply));
  }
  const { faults, words, minted, burned } = life;
  return { faults, words, minted, burned, last: life.standing.moment.state };
}
