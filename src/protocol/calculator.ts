/**
 * The farming calculator of the dashboard, in its own floating numbers.
 *
 * Source: tfgrid-sdk-ts 13ba959, packages/playground/src/components/simulator.vue.
 * Quirks: typed gigabytes are taken for GiB; a connection price below 0.08 USD gives no answer;
 * traffic earns only beside a public address, and is priced at the mean of today's and the final
 * price; a certified node's quarter comes on top of every price.
 * Disagreement: the older weblet added the quarter to the price of a certified Titan's units, and
 * again to its TFT, 1.5625 in all (and half for a gold farm, 1.875); `weblet` asks for that.
 */

/** What a farmer types in: GB, threads, USD, W and USD a kWh. */
export interface FarmingProfile {
  readonly memory: number;
  readonly threads: number;
  readonly hdd: number;
  readonly ssd: number;
  readonly price: number;
  readonly priceAfter5Years: number;
  readonly power: number;
  readonly powerCost: number;
  readonly certified: boolean;
  readonly publicIp: boolean;
  readonly hardwareCost: number;
  readonly nuPerCu: number;
  /** The older weblet's double bonus, and whether the farm is a gold one; left out for today's. */
  readonly weblet?: "certified" | "gold";
}

/** What the page shows: units, TFT a month, USD after five years; NaN where it has no answer. */
export interface FarmingEstimate {
  readonly cu: number;
  readonly su: number;
  readonly nu: number;
  readonly tftPerCu: number;
  readonly tftPerSu: number;
  readonly tftPerNu: number;
  readonly tftForCu: number;
  readonly tftForSu: number;
  readonly tftForNu: number;
  readonly tft: number;
  readonly cost: number;
  readonly gross: number;
  readonly net: number;
  readonly returnPercent: number;
}

const USD_PER_CU = 2.4;
const USD_PER_SU = 1;
const USD_PER_NU = 0.03;
const PRICE_MIN = 0.08;
const MONTHS = 60;

/** What the dashboard's calculator answers to a profile. */
export function estimateFarming(profile: FarmingProfile): FarmingEstimate {
  const cu = Math.max(0, Math.min((profile.memory - 1) / 4, profile.threads * 2, profile.ssd / 50));
  const su = profile.hdd / 1200 + (profile.ssd * 0.8) / 200;
  const nu = Math.max(0, cu * profile.nuPerCu);
  const price = profile.price < PRICE_MIN ? Number.NaN : profile.price;
  const bonus = profile.certified ? 1.25 : 1;
  const raise = profile.weblet === undefined ? 1 : profile.weblet === "gold" ? 1.5 : 1.25;
  const tftPerCu = ((USD_PER_CU * raise) / price) * bonus;
  const tftPerSu = ((USD_PER_SU * raise) / price) * bonus;
  const tftPerNu = USD_PER_NU / ((profile.price + profile.priceAfter5Years) / 2);
  const tftForCu = tftPerCu * cu;
  const tftForSu = tftPerSu * su;
  const tftForNu = profile.publicIp ? tftPerNu * nu : 0;
  const tft = tftForCu + tftForSu + tftForNu;
  // Five years of kilowatt hours: watts, hours a day, thousands of days a year.
  const energy = profile.power * 24 * 0.365 * 5 * profile.powerCost;
  const spent = energy + profile.hardwareCost;
  const cost = Number.isNaN(price) ? Number.NaN : spent;
  const gross = tft * MONTHS * profile.priceAfter5Years;
  return {
    ...{ cu, su, nu, tftPerCu, tftPerSu, tftPerNu, tftForCu, tftForSu, tftForNu, tft },
    ...{ cost, gross, net: gross - cost, returnPercent: ((gross - spent) / spent) * 100 },
  };
}
