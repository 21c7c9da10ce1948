/** Where the documentation of the chain and its code differ, the code holds: a test for each. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { farmId, nodeId, weightUnits } from "../../src/protocol/index.ts";
import { bytes, cores } from "../../src/units/index.ts";
import { council, LARGE, proposal, root, SMALL, Stage } from "./stage.ts";

const TERMS = {
  ...{ name: "p", su: 1, cu: 1, nu: 1, ipv4: 1, minimal_uptime: 95, policy_end: 0 },
  ...{ immutable: true, default: true },
  ...{ node_certification: "Certified", farm_certification: "Gold" },
};
const attach = (stage: Stage, limits: object) =>
  stage.act(root, "tfgrid.attach_policy_to_farm", { farm_id: 1, limits });
const policyOf = (stage: Stage, id: number) => stage.state.nodes.byId.get(nodeId(id))?.policy;

describe("where documentation and code differ", () => {
  it("a council has a hundred seats, and three fifths decide", () => {
    const stage = new Stage();
    expect(stage.state.runtime.seatsMax).toBe(100);
    expect(stage.act(council(6, 10), "membership.add_member", { who: "x" })).toBe("Yes");
    expect(stage.act(council(5, 9), "membership.add_member", { who: "y" })).toBe("BadOrigin");
  });

  it("a proposal closes when the threshold is met or the time is over, not when both are", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    const one = proposal("system.remark", { remark: "1" });
    stage.act("c1", "dao.propose", { ...one, threshold: 1 });
    stage.act("f1", "dao.vote", { farm_id: 1, proposal: one.hash, approve: true });
    expect(stage.act("c1", "dao.close", { proposal: one.hash, proposal_index: 0 })).toBe("No");
    const two = proposal("system.remark", { remark: "2" });
    stage.act("c1", "dao.propose", { ...two, threshold: 9 });
    stage.block += 100_800;
    expect(stage.act("c1", "dao.close", { proposal: two.hash, proposal_index: 1 })).toBe("No");
    expect(stage.names.at(-1)).toBe("Dao.Disapproved");
  });

  it("limits that are used up stay on the farm, and the best default falls to its nodes", () => {
    const stage = new Stage();
    stage.act(root, "tfgrid.create_farming_policy", TERMS);
    stage.farm("f1");
    attach(stage, { farming_policy_id: 1, node_count: 0 });
    stage.node("n", 1);
    expect(policyOf(stage, 1)).toBe(3);
    expect(stage.state.farms.byId.get(farmId(1))?.limits).toMatchObject({ policy: 1, nodes: 0 });
  });

  it("limits for certified nodes only are for any node", () => {
    const stage = new Stage();
    stage.farm("f1");
    attach(stage, { farming_policy_id: 2, node_certification: true });
    stage.node("n", 1);
    expect(policyOf(stage, 1)).toBe(2);
  });

  it("an immutable policy changes", () => {
    const stage = new Stage();
    stage.act(root, "tfgrid.create_farming_policy", TERMS);
    const change = { ...TERMS, farming_policy_id: 3, cu: 9 };
    expect(stage.act(root, "tfgrid.update_farming_policy", change)).toBe("Yes");
    expect(stage.state.farming.policies.get(3)).toMatchObject({ cu: 9n, immutable: true });
  });

  it("a fallback ignores the certifications of node and farm", () => {
    const stage = new Stage();
    stage.act(root, "tfgrid.create_farming_policy", TERMS);
    stage.farm("f1");
    attach(stage, { farming_policy_id: 1, cu: 19 });
    stage.node("n", 1);
    expect(stage.state.nodes.byId.get(nodeId(1))).toMatchObject({
      policy: 3,
      certification: "Certified",
    });
  });

  it("a policy's end is a number of blocks, not a block", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.block = 1_000;
    stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, policy_end: 100 });
    stage.block = 1_099;
    expect(attach(stage, { farming_policy_id: 3 })).toBe("Yes");
    stage.block = 1_100;
    expect(attach(stage, { farming_policy_id: 3 })).toBe("TfgridModule.FarmingPolicyExpired");
  });

  it("a policy that is no default serves where no default fits", () => {
    const stage = new Stage("mock-tfgrid");
    stage.act(root, "tfgrid.create_farming_policy", TERMS);
    const plain = { node_certification: "Diy", farm_certification: "NotCertified" };
    stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, ...plain, default: false });
    stage.farm("f1", [SMALL]);
    expect(policyOf(stage, 1)).toBe(2);
  });

  it("the average price follows every sample", () => {
    const stage = new Stage();
    for (const price of [10, 20, 60]) {
      stage.act("v1", "price.set_prices", { price, block_number: 1 });
    }
    const averages = stage.events.filter(({ event }) => event.endsWith("AveragePriceStored"));
    expect(averages).toMatchObject([{ average: 10n }, { average: 15n }, { average: 30n }]);
  });

  it("memory does not bind the weight of a node, and a tie leaves none", () => {
    const GIB = 1n << 30n;
    const node = (mru: bigint, sru: bigint) =>
      weightUnits({
        cru: cores(8n),
        mru: bytes(mru * GIB),
        sru: bytes(sru * GIB),
        hru: bytes(0n),
      });
    expect(node(2n, 512n).cu).toBe(node(512n, 512n).cu);
    expect(node(16n, 800n).cu).toBe(0n);
    expect(node(16n, 801n).cu).toBe(32n);
  });

  it("there is no treasury: what the DAO spends is a forced transfer", () => {
    const stage = new Stage("runtime", { balances: { fund: 10_000 } });
    const spend = { source: "fund", dest: "x", value: 10_000 };
    expect(stage.act(council(5, 5), "balances.force_transfer", spend)).toBe("BadOrigin");
    expect(stage.act(root, "balances.force_transfer", spend)).toBe("Yes");
    expect([...stage.state.ledger.accounts.keys()]).toEqual(["x"]);
  });

  it("the call that bonds a stash is bond_twin_account", () => {
    const stage = new Stage();
    stage.twin("a");
    expect(stage.act("b", "tfgrid.bond_twin_account", { twin_id: 1 })).toBe("Yes");
    expect(() => stage.act("b", "tfgrid.bound_twin_account", { twin_id: 1 })).toThrow();
  });

  it("a node's farm decides nothing about who owns it", () => {
    const stage = new Stage();
    stage.farm("f1");
    expect(stage.node("stranger", 1, LARGE)).toBe("Yes");
  });
});

describe("docs/quirks.md", () => {
  const page = readFileSync(new URL("../../docs/quirks.md", import.meta.url), "utf8");
  const rows = page
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => /^`src\//.test(cells[2] ?? ""));

  it("has a row for a quirk, with its file", () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const [, , file] of rows) {
      const path = new URL(`../../${file.replaceAll("`", "")}`, import.meta.url);
      expect(readFileSync(path, "utf8")).toContain("uirk");
    }
  });

  it.each(rows.map(([, quirk, , test]) => [quirk, test]))("%s: %s", (_, named) => {
    const [file, name] = named.split(": ");
    const path = file.startsWith("test/") ? `../../${file}` : `./${file}`;
    const source = readFileSync(new URL(path, import.meta.url), "utf8");
    expect(source.replaceAll(/\s+/g, " ")).toContain(name);
  });
});
