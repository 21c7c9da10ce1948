/** What a passed proposal changes: each parameter of governance, as bills and rewards read it. */
import { describe, expect, it } from "vitest";
import {
  billingTerms,
  type ChainState,
  contractId,
  createNodeContract,
  createProvider,
  createRentContract,
  extraFeeOf,
  gridOf,
  nodeId,
  policyInForce,
  providerId,
  withGrid,
} from "../../src/protocol/index.ts";
import { blocks, seconds } from "../../src/units/index.ts";
import { proposal, root, SMALL, Stage } from "./stage.ts";

/** A chain on which one farm decides every proposal. */
function governed(): Stage {
  const stage = new Stage("runtime", { balances: { f1: 10 ** 12, u: 10 ** 12 } });
  stage.farm("f1", [SMALL]);
  return stage;
}

/** Proposes a call, votes it through, and has it executed; answers how that went. */
function pass(stage: Stage, call: string, args: object): string {
  const action = proposal(call, args);
  expect(stage.act("c1", "dao.propose", { ...action, threshold: 1 })).toBe("Yes");
  const { hash } = action;
  expect(stage.act("f1", "dao.vote", { farm_id: 1, proposal: hash, approve: true })).toBe("No");
  const index = stage.state.dao.open.get(hash)?.index;
  expect(stage.act("c1", "dao.close", { proposal: hash, proposal_index: index })).toBe("No");
  const last = stage.events.at(-1);
  return last?.event === "Dao.Executed" ? last.result : "";
}

const price = (value: number) => ({ value, unit: "Gigabytes" });
const PRICING = {
  ...{ pricing_policy_id: 1, name: "new", su: price(1), cu: price(2), nu: price(3) },
  ...{ ipu: price(4), unique_name: price(5), domain_name: price(6) },
  ...{ foundation_account: "fund", certified_sales_account: "shop" },
  discount_for_dedication_nodes: 70,
};
const FARMING = {
  ...{ farming_policy_id: 1, name: "n", su: 1, cu: 2, nu: 3, ipv4: 4, minimal_uptime: 5 },
  ...{ policy_end: 0, default: true },
  ...{ node_certification: "Diy", farm_certification: "NotCertified" },
};

const node = (state: ChainState) => state.nodes.byId.get(nodeId(1));

/** Call, arguments, what is read, and what it is afterwards. */
const CHANGES: readonly (readonly [string, object, (state: ChainState) => unknown, unknown])[] = [
  ["tfgrid.update_pricing_policy", PRICING, (s) => billingTerms(s)?.pricing.cu.value, 2n],
  ["tfgrid.update_pricing_policy", PRICING, (s) => billingTerms(s)?.pricing.dedicatedPercent, 70n],
  ["tfgrid.update_pricing_policy", PRICING, (s) => gridOf(s).beneficiaries.foundation, "fund"],
  ["tfgrid.update_farming_policy", FARMING, (s) => policyInForce(s).farming[0].cu, 2n],
  ["tfgrid.create_farming_policy", FARMING, (s) => policyInForce(s).farming.length, 3],
  ["tfgrid.set_connection_price", { price: 9 }, (s) => policyInForce(s).connectionPrice, 9n],
  ["price.set_min_tft_price", { price: 20 }, (s) => billingTerms(s)?.price, 20n],
  ["price.set_max_tft_price", { price: 20 }, (s) => policyInForce(s).price.cap, 20n],
  [
    "contracts.change_billing_frequency",
    { frequency: 601 },
    (s) => billingTerms(s)?.billing.frequency,
    601,
  ],
  [
    "tfgrid.set_farm_dedicated",
    { farm_id: 1, dedicated: true },
    (s) => [...gridOf(s).farms.values()][0].dedicated,
    true,
  ],
  [
    "tfgrid.set_node_certification",
    { node_id: 1, node_certification: "Certified" },
    (s) => gridOf(s).nodes.get(nodeId(1))?.certified,
    true,
  ],
  [
    "tfgrid.attach_policy_to_farm",
    { farm_id: 1, limits: { farming_policy_id: 2, node_count: 3 } },
    (s) => node(s)?.policy,
    2,
  ],
  ["bridge.set_deposit_fee", { amount: 3 }, (s) => s.bridge.depositFee, 3n],
  ["bridge.set_withdraw_fee", { amount: 3 }, (s) => s.bridge.withdrawFee, 3n],
  ["bridge.set_fee_account", { target: "x" }, (s) => s.bridge.feeAccount, "x"],
  ["bridge.add_bridge_validator", { target: "x" }, (s) => s.bridge.validators, ["x"]],
  ["membership.add_member", { who: "x" }, (s) => s.council.members.includes("x"), true],
  ["validatorset.add_validator", { validator_id: "x" }, (s) => s.validatorSet.nodes.length, 3],
  ["tfgrid.set_zos_version", { zos_version: "3" }, (s) => s.zos, "3"],
  [
    "balances.force_transfer",
    { source: "f1", dest: "x", value: 1_000 },
    (s) => s.ledger.accounts.get("x")?.free,
    1_000n,
  ],
  [
    "balances.force_set_balance",
    { who: "x", new_free: 700 },
    (s) => s.ledger.issuance,
    2n * 10n ** 12n + 700n,
  ],
];

