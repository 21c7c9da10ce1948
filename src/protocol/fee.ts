/**
 * Fees: what the caller of the chain pays to the author of the block, and to cross the bridge.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs, `WeightToFee` and `TransactionPayment` with the
 * weights of the pallets: a fee is 0.001 TFT, a unit a byte, and 0.001 TFT for each base weight, so
 * that a call costs about what stands here; pallet-tft-bridge, `DepositFee`.
 */
import { block } from "../units/index.ts";

const CALL = {
  kind: "tokens",
  bounds: ["0 TFT", "1000 TFT"],
  quality: "fit",
  date: "2024-03",
  source: "tfchain 33046d6, weights of pallet-smart-contract; the middle of the computed range",
} as const;

/** What calls of the chain cost their caller. */
export const feeBlock = block("policy.fee", "What a call of the chain costs its caller.", {
  nodeContract: {
    ...CALL,
    default: "0.012 TFT",
    range: ["0.011 TFT", "0.013 TFT"],
    doc: "Fee of creating a node contract.",
  },
  rentContract: {
    ...CALL,
    default: "0.008 TFT",
    range: ["0.007 TFT", "0.009 TFT"],
    doc: "Fee of creating a rent contract.",
  },
  nameContract: {
    ...CALL,
    default: "0.007 TFT",
    range: ["0.006 TFT", "0.008 TFT"],
    doc: "Fee of creating a name contract.",
  },
  cancel: {
    ...CALL,
    default: "0.010 TFT",
    range: ["0.009 TFT", "0.011 TFT"],
    doc: "Fee of cancelling a contract.",
  },
  deposit: {
    ...CALL,
    default: "1 TFT",
    range: ["0 TFT", "10 TFT"],
    quality: "seen",
    source: "tfchain 33046d6, node/src/chain_spec.rs, bridge deposit fee",
    doc: "Fee of bringing tokens onto the chain through the bridge.",
  },
});
