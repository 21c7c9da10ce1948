/**
 * Minting policy: which program judges a node's uptime, how uptime is paid, and when minting ends.
 *
 * Sources: minting_v3, minting/src/main.rs at the commits that are told at each value; forum 2447
 * and 4285. A chain knows nothing of it: minting is done beside it.
 */
import { block, type Permille, permille, seconds, type Values } from "../units/index.ts";
import { capacityRules } from "./capacity.ts";
import { type UptimeRules, uptimeRules } from "./uptime-rules.ts";

/** Which minting program judges, and the uptime below which it pays nothing. */
export const mintingBlock = block("policy.minting", "How the minting judges uptime.", {
  rules: {
    kind: "choice",
    doc: "The era of the minting program whose rules judge reports, sleep and minimum uptime.",
    default: "current",
    words: ["current", "2023-12", "2022"],
    range: null,
    quality: "seen",
    source: "minting_v3 fc7e17d, minting/src/main.rs; from period 73 on",
    date: "2024-06",
  },
  payment: {
    kind: "choice",
    doc:
      "How uptime is paid: as the era has it, or in proportion without a minimum (March 2022 to " +
      "March 2024), certified nodes all or nothing by mistake (September 2022), in full from " +
      "95 % (January 2022), or in full from 98 % (the second grid).",
    default: "era",
    words: ["era", "linear", "2022-09", "v3.0", "v2"],
    range: null,
    quality: "seen",
    source: "minting_v3 280fece, v3.1.1, v3.4.0, v3.0.0; forum 2447",
    date: "2024-06",
  },
  units: {
    kind: "choice",
    doc:
      "How hardware counts as minted units: as today, with one CU a thread (January and February " +
      "2022), without SSD in the CU and 375 GB of it in an SU (a draft of December 2021), or in " +
      "decimal gigabytes (the manual until March 2022). Metrics of capacity count as today.",
    default: "current",
    words: capacityRules,
    range: null,
    quality: "seen",
    source: "minting_v3 fc7e17d, cloud_units_permill; v3.0.0; ledger_chain 176; forum 2447",
    date: "2022-03",
    added: true,
  },
  newNodes: {
    kind: "choice",
    doc:
      "What the uptime of a node that joins in a period is a share of: the whole period, or the " +
      "node's own part of it (January and February 2022; farmers tell it of April 2024).",
    default: "whole",
    words: ["whole", "ownPart"],
    range: null,
    quality: "seen",
    source: "minting_v3 280fece, minting/src/main.rs; v3.0.0; forum 4374",
    date: "2024-06",
    added: true,
  },
  pricePaid: {
    kind: "choice",
    doc:
      "The price a reward is paid at: the node's own, of its registration, or the one that is " +
      "printed in every receipt, 0.08 USD (August to October 2022).",
    default: "own",
    words: ["own", "one"],
    range: null,
    quality: "seen",
    source: "minting_v3 fc7e17d, minting/src/main.rs; reverted on 2022-12-02",
    date: "2022-12",
    added: true,
  },
  carbon: {
    kind: "choice",
    doc:
      "Whether a run of the minting mints for carbon besides, by each node's units and uptime, " +
      "to one wallet that is no farmer's (until January 2025). A run does what holds when its " +
      "period ends.",
    default: "none",
    words: ["none", "minted"],
    range: null,
    quality: "seen",
    source: "minting_v3 d1536c0, minting/src/main.rs, which took it out on 2025-01-22",
    date: "2025-01",
    added: true,
  },
  minimumDiy: {
    kind: "share",
    doc: "Uptime below which an uncertified node earns nothing; the era `current` alone has it.",
    default: "95 %",
    bounds: ["0 %", "100 %"],
    range: null,
    quality: "seen",
    source: "minting_v3 280fece, minting/src/main.rs; forum 4285",
    date: "2024-06",
  },
  minimumCertified: {
    kind: "share",
    doc: "Uptime below which a certified node earns nothing; the era `current` alone has it.",
    default: "98 %",
    bounds: ["0 %", "100 %"],
    range: null,
    quality: "seen",
    source: "minting_v3 280fece, minting/src/main.rs; forum 4285",
    date: "2024-06",
  },
  tail: {
    kind: "duration",
    doc:
      "How long after a period's end a report is looked for that tells of its last minutes; 2 h " +
      "in 2022. What is minted is paid out at the same moment whatever it is.",
    default: "27 h",
    bounds: ["0 h", "27 h"],
    range: null,
    quality: "seen",
    source: "minting_v3 fc7e17d, minting/src/main.rs, 16200 blocks; grid_wiki 1313",
    date: "2024-06",
    added: true,
  },
  cap: {
    kind: "tokens",
    doc: "Tokens in existence from which on nothing is minted; 0 TFT for no end.",
    default: "0 TFT",
    bounds: ["0 TFT", "100000000000 TFT"],
    range: null,
    quality: "seen",
    source: "no program ends minting; forum 4285 wants 1000000000 TFT",
    date: "2024-03",
  },
});

/** The minimum uptimes of a live policy; zero in the eras that had none. */
export interface MinimumUptime {
  readonly diy: Permille;
  readonly certified: Permille;
  /** True where uptime above the minimum pays in full; in proportion where it is left out. */
  readonly whole?: boolean;
  /** The policies that pay by these minimums; the program's own choice where left out. */
  readonly policies?: readonly number[];
}

/** The ways in which uptime has been paid. */
export type PayRule = "current" | "linear" | "2022-09" | "v3.0" | "v2";

const none = { diy: permille(0), certified: permille(0) };

/**
 * How each of them pays. Sources: minting_v3 280fece (current, first used for May 2024), v3.1.1
 * (linear, March 2022 to March 2024), v3.4.0 to d906999 (September 2022 to February 2023: policy 2
 * by mistake in full or not at all), v3.0.0 (January and February 2022: in full from 95 % of the
 * node's own part of the period), forum 2447 (the 98 % of the second grid).
 */
export const payRules: Readonly<Record<PayRule, MinimumUptime>> = {
  current: { diy: permille(950), certified: permille(980) },
  linear: none,
  "2022-09": { ...none, policies: [1] },
  "v3.0": { diy: permille(950), certified: permille(950), whole: true },
  v2: { diy: permille(980), certified: permille(980), whole: true },
};

/** How uptime is judged by the values of the policy: as its era has it, with their tail. */
export const uptimeRulesOf = (values: Values<typeof mintingBlock>): UptimeRules => ({
  ...uptimeRules[values.rules],
  tail: seconds(values.tail),
});

/** The minimum uptimes that the values of the policy stand for. */
export function minimumUptime(values: Values<typeof mintingBlock>): MinimumUptime {
  if (values.payment !== "era") return payRules[values.payment];
  if (values.rules !== "current") return { diy: permille(0), certified: permille(0) };
  return {
    diy: permille(Math.round(values.minimumDiy * 1000)),
    certified: permille(Math.round(values.minimumCertified * 1000)),
  };
}
