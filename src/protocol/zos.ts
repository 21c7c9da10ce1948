/**
 * Zero-OS version: which release the nodes shall run.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/lib.rs, `set_zos_version`.
 */
import { type Outcome, refused } from "../units/index.ts";
import { paid, type Step } from "./step.ts";

/** What a change of the version announces. */
export interface ZosEvent {
  readonly event: "TfgridModule.ZosVersionUpdated";
  readonly version: string;
}

/** The part of the chain that the version is. */
export interface ZosView {
  readonly zos: string;
}

/** Sets the version; refuses the one that is set. */
export function setZosVersion<S extends ZosView>(
  state: S,
  { version }: { readonly version: string },
): Outcome<Step<S, ZosEvent>, "InvalidZosVersion"> {
  if (version === state.zos) return refused("InvalidZosVersion");
  return paid({ ...state, zos: version }, [{ event: "TfgridModule.ZosVersionUpdated", version }]);
}