describe("a passed proposal", () => {
  it.each(CHANGES)("%s %j", (call, args, read, after) => {
    const stage = governed();
    expect(read(stage.state)).not.toEqual(after);
    expect(pass(stage, call, args)).toBe("Ok");
    expect(read(stage.state)).toEqual(after);
  });

  it("changes several things at once in a batch, or none of them", () => {
    const stage = governed();
    const set = (value: number) => ({
      call: "tfgrid.set_connection_price",
      args: { price: value },
    });
    const bad = { call: "price.set_min_tft_price", args: { price: 5_000 } };
    const error = "TFTPriceModule.MinPriceAboveMaxPriceError";
    expect(pass(stage, "utility.batch_all", { calls: [set(1), bad] })).toBe(error);
    expect(stage.state.farming.connectionPrice).toBe(80n);
    expect(pass(stage, "utility.batch", { calls: [set(1), bad, set(2)] })).toBe("Ok");
    expect(stage.state.farming.connectionPrice).toBe(1n);
    expect(pass(stage, "utility.force_batch", { calls: [set(3), bad, set(4)] })).toBe("Ok");
    expect(stage.state.farming.connectionPrice).toBe(4n);
    expect(pass(stage, "utility.batch_all", { calls: [set(5), set(6)] })).toBe("Ok");
    expect(stage.state.farming.connectionPrice).toBe(6n);
  });

  it("raises the billing frequency and cannot lower it", () => {
    const stage = governed();
    for (const frequency of [599, 600]) {
      expect(pass(stage, "contracts.change_billing_frequency", { frequency })).toBe(
        "SmartContractModule.CanOnlyIncreaseFrequency",
      );
    }
  });

  it("upgrades the program: what is compiled in changes from the next call on", () => {
    const stage = governed();
    const changes = { vetoesToKill: 1, votingTime: blocks(7) };
    const action = { call: "runtime_upgrade.set_code", args: { changes } } as const;
    const hash = "upgrade";
    const asked = { action, hash, threshold: 1, description: "", link: "", duration: null };
    expect(stage.make("c1", { call: "dao.propose", args: asked })).toBe("Yes");
    stage.act("f1", "dao.vote", { farm_id: 1, proposal: hash, approve: true });
    stage.act("c1", "dao.close", { proposal: hash, proposal_index: 0 });
    const other = proposal("system.remark");
    stage.act("c1", "dao.propose", { ...other, threshold: 1 });
    expect(stage.state.dao.open.get(other.hash)?.end).toBe(8);
    stage.act("c1", "dao.veto", { proposal: other.hash });
    expect(stage.state.dao.open.size).toBe(0);
  });
});

describe("a call that only the chain itself may make", () => {
  it("is refused to three fifths of the council and to accounts", () => {
    const stage = governed();
    const args = { source: "f1", dest: "x", value: 1_000 };
    const approval = { kind: "council", ayes: 5, seats: 5 } as const;
    expect(stage.act(approval, "balances.force_transfer", args)).toBe("BadOrigin");
    expect(stage.act("f1", "balances.force_transfer", args)).toBe("BadOrigin");
    expect(stage.act(root, "balances.force_transfer", { ...args, value: 499 })).toBe(
      "Token.BelowMinimum",
    );
  });
});

