/**
 * What a farmer does with a farm.
 *
 * Lifecycle: any twin makes a farm, renames it, adds and removes addresses, and says where rewards
 * are paid. A farm is never deleted.
 * Source: tfchain 33046d6, pallet-tfgrid/src/farm.rs.
 * Quirks: in the list of a new farm an address exists twice only with the same gateway, later the
 * text of the address alone decides; addresses are unique within a farm only; an address in use
 * is reported as not existing; the address of payments is any text; giving a farm the name that it
 * has succeeds without a word, giving it another's is an invalid name.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import { type FarmId, farmId } from "../contract/state.ts";
import { withEntry, withoutEntry } from "../entry.ts";
import { type AddressPair, checkIp4 } from "../ip4.ts";
import type { AccountId } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import { lengthFault } from "../text.ts";
import { ownTwin } from "../twin.ts";
import {
  type FarmEvent,
  type FarmIp,
  type FarmView,
  ownerOfFarm,
  type RegisteredFarm,
  withFarm,
} from "./state.ts";

const NAME_LENGTH = { least: 3, most: 40 } as const;
const NAME = /^[A-Za-z0-9_-]*$/;
const IPS_MAX = 256;
const PRICING_POLICY = 1;

/** Why a name is not taken. */
export type FarmNameFault = "FarmNameTooShort" | "FarmNameTooLong" | "InvalidFarmName";

function checkName(name: string): Outcome<string, FarmNameFault> {
  const length = lengthFault(name, NAME_LENGTH);
  if (length === "short") return refused("FarmNameTooShort");
  if (length === "long") return refused("FarmNameTooLong");
  return NAME.test(name) ? accepted(name) : refused("InvalidFarmName");
}

function checkIps(
  pairs: readonly AddressPair[],
): Outcome<readonly FarmIp[], "InvalidPublicIP" | "IpExists"> {
  const ips: FarmIp[] = [];
  for (const { ip, gw } of pairs) {
    if (!checkIp4({ ip, gw }).ok) return refused("InvalidPublicIP");
    if (ips.some((other) => other.ip === ip && other.gw === gw)) return refused("IpExists");
    if (ips.length === IPS_MAX) return refused("InvalidPublicIP");
    ips.push({ ip, gw, contract: null });
  }
  return accepted(ips);
}

/** Makes a farm of the caller's twin; its name is nobody's, its addresses are public. */
export function createFarm<S extends FarmView>(
  state: S,
  account: AccountId,
  call: { readonly name: string; readonly ips: readonly AddressPair[] },
): Outcome<
  Step<S, FarmEvent>,
  "TwinNotExists" | "FarmExists" | FarmNameFault | "InvalidPublicIP" | "IpExists"
> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const { farms } = state;
  if (farms.byName.has(call.name)) return refused("FarmExists");
  const name = checkName(call.name);
  if (!name.ok) return name;
  const ips = checkIps(call.ips);
  if (!ips.ok) return ips;
  const made = farms.made + 1;
  const farm: RegisteredFarm = {
    id: farmId(made),
    name: call.name,
    twin: twin.value.id,
    pricingPolicy: PRICING_POLICY,
    certification: "NotCertified",
    ips: ips.value,
    dedicated: false,
    limits: null,
  };
  const byName = withEntry(farms.byName, farm.name, farm.id);
  return paid(withFarm({ ...state, farms: { ...farms, made, byName } }, farm), [
    { event: "TfgridModule.FarmStored", farm },
  ]);
}

/** The caller's farm; refuses whoever has no twin, and whose twin does not own it. */
function ownFarm(
  state: FarmView,
  account: AccountId,
  id: FarmId,
): Outcome<RegisteredFarm, "TwinNotExists" | "FarmNotExists" | "CannotUpdateFarmWrongTwin"> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const farm = state.farms.byId.get(id);
  if (farm === undefined) return refused("FarmNotExists");
  return farm.twin === twin.value.id ? accepted(farm) : refused("CannotUpdateFarmWrongTwin");
}

