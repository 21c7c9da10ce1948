/**
 * Fleet: which machines stand in which farms.
 *
 * The totals and the mean node are measured; how they spread over farms and machines is not, so
 * most of this is judgement. Specifications are drawn around a class and then scaled, so that the
 * totals of the snapshot are met exactly.
 */
import { type Distribution, exp, normalQuantile, zipf } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on the fleet. */
export const fleetBlock = block("assumptions.fleet", "Which machines stand in which farms.", {
  snapshot: {
    kind: "text",
    default: "data/grid_snapshots.csv",
    range: null,
    quality: "seen",
    date: "2023-04",
    source: "grid_snapshots.csv (forum 3291/53)",
    doc: "File of dated totals of the grid.",
  },
  date: {
    kind: "text",
    default: "2023-04-03",
    range: null,
    quality: "seen",
    date: "2023-04",
    source: "grid_snapshots.csv (forum 3291/53)",
    doc: "Date of the snapshot that the fleet meets at the start.",
  },
  classes: {
    kind: "text",
    default: "data/grid_node_classes_estimate.csv",
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "grid_node_classes_estimate.csv; A-14",
    doc: "File of machine classes and their weights.",
  },
  nodes: {
    kind: "count",
    default: "0",
    bounds: ["0", "10000000"],
    range: null,
    quality: "seen",
    date: "2023-04",
    source: "grid_snapshots.csv (forum 3291/53)",
    doc: "Nodes at the start; 0 takes the snapshot's, any other number scales its totals.",
  },
  gigabyte: {
    kind: "size",
    default: "1 GB",
    bounds: ["1 MB", "1 TB"],
    range: ["1 GB", "1.073741824 GB"],
    quality: "estimate",
    date: "2023-04",
    source: "A-21",
    doc: "Bytes of a gigabyte as the snapshot counts it.",
  },
  farmSizeAlpha: {
    kind: "number",
    default: "2.181",
    bounds: ["0.1", "10"],
    range: ["2", "2.4"],
    quality: "estimate",
    date: "2024",
    source: "fitted.json farm_size (2,761 nodes, more than 1000 farmers); A-13",
    doc: "Exponent of the Zipf law of farm sizes.",
  },
  farmSizeMax: {
    kind: "count",
    default: "300",
    bounds: ["1", "65535"],
    range: ["150", "600"],
    quality: "estimate",
    date: "2024",
    source: "fitted.json farm_size; A-13",
    doc: "Nodes of the largest farm that can be.",
  },
  cruSigma: {
    kind: "number",
    default: "0.25",
    bounds: ["0", "2"],
    varies: ["nodeClass"],
    range: ["0.1", "0.4"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_spec_spread; A-14",
    doc: "Spread of the logarithm of cores within a class.",
  },
  mruSigma: {
    kind: "number",
    default: "0.35",
    bounds: ["0", "2"],
    varies: ["nodeClass"],
    range: ["0.2", "0.5"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_spec_spread; A-14",
    doc: "Spread of the logarithm of memory within a class.",
  },
  diskSigma: {
    kind: "number",
    default: "0.6",
    bounds: ["0", "2"],
    varies: ["nodeClass"],
    range: ["0.3", "0.9"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_spec_spread (SSD; taken for HDD too); A-14",
    doc: "Spread of the logarithm of SSD and HDD within a class.",
  },
  certified: {
    kind: "share",
    default: "12 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind", "nodeClass"],
    range: ["5 %", "25 %"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json certified_share; A-15",
    doc: "Share of nodes that are certified.",
  },
  dataCentreLarge: {
    kind: "share",
    default: "50 %",
    bounds: ["0 %", "100 %"],
    varies: ["country"],
    range: ["20 %", "80 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-16",
    doc: "Share of large farms that stand in a data centre.",
  },
  dataCentreSmall: {
    kind: "share",
    default: "2 %",
    bounds: ["0 %", "100 %"],
    varies: ["country"],
    range: ["0 %", "10 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-16",
    doc: "Share of other farms that stand in a data centre.",
  },
  large: {
    kind: "count",
    default: "10",
    bounds: ["1", "65535"],
    range: ["5", "20"],
    quality: "estimate",
    date: "2023-04",
    source: "A-16",
    doc: "Nodes from which a farm is large.",
  },
  dedicated: {
    kind: "share",
    default: "10 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind"],
    range: ["2 %", "20 %"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json dedicated_farm_share (a test fixture); A-17",
    doc: "Share of farms that let only whole nodes.",
  },
  publicIps: {
    kind: "share",
    default: "6 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind"],
    range: ["3 %", "15 %"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json farms_with_public_ips; A-18",
    doc: "Share of farms that own public addresses.",
  },
  ipsAlpha: {
    kind: "number",
    default: "1.2",
    bounds: ["0", "10"],
    range: ["0.9", "1.6"],
    quality: "estimate",
    date: "2023-04",
    source: "A-18",
    doc: "Exponent of the Zipf law of addresses of such a farm.",
  },
  ipsMax: {
    kind: "count",
    default: "256",
    bounds: ["1", "65536"],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json farms_with_public_ips; A-18",
    doc: "Most addresses of one farm.",
  },
  gateway: {
    kind: "share",
    default: "50 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind"],
    range: ["20 %", "80 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-20",
    doc: "Share of farms with public addresses whose nodes serve as web gateways.",
  },
  gpu: {
    kind: "share",
    default: "1 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farmKind", "nodeClass"],
    range: ["0.2 %", "3 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-19",
    doc: "Share of nodes with a GPU.",
  },
  reservedMemory: {
    kind: "share",
    default: "10 %",
    bounds: ["0 %", "100 %"],
    range: null,
    quality: "seen",
    date: "2024",
    source: "zos, provisiond/main.go",
    doc: "Share of memory that Zero-OS keeps for itself.",
  },
  reservedMemoryLeast: {
    kind: "size",
    default: "2 GiB",
    bounds: ["0 B", "1 TiB"],
    range: null,
    quality: "seen",
    date: "2024",
    source: "zos, provisiond/main.go",
    doc: "Least memory that Zero-OS keeps for itself.",
  },
  cache: {
    kind: "size",
    default: "5 GiB",
    bounds: ["0 B", "1 TiB"],
    range: ["5 GiB", "100 GiB"],
    quality: "seen",
    date: "2024",
    source: "zos, provisiond/main.go",
    doc: "SSD that Zero-OS keeps for its cache.",
  },
});

/** Values of `assumptions.fleet`. */
export type FleetValues = Values<typeof fleetBlock>;

/** Nodes of a farm. */
export const farmSize = (values: FleetValues): Distribution =>
  zipf(values.farmSizeAlpha, values.farmSizeMax);

/** Public addresses of a farm that owns any. */
export const addressesOwned = (values: FleetValues): Distribution =>
  zipf(values.ipsAlpha, values.ipsMax);

/** Probability that a farm of `nodes` nodes stands in a data centre. */
export const dataCentreProbability = (values: FleetValues, nodes: number): number =>
  nodes >= values.large ? values.dataCentreLarge : values.dataCentreSmall;

/** Bytes of what the source counts in gigabytes. */
export const specBytes = (values: FleetValues, gigabytes: number): number =>
  Math.round(gigabytes * values.gigabyte);

/** Factor on a specification of a class, for a uniform number: lognormal of mean 1. */
export const specFactor = (sigma: number, u: number): number =>
  exp(sigma * normalQuantile(u) - 0.5 * sigma * sigma);