describe("contracts on the chain", () => {
  const at = { block: blocks(1), now: seconds(1_000), rules: "legacy" } as const;

  function rented(): Stage {
    const stage = governed();
    stage.twin("u");
    const grid = gridOf(stage.state);
    const made = createRentContract(grid, { account: "u", node: nodeId(1), provider: null }, at);
    if (!made.ok) throw new Error(made.error);
    stage.state = withGrid(stage.state, made.value.state);
    return stage;
  }

  it("forbid the target down and another extra fee", () => {
    const stage = rented();
    const down = { node_id: 1, power_target: "Down" };
    expect(stage.act("f1", "tfgrid.change_power_target", down)).toBe(
      "TfgridModule.NodeHasActiveContracts",
    );
    const fee = { node_id: 1, extra_fee: 5 };
    expect(stage.act("f1", "contracts.set_dedicated_node_extra_fee", fee)).toBe(
      "SmartContractModule.NodeHasActiveContracts",
    );
    const free = governed();
    expect(free.act("f1", "contracts.set_dedicated_node_extra_fee", fee)).toBe("Yes");
    expect(extraFeeOf(free.state, nodeId(1))).toBe(5n);
    expect(gridOf(free.state).nodes.get(nodeId(1))?.extraFee).toBe(5n);
  });

  it("that rent a node that wakes are billed from then on", () => {
    const stage = rented();
    const updated = () => stage.state.contracts.payments.get(contractId(1))?.updated;
    stage.seconds = 2_000;
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Down" });
    expect(updated()).toBe(1_000);
    stage.seconds = 3_000;
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Up" });
    expect(updated()).toBe(3_000);
  });

  it("end and are billed when their node is deleted, before it is gone", () => {
    const stage = rented();
    stage.seconds = 4_600;
    expect(stage.act("f1.n0", "tfgrid.delete_node", { node_id: 1 })).toBe("Yes");
    expect(stage.state.contracts.contracts.size).toBe(0);
    expect(stage.names.slice(-3)).toEqual([
      "SmartContractModule.ContractBilled",
      "SmartContractModule.RentContractCanceled",
      "TfgridModule.NodeDeleted",
    ]);
  });

  it("are cancelled by the council, whoever owns them", () => {
    const stage = rented();
    const cancel = { contract_id: 1 };
    expect(stage.act("u", "contracts.cancel_contract_collective", cancel)).toBe("BadOrigin");
    expect(pass(stage, "contracts.cancel_contract_collective", cancel)).toBe("Ok");
    expect(stage.state.contracts.contracts.size).toBe(0);
    expect(pass(stage, "contracts.cancel_contract_collective", { contract_id: 2 })).toBe(
      "SmartContractModule.ContractNotExists",
    );
  });

  it("name a solution provider that the council approved", () => {
    const stage = governed();
    const made = createProvider(gridOf(stage.state), [{ account: "p", take: 10n }]);
    if (!made.ok) throw new Error(made.error);
    stage.state = withGrid(stage.state, made.value.state);
    const approve = { solution_provider_id: 1, approve: true };
    expect(pass(stage, "contracts.approve_solution_provider", approve)).toBe("Ok");
    expect(stage.state.contracts.providers.get(providerId(1))?.approved).toBe(true);
    const missing = { solution_provider_id: 2, approve: true };
    expect(pass(stage, "contracts.approve_solution_provider", missing)).toBe(
      "SmartContractModule.NoSuchSolutionProvider",
    );
  });

  it("are made under the terms of the registry: standby, dedicated, addresses", () => {
    const stage = governed();
    stage.twin("u");
    const deploy = () => {
      const made = createNodeContract(
        gridOf(stage.state),
        { account: "u", node: nodeId(1), hash: "h", ips: 0, provider: null },
        at,
      );
      return made.ok ? "ok" : made.error;
    };
    expect(deploy()).toBe("ok");
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Down" });
    expect(deploy()).toBe("NodeNotAvailableToDeploy");
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Up" });
    stage.act(root, "tfgrid.set_farm_dedicated", { farm_id: 1, dedicated: true });
    expect(deploy()).toBe("NodeNotAvailableToDeploy");
  });
});
