/**
 * The weight of a block: how many bills it has room for.
 *
 * Lifecycle: a call is weighed before it is executed; one that finds no room in a block waits among
 * the pending calls for a later one.
 * Source: tfchain 33046d6, runtime/src/lib.rs, `BlockWeights` (2 s of work a block, three quarters
 * of it for ordinary calls); pallet-smart-contract/src/weights.rs, `bill_contract_for_block`;
 * substrate, `RocksDbWeight`, and frame-system, `CheckWeight`.
 * Quirk: a bill weighs the same whether it moves money or returns early.
 * Simplified: nothing else takes room. On the chain uptime reports, deployments and the overhead of
 * each call do, and an upgrade weighs the calls anew.
 */
import { assert, block, type Values } from "../../units/index.ts";

/** A second of work, and what one read and one write of the store weigh, in 1e-12 s. */
const SECOND = 1_000_000_000_000;
const READ = 25_000_000;
const WRITE = 100_000_000;

/** What the table of weights says of a bill: its own work, reads and writes. */
const BILL = { work: 81_700_000, reads: 16, writes: 4 } as const;

const SEEN = {
  kind: "count",
  range: null,
  quality: "seen",
  date: "2024-03",
} as const;

/** Declared weights, in the chain's 1e-12 s. */
export const roomBlock = block("policy.block", "How many bills fit into a block.", {
  room: {
    ...SEEN,
    default: String((2 * SECOND * 3) / 4),
    bounds: ["1", String(1_000 * SECOND)],
    source: "tfchain 33046d6, runtime/src/lib.rs, BlockWeights",
    doc: "Weight of ordinary calls that a block has room for, in 1e-12 s.",
  },
  bill: {
    ...SEEN,
    default: String(BILL.work + BILL.reads * READ + BILL.writes * WRITE),
    bounds: ["1", String(1_000 * SECOND)],
    source: "tfchain 33046d6, pallet-smart-contract/src/weights.rs, bill_contract_for_block",
    doc: "Weight of one bill, in 1e-12 s.",
  },
  call: {
    ...SEEN,
    default: "0",
    bounds: ["0", String(SECOND)],
    source: "substrate, ExtrinsicBaseWeight of 99 to 125 us, which the fee counts; see A-84",
    doc: "Weight of any call besides its own, its overhead, in 1e-12 s.",
  },
});

/** Bills that a block has room for if it holds nothing else; asserts that it is at least one. */
export function billsPerBlock({ room, bill, call }: Values<typeof roomBlock>): number {
  const bills = Math.floor(room / (bill + call));
  assert(bills >= 1, "a block has room for a bill");
  return bills;
}
