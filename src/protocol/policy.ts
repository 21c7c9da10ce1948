/**
 * The policy: everything that the chain, its council or the DAO can change, as plain state.
 *
 * Each noun declares its own block; this file only puts them under one roof. A rule receives the
 * values when it is called, so a vote changes the next bill and not the last.
 */
import type { Block, Values } from "../units/index.ts";

/** Blocks of the policy, in the order in which a reader meets them. */
export const policyBlocks: readonly Block[] = [];

/** The live policy: one group of values a block, in base units. */
export type Policy = Record<string, Values<Block>>;
