import type { Block, Values } from "../units/index.ts";

/** Blocks of assumptions, in the order in which a reader meets them. */
export const assumptionBlocks: readonly Block[] = [];

/** What is supposed of the outside: one group of values a block, in base units. */
export type Assumptions = Record<string, Values<Block>>;
