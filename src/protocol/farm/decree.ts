/**
 * What the council and the DAO decide about a farm.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/farm.rs, `_set_farm_certification`,
 * `_set_farm_dedicated`, `_force_reset_farm_ip`.
 * Quirk: a farm's certification changes none of the nodes that it has.
 */
import { type Outcome, refused } from "../../units/index.ts";
import type { FarmId } from "../contract/state.ts";
import type { FarmCertification } from "../farming-policy.ts";
import { paid, type Step } from "../step.ts";
import { type FarmEvent, type FarmView, withFarm } from "./state.ts";

/** Certifies a farm, or takes it back. */
export function setFarmCertification<S extends FarmView>(
  state: S,
  call: { readonly farm: FarmId; readonly certification: FarmCertification },
): Outcome<Step<S, FarmEvent>, "FarmNotExists"> {
  const farm = state.farms.byId.get(call.farm);
  if (farm === undefined) return refused("FarmNotExists");
  const { certification } = call;
  return paid(withFarm(state, { ...farm, certification }), [
    { event: "TfgridModule.FarmCertificationSet", farmId: farm.id, certification },
  ]);
}

/** Lets a farm's nodes be rented as a whole only, or lifts that. */
export function setFarmDedicated<S extends FarmView>(
  state: S,
  call: { readonly farm: FarmId; readonly dedicated: boolean },
): Outcome<Step<S, FarmEvent>, "FarmNotExists"> {
  const before = state.farms.byId.get(call.farm);
  if (before === undefined) return refused("FarmNotExists");
  const farm = { ...before, dedicated: call.dedicated };
  return paid(withFarm(state, farm), [{ event: "TfgridModule.FarmUpdated", farm }]);
}

/** Frees an address of a farm, whoever holds it. */
export function forceResetFarmIp<S extends FarmView>(
  state: S,
  call: { readonly farm: FarmId; readonly ip: string },
): Outcome<Step<S, FarmEvent>, "FarmNotExists" | "IpNotExists"> {
  const before = state.farms.byId.get(call.farm);
  if (before === undefined) return refused("FarmNotExists");
  const place = before.ips.findIndex(({ ip }) => ip === call.ip);
  if (place < 0) return refused("IpNotExists");
  const freed = { ...before.ips[place], contract: null };
  const farm = { ...before, ips: before.ips.with(place, freed) };
  return paid(withFarm(state, farm), [{ event: "TfgridModule.FarmUpdated", farm }]);
}
