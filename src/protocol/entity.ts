/**
 * Entities: people and companies that sign for twins, with a name and a place.
 *
 * Lifecycle: anybody brings an entity whose account signed its name and place; the account changes
 * or deletes it; a twin keeps the signatures by which entities vouch for it.
 * Source: tfchain, pallet-tfgrid/src/twin.rs, `_create_entity`, `_update_entity`,
 * `_delete_entity`, `_add_twin_entity`, `_delete_twin_entity`. Nothing else reads any of this.
 * Quirks: an entity cannot be changed and keep its name, which it finds taken, by itself; whoever
 * calls to create one need not be its account; a twin keeps its proofs when their entity is gone,
 * and may keep several of one entity, of which the first is deleted first; a signature that is no
 * hex makes the chain's program panic, which drops the call, under a name of ours `Panicked`.
 * Not here: whether an Ed25519 or Sr25519 signature is right, which takes a library. A call comes
 * with the answer, `verified`.
 */
import { type Outcome, refused } from "../units/index.ts";
import { type EntityId, entityId, type TwinId } from "./contract/state.ts";
import { withEntry, withoutEntry } from "./entry.ts";
import type { AccountId } from "./ledger.ts";
import { checkCity, checkCountry, type LocationFault } from "./location.ts";
import { paid, type Step } from "./step.ts";
import type { EntityProof, TwinTable } from "./twin.ts";

/** One entity. */
export interface RegisteredEntity {
  readonly id: EntityId;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly account: AccountId;
}

/** All entities. */
export interface EntityTable {
  readonly made: number;
  readonly byId: ReadonlyMap<EntityId, RegisteredEntity>;
  readonly byName: ReadonlyMap<string, EntityId>;
  readonly byAccount: ReadonlyMap<AccountId, EntityId>;
}

/** A chain without entities. */
export const noEntities: EntityTable = {
  made: 0,
  byId: new Map(),
  byName: new Map(),
  byAccount: new Map(),
};

/** The part of the chain that these calls see. */
export interface EntityView {
  readonly entities: EntityTable;
  readonly twins: TwinTable;
}

/** What entities announce. */
export type EntityEvent =
  | {
      readonly event: "TfgridModule.EntityStored" | "TfgridModule.EntityUpdated";
      readonly entity: RegisteredEntity;
    }
  | { readonly event: "TfgridModule.EntityDeleted"; readonly entityId: EntityId }
  | {
      readonly event: "TfgridModule.TwinEntityStored";
      readonly twinId: TwinId;
      readonly entityId: EntityId;
      readonly signature: string;
    }
  | {
      readonly event: "TfgridModule.TwinEntityRemoved";
      readonly twinId: TwinId;
      readonly entityId: EntityId;
    };

/** A signature, and whether it is that of the entity's account under what it is said to sign. */
export interface Signed {
  readonly signature: string;
  readonly verified: boolean;
}

/** Hex digits of a signature of 64 bytes. */
const SIGNATURE_LENGTH = 128;
const HEX = /^[0-9a-fA-F]{128}$/;

type PlaceFault = Extract<LocationFault, `${"City" | "Country"}${string}`>;
type Place = Pick<RegisteredEntity, "country" | "city">;

function placeFault({ country, city }: Place): PlaceFault | null {
  return checkCountry(country) ?? checkCity(city);
}

/** Stores an entity that its account signed; refuses a name or an account that has one. */
export function createEntity<S extends EntityView>(
  state: S,
  _caller: AccountId,
  call: Omit<RegisteredEntity, "id"> & Signed,
): Outcome<
  Step<S, EntityEvent>,
  | "EntityWithNameExists"
  | "EntityWithPubkeyExists"
  | "SignatureLengthIsIncorrect"
  | "Panicked"
  | "EntitySignatureDoesNotMatch"
  | PlaceFault
> {
  const { entities } = state;
  const { account, name, country, city, signature, verified } = call;
  if (entities.byName.has(name)) return refused("EntityWithNameExists");
  if (entities.byAccount.has(account)) return refused("EntityWithPubkeyExists");
  if (signature.length !== SIGNATURE_LENGTH) return refused("SignatureLengthIsIncorrect");
  if (!HEX.test(signature)) return refused("Panicked");
  if (!verified) return refused("EntitySignatureDoesNotMatch");
  const fault = placeFault(call);
  if (fault !== null) return refused(fault);
  const made = entities.made + 1;
  const entity: RegisteredEntity = { id: entityId(made), name, country, city, account };
  const table: EntityTable = {
    made,
    byId: withEntry(entities.byId, entity.id, entity),
    byName: withEntry(entities.byName, name, entity.id),
    byAccount: withEntry(entities.byAccount, account, entity.id),
  };
  return paid({ ...state, entities: table }, [{ event: "TfgridModule.EntityStored", entity }]);
}

