/** New steps of the registry: twins, farms, nodes, their power and their uptime. */
import type { Draws } from "./draw.ts";
import {
  type Act,
  aimFarm,
  aimNode,
  boxes,
  by,
  callStep,
  farmers,
  mostlyBy,
  mostlyOf,
  queryStep,
  ruler,
} from "./new-chain-step.ts";
import { drawIp4, drawPublicConfig } from "./new-chain-text.ts";
import { type Fields, plain } from "./spot.ts";

const GIB = 1n << 30n;
const PUBLIC_IPS = ["185.206.122.33/24", "185.206.122.34/24", "185.206.122.33/25"];
const GATEWAY = "185.206.122.1";
const NAMES = ["farm-a", "farm_b", "Farm-a", "abc", "ab", "a".repeat(40), "a".repeat(41), "f.x"];

const publicIp = (draws: Draws) =>
  draws.chance(1, 6) ? drawIp4(draws) : { ip: draws.pick(PUBLIC_IPS), gw: GATEWAY };

const accept = (account: string): Fields =>
  callStep("tfgrid.user_accept_tc", by(account), { document_link: "l", document_hash: "h" });
const createTwin = (account: string): Fields =>
  callStep("tfgrid.create_twin", by(account), { relay: null, pk: null });

const drawResources = (draws: Draws) => {
  const cru = draws.pick([1n, 8n, 8n, 16n, 16n, 32n]);
  const sru = draws.pick([100n, 512n, 512n, 1_024n, cru * 100n]);
  return {
    cru: Number(cru),
    // A node may have exactly as little as this, and not a byte less.
    sru: plain(sru * GIB - (draws.chance(1, 16) ? 1n : 0n)),
    mru: plain(draws.pick([2n, 16n, 64n]) * GIB - (draws.chance(1, 20) ? 1n : 0n)),
    hru: plain(draws.pick([0n, 1_024n, 20_024n]) * GIB),
  };
};

const drawSheet = (draws: Draws) => ({
  resources: drawResources(draws),
  ...(draws.chance(1, 8)
    ? {
        location: {
          city: draws.pick(["Ghent", "", "c".repeat(58), "c".repeat(59)]),
          country: draws.pick(["Belgium", "B", "BE"]),
          latitude: draws.pick(["90", "90.00001", "Unknown"]),
          longitude: draws.pick(["-180", "180.1", "3.7"]),
        },
      }
    : {}),
});

const createNode = (draws: Draws, account: string, farm: number): Fields =>
  callStep("tfgrid.create_node", by(account), { farm_id: farm, ...drawSheet(draws) });

/** What a node needs to be registered at all: a policy that every farm may have. */
const POLICY = callStep("tfgrid.create_farming_policy", "root", {
  ...{ name: "plain", su: 1_000, cu: 2_400, nu: 30, ipv4: 5, minimal_uptime: 95 },
  ...{ policy_end: 0, immutable: false, default: true },
  ...{ node_certification: "Diy", farm_certification: "NotCertified" },
});

/** Twins, farms and nodes to begin with; a step is left out now and then. */
export function registered(draws: Draws, nodes = draws.count(1, 4)): readonly Fields[] {
  const owners = farmers.slice(0, draws.count(1, 3));
  const steps = owners.flatMap((owner, k) => [
    ...[accept(owner), createTwin(owner)],
    callStep("tfgrid.create_farm", by(owner), {
      name: `farm-${owner}`,
      public_ips: draws.chance(1, 3) ? [{ ip: PUBLIC_IPS[k], gw: GATEWAY }] : [],
    }),
  ]);
  const own = boxes
    .slice(0, nodes)
    .flatMap((box) => [
      ...[accept(box), createTwin(box)],
      createNode(draws, box, draws.count(1, owners.length)),
    ]);
  return [POLICY, ...steps, ...own].filter(() => !draws.chance(1, 24));
}

/** Anyone may become a twin, make a farm and bring a node. */
const join: Act = (draws, { state }) => {
  const account = draws.pick([...farmers, ...boxes]);
  if (!state.twins.byAccount.has(account)) return [accept(account), createTwin(account)];
  return [createNode(draws, account, mostlyOf(draws, state.farms.byId.keys()))];
};

const twin: Act = (draws, { state }) => {
  const account = draws.pick(farmers);
  const relay = draws.pick([null, "relay.org", "a.b", "ab.c", ".ab", "a..b", ""]);
  return draws.chance(1, 2)
    ? [callStep("tfgrid.update_twin", by(account), { relay, pk: null })]
    : [
        callStep("tfgrid.bond_twin_account", by(draws.pick(["zoe", account])), {
          twin_id: mostlyOf(draws, state.twins.byId.keys()),
        }),
        queryStep("bonded", 1),
      ];
};

