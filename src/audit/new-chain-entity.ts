/** New steps of accounts: entities and what they vouch for, stored texts, transfers. */
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
} from "./new-chain-step.ts";
import { plain } from "./spot.ts";

const SIGNATURES = ["ab".repeat(64), "0F".repeat(64)] as const;
const SPOILT = ["ab".repeat(63), "zz".repeat(64), ""] as const;

const place = (draws: Draws) => ({
  name: draws.pick(["acme", "bravo", "acme"]),
  country: draws.chance(1, 10) ? "B" : "Belgium",
  city: draws.chance(1, 10) ? "c".repeat(59) : "Ghent",
});

const signed = (draws: Draws) => ({
  signature: draws.chance(1, 8) ? draws.pick(SPOILT) : draws.pick(SIGNATURES),
  ...(draws.chance(1, 8) ? { verified: false } : {}),
});

const create: Act = (draws) => [
  callStep("tfgrid.create_entity", by(draws.pick(farmers)), {
    ...{ target: draws.pick(farmers), ...place(draws), ...signed(draws) },
  }),
];

const change: Act = (draws, { state }) => {
  const account = mostlyBy(draws, [...state.entities.byAccount.keys()].at(0));
  return [
    draws.chance(3, 4)
      ? callStep("tfgrid.update_entity", account, place(draws))
      : callStep("tfgrid.delete_entity", account),
  ];
};

const vouch: Act = (draws, scene) => {
  const twin = mostlyOf(draws, scene.state.twins.byId.keys());
  const origin = mostlyBy(draws, accountOfTwin(scene, twin));
  const proof = { twin_id: twin, entity_id: mostlyOf(draws, scene.state.entities.byId.keys()) };
  const add = callStep("tfgrid.add_twin_entity", origin, { ...proof, ...signed(draws) });
  const drop = callStep("tfgrid.delete_twin_entity", origin, proof);
  return draws.pick([[add], [add, drop], [drop]]);
};

const onEntity =
  (act: Act): Act =>
  (draws, scene) =>
    scene.state.entities.byId.size === 0 ? create(draws, scene) : act(draws, scene);

/** Texts at the lengths at which they are too long, and their end. */
const store: Act = (draws) => {
  const key = draws.pick(["k", "k", "k".repeat(512), "k".repeat(513)]);
  const value = draws.pick(["v", "v".repeat(2_048), "v".repeat(2_049)]);
  const account = by(draws.pick(farmers));
  const kept = callStep("kvstore.set", account, { key, value });
  const gone = callStep("kvstore.delete", account, { key });
  return draws.pick([[kept], [kept, gone], [gone]]);
};

const pay: Act = (draws, { state }) => {
  const from = draws.pick(farmers);
  const dest = draws.pick([...farmers, "new"]);
  const free = state.ledger.accounts.get(from)?.free ?? 0n;
  const deposit = state.ledger.existentialDeposit;
  const value = plain(draws.near([free, free - deposit, deposit, 1_000n].filter((one) => one > 0)));
  const kind = draws.pick(["transfer_allow_death", "transfer_keep_alive"]);
  const rooted = draws.chance(1, 6) ? by(from) : "root";
  return [
    draws.pick([
      callStep(`balances.${kind}`, by(from), { dest, value }),
      callStep(`balances.${kind}`, by(from), { dest, value }),
      callStep("balances.force_transfer", rooted, { source: from, dest, value }),
      callStep("balances.force_set_balance", rooted, { who: dest, new_free: value }),
    ]),
    ...[queryStep("free", from), queryStep("free", dest), queryStep("issuance")],
  ];
};

/** What accounts do that are neither farms nor users. */
export const accountActs: readonly Act[] = [
  ...[create, store, pay, pay],
  ...[change, vouch, vouch].map(onEntity),
];
