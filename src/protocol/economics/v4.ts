/**
 * The drafts of grid v4 and of what followed it; nothing here was ever seen in force.
 *
 * Sources: info_tfgrid tokenomics (2024-08), docs_tfgrid4 (2024-10 to 2024-12), the e-book of the
 * marketplace docs_tfgrid_economics (2025-10), docs_projectmycelium (2025-11), forum 4647 and 4754.
 */
import { seconds } from "../../units/index.ts";
import type { EconomicsPart, EconomicsSet } from "./set.ts";
import { sharesOf } from "./share.ts";

const calculated = (...whats: readonly string[]): readonly EconomicsPart[] =>
  whats.map((what) => ({ what, runs: "calculation only" }));

const DRAFT = {
  status: "draft",
  until: null,
  periods: null,
  nameShares: null,
  feeShares: null,
  providers: null,
  certification: null,
  policy: null,
} as const;

const UNITS = "The smallest unit of the token; 1e-7 is ours.";

const august: EconomicsSet = {
  ...DRAFT,
  name: "v4-2024-08",
  title: "Grid v4 in August 2024: 40 million tokens a month for farming",
  from: seconds(1_723_766_400),
  confidence: "H",
  source: "info_tfgrid tokenomics/tokens.md 416d033, 5de7e31; liquidity_pool.md",
  tokens: ["TFT", "INCA"],
  shares: sharesOf([
    ["farmer", 80],
    ["cooperative", 10],
    ["validators and partners", 10],
  ]),
  parts: calculated(
    "split 80/10/10",
    "plan of the supply of 4e9 INCA",
    "farming grants of 40 million a month",
    "liquidity pool with holders in proportion",
  ),
  open: [
    "How grants follow location, uptime and achievements.",
    "The pool's spread, its lock-up, and how large the users' discount is.",
    "Vested tokens leave through the pool alone; at what price is not said.",
    UNITS,
  ],
};

const november: EconomicsSet = {
  ...DRAFT,
  name: "v4-2024-11",
  title: "Grid v4 in November 2024: rewards by resource, farming pools",
  from: seconds(1_730_332_800),
  confidence: "H",
  source: "docs_tfgrid4 offer_resources.md 74c03b8, 3d6fdbd, 2a8721b, 4b6b076; farming_pools.md",
  tokens: ["INCA"],
  shares: sharesOf([
    ["farmer", 60],
    ["farming pool", 20],
    ["ThreeFold, guardians and validators", 20],
  ]),
  certification: { bonus: null, uptime: 98n, vendors: [] },
  parts: calculated(
    "split 60/20/20",
    "INCA a month by memory, disk and network, for 18 months",
    "three schedules of release",
    "farming pools with service level and price range",
    "cloud and storage slices",
    "the registrar's reward from 90 % uptime on",
    "twelve months in which only ThreeFold may deploy on a new node",
  ),
  open: [
    "The reward of a GB of GPU memory.",
    "Of how many bytes a GB and a TB are; the registrar took 2^30 and 2^40.",
    "The range of prices that farmers may choose from, and the factor of a place.",
    "What happens when the rewards of all nodes are more than the grants.",
    "Who has the pool's 20 % where a farm is in no pool.",
    "The day of 60/20/20; it stands in a commit of 2024-11-17, and in pages of October.",
    UNITS,
  ],
};

const december: EconomicsSet = {
  ...DRAFT,
  name: "v4-2024-12",
  title: "Grid v4 in December 2024: nine tenths for farmers and pools",
  from: seconds(1_733_011_200),
  confidence: "H",
  source: "docs_tfgrid4 669d485, 45c32f8; info_grid fa738c1 (2025-07) on certified nodes",
  tokens: ["INCA"],
  shares: sharesOf([
    ["farmer and pool", 90],
    ["not said", 10],
  ]),
  certification: {
    bonus: null,
    uptime: 98n,
    vendors: ["YourData Network (Europe, Asia, Africa, Australia)", "Duck Farm Data (America)"],
  },
  parts: calculated("split 90/10", "one TFT for one INCA over 18 months", "supply of 4e9 INCA"),
  open: [
    "Who has the other 10 %, and how farmer and pool share the 90 %.",
    "The same site still printed 60/20/20 on another page.",
    "The day in December; the first is ours.",
    UNITS,
  ],
};

const credits: EconomicsSet = {
  ...DRAFT,
  name: "cloud-credits-2025",
  title: "Cloud credits worth a thousandth of a gram of gold",
  from: seconds(1_760_054_400),
  confidence: "H",
  source: "docs_tfgrid_economics 65fbdb8, 5187f69, e01a48e, a00a487; forum 4647",
  tokens: ["TFT", "CC", "TFTF", "USDC"],
  shares: sharesOf([
    ["farmer", 80],
    ["burned", 10],
    ["ThreeFold", 10],
  ]),
  parts: calculated(
    "split 80/10/10 with burning",
    "two TFT for a credit, one way",
    "exit auction at one price, 5 % of the pool and 20 % discount",
    "positions by amount and time",
    "table of nodes and their slices",
  ),
  open: [
    "One or two TFT for a credit, gold or dollar, the auction's limits: all put to the community.",
    "The table of nodes does not follow from its slices and their price.",
    "Which token is burned when a user pays in credits.",
    "Whether the pools planned for 2026-01-01 ever opened.",
    UNITS,
  ],
};

const spore: EconomicsSet = {
  ...DRAFT,
  name: "spore-2025",
  title: "Project Mycelium: SPORE beside the gold-bound AUR",
  from: seconds(1_764_115_200),
  confidence: "H",
  source:
    "docs_projectmycelium c769942, 7e25e10; projectmycelium specs/slices.md 67577df; forum 4754",
  tokens: ["TFT", "SPORE", "AUR"],
  shares: sharesOf([
    ["farmer", 80],
    ["burned", 10],
    ["development", 10],
  ]),
  parts: calculated(
    "split 80/10/10 with burning",
    "one TFT for ten SPORE until 2026-07-01",
    "supply of 1e10 SPORE",
    "exit auction",
    "nodes in 1, 2, 4, ... equal slices",
  ),
  open: [
    "How many points a broken promise costs a hoster.",
    "The numbers of the exit auction.",
    "Whether 0.01 USD for a SPORE held until 2026-06-30, and the price since.",
    UNITS,
  ],
};

/** The drafts of grid v4 and after, oldest first. */
export const v4Sets: readonly EconomicsSet[] = [august, november, december, credits, spore];
