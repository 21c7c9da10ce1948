/**
 * What a run of the minting pays beside its receipts: second tries, and once the carbon mint.
 *
 * Lifecycle: at the end of a period's run, receipts of the period before whose hash is no memo of
 * the issuer on Stellar are tried once more; the carbon mint, one payment a run, ended in January
 * 2025.
 * Source: minting_v3 fc7e17d, minting/src/main.rs and stellar.rs, `filter_previous_mints`; for the
 * carbon mint the version before d1536c0.
 * Quirks: a try is for the farm's address of now, and is written down without one; a corrected
 * receipt is tried for its difference alone; what was worth nothing is not tried.
 */
import { type Tft, tft, UNITS_PER_TOKEN } from "../units/index.ts";
import { blake2b256, hexadecimal } from "./blake2b.ts";
import type { Amount } from "./mint.ts";
import type { Period } from "./period.ts";
import { payoutLine, type Retry, receiptHash, retryText } from "./receipt.ts";

/** A receipt of the period before, or a correction, as its retry needs it. */
export interface PaidReceipt {
  readonly hash: string;
  readonly farm: number;
  /** The address that it was written for, empty without one. */
  readonly address: string;
  /** What it was to pay; of a correction the difference. */
  readonly reward: Amount;
}

/** A second try: its text, its hash, and the line of the payout file where there is one. */
export interface RetryPayment {
  readonly retry: Retry;
  readonly text: string;
  readonly hash: string;
  readonly line: string | null;
}

/** The second tries of a run, in the order of the receipts. */
export function retriesOf(
  receipts: readonly PaidReceipt[],
  run: {
    readonly failed: Pick<Period, "start" | "end">;
    readonly now: Pick<Period, "start" | "end">;
    /** Hashes that are memos of the issuer's payments. */
    readonly memos: ReadonlySet<string>;
    /** The farms' addresses at the end of the period. */
    readonly addresses: ReadonlyMap<number, string>;
  },
): readonly RetryPayment[] {
  return receipts
    .filter(({ hash, reward }) => !run.memos.has(hash) && reward.tft !== 0n)
    .map(({ hash: receipt, farm, address: addressBefore, reward }) => {
      const address = run.addresses.get(farm) ?? "";
      const { failed, now } = run;
      const retry: Retry = { failed, now, farm, addressBefore, address, receipt, reward };
      const text = retryText(retry);
      const hash = receiptHash(text);
      return { retry, text, hash, line: payoutLine(address, reward, hash) };
    });
}

/** The wallet of the carbon mint. */
const CARBON_ADDRESS = "GDIJY6K2BBRIRX423ZFUYKKFDN66XP2KMSBZFQSE2PSNDZ6EDVQTRLSU";

/** The memo of a run's carbon mint: the hash of all its receipts' hashes, in order of bytes. */
export function carbonMemo(hashes: readonly string[]): string {
  const sorted = [...hashes].sort();
  const bytes = new Uint8Array(sorted.length * 32);
  for (const [at, hash] of sorted.entries()) {
    for (let byte = 0; byte < 32; byte++) {
      bytes[at * 32 + byte] = Number.parseInt(hash.slice(2 * byte, 2 * byte + 2), 16);
    }
  }
  return hexadecimal(blake2b256(bytes));
}

/** The line of a run's carbon mint, which is written whatever it comes to. */
export function carbonLine(carbon: readonly Tft[], hashes: readonly string[]): string {
  const sum = tft(carbon.reduce((total, one) => total + one, 0n));
  const unit = BigInt(UNITS_PER_TOKEN);
  const fraction = (sum % unit).toString().padStart(7, "0");
  return `${CARBON_ADDRESS},${sum / unit}.${fraction},${carbonMemo(hashes)}`;
}
