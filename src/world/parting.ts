/**
 * Parting: contracts of one deployment that end together, in the order that the chain asks for.
 *
 * The chain refuses to end a rent contract while its node holds others, so it goes last.
 */
import { Kind } from "../protocol/index.ts";
import type { ContractTable } from "./contract.ts";

/** No deployment has as many parts. */
const MOST = 16;

/** Contracts that end together; one list that serves all, one after the other. */
export class Parting {
  count = 0;
  /** Their rows, and which parts of the deployment they are. */
  readonly rows = new Float64Array(MOST);
  readonly parts = new Int32Array(MOST);

  /** Begins anew. */
  clear(): void {
    this.count = 0;
  }

  /** Puts a contract in its place. */
  add(contracts: ContractTable, row: number): void {
    let at = this.count;
    for (; at > 0 && goesBefore(contracts, row, this.rows[at - 1]); at--) {
      this.rows[at] = this.rows[at - 1];
      this.parts[at] = this.parts[at - 1];
    }
    this.rows[at] = row;
    this.parts[at] = contracts.part[row];
    this.count += 1;
  }

  /** True if one of them is a part of the deployment. */
  hasPart(part: number): boolean {
    for (let at = 0; at < this.count; at++) if (this.parts[at] === part) return true;
    return false;
  }
}

function goesBefore({ kind, part }: ContractTable, one: number, other: number): boolean {
  const first = kind[one] === Kind.rent;
  const second = kind[other] === Kind.rent;
  return first === second ? part[one] < part[other] : second;
}
