/**
 * Farmer: what running a farm costs, which its owner sets against what it earns.
 */
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on farmers' costs. */
export const farmerBlock = block("assumptions.farmer", "What it costs to run a farm.", {
  watts: {
    kind: "number",
    default: "30",
    bounds: ["0", "10000"],
    range: ["15", "120"],
    quality: "estimate",
    date: "2024",
    source: "A-72",
    doc: "Watts that a node draws whatever it holds.",
  },
  wattsPerCore: {
    kind: "number",
    default: "2",
    bounds: ["0", "1000"],
    range: ["0.74", "3.5"],
    quality: "fit",
    date: "2023",
    source: "server_power.csv (W a virtual core by family of processor); A-72",
    doc: "Watts for each logical core on top.",
  },
  energy: {
    kind: "number",
    default: "0.15",
    bounds: ["0", "100"],
    range: ["0.05", "0.4"],
    quality: "estimate",
    date: "2024",
    source: "A-72",
    doc: "USD of a kilowatt hour.",
  },
  connection: {
    kind: "number",
    default: "0",
    bounds: ["0", "100000"],
    range: ["0", "60"],
    quality: "estimate",
    date: "2024",
    source: "A-72",
    doc: "USD a month of a farm's line that is there for the farm alone.",
  },
});

/** Values of `assumptions.farmer`. */
export type FarmerValues = Values<typeof farmerBlock>;

const SECONDS_PER_HOUR = 3600;
const WATTS_PER_KILOWATT = 1000;
/** A mean month, for what is paid by the month. */
const MONTH = 2_629_800;

/** USD that a farm of so many nodes and logical cores costs its owner in a stretch of seconds. */
export function runningCost(
  { watts, wattsPerCore, energy, connection }: FarmerValues,
  { nodes, cores, span }: { readonly nodes: number; readonly cores: number; readonly span: number },
): number {
  const kilowatts = (nodes * watts + cores * wattsPerCore) / WATTS_PER_KILOWATT;
  return kilowatts * (span / SECONDS_PER_HOUR) * energy + (connection * span) / MONTH;
}
