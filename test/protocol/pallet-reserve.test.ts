/**
 * What bills since spec 152 announce by the chain's calls, whole and in order, on the chain of the
 * contract pallet's own tests.
 */
import { describe, expect, it } from "vitest";
import { began, billed, ceased, ended, Pallet } from "./pallet.ts";
import { root } from "./stage.ts";

describe("what bills announce since spec 152", () => {
  const short = (contractId: number, block: number, had: bigint, overdraft: bigint) => ({
    ...{ event: "ContractPaymentOverdrawn", contractId, timestamp: 1_628_082_000 + 6 * block },
    ...{ partiallyBilledAmount: had, overdraft },
  });
  const shared = (contractId: number, standardRewards: bigint, additionalRewards = 0n) => ({
    ...{ event: "RewardDistributed", contractId, standardRewards, additionalRewards },
  });

  it("is what was reserved and what lacked, and how long the grace was that is over", () => {
    const chain = new Pallet("reserve");
    chain.deploy("charlie");
    chain.use(1);
    chain.to(31);
    expect(chain.said.slice(2)).toEqual([
      billed(1, 11, 121_300n),
      // 500 of what is left have to stay.
      ...[began(1, 21), short(1, 21, 28_200n, 93_100n), short(1, 31, 0n, 121_300n)],
    ]);
    chain.at(125);
    chain.events = [];
    // The bills from 41 on were missed, so one stands for 94 blocks: 57014 of 1e-7 USD.
    chain.call("v1", "bill_contract_for_block", { contract_id: 1 });
    expect(chain.said).toEqual([
      { event: "ContractGracePeriodElapsed", contractId: 1, gracePeriod: 104 },
      ...[short(1, 125, 0n, 1_140_280n), shared(1, 149_500n), ceased(1, 3)],
    ]);
  });

  it("is what a bill repaid with its own, and the rent that was waived", () => {
    const chain = new Pallet("reserve");
    chain.act("alice", "contracts.set_dedicated_node_extra_fee", {
      node_id: 1,
      extra_fee: 100_000,
    });
    chain.rent("charlie");
    chain.to(11);
    chain.act("bob", "balances.transfer_allow_death", { dest: "charlie", value: 100_000_000 });
    chain.events = [];
    chain.to(21);
    // 777280 a minute, of which 149500 were there at first.
    expect(chain.said).toEqual([ended(1), billed(1, 21, 1_405_060n)]);
    chain.power("Down");
    chain.to(31);
    chain.events = [];
    chain.cancel("charlie", 1);
    expect(chain.said).toEqual([
      ...[{ event: "RentWaived", contractId: 1 }, billed(1, 31, 0n)],
      ...[shared(1, 628_640n, 925_920n), { event: "RentContractCanceled", contractId: 1 }],
    ]);
  });

  it("of a name in grace has node 0", () => {
    const chain = new Pallet("reserve");
    chain.act(root, "balances.force_set_balance", { who: "charlie", new_free: 600 });
    chain.call("charlie", "create_name_contract", { name: "foobar" });
    chain.to(11);
    expect(chain.said.slice(1)).toEqual([
      { ...began(1, 11), nodeId: 0 },
      short(1, 11, 100n, 4_540n),
    ]);
  });
});
