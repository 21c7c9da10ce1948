/**
 * Supply: how much of a token there is, what a cap lets be minted, and how long a stock lasts.
 *
 * Sources: forum 4285 (TFT), info_tfgrid tokenomics/tokens.md 416d033 and 5de7e31 (INCA),
 * docs_projectmycelium 7e25e10 (SPORE). Every amount is in the token's smallest unit. No draft says
 * whether what was burned may be minted again; here a cap bounds what exists.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import { capOf, type TokenName } from "./token.ts";

/** A token's supply; what exists is what was minted less what was burned. */
export interface Supply {
  readonly cap: bigint | null;
  readonly minted: bigint;
  readonly burned: bigint;
}

/** The supply of a token of which nothing exists yet. */
export const noSupply = (token: TokenName): Supply => ({
  cap: capOf(token),
  minted: 0n,
  burned: 0n,
});

/** What exists. */
export const existing = ({ minted, burned }: Supply): bigint => minted - burned;

/** What may still be minted; null where nothing limits it. */
export const roomIn = (supply: Supply): bigint | null =>
  supply.cap === null ? null : supply.cap - existing(supply);

/** Mints the whole amount, or refuses where the cap leaves no room for all of it. */
export function mintAll(supply: Supply, amount: bigint): Outcome<Supply, "SupplyCapReached"> {
  const room = roomIn(supply);
  if (room !== null && amount > room) return refused("SupplyCapReached");
  return accepted({ ...supply, minted: supply.minted + amount });
}

/** Mints as much of an amount as the cap leaves room for. */
export function mintUpToCap(
  supply: Supply,
  amount: bigint,
): { readonly supply: Supply; readonly minted: bigint } {
  const room = roomIn(supply);
  const minted = room !== null && amount > room ? room : amount;
  return { supply: { ...supply, minted: supply.minted + minted }, minted };
}

/**
 * What somebody is paid of what is due, where `room` is left for `all` that is due: everybody the
 * same part, cut to whole units. No source says who is paid in the last period before a cap.
 */
export const paidUnderCap = (due: number, all: bigint, room: bigint): number =>
  room >= all ? due : room <= 0n ? 0 : Number((BigInt(due) * room) / all);

/** Burns an amount, or refuses where less than that exists. */
export function burnFrom(supply: Supply, amount: bigint): Outcome<Supply, "MoreThanExists"> {
  if (amount > existing(supply)) return refused("MoreThanExists");
  return accepted({ ...supply, burned: supply.burned + amount });
}

/** How long a stock lasts: whole months, and what is left for the month after them. */
export interface Lasting {
  readonly months: bigint;
  readonly rest: bigint;
}

/** How long a stock lasts at so much a month; null where nothing is taken. */
export function lastingOf(stock: bigint, perMonth: bigint): Lasting | null {
  if (perMonth <= 0n) return null;
  return { months: stock / perMonth, rest: stock % perMonth };
}

/** One line of a plan of who is to own a token, in whole tokens. */
export interface Allotment {
  readonly to: string;
  readonly amount: bigint;
}

/** A dated plan of who is to own a token. */
export interface Allocation {
  readonly name: string;
  readonly token: TokenName;
  readonly lines: readonly Allotment[];
  readonly source: string;
  readonly open: readonly string[];
}

const MILLION = 1_000_000n;
const inMillions = (rows: readonly (readonly [string, number])[]): readonly Allotment[] =>
  rows.map(([to, millions]) => ({ to, amount: BigInt(millions) * MILLION }));

const FARMS = [
  ["farmers and technology of grids 1 to 3", 725],
  ["farmers of grid 4", 1_475],
  ["community", 300],
  ["grants", 300],
] as const;

/** The plans for INCA, oldest first. */
export const allocations: readonly Allocation[] = [
  {
    name: "inca-2024-04-25",
    token: "INCA",
    lines: inMillions([
      ["holders of TFT", 3_000],
      ["farming", 500],
      ["community", 300],
      ["team", 200],
    ]),
    source: "info_tfgrid projectinca/tokens/inca.md 5e633c1",
    open: [],
  },
  {
    name: "inca-2024-04-30",
    token: "INCA",
    lines: inMillions([
      ["holders of TFT", 2_000],
      ["farming", 1_000],
      ["community", 600],
      ["team", 400],
    ]),
    source: "info_tfgrid projectinca/tokens/inca.md 92b5e8e, db806d1",
    open: ["The text still calls the team's part 5 %, the numbers say 10 %."],
  },
  {
    name: "inca-2024-08-16",
    token: "INCA",
    lines: inMillions([
      ...FARMS,
      ["liquidity", 200],
      ["investors", 400],
      ["Dubai holding", 100],
      ["team", 500],
    ]),
    source: "info_tfgrid tokenomics/tokens.md 416d033",
    open: ["Of the first line 95 % was said to be minted already."],
  },
  {
    name: "inca-2024-08-17",
    token: "INCA",
    lines: inMillions([
      ...FARMS,
      ["liquidity", 150],
      ["investors", 450],
      ["Dubai holding", 100],
      ["team", 500],
    ]),
    source: "info_tfgrid tokenomics/tokens.md b5d155d, 5de7e31",
    open: ["The day on which 50 million went from liquidity to the investors."],
  },
];
