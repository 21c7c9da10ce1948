/**
 * farms.csv: what each variant does to each farm.
 */
import { stringify } from "csv-stringify/sync";
import type { Proposal } from "./proposal.ts";

const FARM_HEADS = [
  "variant",
  "farm",
  "type",
  "country",
  "income_group",
  "class",
  "nodes",
  "years",
  "base_usd_month",
  "variant_usd_month",
  "difference_usd_month",
  "standing",
];

/** farms.csv: a row a variant and farm; null where farms were not looked at. */
export function farmsText({ variants }: Proposal): string | null {
  const rows = variants.flatMap(({ name, farms }) =>
    (farms?.each ?? []).map((farm) => [
      name,
      String(farm.cause),
      farm.type,
      farm.country,
      farm.incomeGroup,
      farm.nodeClass,
      String(farm.nodes),
      farm.years.toFixed(2),
      farm.base.toFixed(4),
      farm.variant.toFixed(4),
      farm.difference.toFixed(4),
      farm.standing,
    ]),
  );
  return rows.length === 0 ? null : stringify([FARM_HEADS, ...rows]);
}
