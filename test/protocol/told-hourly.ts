/** What a contract's traffic costs, told report by report: one an hour, the last one shorter. */
import { type PricingPolicy, trafficCost } from "../../src/protocol/index.ts";
import { bytes, seconds } from "../../src/units/index.ts";

export function toldHourly(perHour: number, span: number, pricing: PricingPolicy): bigint {
  let cost = 0n;
  for (let left = span; left > 0; left -= 3600) {
    const window = Math.min(left, 3600);
    const sent = (BigInt(perHour) * BigInt(window)) / 3600n;
    cost += trafficCost(bytes(sent), seconds(window), pricing);
  }
  return cost;
}
