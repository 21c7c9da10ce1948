/**
 * Cost in fewer steps: what `contractCost` answers, for the sizes and times of ordinary contracts.
 *
 * The exact rule checks each of its steps for the chain's 128 bits. Where resources are below a
 * pebibyte and a million cores, prices below 400 USD an hour and the time below half a year, no
 * step can leave them; so the checks fall away, a division by a power of two is a shift, and which
 * of the six terms of a CU decides is seen on plain numbers. What a second costs under a policy is
 * kept with the policy, and so is what the last stretch of time costs, since most bills are for an
 * hour. Anything out of the ordinary is left to the exact rule.
 *
 * The result equals `contractCost` to the last unit (test/protocol/cost-quick.test.ts); sources
 * and quirks are told there.
 *
 * Source: none of its own; that of `cost.ts`, to which it is equal.
 */
import { percentOf, roundFixed, type Seconds, type Usd, usd } from "../units/index.ts";
import { type Billable, contractCost, nameFixed, type Resources, secondPrices } from "./cost.ts";
import type { PricingPolicy } from "./pricing.ts";

/** The bounds within which no step leaves 128 bits; see the test of the bounds. */
const BYTES_MAX = 1_125_899_906_842_624;
const CORES_MAX = 1_048_576;
const IPS_MAX = 512n;
const SECONDS_MAX = 16_777_216;
const PRICE_MAX = 4_294_967_296n;

const GIB_BITS = 30n;
const FRACTION_BITS = 64n;
const SHIFT = FRACTION_BITS - GIB_BITS;
const HALF = 1n << (FRACTION_BITS - 1n);

/** What a second costs under a policy, and what the last stretch of time that was asked for. */
interface Spans {
  readonly ordinary: boolean;
  readonly second: { readonly su: bigint; readonly cu: bigint; readonly ipu: bigint };
  elapsed: number;
  su: bigint;
  cu: bigint;
  ipu: bigint;
  name: Usd;
}

/** A memo of a pure function; no result depends on what stands in it. */
const SPANS = new WeakMap<PricingPolicy, Spans>();

/** What a contract costs in `elapsed` before discounts, in 1e-7 USD. */
export function quickContractCost(what: Billable, elapsed: Seconds, policy: PricingPolicy): Usd {
  const spans = spansOf(policy);
  if (!spans.ordinary || !(elapsed >= 0 && elapsed < SECONDS_MAX)) {
    return contractCost(what, elapsed, policy);
  }
  if (elapsed !== spans.elapsed) stretch(spans, elapsed, policy);
  switch (what.kind) {
    case "node": {
      const { resources, ips, rented, unbilled } = what;
      if (ips > IPS_MAX) break;
      if (rented) return usd(((ips * spans.ipu + HALF) >> FRACTION_BITS) + unbilled);
      const used = unitsOf(resources, spans);
      if (used < 0n) break;
      const total = ips === 0n ? used : used + ips * spans.ipu;
      return usd(((total + HALF) >> FRACTION_BITS) + unbilled);
    }
    case "rent": {
      const used = unitsOf(what.capacity, spans);
      if (used < 0n) break;
      return usd(percentOf(policy.dedicatedPercent, (used + HALF) >> FRACTION_BITS));
    }
    case "name":
      return spans.name;
  }
  return contractCost(what, elapsed, policy);
}

/** What resources cost in the stretch, in steps of 2^-64; below zero where they are too many. */
function unitsOf({ cru, mru, sru, hru }: Resources, spans: Spans): bigint {
  const cores = Number(cru);
  const memory = Number(mru);
  if (!(cores < CORES_MAX && memory < BYTES_MAX)) return -1n;
  if (!(Number(sru) < BYTES_MAX && Number(hru) < BYTES_MAX)) return -1n;
  const solid = (sru << SHIFT) / 200n;
  const su = hru === 0n ? solid : (hru << SHIFT) / 1_200n + solid;
  const cu = cuOf(cru, mru, memory / 1_073_741_824, cores);
  return ((spans.su * su) >> FRACTION_BITS) + ((spans.cu * cu) >> FRACTION_BITS);
}

/** The compute units; quotients by powers of two are exact in doubles, so they can decide. */
function cuOf(cru: bigint, mru: bigint, memory: number, cores: number): bigint {
  const balanced = Math.max(memory / 4, cores / 2);
  const coreHeavy = Math.max(memory / 8, cores);
  const memoryHeavy = Math.max(memory / 2, cores / 4);
  const least = Math.min(balanced, coreHeavy, memoryHeavy);
  if (least === cores / 2) return cru << (FRACTION_BITS - 1n);
  if (least === cores) return cru << FRACTION_BITS;
  if (least === cores / 4) return cru << (FRACTION_BITS - 2n);
  if (least === memory / 4) return mru << (SHIFT - 2n);
  if (least === memory / 8) return mru << (SHIFT - 3n);
  return mru << (SHIFT - 1n);
}

function spansOf(policy: PricingPolicy): Spans {
  const known = SPANS.get(policy);
  if (known !== undefined) return known;
  const { cu, su, ipu, uniqueName } = policy;
  const ordinary =
    cu.unit === "Gigabytes" &&
    su.unit === "Gigabytes" &&
    cu.value < PRICE_MAX &&
    su.value < PRICE_MAX &&
    ipu < PRICE_MAX &&
    uniqueName < PRICE_MAX;
  const none = { elapsed: -1, su: 0n, cu: 0n, ipu: 0n, name: usd(0n) };
  const second = ordinary ? secondPrices(policy) : { su: 0n, cu: 0n, ipu: 0n };
  const made: Spans = { ordinary, second, ...none };
  SPANS.set(policy, made);
  return made;
}

function stretch(spans: Spans, elapsed: Seconds, policy: PricingPolicy): void {
  const { second } = spans;
  const time = BigInt(elapsed);
  spans.elapsed = elapsed;
  spans.su = second.su * time;
  spans.cu = second.cu * time;
  spans.ipu = second.ipu * time;
  spans.name = usd(roundFixed(nameFixed(elapsed, policy)));
}
