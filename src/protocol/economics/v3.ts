/**
 * The economies of grid v3: each era of the main network, and what was voted and proposed for it.
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
  certifiedPercent: 125n,
};

const HALVED: EconomicsPolicy = { ...OLDEST, discount: chainDiscounts };
const STRICT: EconomicsPolicy = { ...HALVED, minting: "2023-12" };
const MINIMUM: EconomicsPolicy = {
  ...HALVED,
  minting: "current",
  minimumDiy: 95n,
  minimumCertified: 98n,
};
const CURRENT: EconomicsPolicy = { ...MINIMUM, billing: "reserve" };

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
    { what: "carbon mint", runs: "calculation only" },
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
  until: periodStart(FIRST_STRICT),
  periods: [60, FIRST_STRICT - 1],
  confidence: "M",
  source: "tfchain ADR 0008 (2023-03-10); minting_v3; forum 3943",
  policy: HALVED,
  open: [
    "The day on which the decision reached the main network.",
    "For which months strict reports, written in April 2023 and withdrawn in June, were used.",
    PRICES,
  ],
};

const strict: EconomicsSet = {
  ...LEGACY,
  name: "v3-2023-12",
  title: "Grid v3 with strict uptime reports and the 30 minute rule",
  from: periodStart(FIRST_STRICT),
  until: periodStart(FIRST_MINIMUM),
  periods: [FIRST_STRICT, LAST_STRICT],
  confidence: "M",
  source: "forum 4107 (vote of 2023-11), 4189, 4286; minting_v3",
  policy: STRICT,
  open: [
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

const current: EconomicsSet = {
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
    { what: "carbon mint, until January 2025", runs: "calculation only" },
  ],
  open: [
    "The day on which spec 152 reached the main network; on 2024-11-04 burning was still on.",
    "What is paid from the staking pool and from the foundation's account.",
    PRICES,
  ],
};

const gep: EconomicsSet = {
  ...current,
  name: "gep-2024-03",
  title: "The proposal of March 2024 as voted, all of it at once",
  status: "voted",
  from: seconds(1_711_670_400),
  until: null,
  periods: null,
  confidence: "H",
  source: "forum 4285; carried out from period 72 or 73 (uptime) and with spec 152 (split)",
  shares: sharesOf([
    ["farmer", 50],
    ["cooperative", 40],
    ["stakers on validators", 10],
  ]),
  nameShares: null,
  open: [
    "The split of a payment for a name; a world uses the chain's 10 and 90.",
    "How stakers are paid; the chain has a staking pool that pays nobody.",
    "How minting ends at 1e9 TFT; no program does it.",
    "The day of the vote; it was discussed from the end of March 2024 on.",
  ],
};

const idea: EconomicsSet = {
  name: "v3.50-2023-08",
  title: "The idea of grid 3.50: stakers on farms and guardians",
  status: "draft",
  from: seconds(1_690_848_000),
  until: null,
  periods: null,
  confidence: "H",
  source: "threefoldtech.github.io, TF_Grid_3.50_4.0, validators_and_staking",
  tokens: ["TFT"],
  shares: sharesOf([
    ["farmer", 20],
    ["farm stakers", 10],
    ["guardians and validators", 10],
    ["not said", 60],
  ]),
  nameShares: null,
  feeShares: sharesOf([
    ["farmer", 70],
    ["stakers", 20],
    ["treasury", 10],
  ]),
  providers: null,
  certification: null,
  policy: null,
  parts: [
    { what: "split with stakers on farms", runs: "calculation only" },
    { what: "guardian validators with 20 % commission", runs: "calculation only" },
    { what: "extra price 70/20/10", runs: "calculation only" },
  ],
  open: [
    "Who has the other 60 %.",
    "Another page of the book gives 20 % to all stakers, in parts of 2, 2 and 16.",
    "Whether the farmer's commission of 20 % comes off the 10 % for stakers on a farm.",
  ],
};

/** The economies that were in force, each ending where the next begins. */
export const v3Sets: readonly EconomicsSet[] = [v3, halved, strict, minimum, current];

/** What was voted or proposed for grid v3. */
export const v3Proposals: readonly EconomicsSet[] = [idea, gep];
