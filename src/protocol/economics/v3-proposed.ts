/**
 * What was voted or proposed for grid v3.
 *
 * Sources: forum 4285 (the proposal of March 2024), TF_Grid_3.50_4.0 (the idea of 2023).
 */
import { seconds } from "../../units/index.ts";
import type { EconomicsSet } from "./set.ts";
import { sharesOf } from "./share.ts";
import { currentEconomics } from "./v3.ts";

const gep: EconomicsSet = {
  ...currentEconomics,
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

/** What was voted or proposed for grid v3. */
export const v3Proposals: readonly EconomicsSet[] = [idea, gep];
