/**
 * The economies of grid v3: each era of the main network.
 *
 * Sources: tfchain 33046d6 and later (billing, split), ADR 0008 (discount), ADR 0023 and issues 996
 * and 1018 of ledger_chain (end of burning), minting_v3 fc7e17d with forum 4107, 4285, 4286 and
 * 4374 (minting), TF_Grid_3.50_4.0 (the idea of 2023), info_grid fa738c1 (manual of 2025).
 */
import { seconds } from "../../units/index.ts";
import { billingBlock } from "../billing/index.ts";
import { periodStart } from "../period.ts";
import type { SplitPolicy } from "../split.ts";
import type { EconomicsPolicy, EconomicsSet } from "./set.ts";
import { sharesOf } from "./share.ts";
import { chainDiscounts, olderDiscounts, THRESHOLDS_HALVED } from "./staking.ts";

/** The shares in the chain's code: those of each rule set, which never changed while it ran. */
const SPLIT: SplitPolicy = {
  staking: 10n,
  foundation: 40n,
  nameStaking: 10n,
  legacyStaking: 5n,
  legacyFoundation: 10n,
  legacySales: 50n,
};

const RULES: readonly string[] = billingBlock.fields.rules.words;

const LEGACY_SHARES = sharesOf([
  ["sales and providers", 50],
  ["burned", 35],
  ["foundation", 10],
  ["staking pool", 5],
]);

const OLDEST: EconomicsPolicy = {
  billing: "legacy",
  minting: "2022",
  minimumDiy: 0n,
  minimumCertified: 0n,
  split: SPLIT,
  discount: olderDiscounts,
  hour: "inverted",
  rounding: "earlier",
  certifiedPercent: 125n,
};

const HALVED: EconomicsPolicy = { ...OLDEST, discount: chainDiscounts };
const NEAREST: EconomicsPolicy = { ...HALVED, rounding: "nearest" };
const STRICT: EconomicsPolicy = { ...NEAREST, minting: "2023-12" };
const UPRIGHT: EconomicsPolicy = { ...STRICT, hour: "current" };
const MINIMUM: EconomicsPolicy = {
  ...UPRIGHT,
  minting: "current",
  minimumDiy: 95n,
  minimumCertified: 98n,
};
const CURRENT: EconomicsPolicy = { ...MINIMUM, billing: "reserve" };

/** The first period after costs were rounded to the nearest, June 2023. */
const FIRST_NEAREST = 62;
/** The period in which the hour of the discount was put upright, January 2024. */
const LAST_INVERTED = 69;
/** When the program was changed for that; the day of the main network is not known. */
const HOUR_UPRIGHT = seconds(1_705_881_600);
/** The last minting period judged by the rules of the end of 2023. */
const LAST_STRICT = 71;
/** The first minting period with a minimum uptime in the published program, May 2024. */
const FIRST_MINIMUM = 73;
/** The first period with strict reports and the limit of 30 minutes, November 2023. */
const FIRST_STRICT = 67;

/** The period in which burning ended, November 2024; the minting did not change with it. */
const LAST_BURNING = 79;

/** The day after the last on which burning is known to have been on the main network. */
const BURNING_ENDED = seconds(1_730_764_800);

const PRICES = "The prices on the main network in each year; they are none of the set's values.";

const LIVE = {
  status: "live",
  tokens: ["TFT"],
  nameShares: null,
  feeShares: sharesOf([["farmer", 100]]),
} as const;

const LEGACY = {
  ...LIVE,
  shares: LEGACY_SHARES,
  providers: { takeMost: 50n, paid: true, open: true },
  certification: { bonus: 25n, uptime: null, vendors: [] },
  parts: [
    {
      what: "billing by lock, with burning",
      runs: RULES.includes("legacy") ? "world" : "calculation only",
    },
    { what: "minting rules", runs: "world" },
    { what: "discount table", runs: "world" },
    { what: "solution providers' takes", runs: "calculation only" },
    { what: "carbon mint, where minting.carbon is set", runs: "world" },
  ],
} as const;

const v3: EconomicsSet = {
  ...LEGACY,
  name: "v3-2022",
  title: "Grid v3 with burning, linear minting, discounts from three months",
  from: periodStart(47),
  until: THRESHOLDS_HALVED,
  periods: [47, 59],
  confidence: "M",
  source: "tfchain billing.rs; ADR 0008, the table before; minting_v3 v3.1.1 to v3.4.0",
  policy: OLDEST,
  open: [
    "The minting rules of the era are an approximation.",
    "Period 59 (March 2023) falls on both sides of the new discount thresholds.",
    PRICES,
  ],
};

