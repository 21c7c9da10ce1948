/**
 * The policy: everything that the chain, its council or the DAO can change, as plain state.
 *
 * Each noun declares its own block; this file only puts them under one roof. A rule receives the
 * values when it is called, so a vote changes the next bill and not the last.
 *
 * Source: none of its own; each block names the source of each value.
 */
import type { Block, Values } from "../units/index.ts";
import { billingBlock, quirkBlock, roomBlock } from "./billing/index.ts";
import { discountBlock } from "./discount.ts";
import { economicsBlock } from "./economics/index.ts";
import { farmingBlock } from "./farming-policy.ts";
import { feeBlock } from "./fee.ts";
import { mintingBlock } from "./minting-policy.ts";
import { priceBlock } from "./price.ts";
import { pricingBlock } from "./pricing.ts";
import { splitBlock } from "./split.ts";
import { daoBlock } from "./voting.ts";

/** Blocks of the policy, in the order in which a reader meets them. */
export const policyBlocks: readonly Block[] = [
  economicsBlock,
  pricingBlock,
  priceBlock,
  discountBlock,
  billingBlock,
  roomBlock,
  quirkBlock,
  splitBlock,
  feeBlock,
  farmingBlock,
  mintingBlock,
  daoBlock,
];

/**
 * The live policy: one group of values a block, in base units. The name of an economy is none of
 * it: what it stands for is in the groups.
 */
export interface Policy {
  readonly pricing: Values<typeof pricingBlock>;
  readonly price: Values<typeof priceBlock>;
  readonly discount: Values<typeof discountBlock>;
  readonly billing: Values<typeof billingBlock>;
  readonly block: Values<typeof roomBlock>;
  readonly quirks: Values<typeof quirkBlock>;
  readonly split: Values<typeof splitBlock>;
  readonly fee: Values<typeof feeBlock>;
  readonly farming: Values<typeof farmingBlock>;
  readonly minting: Values<typeof mintingBlock>;
  readonly dao: Values<typeof daoBlock>;
}
