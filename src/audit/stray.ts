/**
 * Strays: fields of a case that no rule asks for.
 *
 * A file may say more of a case than the rules need, so most of them are let be. Refused is one
 * that is almost the name of a field that is not there, since it was meant for that; and what an
 * object that sets the terms of a case has no word for.
 */
import { guess } from "./guess.ts";
import { at, isFields, type Spot } from "./spot.ts";

/** Words for the reader of a file, wherever they stand. */
const REMARKS: ReadonlySet<string> = new Set([
  ...["about", "author", "check", "comment", "comments", "date", "description", "doc", "label"],
  ...["note", "notes", "origin", "provenance", "ref", "reference", "remark", "source", "sources"],
  ...["tag", "tags", "test", "tests", "title", "topic", "url", "what", "why"],
]);

const isRemark = (name: string): boolean => REMARKS.has(name) || /^[_$/#]|^x-/.test(name);

/** Takes fields as asked for that are not read, or by somebody else. */
export function knows(spot: Spot, names: readonly string[]): void {
  for (const name of names) at(spot, name);
}

/** Refuses whatever has another name than those asked for. */
export function close(spot: Spot): void {
  if (!isFields(spot.value) || spot.muted === true) return;
  const asked = spot.asked.get(spot.value) ?? { path: spot.path, names: new Set<string>() };
  spot.asked.set(spot.value, { ...asked, closed: true });
}

/** Blames the strays of a case, once all of it was read. */
export function blameStrays({ asked, faults }: Spot): void {
  for (const [fields, { path, names: asks, closed }] of asked) {
    const known = [...asks];
    const absent = known.filter((name) => !Object.hasOwn(fields, name));
    for (const name of Object.keys(fields)) {
      if (asks.has(name) || isRemark(name)) continue;
      const meant = guess(name, absent);
      if (meant === "" && closed !== true) continue;
      const names = known.map((each) => `\`${each}\``).join(", ");
      const expected =
        known.length === 0 ? "no field" : `${known.length > 1 ? "one of " : ""}${names}`;
      faults.push({ path: [...path, name], expected, found: `\`${name}\`${meant}`, key: true });
    }
  }
}
