/** Rules of the chain that a scenario chooses: the word in its file, and what calls do by it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  defaultPolicies,
  farmId,
  minimumUptime,
  nodeId,
  paidPermille,
  runtimeUnder,
} from "../../src/protocol/index.ts";
import { loadScenario, type Scenario, writeFault } from "../../src/scenario/index.ts";
import { permille } from "../../src/units/index.ts";
import { root as folderOfAll } from "../house/source.ts";
import { root, SMALL, Stage } from "../protocol/stage.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-rule-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A scenario of one node with such lines. */
function load(lines: string): Scenario {
  const file = join(folder, "ruled.yaml");
  const base = join(folderOfAll, "scenarios", "one-node.yaml");
  writeFileSync(file, `format: 1\nextends: ${base}\n${lines}\n`);
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(loaded.faults.map(writeFault).join("\n"));
  return loaded.value;
}

/** A chain whose program is the one that a scenario asks for. */
function staged(lines: string): Stage {
  const stage = new Stage();
  const { limitRule, strangers, primeRule } = runtimeUnder(load(lines).setup.policy);
  const runtime = { ...stage.state.runtime, limitRule, strangers, primeRule };
  stage.state = { ...stage.state, runtime };
  return stage;
}

const TERMS = {
  ...{ name: "p", su: 10, cu: 20, nu: 3, ipv4: 4, minimal_uptime: 95, policy_end: 0 },
  ...{ immutable: false, node_certification: "Diy", farm_certification: "NotCertified" },
};
const GOLD = { node_certification: "Certified", farm_certification: "Gold" };

/** The policy of an uncertified node in a farm with limits, and whether the limits stay. */
function chosen(lines: string, limits: object): readonly unknown[] {
  const stage = staged(lines);
  // Policies 1 and 2 are the defaults; 3 is a default for the best of farms, 4 for one farm alone.
  stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, ...GOLD, default: true });
  stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, default: false });
  stage.farm("f", []);
  stage.act(root, "tfgrid.attach_policy_to_farm", {
    farm_id: 1,
    limits: { farming_policy_id: 4, ...limits },
  });
  expect(stage.node("n", 1, SMALL)).toBe("Yes");
  const { nodes, farms } = stage.state;
  return [nodes.byId.get(nodeId(1))?.policy, farms.byId.get(farmId(1))?.limits !== null];
}

describe("attached limits", () => {
  const forCertified = { node_certification: true };
  const usedUp = { node_count: 0 };

  it.each([
    ["", forCertified, 4, "the certification is not read"],
    ["policy: { farming: { limits: 2026-04 } }", forCertified, 1, "it is asked for"],
    ["policy: { farming: { limits: manual } }", forCertified, 1, "it is asked for"],
    ["", usedUp, 3, "the best of the defaults, whatever the node is"],
    ["policy: { farming: { limits: 2026-04 } }", usedUp, 1, "a default that fits"],
    ["policy: { farming: { limits: manual } }", usedUp, 1, "a default that fits"],
  ])("%s %j: policy %i, since %s", (lines, limits, policy, _why) => {
    expect(chosen(lines, limits)[0]).toBe(policy);
  });

  it("that are used up come off by the manual alone", () => {
    const stay = (word: string) => chosen(`policy: { farming: { limits: ${word} } }`, usedUp)[1];
    expect(["code", "2026-04", "manual"].map(stay)).toEqual([true, true, false]);
  });
});

describe("an entry of a node's report for another node's contract", () => {
  const reported = (lines: string): unknown => {
    const stage = staged(lines);
    stage.farm("f", [SMALL, SMALL]);
    stage.twin("u");
    stage.act(root, "balances.force_set_balance", { who: "u", new_free: 10_000_000_000 });
    const deployed = { node_id: 1, deployment_hash: "d".repeat(32), public_ips: 0 };
    expect(stage.act("u", "contracts.create_node_contract", deployed)).toBe("Yes");
    const used = { cru: 1, mru: 2, sru: 3, hru: 0 };
    return stage.act("f.n1", "contracts.report_contract_resources", {
      contract_resources: [{ contract_id: 1, used }],
    });
  };

  it("refuses the report, or is passed over", () => {
    const answer = "SmartContractModule.NodeNotAuthorizedToComputeReport";
    expect(reported("")).toBe(answer);
    expect(reported("policy: { billing: { strangers: refuse } }")).toBe(answer);
    expect(reported("policy: { billing: { strangers: passOver } }")).toBe("No");
  });
});

/** What is paid of 949, 950, 979 and 980 thousandths of uptime, uncertified and certified. */
const PAID = `
  era      0 950 979 980    0   0   0 980
  linear   949 950 979 980  949 950 979 980
  2022-09  949 950 979 980  1000 1000 1000 1000
  v3.0     0 1000 1000 1000  0 1000 1000 1000
  v2       0 0 0 1000       0 0 0 1000
`;

describe("uptime is paid", () => {
  it.each(
    PAID.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/)),
  )("by the word %s", (word = "", ...paid) => {
    const { policy } = load(`policy: { minting: { payment: ${word} } }`).setup;
    const [diy, certified] = defaultPolicies(policy.farming);
    if (diy === undefined || certified === undefined) throw new Error("there are two policies");
    const minimum = minimumUptime(policy.minting);
    const of = (uptime: number, one: typeof diy) =>
      paidPermille(permille(uptime), one, one.nodeCertification, minimum);
    const all = [diy, certified].flatMap((one) => [949, 950, 979, 980].map((up) => of(up, one)));
    expect(all).toEqual(paid.map(Number));
  });
});

describe("a word that is no word of its rule", () => {
  it.each([
    ["units: v3.1", "one of `current`, `v3.0`, `draft-2021`, `manual-2022`", "`v3.0`"],
    ["newNodes: own", "one of `whole`, `ownPart`", "`own`"],
    ["tail: 28 h", "from 0 h to 27 h", "28 h"],
    ["pricePaid: none", "one of `own`, `one`", "`one`"],
    ["carbon: mint", "one of `none`, `minted`", "`minted`"],
  ])("%s: is told in plain words, with those there are", (line, expected, meant) => {
    expect(() => load(`policy: { minting: { ${line} } }`)).toThrow(expected);
    expect(() => load(`policy: { minting: { ${line} } }`)).toThrow(meant);
  });
});

describe("a council's prime", () => {
  it("is heard by default, or not", () => {
    const rule = (lines: string) => staged(lines).state.runtime.primeRule;
    expect(["", "policy: { dao: { prime: unheard } }"].map(rule)).toEqual(["heard", "unheard"]);
  });
});

describe("a rule of the chain on a timeline", () => {
  const ruled = (entry: string) => load(`timeline: [${entry}]`).setup.timeline;

  it("changes at its date, by decree or by a proposal", () => {
    const change = { key: "policy.farming.limits", value: "2026-04" };
    expect(ruled("{ at: 30 d, policy: { farming.limits: 2026-04 } }")).toMatchObject([
      { kind: "policy", at: 30 * 86_400, changes: [change] },
    ]);
    expect(ruled("{ at: 30 d, propose: { farming: { limits: 2026-04 } } }")).toMatchObject([
      { kind: "propose", changes: [change] },
    ]);
  });
});
