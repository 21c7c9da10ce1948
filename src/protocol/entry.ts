/**
 * Entries of the chain's maps and sorted lists, replaced without touching what was there.
 *
 * Source: that of each function stands with it; the rest is bookkeeping.
 */

/** The map with one entry put in or replaced. */
export const withEntry = <Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value,
): ReadonlyMap<Key, Value> => new Map(map).set(key, value);

/** The map without an entry; itself where there is none. */
export function withoutEntry<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
): ReadonlyMap<Key, Value> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** The sorted list with one more name at its place. */
export function withName(sorted: readonly string[], name: string): readonly string[] {
  const place = sorted.findIndex((other) => other > name);
  return place < 0 ? [...sorted, name] : sorted.toSpliced(place, 0, name);
}

/** The list without a name. */
export const withoutName = (list: readonly string[], name: string): readonly string[] =>
  list.filter((other) => other !== name);

/** Names in the order in which the chain keeps them: by code unit. */
export const sortedNames = (names: readonly string[]): readonly string[] => [...names].sort();

/**
 * The place at which halving finds a number in a list, or null where it misses it.
 *
 * Source: Rust 1.70, `slice::binary_search_by`. In a list that is not sorted it can miss a number
 * that is there, and this one misses the same.
 */
export function placeByHalving(list: readonly number[], wanted: number): number | null {
  let left = 0;
  let right = list.length;
  while (left < right) {
    const middle = left + ((right - left) >> 1);
    if (list[middle] === wanted) return middle;
    if (list[middle] < wanted) left = middle + 1;
    else right = middle;
  }
  return null;
}
