/**
 * What a bill within a call announces, with all that the chain's events say.
 *
 * Source: tfchain 33046d6 and 048de90, pallet-smart-contract/src/lib.rs, `Event`, and
 * src/types.rs, `ContractBill`; src/billing.rs, where they are deposited.
 * Quirk: a name has no node, and its grace is told with node 0.
 */
import { assert, type Blocks, blocks, type Seconds, type Tft } from "../../units/index.ts";
import {
  type ContractId,
  type GridState,
  type NodeId,
  nodeId,
  type TwinId,
} from "../contract/state.ts";
import type { DiscountLevel } from "../discount.ts";
import type { Billed, ContractEvent } from "./due.ts";
import type { ChainTime } from "./policy.ts";

/** The chain's events of bills, amounts in 1e-7 TFT. */
export type BillingEvent =
  | {
      readonly event: "SmartContractModule.ContractBilled";
      readonly contractId: ContractId;
      readonly timestamp: Seconds;
      readonly discountLevel: DiscountLevel;
      readonly amountBilled: Tft;
    }
  | {
      readonly event: "SmartContractModule.ContractGracePeriodStarted";
      readonly contractId: ContractId;
      readonly nodeId: NodeId;
      readonly twinId: TwinId;
      readonly blockNumber: Blocks;
    }
  | {
      readonly event: "SmartContractModule.ContractGracePeriodEnded";
      readonly contractId: ContractId;
      readonly nodeId: NodeId;
      readonly twinId: TwinId;
    }
  | {
      readonly event: "SmartContractModule.ContractGracePeriodElapsed";
      readonly contractId: ContractId;
      /** For how long it lasted. */
      readonly gracePeriod: Blocks;
    }
  | {
      readonly event: "SmartContractModule.ContractPaymentOverdrawn";
      readonly contractId: ContractId;
      readonly timestamp: Seconds;
      readonly partiallyBilledAmount: Tft;
      readonly overdraft: Tft;
    }
  | {
      readonly event: "SmartContractModule.RewardDistributed";
      readonly contractId: ContractId;
      readonly standardRewards: Tft;
      readonly additionalRewards: Tft;
    }
  | { readonly event: "SmartContractModule.RentWaived"; readonly contractId: ContractId }
  | {
      readonly event: "SmartContractModule.TokensBurned";
      readonly contractId: ContractId;
      readonly amount: Tft;
    };

/** What a bill announces, in order; `before` is the state that was billed. */
export const announced = (
  before: Pick<GridState, "contracts">,
  billed: Billed,
  at: ChainTime,
): readonly BillingEvent[] => billed.events.map((told) => eventOf(before, told, billed, at));

function eventOf(
  before: Pick<GridState, "contracts">,
  told: ContractEvent,
  billed: Billed,
  { block, now: timestamp }: ChainTime,
): BillingEvent {
  const contractId = told.contract;
  const contract = before.contracts.get(contractId);
  assert(contract !== undefined, `contract ${contractId} was there when it was billed`);
  const node = contract.kind === "name" ? nodeId(0) : contract.node;
  const whose = { contractId, nodeId: node, twinId: contract.twin };
  switch (told.kind) {
    case "ContractBilled": {
      const event = "SmartContractModule.ContractBilled";
      const discountLevel = billed.bill?.level ?? "None";
      return { event, contractId, timestamp, discountLevel, amountBilled: told.amount };
    }
    case "ContractGracePeriodStarted": {
      const event = "SmartContractModule.ContractGracePeriodStarted";
      return { event, ...whose, blockNumber: told.since };
    }
    case "ContractGracePeriodEnded":
      return { event: "SmartContractModule.ContractGracePeriodEnded", ...whose };
    case "ContractGracePeriodElapsed": {
      const since = contract.state.kind === "grace" ? contract.state.since : block;
      const event = "SmartContractModule.ContractGracePeriodElapsed";
      return { event, contractId, gracePeriod: blocks(block - since) };
    }
    case "ContractPaymentOverdrawn": {
      const event = "SmartContractModule.ContractPaymentOverdrawn";
      const { reserved: partiallyBilledAmount, overdrawn: overdraft } = told;
      return { event, contractId, timestamp, partiallyBilledAmount, overdraft };
    }
    case "RewardDistributed": {
      const { standard: standardRewards, additional: additionalRewards } = told;
      const event = "SmartContractModule.RewardDistributed";
      return { event, contractId, standardRewards, additionalRewards };
    }
    case "RentWaived":
      return { event: "SmartContractModule.RentWaived", contractId };
    case "TokensBurned":
      return { event: "SmartContractModule.TokensBurned", contractId, amount: told.amount };
  }
}
