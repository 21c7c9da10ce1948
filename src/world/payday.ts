/**
 * Paydays: what a node is minted by, row by row, and what a payday came to.
 */
import { type CapacityRule, type MintUnits, mintUnits, type Policy } from "../protocol/index.ts";
import { bytes, cores } from "../units/index.ts";
import { lengthened } from "./column.ts";
import type { Minting } from "./era.ts";
import type { NodeTable } from "./node.ts";

/** What a node is minted by: fixed when it registers. */
export class MintTable {
  /** Micro units of minting CU and SU, as today's program counts them. */
  cu: Float64Array;
  su: Float64Array;
  /** 1e-3 USD a TFT at registration. */
  price: Float64Array;
  /** Traffic and address seconds of the period that is being paid. */
  traffic: Float64Array;
  ipSeconds: Float64Array;
  /** Paid for the period that was paid last, 1e-7 TFT, and its uptime in permille. */
  paid: Float64Array;
  permille: Uint16Array;
  /** The policy at the end of the period that is still to be paid, by which it is paid. */
  policy: Policy | null = null;
  /** What the minting judges by in the period that runs, and in the one before. */
  minting: Minting;
  mintingBefore: Minting;

  constructor(capacity: number, minting: Minting) {
    this.minting = minting;
    this.mintingBefore = minting;
    this.cu = new Float64Array(capacity);
    this.su = new Float64Array(capacity);
    this.price = new Float64Array(capacity);
    this.traffic = new Float64Array(capacity);
    this.ipSeconds = new Float64Array(capacity);
    this.paid = new Float64Array(capacity);
    this.permille = new Uint16Array(capacity);
  }

  /** A period begins, by these rules. */
  begin(minting: Minting): void {
    this.mintingBefore = this.minting;
    this.minting = minting;
  }

  /** Registers a node: its units, and the connection price of the day. */
  register(nodes: NodeTable, node: number, connectionPrice: number): void {
    if (node >= this.cu.length) this.#grow(node);
    const units = unitsOf(nodes, node, "current");
    this.cu[node] = Number(units.cu);
    this.su[node] = Number(units.su);
    this.price[node] = connectionPrice;
  }

  #grow(node: number): void {
    const size = Math.max(node + 1, this.cu.length * 2);
    for (const name of ["cu", "su", "price", "traffic", "ipSeconds", "paid"] as const)
      this[name] = lengthened(this[name], new Float64Array(size));
    this.permille = lengthened(this.permille, new Uint16Array(size));
  }
}

/** Micro units of a node's hardware by a rule; what the network carried is told apart. */
export const unitsOf = (nodes: NodeTable, node: number, rule: CapacityRule): MintUnits =>
  mintUnits(
    {
      cru: cores(BigInt(nodes.cru[node])),
      mru: bytes(BigInt(nodes.mru[node])),
      sru: bytes(BigInt(nodes.sru[node])),
      hru: bytes(BigInt(nodes.hru[node])),
    },
    bytes(0n),
    rule,
  );

/** What the last payday came to. */
export interface Payday {
  /** Minted for farmers, 1e-7 TFT, and what it was worth in USD on the market that day. */
  tft: number;
  usd: number;
  /** The same of what was minted for carbon, to a wallet that is no farmer's. */
  carbon: number;
  carbonUsd: number;
  /** Nodes that were on the grid during the period, and those that were paid. */
  nodes: number;
  paid: number;
  /** Sum of their uptimes in permille. */
  permille: number;
  /** Seconds since the start at which the paid period ended. */
  end: number;
}
