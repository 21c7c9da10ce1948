/**
 * The chain of the contract pallet's own tests: alice's farm with two addresses and one node, bob
 * and charlie with little money, a bill every 10 blocks, grace of 100, a TFT at 0.05 USD.
 */
import {
  type BillingRules,
  type ChainEvent,
  type Contract,
  type ContractId,
  contractId,
  dueAtBlock,
  gridOf,
} from "../../src/protocol/index.ts";
import { blocks, milliUsd } from "../../src/units/index.ts";
import { root, SMALL, Stage } from "./stage.ts";

const GIB = 2 ** 30;
const GENESIS = 1_628_082_000;
const IPS = ["185.206.122.33/24", "185.206.122.34/24"];
const HELD = { alice: 10 ** 12, bob: 2_500_000_000, charlie: 150_000 };
const PALLET = "SmartContractModule.";
const price = (value: number) => ({ value, unit: "Gigabytes" });
const PRICES = {
  ...{ pricing_policy_id: 1, name: "tests" },
  ...{ su: price(194_400), cu: price(305_600), nu: price(50_000), ipu: price(69_400) },
  ...{ unique_name: price(13_900), domain_name: price(27_800) },
  ...{ foundation_account: "foundation", certified_sales_account: "sales" },
  discount_for_dedication_nodes: 50,
};

export class Pallet extends Stage {
  constructor(rules: BillingRules = "legacy") {
    super();
    for (const account of Object.keys(HELD)) this.twin(account);
    this.farm("alice");
    for (const ip of IPS)
      this.act("alice", "tfgrid.add_farm_ip", { farm_id: 1, ip, gw: "185.206.122.1" });
    this.node("node", 1, SMALL);
    this.act(root, "tfgrid.update_pricing_policy", PRICES);
    const { runtime, price } = this.state;
    const billing = { ...runtime.billing, rules, gracePeriod: blocks(100) };
    this.state = {
      ...this.state,
      ...{ runtime: { ...runtime, billing }, frequency: blocks(10) },
      price: { ...price, average: milliUsd(50n) },
    };
    const shares = { [this.state.staking]: 10 ** 6, foundation: 10 ** 6, sales: 10 ** 6 };
    for (const [who, new_free] of Object.entries({ ...HELD, ...shares })) {
      this.act(root, "balances.force_set_balance", { who, new_free });
    }
    this.at(1);
    this.events = [];
  }

  /** The block becomes this one, without any bill. */
  at(block: number): void {
    this.block = block;
    this.seconds = GENESIS + 6 * block;
  }

  /** Block after block up to this one, each with the bills of its bucket. */
  to(block: number): void {
    while (this.block < block) {
      this.at(this.block + 1);
      for (const contract_id of this.bucket()) {
        this.act("v1", "contracts.bill_contract_for_block", { contract_id });
      }
    }
  }

  /** The contracts that this block bills. */
  bucket(block = this.block): readonly ContractId[] {
    const { runtime, frequency } = this.state;
    return dueAtBlock(gridOf(this.state), blocks(block), { ...runtime.billing, frequency });
  }

  /** Makes a contract call; answers who pays, or the refusal without the pallet's name. */
  call(who: string, name: string, args: object = {}): string {
    return this.act(who, `contracts.${name}`, args).replace(PALLET, "");
  }

  /** Deploys on node 1 under a hash of its own. */
  deploy(who: string, change: object = {}): string {
    const hash = `${this.state.contracts.contractsMade}`.padStart(32, "0");
    const plain = { node_id: 1, deployment_hash: hash, public_ips: 0 };
    return this.call(who, "create_node_contract", { ...plain, ...change });
  }

  rent(who: string): string {
    return this.call(who, "create_rent_contract", { node_id: 1 });
  }

  /** The node reports what a deployment of the pallet's tests uses. */
  use(contract_id: number): void {
    const used = { cru: 2, mru: 2 * GIB, sru: 60 * GIB, hru: 0 };
    this.call("node", "report_contract_resources", { contract_resources: [{ contract_id, used }] });
  }

  cancel(who: string, contract_id: number): string {
    return this.call(who, "cancel_contract", { contract_id });
  }

  power(power_state: "Up" | "Down"): string {
    return this.act("node", "tfgrid.change_power_state", { power_state });
  }

  contract(id: number): Contract | undefined {
    return this.state.contracts.contracts.get(contractId(id));
  }

  account(name: string) {
    return this.state.ledger.accounts.get(name);
  }

  /** What the contract pallet announced, its name left off. */
  get said(): readonly ChainEvent[] {
    return this.events
      .filter(({ event }) => event.startsWith(PALLET))
      .map((one) => ({ ...one, event: one.event.slice(PALLET.length) }) as unknown as ChainEvent);
  }

  /** The names of that. */
  get words(): readonly string[] {
    return this.said.map(({ event }) => event);
  }
}

/** What the contract pallet announces, its name left off. */
export const billed = (
  contractId: number,
  block: number,
  amountBilled: bigint,
  discountLevel = "None",
) => ({
  ...{ event: "ContractBilled", contractId, timestamp: GENESIS + 6 * block },
  ...{ discountLevel, amountBilled },
});
export const began = (contractId: number, blockNumber: number) => ({
  ...{ event: "ContractGracePeriodStarted", contractId, nodeId: 1, twinId: 3, blockNumber },
});
export const ended = (contractId: number, twinId = 3) => ({
  ...{ event: "ContractGracePeriodEnded", contractId, nodeId: 1, twinId },
});
export const ceased = (contractId: number, twinId: number) => ({
  ...{ event: "NodeContractCanceled", contractId, nodeId: 1, twinId },
});
export const burned = (contractId: number, amount: bigint) => ({
  ...{ event: "TokensBurned", contractId, amount },
});
