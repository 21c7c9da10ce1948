/** Random histories of the calls on contracts: what holds after every one of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BillingRules, tokenFaults } from "../../src/protocol/index.ts";
import { root, SMALL, Stage } from "./stage.ts";

const GIB = 2 ** 30;
const USERS = ["u", "w"] as const;

/** A farm with five addresses and two nodes, and users of whom one is poor. */
function grid(rules: BillingRules): Stage {
  const stage = new Stage();
  const { runtime } = stage.state;
  const billing = { ...runtime.billing, rules, distributionCycles: 2 };
  stage.state = { ...stage.state, runtime: { ...runtime, billing } };
  stage.farm("f", [SMALL, SMALL]);
  for (let host = 33; host < 38; host++) {
    const ip = { ip: `185.206.122.${host}/24`, gw: "185.206.122.1" };
    stage.act("f", "tfgrid.add_farm_ip", { farm_id: 1, ...ip });
  }
  for (const user of USERS) stage.twin(user);
  for (const [who, free] of Object.entries({ f: 10n ** 6n, u: 10n ** 12n, w: 40_000_000n })) {
    stage.act(root, "balances.force_set_balance", { who, new_free: free });
  }
  for (const who of ["foundation", "staking", "sales"]) {
    stage.act(root, "balances.force_set_balance", { who, new_free: 10n ** 6n });
  }
  return stage;
}

interface Deed {
  readonly what: number;
  readonly who: (typeof USERS)[number];
  readonly node: number;
  readonly contract: number;
  readonly n: number;
  readonly wait: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.nat(9),
  who: fc.constantFrom(...USERS),
  node: fc.integer({ min: 1, max: 3 }),
  contract: fc.integer({ min: 1, max: 9 }),
  n: fc.nat(5),
  wait: fc.constantFrom(0, 6, 3_600, 3_600, 40_000),
});

function perform(stage: Stage, { what, who, node, contract, n, wait }: Deed): string {
  stage.seconds += wait;
  stage.block += wait / 6 > 1 ? Math.floor(wait / 6) : 1;
  const self = `f.n${node - 1}`;
  const id = { contract_id: contract };
  switch (what) {
    case 0:
    case 1: {
      const call = { node_id: node, deployment_hash: `${n}`, public_ips: n % 3 };
      return stage.act(who, "contracts.create_node_contract", call);
    }
    case 2:
      return stage.act(who, "contracts.create_rent_contract", { node_id: node });
    case 3:
      return stage.act(who, "contracts.create_name_contract", { name: `name${n}` });
    case 4: {
      const used = { cru: 1 + n, mru: n * GIB, sru: 10 * GIB, hru: 0 };
      const reports = { contract_resources: [{ ...id, used }] };
      return stage.act(self, "contracts.report_contract_resources", reports);
    }
    case 5:
    case 6:
    case 7:
      return stage.act("x", "contracts.bill_contract_for_block", id);
    case 8:
      return stage.act(who, "contracts.cancel_contract", id);
    default:
      return n === 0
        ? stage.act("f", "tfgrid.delete_node_farm", { node_id: node })
        : stage.act(root, "contracts.cancel_contract_collective", id);
  }
}

/** Who holds the addresses of the farm, as the farm and as the contracts have it. */
function holders(stage: Stage) {
  const { farms, contracts } = stage.state;
  const ips = [...farms.byId.values()].flatMap((farm) => farm.ips);
  const byFarm = ips.flatMap(({ contract }) => contract ?? []).sort((a, b) => a - b);
  const byContract = [...contracts.contracts.values()].flatMap((one) =>
    one.kind === "node" ? Array.from({ length: one.ips }, () => one.id) : [],
  );
  return [byFarm, byContract.sort((a, b) => a - b)] as const;
}

describe.each<BillingRules>(["legacy", "reserve"])("calls on contracts under %s", (rules) => {
  it("conserve tokens, and lend each address to one contract that is there", () => {
    let ended = 0;
    fc.assert(
      fc.property(fc.array(deed, { minLength: 5, maxLength: 30, size: "max" }), (deeds) => {
        const stage = grid(rules);
        for (const one of deeds) {
          const before = stage.state;
          const answer = perform(stage, one);
          if (!/^(Yes|No)$/.test(answer)) expect(stage.state).toBe(before);
          expect(tokenFaults(stage.state.ledger)).toEqual([]);
          const [byFarm, byContract] = holders(stage);
          expect(byFarm).toEqual(byContract);
        }
        ended += stage.state.contracts.contractsMade - stage.state.contracts.contracts.size;
      }),
      { seed: 20_261_125, numRuns: 30 },
    );
    expect(ended).toBeGreaterThan(15);
  });
});
