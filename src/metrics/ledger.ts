/**
 * Ledger: who paid and who received over the run, to the last unit, for those who ask for the table
 * `ledger`.
 *
 * A row is what one party gained (or, below zero, gave): all rows of a run add up to nothing. What
 * bills have taken and no payout has shared yet lies with the contracts, and is counted there, not
 * inferred. New tokens come from all who hold old ones, whose share of the whole they thin out.
 * What farmers pay in dollars, for power, lines and hardware, others receive, in a column of its
 * own: it has one worth whatever the token has. Dollars are whole 1e-7 and add up to nothing too.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { closing } from "../world/chain.ts";
import { STEP } from "../world/contract.ts";
import { mayMintCarbon } from "../world/era.ts";
import type { Closing, World } from "../world/state.ts";
import { upkeep } from "../world/upkeep.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";

/** Whoever writes the ledger; it has no metric of its own. */
export const ledgerMetrics: MetricGroup = {
  entries: [],
  watch: (world) => new LedgerWatcher(world),
};

/**
 * What one party gained: in 1e-7 TFT, in 1e-7 USD at the market when it moved, and in 1e-7 USD that
 * were paid as such.
 */
interface Line {
  readonly line: string;
  readonly units: bigint;
  readonly usd: bigint;
  readonly cost: bigint;
}

/** The whole 1e-7 USD nearest to an amount in USD. */
const wholeUsd = (usd: number): bigint => BigInt(Math.floor(usd * UNITS_PER_TOKEN + 0.5));

/** The parties that share what is charged, and how a closing calls what they had by then. */
const SHARED = [
  ["farmers, from users", "farmers"],
  ["foundation", "foundation"],
  ["staking pool", "staking"],
  ["sales and providers", "sales"],
  ["burned", "burned"],
] as const;

class LedgerWatcher implements Watcher {
  readonly #reservedBefore: bigint;
  readonly #asked: boolean;
  #lines: readonly Line[] = [];

  constructor(world: World) {
    this.#asked = world.setup.tables.includes("ledger");
    this.#reservedBefore = this.#asked ? reservedIn(world) : 0n;
  }

  end({ world, until }: Sight): void {
    if (!this.#asked) return;
    const end = closing(world, until);
    const { fees, bridged } = world.ledger;
    const reserved = reservedIn(world) - this.#reservedBefore;
    this.#lines = linesOf(world, end, {
      fees: fees.value,
      bridged: bridged.value,
      reserved,
    });
    this.#lines = [...this.#lines, ...costsOf(world, until)];
  }

  tell({ world }: Sight, telling: Telling): void {
    if (!this.#asked) return;
    const lines: readonly Line[] = [...this.#lines, ...mintedLines(world)];
    telling.tables["ledger"] = {
      line: lines.map(({ line }) => line),
      tft: lines.map(({ units }) => units),
      usd: Float64Array.from(lines, (line) => Number(line.usd) / UNITS_PER_TOKEN),
      cost: lines.map(({ cost }) => cost),
    };
  }
}

/** Who has what was minted, valued on each payday, and who gave it; carbon has a row on request. */
function mintedLines({ setup, ledger, paydays }: World): readonly Line[] {
  const carbon = ledger.carbon.value;
  const carbonUsd = wholeUsd(paydays.reduce((sum, payday) => sum + payday.carbonUsd, 0));
  const minted = ledger.minted.value - carbon;
  const usd = wholeUsd(paydays.reduce((sum, payday) => sum + payday.usd, 0));
  const gone = { units: -minted - carbon, usd: -usd - carbonUsd };
  return [
    { line: "farmers, minted", units: minted, usd, cost: 0n },
    ...(mayMintCarbon(setup)
      ? [{ line: "carbon wallet, minted", units: carbon, usd: carbonUsd, cost: 0n }]
      : []),
    { line: "all holders, by the mint", ...gone, cost: 0n },
  ];
}

/** What contracts hold of paid bills until their next payout, in 1e-7 TFT. */
function reservedIn({ contracts }: World): bigint {
  let held = 0n;
  for (let row = 0; row < contracts.count; row += STEP)
    held += BigInt(contracts.reserve[row]) + BigInt(contracts.extraReserve[row]);
  return held;
}

function linesOf(
  world: World,
  end: Closing,
  { fees, bridged, reserved }: Readonly<Record<"fees" | "bridged" | "reserved", bigint>>,
): readonly Line[] {
  const charged = wholeUsd(worthOf(world, end, "charged"));
  // Fees fall all over the run: they are valued at its mean price.
  const mean = meanPrice(world);
  const atMean = (units: bigint): bigint => wholeUsd((Number(units) / UNITS_PER_TOKEN) * mean);
  const shares = SHARED.map(([line, field]) => {
    return { line, units: end[field], usd: wholeUsd(worthOf(world, end, field)) };
  });
  const shared = shares.reduce((sum, { usd }) => sum + usd, 0n);
  return [
    {
      line: "users",
      units: -(end.charged + fees + bridged),
      usd: -(charged + atMean(fees) + atMean(bridged)),
    },
    ...shares,
    { line: "charged, not yet shared", units: reserved, usd: charged - shared },
    { line: "authors of blocks", units: fees, usd: atMean(fees) },
    { line: "bridge", units: bridged, usd: atMean(bridged) },
  ].map((line) => ({ ...line, cost: 0n }));
}

/** What farmers pay for, and who has the money. */
const COSTS = [
  ["power", "farmers, power", "sellers of power"],
  ["line", "farmers, lines", "carriers"],
  ["hardware", "farmers, hardware", "sellers of hardware"],
] as const;

/** The lines of what farmers paid in dollars up to a second. */
function costsOf(world: World, until: number): readonly Line[] {
  const sums = upkeep(world, until);
  return COSTS.flatMap(([name, payer, seller]): readonly Line[] => {
    const cost = wholeUsd(sums[name]);
    return [
      { line: payer, units: 0n, usd: 0n, cost: -cost },
      { line: seller, units: 0n, usd: 0n, cost },
    ];
  });
}

type Flow = "charged" | (typeof SHARED)[number][1];

/** The worth in USD of a flow: each period's at the mean price at which users paid in it. */
function worthOf({ closings, token }: World, end: Closing, field: Flow): number {
  let before = { flow: 0n, charged: 0n };
  let usd = 0;
  for (const now of [...closings.filter(({ second }) => second < end.second), end]) {
    const charged = Number(now.charged - before.charged) / UNITS_PER_TOKEN;
    const price = charged > 0 ? now.spent / charged : token.usdAt(now.second);
    usd += (Number(now[field] - before.flow) / UNITS_PER_TOKEN) * price;
    before = { flow: now[field], charged: now.charged };
  }
  return usd;
}

const HOUR = 3600;

/** The mean price of the token over the run, USD. */
function meanPrice({ setup, token }: World): number {
  const hours = Math.max(1, Math.floor(setup.length / HOUR));
  let sum = 0;
  for (let hour = 0; hour < hours; hour++) sum += token.market[hour];
  return sum / hours;
}
