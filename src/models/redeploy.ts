/**
 * Redeployment: what a tenant does when the node of a deployment is gone.
 *
 * Nothing on the grid moves by itself (the node brings its own workloads back when it boots again),
 * so moving is a decision of the tenant: never, or after some patience.
 */
import { type Distribution, lognormal } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on redeployment. */
export const redeployBlock = block("assumptions.redeploy", "Tenants whose node failed.", {
  share: {
    kind: "share",
    default: "50 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "workload"],
    range: ["20 %", "90 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-55",
    doc: "Deployments whose tenant moves them to another node if theirs stays away.",
  },
  patience: {
    kind: "duration",
    default: "12 h",
    bounds: ["1 min", "365 d"],
    varies: ["country", "workload", "user"],
    range: ["1 h", "72 h"],
    quality: "estimate",
    date: "2023-04",
    source: "A-55",
    doc: "Median time such a tenant waits for the node to come back.",
  },
  patienceSpread: {
    kind: "number",
    default: "1",
    bounds: ["0.000001", "3"],
    varies: ["country", "workload"],
    range: ["0.5", "1.5"],
    quality: "estimate",
    date: "2023-04",
    source: "A-55",
    doc: "Spread (sigma of a lognormal) of that time.",
  },
});

/** Seconds a tenant that moves waits for its node. */
export const patienceLaw = (values: Values<typeof redeployBlock>): Distribution =>
  lognormal(values.patience, values.patienceSpread);
