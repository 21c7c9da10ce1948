/** New steps of solution providers, and of services that one twin sells to another. */
import type { Draws } from "./draw.ts";
import {
  type Act,
  accountOfTwin,
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
import type { Fields } from "./spot.ts";

const provider: Act = (draws, { state }) => {
  const providers = draws.pick([[10], [25, 25], [50], [51], [26, 25], []]);
  return draws.chance(1, 2)
    ? [
        callStep("contracts.create_solution_provider", by(draws.pick(farmers)), {
          ...{ description: "d", link: "l" },
          providers: providers.map((take, k) => ({ who: `provider${k}`, take })),
        }),
      ]
    : [
        callStep("contracts.approve_solution_provider", ruler(draws), {
          solution_provider_id: mostlyOf(draws, state.contracts.providers.keys()),
          approve: draws.chance(3, 4),
        }),
      ];
};

/** A provider that is approved, mostly. */
export const provided = (draws: Draws): readonly Fields[] => [
  callStep("contracts.create_solution_provider", by("ann"), {
    ...{ description: "d", link: "l", providers: [{ who: "provider0", take: 20 }] },
  }),
  ...(draws.chance(3, 4)
    ? [
        callStep("contracts.approve_solution_provider", "root", {
          ...{ solution_provider_id: 1, approve: true },
        }),
      ]
    : []),
];

const create: Act = (draws, scene) => {
  const service = someone(draws, scene);
  const others = [...scene.state.twins.byAccount.keys()].filter((one) => one !== service);
  const consumer =
    others.length === 0 || draws.chance(1, 8) ? draws.pick([service, "zoe"]) : draws.pick(others);
  const caller = mostlyBy(draws, draws.pick([service, consumer]));
  return [
    callStep("contracts.service_contract_create", caller, {
      ...{ service_account: service, consumer_account: consumer },
    }),
    queryStep("event_at", -1),
  ];
};

/** One of the services, of those agreed on if there are any, with the accounts of both sides. */
function aimService(draws: Draws, scene: Scene, agreed: boolean) {
  const services = [...scene.state.contracts.services.values()];
  const fitting = services.filter(({ state }) => (state.kind === "approvedByBoth") === agreed);
  const id = mostlyOf(
    draws,
    (fitting.length === 0 ? services : fitting).map((one) => one.id),
  );
  const found = services.find((one) => one.id === id);
  const accountOf = (twin: number | undefined): string | undefined =>
    twin === undefined ? undefined : accountOfTwin(scene, twin);
  const sides = { service: accountOf(found?.service), consumer: accountOf(found?.consumer) };
  return { id, ...sides, either: draws.pick([sides.service, sides.consumer]) };
}

const metadataCall = (draws: Draws, id: number, origin: string) =>
  callStep("contracts.service_contract_set_metadata", origin, {
    ...{
      service_contract_id: id,
      metadata: draws.pick(["m", "n", "", "m".repeat(64), "m".repeat(65)]),
    },
  });
const feesCall = (draws: Draws, id: number, origin: string) =>
  callStep("contracts.service_contract_set_fees", origin, {
    service_contract_id: id,
    ...{ base_fee: draws.pick([0, 1, 100]), variable_fee: draws.pick([0, 1_000, 1_000]) },
  });

/** Both sides come to terms, in one go or step by step. */
const agree: Act = (draws, scene) => {
  const { id, service, consumer, either } = aimService(draws, scene, false);
  const approve = (account: string | undefined) =>
    callStep("contracts.service_contract_approve", mostlyBy(draws, account), {
      service_contract_id: id,
    });
  const meta = metadataCall(draws, id, mostlyBy(draws, either));
  const fees = feesCall(draws, id, mostlyBy(draws, service));
  return draws.pick([
    [meta, fees, approve(service), approve(consumer)],
    [meta, fees, approve(service), approve(consumer)],
    [meta, fees, approve(consumer), approve(service), queryStep("event_at", -1)],
    [meta],
    [fees],
    [approve(either)],
  ]);
};

/** A bill of what was agreed; where nothing is, agreeing comes first, mostly. */
const bill: Act = (draws, scene) => {
  const services = [...scene.state.contracts.services.values()];
  const agreed = services.some(({ state }) => state.kind === "approvedByBoth");
  if (!agreed && !draws.chance(1, 8)) return agree(draws, scene);
  const { id, service } = aimService(draws, scene, true);
  return [
    { set_time_ms: (scene.now + draws.pick([0, 60, 3_600, 3_601, 7_200])) * 1_000 },
    callStep("contracts.service_contract_bill", mostlyBy(draws, service), {
      service_contract_id: id,
      variable_amount: draws.pick([0, 0, 1, 10, 1_001]),
      metadata: draws.pick(["b", "b", "b".repeat(50), "b".repeat(51)]),
    }),
    queryStep("free", service ?? "ann"),
  ];
};

/** One side wants no more of it, before both agreed or after. */
const leave: Act = (draws, scene) => {
  const { id, either } = aimService(draws, scene, draws.chance(1, 2));
  const how = draws.pick(["reject", "reject", "cancel"]);
  return [
    callStep(`contracts.service_contract_${how}`, mostlyBy(draws, either), {
      service_contract_id: id,
    }),
    queryStep("event_at", -1),
  ];
};

const onService =
  (act: Act): Act =>
  (draws, scene) =>
    scene.state.contracts.services.size === 0 ? create(draws, scene) : act(draws, scene);

/** What providers, services and their consumers do. */
export const serviceActs: readonly Act[] = [
  ...[provider, provider, create],
  ...[agree, bill, bill, bill, leave].map(onService),
];
