/**
 * The tokens of the dated economics, each in its smallest unit.
 *
 * Sources: TFT has seven decimals (tfchain, Stellar) and USDC six. No draft gives the decimals of
 * INCA, of cloud credits, of SPORE or of AUR: they are counted in 1e-7 like the TFT they follow.
 */
import type { Of } from "../../units/index.ts";

/** Integer count of 1e-7 INCA. */
export type Inca = Of<bigint, "1e-7 INCA">;
/** Integer count of 1e-7 cloud credits, each worth 0.001 g of gold. */
export type CloudCredit = Of<bigint, "1e-7 CC">;
/** Integer count of 1e-6 USDC. */
export type Usdc = Of<bigint, "1e-6 USDC">;
/** Integer count of 1e-7 TFTF, the future on a TFT that stays inside the marketplace. */
export type Tftf = Of<bigint, "1e-7 TFTF">;

/** An amount of 1e-7 INCA. */
export const inca = (count: bigint): Inca => count as Inca;
/** An amount of 1e-7 cloud credits. */
export const cloudCredit = (count: bigint): CloudCredit => count as CloudCredit;
/** An amount of 1e-6 USDC. */
export const usdc = (count: bigint): Usdc => count as Usdc;
/** An amount of 1e-7 TFTF. */
export const tftf = (count: bigint): Tftf => count as Tftf;

/** The tokens that the sets speak of. */
export type TokenName = "TFT" | "INCA" | "CC" | "TFTF" | "USDC" | "SPORE" | "AUR";

/** What is known of a token. */
export interface TokenTerms {
  /** Smallest units in one token. */
  readonly units: bigint;
  /** Whether a source gives the smallest unit; else it is ours. */
  readonly unitsKnown: boolean;
  /** The most that may exist, in whole tokens; null where nothing limits it. */
  readonly cap: bigint | null;
  readonly source: string;
}

const SEVEN = 10_000_000n;

/** The tokens with their smallest units and caps. */
export const tokens: Readonly<Record<TokenName, TokenTerms>> = {
  TFT: {
    units: SEVEN,
    unitsKnown: true,
    cap: 1_000_000_000n,
    source: "forum 4285 (2024-03): minting stops at 1e9 TFT on Stellar; not in any program",
  },
  INCA: {
    units: SEVEN,
    unitsKnown: false,
    cap: 4_000_000_000n,
    source: "info_tfgrid projectinca/tokens/inca.md (2024-04-25) and every later draft",
  },
  CC: {
    units: SEVEN,
    unitsKnown: false,
    cap: null,
    source: "docs_tfgrid_economics token-system.md (2025-10-10): minted on entry, burned on exit",
  },
  TFTF: {
    units: SEVEN,
    unitsKnown: false,
    cap: null,
    source: "docs_tfgrid_economics token-system.md (2025-10-10)",
  },
  USDC: { units: 1_000_000n, unitsKnown: true, cap: null, source: "the coin's own contract" },
  SPORE: {
    units: SEVEN,
    unitsKnown: false,
    cap: 10_000_000_000n,
    source: "docs_projectmycelium hosters/economics.md (2025-11-26)",
  },
  AUR: {
    units: SEVEN,
    unitsKnown: false,
    cap: null,
    source: "docs_projectmycelium hosters/economics.md (2025-11-26)",
  },
};

/** The cap of a token in its smallest unit; null where it has none. */
export function capOf(token: TokenName): bigint | null {
  const { cap, units } = tokens[token];
  return cap === null ? null : cap * units;
}
