/**
 * The columns of what each user had of each kind of workload: one row a user and workload, at
 * `user * WORKLOADS.length + workload`.
 */
import { WORKLOADS } from "../models/index.ts";

/** Columns of a row each. */
export interface Usage {
  /** Taken for contracts since the last period ended, in 1e-7 TFT, and its worth before, in USD. */
  readonly period: Float64Array;
  readonly usd: Float64Array;
  /** Seconds lived and seconds with the node reachable, of contracts with a node that ended. */
  readonly lived: Float64Array;
  readonly reachable: Float64Array;
  /** Deployments placed or moved, and refused. */
  readonly placed: Float64Array;
  readonly refused: Float64Array;
}

/** The empty columns for so many users. */
export function usageFor(users: number): Usage {
  const column = (): Float64Array => new Float64Array(users * WORKLOADS.length);
  return {
    period: column(),
    usd: column(),
    lived: column(),
    reachable: column(),
    placed: column(),
    refused: column(),
  };
}

/** The names of the workloads, in the order of a user's rows. */
export const usageNames: readonly string[] = WORKLOADS;
