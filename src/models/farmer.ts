/**
 * Farmer: what running a farm costs, which its owner sets against what it earns.
 */
import { block, MEAN_MONTH, type Values } from "../units/index.ts";

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
  machine: {
    kind: "number",
    default: "250",
    bounds: ["0", "1000000"],
    range: ["150", "400"],
    quality: "fit",
    date: "2025-10",
    source: "A-80, node_hardware_examples.csv",
    doc: "USD that a node costs to buy before its memory and disks.",
  },
  memory: {
    kind: "number",
    default: "2.8125",
    bounds: ["0", "10000"],
    range: ["1.5", "4"],
    quality: "seen",
    date: "2021",
    source: "A-80, params_node_template.md of tfgrid_simulator 53596fe (90 USD for 32 GB)",
    doc: "USD that a GB of memory costs to buy.",
  },
  ssd: {
    kind: "number",
    default: "120",
    bounds: ["0", "100000"],
    range: ["50", "150"],
    quality: "seen",
    date: "2021",
    source: "A-80, params_node_template.md of tfgrid_simulator 53596fe (120 USD for 1 TB)",
    doc: "USD that a TB of SSD costs to buy.",
  },
  hdd: {
    kind: "number",
    default: "20",
    bounds: ["0", "100000"],
    range: ["12", "35"],
    quality: "estimate",
    date: "2023",
    source: "A-80",
    doc: "USD that a TB of hard disk costs to buy.",
  },
  life: {
    kind: "duration",
    default: "5 y",
    bounds: ["1 d", "100 y"],
    range: ["3 y", "8 y"],
    quality: "estimate",
    date: "2024",
    source: "A-80, the 60 months of the public farming calculators",
    doc: "How long a node is used, over which its purchase is spread evenly.",
  },
});

/** Values of `assumptions.farmer`. */
export type FarmerValues = Values<typeof farmerBlock>;

const SECONDS_PER_HOUR = 3600;
const WATTS_PER_KILOWATT = 1000;
/** How many nodes and logical cores draw power, and for how many seconds. */
interface Draw {
  readonly nodes: number;
  readonly cores: number;
  readonly span: number;
}

/** USD that the power of some nodes costs while they run. */
export function powerCost(
  { watts, wattsPerCore, energy }: FarmerValues,
  { nodes, cores, span }: Draw,
): number {
  const kilowatts = (nodes * watts + cores * wattsPerCore) / WATTS_PER_KILOWATT;
  return kilowatts * (span / SECONDS_PER_HOUR) * energy;
}

/** USD that a farm's line costs in a stretch of seconds. */
export const lineCost = ({ connection }: FarmerValues, span: number): number =>
  (connection * span) / MEAN_MONTH;

/** USD that a farm of so many nodes and logical cores costs its owner in a stretch of seconds. */
export const runningCost = (values: FarmerValues, draw: Draw): number =>
  powerCost(values, draw) + lineCost(values, draw.span);

const GIGABYTE = 1e9;
const TERABYTE = 1e12;

/** USD that a node costs to buy, by its memory and disks in bytes. */
export function purchasePrice(
  { machine, memory, ssd, hdd }: FarmerValues,
  { mru, sru, hru }: { readonly mru: number; readonly sru: number; readonly hru: number },
): number {
  return machine + (memory * mru) / GIGABYTE + (ssd * sru + hdd * hru) / TERABYTE;
}

/** USD of a purchase that fall on a stretch of seconds, spread evenly over the node's life. */
export const wear = ({ life }: FarmerValues, price: number, span: number): number =>
  (price * span) / life;
