/**
 * Price of the token in USD: constant, a recorded trace, a geometric random walk, one with jumps,
 * or one of two tempers.
 *
 * All of these are exogenous: nothing in the world moves them. They step once a day and hold in
 * between, as the chain's own average over a day smooths anything faster. What the world itself
 * does to a price is a stress test of its own, `pool` (market.ts), whose path begins flat.
 */
import { exp } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on the price. */
export const priceBlock = block("assumptions.price", "The market's price of the token.", {
  model: {
    kind: "choice",
    words: ["constant", "trace", "walk", "jump", "regime", "pool"],
    default: "constant",
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-60",
    doc:
      "How the price moves: not at all, as recorded in a file, as a geometric random walk, as " +
      "one with jumps, as one of two tempers, or by the world's own trades (a stress test).",
  },
  start: {
    kind: "money",
    default: "0.02 USD",
    bounds: ["0.00001 USD", "1000 USD"],
    range: ["0.012 USD", "0.035 USD"],
    quality: "recalled",
    date: "2023",
    source: "tft_price_points.csv, 2023",
    doc: "Price of one TFT at the start of the run (all but trace).",
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
    doc: "Mean change of the price's logarithm in a year (walk, jump, calm regime).",
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
    doc:
      "Standard deviation of the change of the price's logarithm in a year (walk, jump, " +
      "calm regime).",
  },
  jumps: {
    kind: "number",
    default: "4",
    bounds: ["0", "200"],
    range: ["1", "12"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83, fitted.json tft_price",
    doc: "Days in a year on which the price jumps (jump).",
  },
  jumpMean: {
    kind: "number",
    default: "-0.1",
    bounds: ["-3", "3"],
    range: ["-0.4", "0.2"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Mean of a jump of the price's logarithm; the drift is kept by what lies between (jump).",
  },
  jumpSigma: {
    kind: "number",
    default: "0.3",
    bounds: ["0", "3"],
    range: ["0.1", "0.6"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Standard deviation of a jump of the price's logarithm (jump).",
  },
  calm: {
    kind: "duration",
    default: "120 d",
    bounds: ["1 d", "36500 d"],
    range: ["30 d", "365 d"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Mean length of a calm spell (regime).",
  },
  turbulent: {
    kind: "duration",
    default: "30 d",
    bounds: ["1 d", "36500 d"],
    range: ["7 d", "120 d"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Mean length of a turbulent spell (regime).",
  },
  driftTurbulent: {
    kind: "number",
    default: "-2",
    bounds: ["-20", "20"],
    range: ["-5", "1"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Mean change of the price's logarithm in a year while it is turbulent (regime).",
  },
  volatilityTurbulent: {
    kind: "number",
    default: "2.5",
    bounds: ["0", "10"],
    range: ["1.5", "4"],
    quality: "estimate",
    date: "2026-11",
    source: "A-83",
    doc: "Standard deviation of that change in a year while it is turbulent (regime).",
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

/** What chance says of a day's price, each draw at its own address. */
export interface PriceLuck {
  /** Standard normal variates: of the step of a day, and of its jump. */
  readonly normal: (day: number) => number;
  readonly size: (day: number) => number;
  /** Uniform ones: whether a day jumps, and whether the temper turns. */
  readonly jump: (day: number) => number;
  readonly turn: (day: number) => number;
}

/**
 * USD of one TFT at whole hours from the start, for `hours` hours.
 *
 * `trace` holds (seconds from the start, USD), each valid until the next; `walk(second)` answers
 * how the walk is then. The pool's path begins flat, and the market moves it.
 */
export function pricePath(
  values: Values<typeof priceBlock>,
  hours: number,
  trace: readonly (readonly [number, number])[],
  luck: PriceLuck,
  walk: (second: number) => Walk = () => values,
): Float64Array {
  const path = new Float64Array(hours);
  const steps = stepsOf(values, luck, walk);
  let usd = values.model === "trace" && trace.length > 0 ? trace[0][1] : values.start;
  let next = 0;
  for (let hour = 0; hour < hours; hour++) {
    const second = hour * 3600;
    if (steps !== null && hour > 0 && second % DAY === 0) usd *= exp(steps(second / DAY));
    while (values.model === "trace" && next < trace.length && trace[next][0] <= second)
      usd = trace[next++][1];
    path[hour] = usd;
  }
  return path;
}

/** The change of the logarithm on each day, asked in order; null where no day has one. */
function stepsOf(
  values: Values<typeof priceBlock>,
  luck: PriceLuck,
  walk: (second: number) => Walk,
): ((day: number) => number) | null {
  const plain = (day: number, { drift, volatility }: Walk): number => {
    const step = volatility / Math.sqrt(DAYS_PER_YEAR);
    return drift / DAYS_PER_YEAR + step * luck.normal(day);
  };
  switch (values.model) {
    case "constant":
    case "trace":
    case "pool":
      return null;
    case "walk":
      return (day) => plain(day, walk(day * DAY));
    case "jump":
      return (day) => plain(day, walk(day * DAY)) + jumpOf(values, luck, day);
    case "regime": {
      const isTurbulent = tempers(values, luck);
      const rough = { drift: values.driftTurbulent, volatility: values.volatilityTurbulent };
      return (day) => plain(day, isTurbulent(day) ? rough : walk(day * DAY));
    }
  }
}

/** The jump of a day less what jumps come to in the mean, so that the drift stays what it is. */
function jumpOf(
  { jumps, jumpMean, jumpSigma }: Values<typeof priceBlock>,
  luck: PriceLuck,
  day: number,
): number {
  const share = jumps / DAYS_PER_YEAR;
  const jumped = luck.jump(day) < share ? jumpMean + jumpSigma * luck.size(day) : 0;
  return jumped - share * jumpMean;
}

/** Whether a day is turbulent, asked in order from day 1; day 0 is met as after a long time. */
function tempers(
  { calm, turbulent }: Values<typeof priceBlock>,
  { turn }: PriceLuck,
): (day: number) => boolean {
  let rough = turn(0) < turbulent / (calm + turbulent);
  return (day) => {
    const stays = exp(-DAY / (rough ? turbulent : calm));
    if (turn(day) >= stays) rough = !rough;
    return rough;
  };
}
