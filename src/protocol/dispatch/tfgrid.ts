/**
 * Calls of the registry: twins, farms, nodes, and the policies that govern them.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/lib.rs, the pallet's calls and their origins.
 */

import { addTwinAdmin, noteOptOut, optOutOfBilling, removeTwinAdmin } from "../contract/opt-out.ts";
import * as entity from "../entity.ts";
import { withEntry, withoutEntry } from "../entry.ts";
import * as farm from "../farm/index.ts";
import {
  attachPolicy,
  createFarmingPolicy,
  setConnectionPrice,
  updateFarmingPolicy,
} from "../farming-book.ts";
import { gridOf, withGrid } from "../in-force.ts";
import * as node from "../node/index.ts";
import { changePowerState, changePowerTarget } from "../power.ts";
import { createPricingPolicy, updatePricingPolicy } from "../pricing-book.ts";
import { paid } from "../step.ts";
import { acceptTerms, bondTwinAccount, createTwin, updateTwin } from "../twin.ts";
import { setZosVersion } from "../zos.ts";
import { byGate, bySigner, type CallsOf, type Effects, named } from "./adapter.ts";
import { withoutContracts } from "./contract.ts";

const PALLET = "TfgridModule";

type Deleting = Parameters<typeof withoutContracts>[0];

/** A deletion of a node that forgets that the node left this billing. */
const withoutOptOut =
  (remove: Deleting): Deleting =>
  (state, account, args, at) => {
    const removed = remove(state, account, args, at);
    if (!removed.ok || !state.optOuts.has(args.node)) return removed;
    const optOuts = withoutEntry(state.optOuts, args.node);
    return paid({ ...removed.value.state, optOuts }, removed.value.events);
  };

/** The effects of the registry's calls. */
export const tfgridEffects: Effects<CallsOf<"tfgrid">> = {
  "tfgrid.user_accept_tc": bySigner(PALLET, acceptTerms),
  "tfgrid.create_twin": bySigner(PALLET, createTwin),
  "tfgrid.update_twin": bySigner(PALLET, updateTwin),
  "tfgrid.bond_twin_account": bySigner(PALLET, bondTwinAccount),
  "tfgrid.create_entity": bySigner(PALLET, entity.createEntity),
  "tfgrid.update_entity": bySigner(PALLET, entity.updateEntity),
  "tfgrid.delete_entity": bySigner(PALLET, (state, account) => entity.deleteEntity(state, account)),
  "tfgrid.add_twin_entity": bySigner(PALLET, entity.addTwinEntity),
  "tfgrid.delete_twin_entity": bySigner(PALLET, entity.deleteTwinEntity),
  "tfgrid.opt_out_of_v3_billing": bySigner(PALLET, (state, account, { node: id }, at) => {
    const out = optOutOfBilling(gridOf(state), { account, node: id });
    if (!out.ok) return out;
    const optOuts = withEntry(state.optOuts, id, { at: at.now, note: null });
    return paid({ ...state, optOuts }, [
      { event: "TfgridModule.NodeV3BillingOptedOut", nodeId: id, optedOutAt: at.now },
    ]);
  }),
  "tfgrid.set_node_v3_opt_out_metadata": bySigner(PALLET, noteOptOut),
  "tfgrid.add_twin_admin": byGate(PALLET, (state, { who }) => {
    const added = addTwinAdmin(gridOf(state), who);
    if (!added.ok) return added;
    return paid(withGrid(state, added.value), [
      { event: "TfgridModule.TwinAdminAdded", account: who },
    ]);
  }),
  "tfgrid.remove_twin_admin": byGate(PALLET, (state, { who }) => {
    const removed = removeTwinAdmin(gridOf(state), who);
    if (!removed.ok) return removed;
    return paid(withGrid(state, removed.value), [
      { event: "TfgridModule.TwinAdminRemoved", account: who },
    ]);
  }),
  "tfgrid.create_farm": bySigner(PALLET, farm.createFarm),
  "tfgrid.update_farm": bySigner(PALLET, farm.updateFarm),
  "tfgrid.add_stellar_payout_v2address": bySigner(PALLET, farm.setPayoutAddress),
  "tfgrid.add_farm_ip": bySigner(PALLET, farm.addFarmIp),
  "tfgrid.remove_farm_ip": bySigner(PALLET, farm.removeFarmIp),
  "tfgrid.force_reset_farm_ip": byGate(PALLET, farm.forceResetFarmIp),
  "tfgrid.set_farm_certification": byGate(PALLET, farm.setFarmCertification),
  "tfgrid.set_farm_dedicated": byGate(PALLET, farm.setFarmDedicated),
  "tfgrid.attach_policy_to_farm": byGate(PALLET, attachPolicy),
  "tfgrid.create_node": bySigner(PALLET, node.createNode),
  "tfgrid.update_node": bySigner(PALLET, node.updateNode),
  "tfgrid.delete_node": bySigner(PALLET, withoutOptOut(withoutContracts(node.deleteNode))),
  "tfgrid.delete_node_farm": bySigner(
    PALLET,
    withoutOptOut(withoutContracts(node.deleteNodeOfFarm)),
  ),
  "tfgrid.set_node_certification": (state, origin, args, at) => {
    const may = node.mayCertify(state.nodes, origin, state.runtime.gate);
    return named(PALLET, may.ok ? node.setNodeCertification(state, args, at) : may);
  },
  "tfgrid.add_node_certifier": byGate(PALLET, node.addCertifier),
  "tfgrid.remove_node_certifier": byGate(PALLET, node.removeCertifier),
  "tfgrid.report_uptime": bySigner(PALLET, (state, account, { uptime }, at) => {
    const report = { uptime, hint: null, tolerance: state.runtime.hintTolerance };
    return node.reportUptime(state, account, report, at);
  }),
  "tfgrid.report_uptime_v2": bySigner(PALLET, (state, account, { uptime, hint }, at) => {
    const report = { uptime, hint, tolerance: state.runtime.hintTolerance };
    return node.reportUptime(state, account, report, at);
  }),
  "tfgrid.add_node_public_config": bySigner(PALLET, node.setPublicConfig),
  "tfgrid.change_power_target": bySigner(PALLET, changePowerTarget),
  "tfgrid.change_power_state": bySigner(PALLET, changePowerState),
  "tfgrid.create_farming_policy": byGate(PALLET, createFarmingPolicy),
  "tfgrid.update_farming_policy": byGate(PALLET, updateFarmingPolicy),
  "tfgrid.create_pricing_policy": byGate(PALLET, createPricingPolicy),
  "tfgrid.update_pricing_policy": byGate(PALLET, updatePricingPolicy),
  "tfgrid.set_connection_price": byGate(PALLET, setConnectionPrice),
  "tfgrid.set_zos_version": byGate(PALLET, setZosVersion),
};
