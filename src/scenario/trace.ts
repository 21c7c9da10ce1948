/**
 * A trace: a value over time in a file of its own, a row for each change.
 */
import type { Declaration } from "./declaration.ts";
import { writePath } from "./document.ts";
import type { Draft, DraftStep, Spot } from "./draft.ts";
import { readValue } from "./economics.ts";
import { readMoment } from "./instant.ts";
import type { Lookup } from "./lookup.ts";

/** The rows of a trace, unless something is wrong in it; what is, is told to the lookup. */
export function readTrace(
  of: Declaration,
  draft: Extract<Draft, { readonly kind: "trace" }>,
  lookup: Lookup,
): readonly DraftStep[] {
  const { source, folder, path } = draft.spot;
  const named = { place: source.placeOf(path), path: writePath(path) };
  const table = lookup.tableIn(folder, draft.file, ["at", "value"], named);
  const steps = table.rows.flatMap((row): readonly DraftStep[] => {
    const at = readMoment(row.text("at"));
    const written = row.text("value");
    const raw = of.parameter.kind === "flag" ? FLAGS.get(written) : written;
    const value = readValue(of, raw ?? written);
    const tell = (column: string, { expected, found }: Told): void => {
      table.faults.push({ place: row.placeOf(column), path: column, expected, found });
    };
    if (!at.ok) tell("at", at);
    if (!value.ok) tell("value", value);
    if (!at.ok || !value.ok) return [];
    const spot: Spot = {
      folder,
      path: ["at"],
      source: {
        file: table.file.name,
        hash: table.file.hash,
        value: undefined,
        placeOf: () => row.placeOf("value"),
        placeOfKey: () => row.placeOf("at"),
      },
    };
    return [{ at: at.value, atText: at.text, value: value.value, text: value.text, spot }];
  });
  if (table.file.hash !== "" && table.rows.length === 0 && table.faults.length === 0)
    lookup.faults.push({ ...named, expected: "a file with rows", found: "none" });
  const sound = table.faults.length === 0;
  lookup.close(table);
  return sound ? steps : [];
}

type Told = { readonly expected: string; readonly found: string };

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);
