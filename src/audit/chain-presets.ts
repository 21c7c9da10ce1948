/**
 * Presets: the chains on which cases of the chain's rules begin.
 *
 * Source: the table of presets that comes with the public chain cases; `runtime` has the constants
 * of the live chain, the others those of a pallet's own unit tests.
 */

/** What a preset sets; whatever it leaves out is empty or zero. */
export interface ChainPreset {
  readonly block: number;
  readonly ed: number;
  readonly restricted: "root" | "root_or_council";
  readonly min_vetos?: number;
  readonly motion?: number;
  readonly retry?: number;
  readonly council?: readonly string[];
  readonly connection_price?: number | bigint;
  readonly genesis_policies?: boolean;
  /** Rewards as su, cu, nu, ipv4 and the minimal uptime. */
  readonly genesis_policy_values?: {
    readonly diy: readonly number[];
    readonly certified: readonly number[];
  };
  readonly min_price?: number | bigint;
  readonly max_price?: number | bigint;
  readonly session_validators?: readonly string[];
  readonly min_authorities?: number;
  readonly deposit_fee?: number | bigint;
  readonly withdraw_fee?: number | bigint;
  readonly fee_account?: string | null;
  readonly balances?: Readonly<Record<string, number | bigint>>;
}

const RICH = 1_000_000_000_000;
const BRIDGE_BALANCES = { alice: RICH, bob: 2_500_000_000 };
const PALLET = { restricted: "root", ed: 1 } as const;

/** All presets by name. */
export const chainPresets: Readonly<Record<string, ChainPreset>> = {
  runtime: {
    block: 1,
    min_vetos: 3,
    motion: 100_800,
    ed: 500,
    retry: 20,
    restricted: "root_or_council",
    council: ["c1", "c2", "c3", "c4", "c5"],
    connection_price: 80,
    genesis_policies: true,
    genesis_policy_values: {
      diy: [1_000, 2_400, 30, 5, 95],
      certified: [1_250, 3_000, 38, 6, 95],
    },
    min_price: 10,
    max_price: 1_000,
    session_validators: ["v1", "v2"],
    min_authorities: 1,
    deposit_fee: 10_000_000,
    withdraw_fee: 10_000_000,
    fee_account: "bridge_fee",
  },
  "mock-dao": {
    ...PALLET,
    block: 0,
    min_vetos: 2,
    motion: 4,
    retry: 20,
    council: ["1", "2", "3"],
    connection_price: 80,
    genesis_policies: true,
    genesis_policy_values: {
      diy: [100_000_000, 160_000_000, 2_000_000, 800_000, 95],
      certified: [120_000_000, 200_000_000, 3_000_000, 1_000_000, 95],
    },
  },
  "mock-tfgrid": { ...PALLET, block: 1 },
  "mock-tfgrid-b0": { ...PALLET, block: 0, balances: { alice: RICH, bob: 190_000 } },
  "mock-price": {
    ...PALLET,
    block: 1,
    min_price: 10,
    max_price: 1_000,
    session_validators: ["alice"],
  },
  "mock-bridge": { ...PALLET, block: 0, retry: 20, balances: BRIDGE_BALANCES },
  "mock-burning": { ...PALLET, block: 0, balances: BRIDGE_BALANCES },
};
