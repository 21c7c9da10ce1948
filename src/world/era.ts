/**
 * Era: the minting's rules that judge a period, which are those in force when it begins.
 */
import type { Policy } from "../protocol/index.ts";
import type { Setup } from "./setup.ts";

/** The rules and values of the minting. */
export type Minting = Policy["minting"];

/**
 * The minting's values at a second, given those of all before it: what the timeline changes in that
 * very second, such as the first of a period, counts.
 */
export function mintingAt({ timeline }: Setup, before: Minting, second: number): Minting {
  let minting = before;
  for (const entry of timeline) {
    if (entry.kind !== "policy" || entry.at !== second) continue;
    for (const { key, value } of entry.changes) {
      const [, block, field] = key.split(".");
      if (block === "minting") minting = { ...minting, [field]: value };
    }
  }
  return minting;
}

/** Whether a run's minting may mint for carbon: by its policy, or by what its timeline says. */
export const mayMintCarbon = ({ policy, timeline }: Setup): boolean =>
  policy.minting.carbon !== "none" ||
  timeline.some(
    (one) =>
      (one.kind === "policy" || one.kind === "propose") &&
      one.changes.some(({ key }) => key === "policy.minting.carbon"),
  );

/** Whether the chain may decide something of the fleet's next epoch: its joins, ends or rules. */
export function decidesOfFleet({ assumptions, timeline }: Setup): boolean {
  const { lossesBorne, entry } = assumptions.response;
  const touchesMinting = timeline.some(
    (one) =>
      (one.kind === "policy" || one.kind === "propose") &&
      one.changes.some(({ key }) => key.split(".")[1] === "minting"),
  );
  return lossesBorne > 0 || entry !== 0 || touchesMinting;
}