const halved: EconomicsSet = {
  ...LEGACY,
  name: "v3-2023-03",
  title: "Grid v3 with discounts from one and a half months",
  from: THRESHOLDS_HALVED,
  until: periodStart(FIRST_NEAREST),
  periods: [60, FIRST_NEAREST - 1],
  confidence: "M",
  source: "tfchain ADR 0008 (2023-03-10); minting_v3; forum 3943",
  policy: HALVED,
  open: [
    "The day on which the decision reached the main network.",
    "For which months strict reports, written in April 2023 and withdrawn in June, were used.",
    PRICES,
  ],
};

const nearest: EconomicsSet = {
  ...LEGACY,
  name: "v3-2023-06",
  title: "Grid v3 with costs rounded to the nearest",
  from: periodStart(FIRST_NEAREST),
  until: periodStart(FIRST_STRICT),
  periods: [FIRST_NEAREST, FIRST_STRICT - 1],
  confidence: "M",
  source: "tfchain cost.rs, revisions before and after 2023-06; minting_v3; forum 3943",
  policy: NEAREST,
  open: [
    "The day in June 2023 on which the rounding reached the main network; taken as a period's.",
    "For which months strict reports, written in April 2023 and withdrawn in June, were used.",
    PRICES,
  ],
};

const strict: EconomicsSet = {
  ...LEGACY,
  name: "v3-2023-12",
  title: "Grid v3 with strict uptime reports and the 30 minute rule",
  from: periodStart(FIRST_STRICT),
  until: HOUR_UPRIGHT,
  periods: [FIRST_STRICT, LAST_INVERTED],
  confidence: "M",
  source: "forum 4107 (vote of 2023-11), 4189, 4286; minting_v3",
  policy: STRICT,
  open: ["The bonus by which the foundation paid back what the 30 minute rule took.", PRICES],
};

const upright: EconomicsSet = {
  ...LEGACY,
  name: "v3-2024-01",
  title: "Grid v3 with a discount that is judged on the cost of an hour",
  from: HOUR_UPRIGHT,
  until: periodStart(FIRST_MINIMUM),
  periods: [LAST_INVERTED + 1, LAST_STRICT],
  confidence: "M",
  source: "tfchain cost.rs, revisions before and after 2024-01-22; forum 4189, 4286; minting_v3",
  policy: UPRIGHT,
  open: [
    "The day on which the change of 22 January 2024 reached the main network.",
    "Period 72 (April 2024) is nobody's: farmers saw a minimum uptime against a node's own time, " +
      "and that program was not published; a world keeps the older rules.",
    "The bonus by which the foundation paid back what the 30 minute rule took.",
    PRICES,
  ],
};

const minimum: EconomicsSet = {
  ...LEGACY,
  name: "v3-2024-05",
  title: "Grid v3 with minimum uptime, still burning",
  from: periodStart(FIRST_MINIMUM),
  until: BURNING_ENDED,
  periods: [FIRST_MINIMUM, LAST_BURNING],
  confidence: "M",
  source: "minting_v3 280fece (2024-06); forum 4285; tfchain specs up to 151",
  certification: { bonus: 25n, uptime: 98n, vendors: [] },
  policy: MINIMUM,
  open: ["For which nodes the limit on sleep was waived in July 2024 (period 75).", PRICES],
};

const RESERVE_SHARES = sharesOf([
  ["farmer", 50],
  ["foundation", 40],
  ["staking pool", 10],
]);

/** The economy of today. */
export const currentEconomics: EconomicsSet = {
  ...LIVE,
  name: "v3-current",
  title: "Grid v3 with half of use for the farmer and no burning",
  from: BURNING_ENDED,
  until: null,
  periods: [LAST_BURNING + 1, null],
  confidence: "M",
  source: "tfchain ADR 0023 and billing.rs of 2025 (spec 152 and later); minting_v3 fc7e17d",
  shares: RESERVE_SHARES,
  nameShares: sharesOf([
    ["foundation", 90],
    ["staking pool", 10],
  ]),
  providers: { takeMost: 50n, paid: false, open: false },
  certification: { bonus: 25n, uptime: 98n, vendors: [] },
  policy: CURRENT,
  parts: [
    { what: "billing by reserve", runs: "world" },
    { what: "split 50/40/10", runs: "world" },
    { what: "minting rules with minimum uptime", runs: "world" },
    { what: "discount table", runs: "world" },
    { what: "payments out of the staking pool", runs: "calculation only" },
    { what: "end of minting at 1e9 TFT", runs: "calculation only" },
    { what: "carbon mint until January 2025, where minting.carbon is set", runs: "world" },
  ],
  open: [
    "The day on which spec 152 reached the main network; on 2024-11-04 burning was still on.",
    "What is paid from the staking pool and from the foundation's account.",
    PRICES,
  ],
};

/** The economies that were in force, each ending where the next begins. */
export const v3Sets: readonly EconomicsSet[] = [
  ...[v3, halved, nearest, strict, upright],
  ...[minimum, currentEconomics],
];
