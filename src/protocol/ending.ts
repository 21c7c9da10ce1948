/**
 * What the end of contracts announces, and which addresses it frees.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/grid_contract.rs, `remove_contract`,
 * `reserve_ip`, `free_ip`.
 * Quirk: addresses are given back to the farm in which a contract's node stands then, so those of
 * a farm that the node has left stay taken.
 */
import type { ChainEvent, ChainState } from "./chain.ts";
import type { Contract, FarmId, GridState, NodeContract } from "./contract/state.ts";
import type { FarmIp } from "./farm/state.ts";

/** What changes of contracts see of the chain. */
type Contracts = Pick<ChainState, "contracts" | "farms" | "nodes">;

/** The contracts that one state has and a later one has not, oldest first, rents last. */
function gone(before: Contracts, after: Pick<GridState, "contracts">): readonly Contract[] {
  const all = [...before.contracts.contracts.values()].filter(({ id }) => !after.contracts.has(id));
  return [
    ...all.filter(({ kind }) => kind !== "rent"),
    ...all.filter(({ kind }) => kind === "rent"),
  ];
}

/** The farms once new contracts took their addresses, first free first, and ended ones left. */
export function farmsAfter(
  before: Contracts,
  grid: Pick<GridState, "contracts">,
): ChainState["farms"] {
  const byId = new Map(before.farms.byId);
  let changed = false;
  const put = (farm: FarmId | undefined, change: (ips: readonly FarmIp[]) => readonly FarmIp[]) => {
    const found = farm === undefined ? undefined : byId.get(farm);
    if (found === undefined) return;
    byId.set(found.id, { ...found, ips: change(found.ips) });
    changed = true;
  };
  const farmOf = ({ node }: NodeContract) => before.nodes.byId.get(node)?.farm;
  for (const contract of gone(before, grid)) {
    if (contract.kind !== "node" || contract.ips === 0) continue;
    put(farmOf(contract), (ips) =>
      ips.map((ip) => (ip.contract === contract.id ? { ...ip, contract: null } : ip)),
    );
  }
  for (const contract of grid.contracts.values()) {
    if (before.contracts.contracts.has(contract.id)) continue;
    if (contract.kind !== "node" || contract.ips === 0) continue;
    let left = contract.ips;
    put(farmOf(contract), (ips) =>
      ips.map((ip) => (ip.contract === null && left-- > 0 ? { ...ip, contract: contract.id } : ip)),
    );
  }
  return changed ? { ...before.farms, byId } : before.farms;
}

/** What the chain announces of the contracts that ended between two of its states. */
export const endings = (before: Contracts, after: Contracts): readonly ChainEvent[] =>
  gone(before, after.contracts).flatMap((contract) => endingOf(before, contract));

function endingOf(before: Contracts, contract: Contract): readonly ChainEvent[] {
  const contractId = contract.id;
  switch (contract.kind) {
    case "rent":
      return [{ event: "SmartContractModule.RentContractCanceled", contractId }];
    case "name":
      return [{ event: "SmartContractModule.NameContractCanceled", contractId }];
    case "node": {
      const { node: nodeId, twin: twinId, ips } = contract;
      const event = "SmartContractModule.NodeContractCanceled";
      const told: ChainEvent = { event, contractId, nodeId, twinId };
      if (ips === 0) return [told];
      const freed = addressesOf(before, contract).map((ip) => ({ ...ip, contract: null }));
      return [{ event: "SmartContractModule.IPsFreed", contractId, publicIps: freed }, told];
    }
  }
}

/** The addresses that a contract holds in the farm of its node. */
function addressesOf({ nodes, farms }: Contracts, { id, node }: NodeContract): readonly FarmIp[] {
  const farm = nodes.byId.get(node)?.farm;
  const ips = farm === undefined ? [] : (farms.byId.get(farm)?.ips ?? []);
  return ips.filter((ip) => ip.contract === id);
}
