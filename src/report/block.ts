/**
 * Full blocks in pictures: when billing falls behind, and what money waits meanwhile; none where a
 * scenario does not ask what becomes of bills that find no room.
 */
import type { Chart } from "./chart.ts";
import { type Course, courseChart } from "./course.ts";
import type { Folder } from "./folder.ts";

type Told = Pick<Course, "metric" | "title" | "axis" | "caption" | "unit" | "scale">;

const COURSES: readonly Told[] = [
  {
    metric: "block.fill",
    title: (mean) => `Blocks are ${mean} full of bills`,
    axis: "bills made, of those with room",
    unit: "%",
    scale: 100,
    caption: "Bills made, of those that the blocks of the day had room for.",
  },
  {
    metric: "billing.waiting",
    title: (mean) => `${mean} contracts wait for a bill`,
    axis: "contracts that wait",
    unit: "",
    caption: "Contracts that still wait for a bill after a block, mean of the day.",
  },
  {
    metric: "billing.delay_mean",
    title: (mean) => `Bills come ${mean} late`,
    axis: "behind the slot",
    caption: "From the block of a contract's slot to its bill, mean of the bills of the day.",
  },
  {
    metric: "billing.missed_share",
    title: (mean) => `${mean} of turns bring no bill of their own`,
    axis: "turns without a bill",
    caption: "Turns passed over, or that found the contract still waiting for an earlier bill.",
  },
  {
    metric: "billing.unbilled_tft",
    title: (mean) => `${mean} used and not billed yet`,
    axis: "used, not billed",
    caption: "What living contracts have used since their last bill, at list price.",
  },
  {
    metric: "billing.reserved_tft",
    title: (mean) => `${mean} taken and not paid out yet`,
    axis: "taken, not paid out",
    caption: "What users have paid and farmers do not have yet.",
  },
];

/** How full blocks are, how late bills come, and what is not billed or not paid out, by day. */
export function blockCharts(folder: Folder): readonly Chart[] {
  return COURSES.map((told) => courseChart(folder, { ...told, by: "day", zero: true })).filter(
    (chart) => chart !== null,
  );
}
