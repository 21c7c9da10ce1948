/**
 * Conversions: one token into another at a fixed rate, one way, until a day or a price.
 *
 * Sources: info_tfgrid projectinca/tokens/inca.md (2024-04), docs_tfgrid4 tokenomics.md (2024-12),
 * docs_tfgrid_economics token-system.md (2025-10-10), docs_projectmycelium and forum 4754.
 * All amounts in smallest units; the received amount is rounded down.
 */
import { accepted, type Outcome, refused, type Seconds, seconds } from "../../units/index.ts";
import { type TokenName, tokens } from "./token.ts";

/** A fixed rate between two tokens. */
export interface Conversion {
  readonly name: string;
  readonly from: TokenName;
  readonly to: TokenName;
  /** So many whole tokens are given for so many. */
  readonly give: bigint;
  readonly receive: bigint;
  /** What happens to the token that was given. */
  readonly given: "burned" | "locked" | "converted";
  /** Months over which the received token vests. */
  readonly vesting: number;
  /** The instant from which the market sets the price; null without. */
  readonly until: Seconds | null;
  readonly source: string;
  readonly open: readonly string[];
}

const BEGIN_2025 = seconds(1_735_689_600);
const JULY_2026 = seconds(1_782_864_000);

const fromTft = { from: "TFT", vesting: 0, until: null, open: [] } as const;

/** The rates that were published, oldest first. */
export const conversions: readonly Conversion[] = [
  {
    ...fromTft,
    name: "tft-inca-2024-04-25",
    to: "INCA",
    give: 1n,
    receive: 3n,
    given: "burned",
    until: BEGIN_2025,
    source: "info_tfgrid projectinca/tokens/inca.md 5e633c1",
  },
  {
    ...fromTft,
    name: "tft-inca-2024-04-30",
    to: "INCA",
    give: 1n,
    receive: 2n,
    given: "burned",
    until: BEGIN_2025,
    source: "info_tfgrid projectinca/tokens/inca.md 92b5e8e",
  },
  {
    ...fromTft,
    name: "tft-inca-2024-12",
    to: "INCA",
    give: 1n,
    receive: 1n,
    given: "converted",
    vesting: 18,
    source: "docs_tfgrid4 tokenomics.md 669d485",
    open: ["Whether the TFT are burned or kept.", "From and until when."],
  },
  {
    ...fromTft,
    name: "tft-cc-2025-10",
    to: "CC",
    give: 2n,
    receive: 1n,
    given: "locked",
    source: "docs_tfgrid_economics token-system.md 65fbdb8",
    open: ["One or two TFT for a credit was put to the community as a question."],
  },
  {
    ...fromTft,
    name: "tft-spore-2025-11",
    to: "SPORE",
    give: 1n,
    receive: 10n,
    given: "converted",
    until: JULY_2026,
    source: "docs_projectmycelium c769942, forum 4754 (2026-05-13)",
    open: ["Whether the TFT are burned or kept."],
  },
];

/** What a conversion gives, in the smallest unit of each token. */
export interface Converted {
  readonly given: bigint;
  readonly received: bigint;
}

/** What a conversion is asked. */
export interface ConversionAsk {
  /** In the smallest unit of `from`. */
  readonly amount: bigint;
  readonly from: TokenName;
  readonly at: Seconds;
}

/** Converts an amount; refuses the way back, and the fixed rate from the market's day on. */
export function convert(
  conversion: Conversion,
  { amount, from, at }: ConversionAsk,
): Outcome<Converted, "OneWayOnly" | "FixedRateEnded"> {
  if (from !== conversion.from) return refused("OneWayOnly");
  if (conversion.until !== null && at >= conversion.until) return refused("FixedRateEnded");
  const units = tokens[conversion.to].units;
  const received =
    (amount * conversion.receive * units) / (conversion.give * tokens[conversion.from].units);
  return accepted({ given: amount, received });
}

/**
 * Whether the entry rate of cloud credits still holds: until a TFT on the market is worth more than
 * half a credit. Both prices in any one unit, the credit's being that of a thousandth of a gram of
 * gold.
 */
export const creditRateHolds = (tftPrice: bigint, creditPrice: bigint): boolean =>
  tftPrice * 2n <= creditPrice;
