/**
 * Signatures: validators sign a payment on Stellar until more than half of them did.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/tft_bridge.rs, `add_stellar_sig_burn_transaction`,
 * `add_stellar_sig_refund_transaction`; src/lib.rs, `on_finalize`.
 * Quirks: enough signatures means exactly the quorum, so that one who joins or leaves the
 * validators moves it; the last sequence number counts; a payment that is ready and not executed
 * loses its signatures like any other, whenever the interval has passed since it was made or
 * lost them last.
 */
import { accepted, type Blocks, type Outcome, refused } from "../../units/index.ts";
import type { BridgeSignature, Payout } from "./state.ts";

/** A payment with one more signature, and whether that makes enough. */
export interface Signed<P extends Payout> {
  readonly payout: P;
  readonly ready: boolean;
}

/** Adds a signature; refuses when there are enough, and a key or signature seen before. */
export function addSignature<P extends Payout>(
  payout: P,
  added: BridgeSignature & { readonly sequence: bigint },
  enough: number,
): Outcome<Signed<P>, "enough" | "twice"> {
  const { signatures } = payout;
  const { signature, key, sequence } = added;
  if (signatures.length === enough) return refused("enough");
  if (signatures.some((one) => one.key === key || one.signature === signature)) {
    return refused("twice");
  }
  const all = [...signatures, { signature, key }];
  return accepted({
    payout: { ...payout, signatures: all, sequence },
    ready: all.length >= enough,
  });
}

/** The payments at the end of a block: those that waited too long lost what they had. */
export function expire<Key, P extends Payout>(
  open: ReadonlyMap<Key, P>,
  block: Blocks,
  interval: Blocks,
): { readonly open: ReadonlyMap<Key, P>; readonly expired: readonly (readonly [Key, P])[] } {
  const expired: (readonly [Key, P])[] = [];
  for (const [key, payout] of open) {
    if (block - payout.block >= interval) {
      expired.push([key, { ...payout, block, signatures: [], sequence: 0n }]);
    }
  }
  return { open: expired.length === 0 ? open : new Map([...open, ...expired]), expired };
}
