/** New steps of contracts: deploying, renting, naming, reporting, billing, moving and ending. */
import type { Contract } from "../protocol/index.ts";
import type { Draws } from "./draw.ts";
import {
  type Act,
  accountOfTwin,
  aimNode,
  by,
  callStep,
  farmers,
  mostlyBy,
  mostlyOf,
  queryStep,
  ruler,
  type Scene,
  someone,
} from "./new-chain-step.ts";
import { type Fields, plain } from "./spot.ts";

const GIB = 1n << 30n;
const RICH = 1_000_000_000_000;
const HASHES = ["d1", "d2", "d3"] as const;

/** Balances of those who pay: plenty, hardly any, and none. */
export const funded = (draws: Draws): readonly Fields[] => [
  {
    set_balance: Object.fromEntries(
      farmers.map((account) => [account, draws.pick([0, 600, 5_000_000, RICH, RICH])]),
    ),
  },
  { set_time_ms: 1_628_082_000_000 },
];

/** What ann, the first twin, deploys before anything else: on nodes, a node, and a name. */
export const deployed = (draws: Draws): readonly Fields[] => {
  const open = { deployment_data: "", public_ips: 0, solution_provider_id: null };
  const steps = [
    ...[1, 2].map((node_id) =>
      callStep("contracts.create_node_contract", by("ann"), {
        ...{ node_id, deployment_hash: "d0", ...open },
      }),
    ),
    callStep("contracts.create_rent_contract", by("ann"), { node_id: 3, ...open }),
    callStep("contracts.create_name_contract", by("ann"), { name: "first" }),
  ];
  return steps.filter(() => draws.chance(3, 4));
};

/** One of the contracts, mostly of a kind, with the account that pays for it. */
function aimContract(draws: Draws, scene: Scene, kind: Contract["kind"] | null = null) {
  const { contracts } = scene.state.contracts;
  const fitting = [...contracts.values()].filter((one) => kind === null || one.kind === kind);
  const ids = fitting.length === 0 ? contracts.keys() : fitting.map(({ id }) => id);
  const id = mostlyOf(draws, ids);
  const found = [...contracts.values()].find((one) => one.id === id);
  const owner = found === undefined ? undefined : accountOfTwin(scene, found.twin);
  const node = found === undefined || found.kind === "name" ? undefined : found.node;
  return { id, owner, node };
}

/** Who runs a node, as the reporter of its contracts. */
const selfOf = ({ state, ...scene }: Scene, node: number | undefined): string | undefined => {
  const found = [...state.nodes.byId.values()].find(({ id }) => id === node);
  return found === undefined ? undefined : accountOfTwin({ state, ...scene }, found.twin);
};

/** The time on the chain goes on, by up to days. */
const later = (draws: Draws, { now }: Scene): Fields => ({
  set_time_ms: (now + draws.pick([1, 60, 3_600, 3_601, 86_400, 1_300_000])) * 1_000,
});

const provider = (draws: Draws, { state }: Scene): number | null =>
  draws.chance(3, 4) ? null : mostlyOf(draws, state.contracts.providers.keys());

const deploy: Act = (draws, scene) => {
  const { node, farm } = aimNode(draws, scene);
  const account = someone(draws, scene);
  return draws.pick([
    [
      callStep("contracts.create_node_contract", by(account), {
        ...{ node_id: node, deployment_hash: draws.pick(HASHES), deployment_data: "" },
        public_ips: draws.pick([0, 0, 0, 1, 2]),
        solution_provider_id: provider(draws, scene),
      }),
      queryStep("farm", farm),
    ],
    [
      callStep("contracts.create_rent_contract", by(account), {
        ...{ node_id: node, solution_provider_id: provider(draws, scene) },
      }),
      queryStep("rent_lock", node),
    ],
    [
      callStep("contracts.create_name_contract", by(account), {
        name: draws.pick(["first", "first", "www", "no.dots", "Upper", "ab", "x".repeat(51)]),
      }),
    ],
  ]);
};

const change: Act = (draws, scene) => {
  const { id, owner, node } = aimContract(draws, scene, draws.pick(["node", "node", null]));
  const { node: elsewhere } = aimNode(draws, scene);
  return draws.pick([
    [
      callStep("contracts.update_node_contract", mostlyBy(draws, owner), {
        ...{ contract_id: id, deployment_hash: draws.pick(HASHES), deployment_data: "" },
      }),
    ],
    [
      callStep("contracts.migrate_node_contract", ruler(draws), {
        ...{ contract_id: id, node_id: draws.chance(1, 4) ? (node ?? 1) : elsewhere },
        deployment_hash: draws.pick([null, ...HASHES]),
      }),
      queryStep("event_at", -1),
    ],
    [
      callStep("contracts.attach_solution_provider_id", mostlyBy(draws, owner), {
        contract_id: id,
        solution_provider_id: mostlyOf(draws, scene.state.contracts.providers.keys()),
      }),
    ],
  ]);
};