/** Changes the caller's entity, which must take another name. */
export function updateEntity<S extends EntityView>(
  state: S,
  account: AccountId,
  call: Pick<RegisteredEntity, "name"> & Place,
): Outcome<Step<S, EntityEvent>, "EntityWithNameExists" | "EntityNotExists" | PlaceFault> {
  const { entities } = state;
  const { name, country, city } = call;
  if (entities.byName.has(name)) return refused("EntityWithNameExists");
  const before = entityOf(entities, account);
  if (before === null) return refused("EntityNotExists");
  const fault = placeFault(call);
  if (fault !== null) return refused(fault);
  const entity: RegisteredEntity = { ...before, name, country, city };
  const table: EntityTable = {
    ...entities,
    byId: withEntry(entities.byId, entity.id, entity),
    byName: withEntry(withoutEntry(entities.byName, before.name), name, entity.id),
  };
  return paid({ ...state, entities: table }, [{ event: "TfgridModule.EntityUpdated", entity }]);
}

/** Deletes the caller's entity; what it signed for twins stays there. */
export function deleteEntity<S extends EntityView>(
  state: S,
  account: AccountId,
): Outcome<Step<S, EntityEvent>, "EntityNotExists"> {
  const { entities } = state;
  const gone = entityOf(entities, account);
  if (gone === null) return refused("EntityNotExists");
  const table: EntityTable = {
    ...entities,
    byId: withoutEntry(entities.byId, gone.id),
    byName: withoutEntry(entities.byName, gone.name),
    byAccount: withoutEntry(entities.byAccount, account),
  };
  return paid({ ...state, entities: table }, [
    { event: "TfgridModule.EntityDeleted", entityId: gone.id },
  ]);
}

function entityOf(entities: EntityTable, account: AccountId): RegisteredEntity | null {
  const id = entities.byAccount.get(account);
  return id === undefined ? null : (entities.byId.get(id) ?? null);
}

/** A twin keeps an entity's signature under both their numbers. */
export function addTwinEntity<S extends EntityView>(
  state: S,
  account: AccountId,
  call: { readonly twin: TwinId; readonly entity: EntityId } & Signed,
): Outcome<
  Step<S, EntityEvent>,
  | "EntityNotExists"
  | "TwinNotExists"
  | "UnauthorizedToUpdateTwin"
  | "EntityWithSignatureAlreadyExists"
  | "Panicked"
  | "EntitySignatureDoesNotMatch"
> {
  const { entity, signature } = call;
  if (!state.entities.byId.has(entity)) return refused("EntityNotExists");
  const twin = state.twins.byId.get(call.twin);
  if (twin === undefined) return refused("TwinNotExists");
  if (twin.account !== account) return refused("UnauthorizedToUpdateTwin");
  if (twin.entities.some((one) => one.entity === entity && one.signature === signature)) {
    return refused("EntityWithSignatureAlreadyExists");
  }
  if (!HEX.test(signature)) return refused("Panicked");
  if (!call.verified) return refused("EntitySignatureDoesNotMatch");
  return paid(withProofs(state, twin.id, [...twin.entities, { entity, signature }]), [
    { event: "TfgridModule.TwinEntityStored", twinId: twin.id, entityId: entity, signature },
  ]);
}

/** A twin drops the first proof that it has of an entity, whether or not that still exists. */
export function deleteTwinEntity<S extends EntityView>(
  state: S,
  account: AccountId,
  call: { readonly twin: TwinId; readonly entity: EntityId },
): Outcome<Step<S, EntityEvent>, "TwinNotExists" | "UnauthorizedToUpdateTwin" | "EntityNotExists"> {
  const { entity } = call;
  const twin = state.twins.byId.get(call.twin);
  if (twin === undefined) return refused("TwinNotExists");
  if (twin.account !== account) return refused("UnauthorizedToUpdateTwin");
  const place = twin.entities.findIndex((one) => one.entity === entity);
  if (place < 0) return refused("EntityNotExists");
  return paid(withProofs(state, twin.id, twin.entities.toSpliced(place, 1)), [
    { event: "TfgridModule.TwinEntityRemoved", twinId: twin.id, entityId: entity },
  ]);
}

function withProofs<S extends EntityView>(
  state: S,
  id: TwinId,
  entities: readonly EntityProof[],
): S {
  const { twins } = state;
  const twin = twins.byId.get(id);
  if (twin === undefined) return state;
  return { ...state, twins: { ...twins, byId: withEntry(twins.byId, id, { ...twin, entities }) } };
}
