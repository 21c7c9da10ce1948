/**
 * Key-value store: texts that an account keeps on the chain.
 *
 * Source: tfchain 33046d6, pallet-kvstore/src/kvstore.rs.
 */
import { type Outcome, refused } from "../units/index.ts";
import { withEntry, withoutEntry } from "./entry.ts";
import type { AccountId } from "./ledger.ts";
import { paid, type Step } from "./step.ts";
import { byteLength } from "./text.ts";

const KEY_MAX = 512;
const VALUE_MAX = 2_048;

/** What each account keeps. */
export type KvStore = ReadonlyMap<AccountId, ReadonlyMap<string, string>>;

/** What the store announces. */
export interface KvEvent {
  readonly event: "TFKVStore.EntrySet" | "TFKVStore.EntryTaken";
  readonly account: AccountId;
  readonly key: string;
  readonly value: string;
}

/** The part of the chain that the store is. */
export interface KvView {
  readonly kv: KvStore;
}

/** Keeps a value under a key of the caller. */
export function setValue<S extends KvView>(
  state: S,
  account: AccountId,
  { key, value }: { readonly key: string; readonly value: string },
): Outcome<Step<S, KvEvent>, "KeyIsTooLarge" | "ValueIsTooLarge"> {
  if (byteLength(key) > KEY_MAX) return refused("KeyIsTooLarge");
  if (byteLength(value) > VALUE_MAX) return refused("ValueIsTooLarge");
  const own = withEntry(state.kv.get(account) ?? new Map(), key, value);
  return paid({ ...state, kv: withEntry(state.kv, account, own) }, [
    { event: "TFKVStore.EntrySet", account, key, value },
  ]);
}

/** Deletes a value of the caller. */
export function deleteValue<S extends KvView>(
  state: S,
  account: AccountId,
  { key }: { readonly key: string },
): Outcome<Step<S, KvEvent>, "NoValueStored"> {
  const own = state.kv.get(account) ?? new Map<string, string>();
  const value = own.get(key);
  if (value === undefined) return refused("NoValueStored");
  return paid({ ...state, kv: withEntry(state.kv, account, withoutEntry(own, key)) }, [
    { event: "TFKVStore.EntryTaken", account, key, value },
  ]);
}
