/**
 * What the chain stores of the bridge to Stellar.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/types.rs and src/lib.rs; ADR 16.
 */
import type { Blocks, Tft } from "../../units/index.ts";
import type { AccountId, Ledger } from "../ledger.ts";

/** A deposit on Stellar that validators vote to create here, 1e-7 TFT. */
export interface Mint {
  readonly amount: Tft;
  readonly target: AccountId;
  readonly block: Blocks;
  readonly votes: number;
}

/** A validator's signature for Stellar. */
export interface BridgeSignature {
  readonly signature: string;
  readonly key: string;
}

/** A payment on Stellar that validators sign, 1e-7 TFT. */
export interface Payout {
  /** In which block it was made, or its signatures were last dropped. */
  readonly block: Blocks;
  readonly amount: Tft;
  readonly target: string;
  readonly signatures: readonly BridgeSignature[];
  readonly sequence: bigint;
}

/** A withdrawal, with the account that it was taken from. */
export interface Withdrawal extends Payout {
  readonly source: AccountId;
}

/** What is open of one kind, and what was executed. */
export interface Ledgered<Key, Value> {
  readonly open: ReadonlyMap<Key, Value>;
  readonly done: ReadonlyMap<Key, Value>;
}

/** The bridge. */
export interface BridgeState {
  /** Sorted. */
  readonly validators: readonly AccountId[];
  readonly feeAccount: AccountId | null;
  readonly depositFee: Tft;
  readonly withdrawFee: Tft;
  /** By transaction on Stellar. */
  readonly mints: Ledgered<string, Mint>;
  /** By number, from 1. */
  readonly withdrawals: Ledgered<number, Withdrawal>;
  readonly withdrawalsMade: number;
  /** By transaction on Stellar. */
  readonly refunds: Ledgered<string, Payout>;
}

/** Nothing open and nothing done. */
export const noTransactions = { open: new Map(), done: new Map() } as const;

/** The part of the chain that the bridge sees. */
export interface BridgeView {
  readonly bridge: BridgeState;
  readonly ledger: Ledger;
}

/** What the bridge announces. */
export type BridgeEvent =
  | {
      readonly event: "TFTBridgeModule.MintTransactionProposed";
      readonly transaction: string;
      readonly target: AccountId;
      readonly amount: Tft;
    }
  | { readonly event: "TFTBridgeModule.MintTransactionVoted"; readonly transaction: string }
  | ({ readonly event: "TFTBridgeModule.MintCompleted"; readonly transaction: string } & Mint)
  | {
      readonly event: "TFTBridgeModule.BurnTransactionCreated";
      readonly transactionId: number;
      readonly source: AccountId;
      readonly target: string;
      readonly amount: Tft;
    }
  | {
      readonly event: "TFTBridgeModule.BurnTransactionSignatureAdded";
      readonly transactionId: number;
      readonly signature: BridgeSignature;
    }
  | { readonly event: "TFTBridgeModule.BurnTransactionReady"; readonly transactionId: number }
  | ({ readonly event: "TFTBridgeModule.BurnTransactionProcessed" } & Withdrawal)
  | {
      readonly event: "TFTBridgeModule.BurnTransactionExpired";
      readonly transactionId: number;
      readonly source: AccountId;
      readonly target: string;
      readonly amount: Tft;
    }
  | {
      readonly event: "TFTBridgeModule.RefundTransactionCreated";
      readonly txHash: string;
      readonly target: string;
      readonly amount: Tft;
    }
  | {
      // The chain's spelling.
      readonly event: "TFTBridgeModule.RefundTransactionsignatureAdded";
      readonly txHash: string;
      readonly signature: BridgeSignature;
    }
  | { readonly event: "TFTBridgeModule.RefundTransactionReady"; readonly txHash: string }
  | ({
      readonly event: "TFTBridgeModule.RefundTransactionProcessed";
      readonly txHash: string;
    } & Payout)
  | {
      readonly event: "TFTBridgeModule.RefundTransactionExpired";
      readonly txHash: string;
      readonly target: string;
      readonly amount: Tft;
    };

/** Validators whose word is enough: more than half. */
export const quorum = (validators: number): number => Math.floor(validators / 2) + 1;

/** The chain with part of the bridge replaced. */
export const withBridge = <S extends BridgeView>(state: S, part: Partial<BridgeState>): S => ({
  ...state,
  bridge: { ...state.bridge, ...part },
});
