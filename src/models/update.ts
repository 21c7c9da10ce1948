/**
 * Updates: rollouts of the operating system that reboot some of the nodes.
 *
 * Most updates replace programs and reboot nothing; a rollout here is one that reboots a share of
 * the nodes. Nodes look for it once an hour and wait up to nine minutes more (zosbase, upgrade.go).
 */
import { type Distribution, exponential } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on rollouts. */
export const updateBlock = block("assumptions.update", "Rollouts of Zero-OS that reboot nodes.", {
  interval: {
    kind: "duration",
    default: "30 d",
    bounds: ["1 d", "36500 d"],
    varies: ["time"],
    range: ["14 d", "365 d"],
    quality: "estimate",
    date: "2023-04",
    source: "A-10",
    doc: "Mean time between rollouts that reboot nodes.",
  },
  share: {
    kind: "share",
    default: "2.5 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind", "nodeClass", "time"],
    range: ["0 %", "20 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-10",
    doc: "Share of nodes that such a rollout reboots.",
  },
  check: {
    kind: "duration",
    default: "60 min",
    bounds: ["1 min", "7 d"],
    range: null,
    quality: "seen",
    date: "2023-04",
    source: "zosbase, upgrade.go (software update check)",
    doc: "How often a node looks for an update.",
  },
  spread: {
    kind: "duration",
    default: "9 min",
    bounds: ["0 s", "1 d"],
    range: null,
    quality: "seen",
    date: "2023-04",
    source: "zosbase, upgrade.go (software update check)",
    doc: "Most that a node waits after it found one.",
  },
});

/** Values of `assumptions.update`. */
export type UpdateValues = Values<typeof updateBlock>;

/** Reboots a second of one node that rollouts cause. */
export const rolloutHazard = (values: UpdateValues): number => values.share / values.interval;

/** Seconds between rollouts; null where they reboot nothing. */
export const rolloutInterval = (values: UpdateValues): Distribution | null =>
  values.share > 0 ? exponential(values.interval) : null;

/** Seconds from a rollout to one node's reboot, for a uniform number each of check and wait. */
export const rolloutDelay = (values: UpdateValues, check: number, wait: number): number =>
  check * values.check + wait * values.spread;
