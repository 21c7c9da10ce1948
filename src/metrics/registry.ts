import { billingMetrics } from "./billing.ts";
import { blockMetrics } from "./block.ts";
import { capacityMetrics } from "./capacity.ts";
import { contractMetrics } from "./contract.ts";
import { daoMetrics } from "./dao.ts";
import { farmerMetrics } from "./farmer.ts";
import { groupMetrics } from "./group.ts";
import { ledgerMetrics } from "./ledger.ts";
import { lifeMetrics } from "./life.ts";
import { marketMetrics } from "./market.ts";
import type { MetricGroup } from "./metric.ts";
import { mintMetrics } from "./mint.ts";
import { nodeMetrics } from "./node.ts";
import type { MetricEntry } from "./summary.ts";
import { userMetrics } from "./user.ts";

/** Everybody who watches a run, noun by noun. */
export const metricGroups: readonly MetricGroup[] = [
  nodeMetrics,
  capacityMetrics,
  contractMetrics,
  lifeMetrics,
  billingMetrics,
  blockMetrics,
  mintMetrics,
  farmerMetrics,
  groupMetrics,
  ledgerMetrics,
  marketMetrics,
  userMetrics,
  daoMetrics,
];

/** Every metric's name, unit and sentence, in the order in which they are told. */
export const metricList: readonly MetricEntry[] = metricGroups.flatMap((group) => group.entries);

/** The names of the metrics whose last digits depend on the length of a window. */
export const windowMeans: readonly string[] = metricGroups.flatMap(
  (group) => group.windowMeans ?? [],
);
