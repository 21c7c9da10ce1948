/**
 * Price of the token in USD: constant, a recorded trace, or a geometric random walk.
 *
 * The price is exogenous: nothing in the world moves it. The walk steps once a day and holds in
 * between, as the chain's own average over a day smooths anything faster.
 */
import { exp } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on the price. */
export const priceBlock = block("assumptions.price", "The market's price of the token.", {
  model: {
    kind: "choice",
    words: ["constant", "trace", "walk"],
    default: "constant",
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-60",
    doc: "How the price moves: not at all, as recorded in a file, or as a geometric random walk.",
  },
  start: {
    kind: "money",
    default: "0.02 USD",
    bounds: ["0.00001 USD", "1000 USD"],
    range: ["0.012 USD", "0.035 USD"],
    quality: "recalled",
    date: "2023",
    source: "tft_price_points.csv, 2023",
    doc: "Price of one TFT at the start of the run (constant and walk).",
  },
  drift: {
    kind: "number",
    default: "0",
    bounds: ["-5", "5"],
    varies: ["time"],
    range: ["-1", "0.5"],
    quality: "estimate",
    date: "2023-04",
    source: "A-61",
    doc: "Mean change of the price's logarithm in a year (walk).",
  },
  volatility: {
    kind: "number",
    default: "1.2",
    bounds: ["0", "10"],
    varies: ["time"],
    range: ["0.6", "1.8"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json tft_price, A-61",
    doc: "Standard deviation of the change of the price's logarithm in a year (walk).",
  },
  supply: {
    kind: "tokens",
    default: "686000000 TFT",
    bounds: ["0 TFT", "100000000000 TFT"],
    range: ["640000000 TFT", "720000000 TFT"],
    quality: "estimate",
    date: "2023-04",
    source: "A-62, tft_supply.csv of April 2024 less a year of farming",
    doc: "Tokens in existence at the start of the run.",
  },
  file: {
    kind: "text",
    default: "",
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-60",
    doc: "File of a trace: columns `date` and `usd`.",
  },
});

/** How the walk steps: mean and deviation of the change of the logarithm in a year. */
export interface Walk {
  readonly drift: number;
  readonly volatility: number;
}

const DAY = 86_400;
const DAYS_PER_YEAR = 365.25;

/**
 * USD of one TFT at whole hours from the start, for `hours` hours.
 *
 * `normal(day)` answers a standard normal variate for each day of a walk; `trace` holds (seconds
 * from the start, USD), each valid until the next; `walk(second)` answers how the walk is then.
 */
export function pricePath(
  values: Values<typeof priceBlock>,
  hours: number,
  trace: readonly (readonly [number, number])[],
  normal: (day: number) => number,
  walk: (second: number) => Walk = () => values,
): Float64Array {
  const path = new Float64Array(hours);
  let usd = values.model === "trace" && trace.length > 0 ? trace[0][1] : values.start;
  let next = 0;
  for (let hour = 0; hour < hours; hour++) {
    const second = hour * 3600;
    if (values.model === "walk" && hour > 0 && second % DAY === 0) {
      const { drift, volatility } = walk(second);
      const step = volatility / Math.sqrt(DAYS_PER_YEAR);
      usd *= exp(drift / DAYS_PER_YEAR + step * normal(second / DAY));
    }
    while (values.model === "trace" && next < trace.length && trace[next][0] <= second)
      usd = trace[next++][1];
    path[hour] = usd;
  }
  return path;
}