/** Ends a contract, by whom it is or by decree, and tells what is left to its owner. */
const end: Act = (draws, scene) => {
  const { id, owner } = aimContract(draws, scene);
  const cancel = draws.chance(2, 3)
    ? callStep("contracts.cancel_contract", mostlyBy(draws, owner), { contract_id: id })
    : callStep("contracts.cancel_contract_collective", ruler(draws), { contract_id: id });
  return [later(draws, scene), cancel, queryStep("free", owner ?? "ann"), queryStep("issuance")];
};

const bill: Act = (draws, scene) => {
  const { id, owner } = aimContract(draws, scene);
  const account = draws.pick([...scene.state.session.current, "zoe", "ann"]);
  const due = callStep("contracts.bill_contract_for_block", by(account), { contract_id: id });
  const asked = queryStep(draws.pick(["free", "usable"]), owner ?? "ann");
  return draws.chance(1, 3)
    ? [later(draws, scene), due, asked, later(draws, { ...scene, now: scene.now + 1_300_000 }), due]
    : [later(draws, scene), due, asked, queryStep("issuance")];
};

/** Resources that a deployment may be told to use. */
const drawUse = (draws: Draws) => ({
  cru: draws.count(0, 8),
  mru: plain(draws.sized(64n) * GIB),
  sru: plain(draws.sized(1_000n) * GIB),
  hru: plain(draws.pick([0n, draws.sized(1_000n) * GIB])),
});

const report: Act = (draws, scene) => {
  const { id, owner, node } = aimContract(draws, scene, "node");
  const self = mostlyBy(draws, selfOf(scene, node));
  const { id: other } = aimContract(draws, scene);
  const ids = draws.pick([[id], [id, other], [id, id]]);
  const timestamp = Math.max(0, scene.now + draws.pick([-1, 0, 1, 3_600]));
  return draws.chance(1, 2)
    ? [
        callStep("contracts.report_contract_resources", self, {
          contract_resources: ids.map((one) => ({ contract_id: one, used: drawUse(draws) })),
        }),
      ]
    : [
        callStep("contracts.add_nru_reports", self, {
          reports: ids.map((one) => ({
            ...{ contract_id: one, nru: plain(draws.sized(1n << 42n)) },
            ...{ timestamp, window: draws.pick([0, 1, 3_600]) },
          })),
        }),
        queryStep("free", owner ?? "ann"),
      ];
};

/** A node leaves this billing, and says where it went. */
const leave: Act = (draws, scene) => {
  const { node, owner } = aimNode(draws, scene);
  const out = callStep("tfgrid.opt_out_of_v3_billing", mostlyBy(draws, owner), { node_id: node });
  const note = callStep("tfgrid.set_node_v3_opt_out_metadata", mostlyBy(draws, owner), {
    ...{ node_id: node, metadata: draws.pick(["", "moved", "m".repeat(64), "é".repeat(200)]) },
  });
  return draws.chance(3, 4) ? [out, note] : [note];
};

/** Admins deploy where others may no more; governance changes how often is billed. */
const decree: Act = (draws, { state }) => {
  const account = draws.pick([...farmers, "zoe"]);
  const [other = account] = state.contracts.admins;
  const added = callStep("tfgrid.add_twin_admin", ruler(draws), { account });
  const removed = callStep("tfgrid.remove_twin_admin", ruler(draws), { account: other });
  const frequency = state.frequency + draws.pick([-1, 0, 1, 600]);
  return draws.pick([
    [added],
    [added, removed],
    [callStep("contracts.change_billing_frequency", ruler(draws), { frequency })],
  ]);
};

const onContract =
  (act: Act): Act =>
  (draws, scene) =>
    scene.state.contracts.contracts.size === 0 ? deploy(draws, scene) : act(draws, scene);

/** What users, nodes and governance do about contracts. */
export const contractActs: readonly Act[] = [
  ...[deploy, deploy, deploy, leave, decree],
  ...[change, change, end, bill, bill, report, report].map(onContract),
];