/** Renames a farm. */
export function updateFarm<S extends FarmView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly name: string },
): Outcome<
  Step<S, FarmEvent>,
  "TwinNotExists" | "FarmNotExists" | "CannotUpdateFarmWrongTwin" | FarmNameFault
> {
  const own = ownFarm(state, account, call.farm);
  if (!own.ok) return own;
  const name = checkName(call.name);
  if (!name.ok) return name;
  const holder = state.farms.byName.get(call.name);
  if (holder === call.farm) return paid(state, []);
  if (holder !== undefined) return refused("InvalidFarmName");
  const farm = { ...own.value, name: call.name };
  const freed = withoutEntry(state.farms.byName, own.value.name);
  const byName = withEntry(freed, farm.name, farm.id);
  return paid(withFarm({ ...state, farms: { ...state.farms, byName } }, farm), [
    { event: "TfgridModule.FarmUpdated", farm },
  ]);
}

/** Says where the rewards of a farm are paid; the text is not looked at. */
export function setPayoutAddress<S extends FarmView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly address: string },
): Outcome<Step<S, FarmEvent>, "TwinNotExists" | "FarmNotExists" | "CannotUpdateFarmWrongTwin"> {
  const own = ownFarm(state, account, call.farm);
  if (!own.ok) return own;
  const payouts = withEntry(state.farms.payouts, call.farm, call.address);
  return paid({ ...state, farms: { ...state.farms, payouts } }, [
    {
      event: "TfgridModule.FarmPayoutV2AddressRegistered",
      farmId: call.farm,
      address: call.address,
    },
  ]);
}

/** The farm whose owner calls; whoever has no twin is a wrong twin here. */
function farmOfOwner(
  state: FarmView,
  account: AccountId,
  id: FarmId,
): Outcome<RegisteredFarm, "FarmNotExists" | "TwinNotExists" | "CannotUpdateFarmWrongTwin"> {
  const farm = state.farms.byId.get(id);
  if (farm === undefined) return refused("FarmNotExists");
  const owner = ownerOfFarm(state, id);
  if (owner === null) return refused("TwinNotExists");
  return owner === account ? accepted(farm) : refused("CannotUpdateFarmWrongTwin");
}

/** Adds a public address to a farm. */
export function addFarmIp<S extends FarmView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly ip: string; readonly gw: string },
): Outcome<
  Step<S, FarmEvent>,
  "FarmNotExists" | "TwinNotExists" | "CannotUpdateFarmWrongTwin" | "InvalidPublicIP" | "IpExists"
> {
  const own = farmOfOwner(state, account, call.farm);
  if (!own.ok) return own;
  const { ip, gw } = call;
  if (!checkIp4({ ip, gw }).ok) return refused("InvalidPublicIP");
  const { ips } = own.value;
  if (ips.some((other) => other.ip === ip)) return refused("IpExists");
  if (ips.length === IPS_MAX) return refused("InvalidPublicIP");
  const farm = { ...own.value, ips: [...ips, { ip, gw, contract: null }] };
  return paid(withFarm(state, farm), [{ event: "TfgridModule.FarmUpdated", farm }]);
}

/** Removes a public address that no contract holds. */
export function removeFarmIp<S extends FarmView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly ip: string },
): Outcome<
  Step<S, FarmEvent>,
  "FarmNotExists" | "TwinNotExists" | "CannotUpdateFarmWrongTwin" | "IpNotExists"
> {
  const own = farmOfOwner(state, account, call.farm);
  if (!own.ok) return own;
  const { ips } = own.value;
  const place = ips.findIndex(({ ip, contract }) => ip === call.ip && contract === null);
  if (place < 0) return refused("IpNotExists");
  const farm = { ...own.value, ips: ips.toSpliced(place, 1) };
  return paid(withFarm(state, farm), [{ event: "TfgridModule.FarmUpdated", farm }]);
}
