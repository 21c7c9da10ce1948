/** Settings: the chain on which a case begins, from its preset and what it sets otherwise. */
import {
  addPolicy,
  type BillingPolicy,
  type ChainState,
  chainAt,
  type FarmingBook,
  type FarmingTerms,
  type Ledger,
  liveRuntime,
  type NodeCertification,
  type PricingBook,
  type Runtime,
} from "../protocol/index.ts";
import { blocks, milliUsd, seconds, tft, usd } from "../units/index.ts";
import { discounts, splits } from "./billing-terms.ts";
import type { ChainPreset } from "./chain-presets.ts";
import { bigAt, nameAt } from "./chain-reader.ts";
import { at, count, flag, isThere, list, named, type Spot, word } from "./spot.ts";
import { close } from "./stray.ts";

/** The billing of the snapshot, whose rules were those of locks. */
const billing = (ed: number): BillingPolicy => ({
  rules: "legacy",
  frequency: blocks(600),
  distributionCycles: 24,
  gracePeriod: blocks(201_600),
  existentialDeposit: tft(BigInt(ed)),
  blockTime: seconds(6),
});

const runtimeOf = (preset: ChainPreset): Runtime => ({
  ...liveRuntime,
  gate: preset.restricted === "root" ? "root" : "rootOrCouncil",
  votingTime: blocks(preset.motion ?? liveRuntime.votingTime),
  vetoesToKill: preset.min_vetos ?? liveRuntime.vetoesToKill,
  retryBlocks: blocks(preset.retry ?? liveRuntime.retryBlocks),
  authoritiesMin: preset.min_authorities ?? liveRuntime.authoritiesMin,
  billing: billing(preset.ed),
  discount: discounts,
  split: splits,
});

const ledgerOf = (preset: ChainPreset): Ledger => {
  const balances = Object.entries(preset.balances ?? {});
  return {
    accounts: new Map(
      balances.map(([account, free]) => [
        account,
        { free: tft(BigInt(free)), reserved: tft(0n), frozen: tft(0n) },
      ]),
    ),
    issuance: tft(balances.reduce((sum, [, free]) => sum + BigInt(free), 0n)),
    existentialDeposit: tft(BigInt(preset.ed)),
  };
};

const termsOf = (
  name: string,
  nodeCertification: NodeCertification,
  [su = 0, cu = 0, nu = 0, ipv4 = 0, minimalUptime = 0]: readonly number[],
): FarmingTerms => ({
  name,
  cu: milliUsd(BigInt(cu)),
  su: milliUsd(BigInt(su)),
  nu: milliUsd(BigInt(nu)),
  ipv4: milliUsd(BigInt(ipv4)),
  minimalUptime,
  end: blocks(0),
  immutable: false,
  default: true,
  nodeCertification,
  farmCertification: "NotCertified",
});

function farmingOf(preset: ChainPreset): FarmingBook {
  const connectionPrice = milliUsd(BigInt(preset.connection_price ?? 0));
  const empty: FarmingBook = { made: 0, policies: new Map(), connectionPrice };
  const values = preset.genesis_policy_values;
  if (preset.genesis_policies !== true || values === undefined) return empty;
  const diy = termsOf("threefold_default_diy_farming_policy", "Diy", values.diy);
  const certified = termsOf(
    "threefold_default_certified_farming_policy",
    "Certified",
    values.certified,
  );
  return addPolicy(addPolicy(empty, diy, blocks(0)), certified, blocks(0));
}

/** The chain's first pricing policy, whose name is not indexed. */
function pricingOf(preset: ChainPreset): PricingBook {
  if (preset.genesis_policies !== true) return { last: 0, policies: new Map(), byName: new Map() };
  const price = (value: bigint) => ({ value: usd(value), unit: "Gigabytes" }) as const;
  const policy = {
    id: 1,
    name: "threefold_default_pricing_policy",
    su: price(50_000n),
    cu: price(100_000n),
    nu: price(15_000n),
    ipu: price(40_000n),
    uniqueName: price(2_500n),
    domainName: price(5_000n),
    foundation: "foundation",
    sales: "sales",
    dedicatedPercent: 50n,
  };
  return { last: 1, policies: new Map([[1, policy]]), byName: new Map() };
}

/** The chain of a preset. */
export const chainOfPreset = (preset: ChainPreset): ChainState =>
  chainAt({
    runtime: runtimeOf(preset),
    ledger: ledgerOf(preset),
    farming: farmingOf(preset),
    pricing: pricingOf(preset),
    bounds: {
      floor: milliUsd(BigInt(preset.min_price ?? 0)),
      cap: milliUsd(BigInt(preset.max_price ?? 0)),
    },
    council: [...(preset.council ?? [])].sort((a, b) => (a < b ? -1 : 1)),
    authorities: preset.session_validators ?? [],
    bridge: {
      validators: [],
      feeAccount: preset.fee_account ?? null,
      depositFee: tft(BigInt(preset.deposit_fee ?? 0)),
      withdrawFee: tft(BigInt(preset.withdraw_fee ?? 0)),
    },
    staking: "staking",
  });

/** What a config may set, each with how it is read. */
const CONFIG: { readonly [Name in keyof ChainPreset]-?: (spot: Spot) => ChainPreset[Name] } = {
  block: (spot) => count(spot),
  ed: (spot) => count(spot),
  restricted: (spot) => word(spot, ["root", "root_or_council"]),
  min_vetos: (spot) => count(spot),
  motion: (spot) => count(spot),
  retry: (spot) => count(spot),
  council: (spot) => list(spot, nameAt),
  connection_price: bigAt,
  genesis_policies: flag,
  genesis_policy_values: (spot) => ({
    diy: list(at(spot, "diy"), (value) => count(value)),
    certified: list(at(spot, "certified"), (value) => count(value)),
  }),
  min_price: bigAt,
  max_price: bigAt,
  session_validators: (spot) => list(spot, nameAt),
  min_authorities: (spot) => count(spot),
  deposit_fee: bigAt,
  withdraw_fee: bigAt,
  fee_account: nameAt,
  balances: (spot) => Object.fromEntries(named(spot, (row, name) => [name, bigAt(row)])),
};

/** Fields that no chain is without. */
const NEEDED: readonly string[] = ["block", "ed", "restricted"];

/** Reads what a case sets otherwise than its preset; null takes away what the preset has. */
export function configAt(spot: Spot): Partial<ChainPreset> {
  close(spot);
  const set = Object.entries(CONFIG).flatMap(([name, read]) => {
    const found = at(spot, name);
    if (found.value === undefined) return [];
    return [[name, isThere(found) || NEEDED.includes(name) ? read(found) : undefined]];
  });
  return Object.fromEntries(set);
}