const farm: Act = (draws, scene) => {
  const { farm: id, owner } = aimFarm(draws, scene);
  const origin = mostlyBy(draws, owner);
  const name = draws.pick(NAMES);
  return draws.pick([
    [callStep("tfgrid.create_farm", origin, { name, public_ips: [publicIp(draws)] })],
    [
      callStep("tfgrid.update_farm", origin, { farm_id: id, name }),
      queryStep("farm_by_name", name),
    ],
    [
      callStep("tfgrid.add_stellar_payout_v2address", origin, {
        ...{ farm_id: id, stellar_address: "G" },
      }),
    ],
    [callStep("tfgrid.set_farm_dedicated", ruler(draws), { farm_id: id, dedicated: true })],
  ]);
};

/** Addresses come to a farm, are used by a contract, and go. */
const address: Act = (draws, scene) => {
  const { farm: id, owner } = aimFarm(draws, scene);
  const origin = mostlyBy(draws, owner);
  const own = [...scene.state.farms.byId.values()].find((each) => each.id === id);
  const { ip, gw } = publicIp(draws);
  const one = own === undefined || own.ips.length === 0 ? ip : draws.pick(own.ips).ip;
  const used = own === undefined ? [] : [{ set_ip_contract: [id, one, draws.count(0, 1)] }];
  return [
    ...draws.pick([
      [callStep("tfgrid.add_farm_ip", origin, { id, ip, gateway: gw })],
      [...used, callStep("tfgrid.remove_farm_ip", origin, { farm_id: id, ip: one })],
      [...used, callStep("tfgrid.force_reset_farm_ip", ruler(draws), { farm_id: id, ip: one })],
    ]),
    queryStep("farm", id),
  ];
};

const node: Act = (draws, scene) => {
  const { node: id, farm: at, found, self, owner } = aimNode(draws, scene);
  const { farm: elsewhere } = aimFarm(draws, scene);
  const target = draws.chance(1, 2) ? elsewhere : at;
  const resources =
    found === undefined || draws.chance(1, 2)
      ? drawResources(draws)
      : plain({ ...found.resources, hru: draws.near([(found.resources.hru * 101n) / 100n]) });
  const update = callStep("tfgrid.update_node", mostlyBy(draws, self), {
    ...{ node_id: id, farm_id: target },
    resources,
  });
  return draws.pick([
    [update, queryStep("farm_nodes", target), queryStep("node", id)],
    [update, queryStep("farm_weight", target), queryStep("farm_weight", at)],
    [
      callStep("tfgrid.add_node_public_config", mostlyBy(draws, owner), {
        ...{ farm_id: at, node_id: id },
        public_config: draws.chance(1, 4) ? null : drawPublicConfig(draws),
      }),
    ],
    draws.chance(1, 2)
      ? [callStep("tfgrid.delete_node", mostlyBy(draws, self), { id })]
      : [callStep("tfgrid.delete_node_farm", mostlyBy(draws, owner), { node_id: id })],
  ]);
};

const power: Act = (draws, scene) => {
  const { node: id, self, owner } = aimNode(draws, scene);
  const word = draws.pick(["Up", "Down", "Down"]);
  const target = callStep("tfgrid.change_power_target", mostlyBy(draws, owner), {
    ...{ node_id: id, power_target: word },
  });
  const state = callStep("tfgrid.change_power_state", mostlyBy(draws, self), { power_state: word });
  const fee = callStep("contracts.set_dedicated_node_extra_fee", mostlyBy(draws, owner), {
    ...{ node_id: id, extra_fee: draws.pick([0, 1, 1_000]) },
  });
  const busy: Fields = { set_active_contracts: [id, draws.count(0, 2)] };
  const rented: Fields = { set_rent_contract: [id, draws.pick([null, scene.now])] };
  const deploy = callStep("contracts.can_deploy", by("zoe"), { node_id: id });
  return draws.pick([
    [target, queryStep("power", id), deploy],
    [state, queryStep("power", id), deploy],
    [rented, state, queryStep("rent_lock", id)],
    [busy, target, fee, queryStep("extra_fee", id)],
  ]);
};

const uptime: Act = (draws, scene) => {
  const now = scene.now + draws.pick([0, 1, 40, 60, 3_600]);
  const account = mostlyBy(draws, aimNode(draws, scene).self);
  const hint = draws.pick([now, now - 60, now + 60, now - 61, now + 61]);
  return [
    { set_time_ms: now * 1_000 + draws.count(0, 999) },
    draws.chance(1, 5)
      ? callStep("tfgrid.report_uptime", account, { uptime: draws.count(0, 4_000) })
      : callStep("tfgrid.report_uptime_v2", account, {
          ...{ uptime: draws.count(0, 4_000), timestamp_hint: Math.max(hint, 0) },
        }),
    queryStep("event_at", -1),
  ];
};

/** An act on a node; where there is none one comes instead. */
const onNode =
  (act: Act): Act =>
  (draws, scene) =>
    (scene.state.nodes.byId.size === 0 ? join : act)(draws, scene);

/** What twins, farms and nodes do. */
export const registryActs: readonly Act[] = [
  ...[join, twin, farm, address],
  ...[node, node, power, power, uptime].map(onNode),
];
