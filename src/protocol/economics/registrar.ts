/**
 * The reward that the registrar of grid v4 computed: the INCA rates by uptime, split in three.
 *
 * Source: tfgridv4-sdk-go, node-registrar/pkg/server, CalculateMonthlyReward (early 2025; no longer
 * there in fe82070). It counted in floating point; here the same rule is exact.
 * Quirks: the three parts are cut to a thousandth one by one, so what they lose goes to nobody; GB
 * and TB are 2^30 and 2^40 bytes here, and a report a little late counts as offline.
 */
import type { Bytes } from "../../units/index.ts";
import { type Inca, inca } from "./token.ts";

/** Below this uptime, in hundredths of a percent, nothing is earned. */
const LEAST_UPTIME = 9_000n;

/** What a node reported of itself. */
export interface RegistrarNode {
  readonly memory: Bytes;
  readonly ssd: Bytes;
  readonly hdd: Bytes;
  /** Uptime in hundredths of a percent, from 0 to 10,000. */
  readonly uptime: bigint;
}

/** Who would have received what. */
export interface RegistrarReward {
  readonly farmer: Inca;
  readonly threefold: Inca;
  readonly pool: Inca;
  readonly total: Inca;
}

/** Units of 1e-7 INCA in a thousandth of one. */
const UNITS_PER_MILLI = 10_000n;

/** The reward of a month, every number cut to a thousandth of an INCA. */
export function registrarReward({ memory, ssd, hdd, uptime }: RegistrarNode): RegistrarReward {
  // In thousandths of an INCA times 2^40 times 10,000; memory is rated by 2^30 bytes.
  const rated = memory * 1024n * 8_000n + ssd * 31_500n + hdd * 7_000n;
  const exact = uptime < LEAST_UPTIME ? 0n : rated * uptime;
  const cut = (percent: bigint): Inca =>
    inca(((exact * percent) / ((1n << 40n) * 10_000n * 100n)) * UNITS_PER_MILLI);
  return { farmer: cut(60n), threefold: cut(20n), pool: cut(20n), total: cut(100n) };
}
