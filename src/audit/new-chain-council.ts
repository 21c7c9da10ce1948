/** New steps of the council: motions, seats, batches, upgrades, and who makes the blocks. */
import type { Draws } from "./draw.ts";
import {
  type Act,
  by,
  callStep,
  mostlyBy,
  queryStep,
  ruler,
  type Scene,
} from "./new-chain-step.ts";
import { type Fields, plain } from "./spot.ts";

/** Motions have these names; proposals of farms have others. */
const LABELS = ["M", "N"] as const;
const NEWCOMERS = ["zoe", "val", "kim"] as const;

const member = (draws: Draws, { state }: Scene): string => {
  const { members } = state.council;
  return mostlyBy(draws, members.length === 0 ? undefined : draws.pick(members));
};

const eventLast = queryStep("event_at", -1);

const inner = (call: string, args: object): Fields => ({ call, args: plain(args) });

/** What a motion or a batch holds. */
const drawInner = (draws: Draws): Fields =>
  draws.pick([
    inner("system.remark", { remark: draws.pick(["x", "y"]) }),
    inner("tfgrid.set_connection_price", { price: draws.count(0, 200) }),
    inner("price.set_max_tft_price", { price: draws.pick([5, 1_000, 2_000]) }),
    inner("membership.add_member", { who: draws.pick(NEWCOMERS) }),
    inner("runtime_upgrade.set_code", { code: "0x00" }),
  ]);

const propose: Act = (draws, scene) => {
  const label = draws.pick(LABELS);
  const threshold = draws.pick([0, 1, 2, 2, 3, 5]);
  return [
    callStep("council.propose", member(draws, scene), {
      ...{ label, threshold, proposal: drawInner(draws), length_bound: 1_000 },
    }),
    eventLast,
  ];
};

const alone: Act = (draws, scene) => [
  callStep("council.execute", member(draws, scene), {
    ...{ proposal: drawInner(draws), length_bound: 1_000 },
  }),
  eventLast,
];

/** A motion by its name, mostly one that is open. */
function aimMotion(draws: Draws, { state, labels }: Scene) {
  const open = LABELS.flatMap((label) => {
    const motion = state.council.motions.get(labels.get(label) ?? label);
    return motion === undefined ? [] : [{ label, motion }];
  });
  const none = { label: draws.pick([...LABELS, "nothing"]), motion: null };
  return open.length === 0 || draws.chance(1, 10) ? none : draws.pick(open);
}

const vote: Act = (draws, scene) => {
  const { label, motion } = aimMotion(draws, scene);
  const right = motion?.index ?? 0;
  return [
    callStep("council.vote", member(draws, scene), {
      proposal: label,
      index: draws.chance(1, 12) ? right + 1 : right,
      approve: draws.chance(3, 4),
    }),
    eventLast,
  ];
};

/** Enough of the council vote, or one less, or time runs out, and then someone closes. */
const close: Act = (draws, scene) => {
  const { label, motion } = aimMotion(draws, scene);
  const index = motion?.index ?? 0;
  const wanted = motion === null ? 1 : Number(draws.near([BigInt(motion.threshold)]));
  const votes = scene.state.council.members
    .slice(0, wanted)
    .map((account) =>
      callStep("council.vote", by(account), { proposal: label, index, approve: true }),
    );
  const end = motion === null ? 0 : Number(draws.near([BigInt(motion.end)]));
  const wait = end > scene.block && draws.chance(1, 2) ? [{ set_block: end }] : votes;
  const closed = callStep("council.close", member(draws, scene), { proposal: label, index });
  const gone = callStep("council.disapprove_proposal", ruler(draws), { proposal: label });
  return [...wait, draws.chance(2, 3) ? closed : gone, eventLast];
};

const onMotion =
  (act: Act): Act =>
  (draws, scene) =>
    scene.state.council.motions.size === 0 ? propose(draws, scene) : act(draws, scene);

const seats: Act = (draws, scene) => {
  const { members } = scene.state.council;
  const who = draws.pick([...NEWCOMERS, ...members]);
  const sitting = members.length === 0 ? "zoe" : draws.pick(members);
  const seat = (call: string, args: object): Fields =>
    callStep(`membership.${call}`, ruler(draws), args);
  return [
    draws.pick([
      seat("add_member", { who }),
      seat("remove_member", { who }),
      seat("swap_member", { remove: sitting, add: who }),
      seat("reset_members", { members: [...members.slice(0, 3), draws.pick(NEWCOMERS)] }),
      callStep("membership.change_key", mostlyBy(draws, sitting), { new: who }),
      seat("set_prime", { who }),
      seat("clear_prime", {}),
    ]),
    queryStep("council"),
  ];
};

/** Several calls in one, of which one may be refused. */
const batch: Act = (draws) => [
  callStep(`utility.${draws.pick(["batch", "batch_all", "force_batch"])}`, ruler(draws), {
    calls: Array.from({ length: draws.count(0, 4) }, () => drawInner(draws)),
  }),
  ...[queryStep("price"), queryStep("connection_price"), queryStep("council"), eventLast],
];

const upgrade: Act = (draws) => [
  callStep("runtime_upgrade.set_code", ruler(draws), { code: "0x00" }),
  callStep("system.remark", draws.pick([ruler(draws), by("zoe")]), { remark: "r" }),
];

const validator: Act = (draws, scene) => {
  const account = draws.pick(["val", "kim"]);
  const node = `${account}-node${draws.pick(["", "2"])}`;
  const named = { validator_account: account };
  if (!scene.state.validators.requests.has(account) && draws.chance(5, 6)) {
    return [
      callStep("validator.create_validator_request", by(account), {
        ...{ validator_node_account: node, stash_account: `${account}-stash` },
        ...{ description: "", tf_connect_id: "", info: "" },
      }),
    ];
  }
  const some = member(draws, scene);
  const approved = callStep("validator.approve_validator", some, named);
  const active = callStep("validator.activate_validator_node", by(account));
  const removed = callStep("validator.remove_validator", draws.pick([some, by(account)]), named);
  return draws.pick([
    [approved, queryStep("council")],
    [approved, active, eventLast],
    [
      callStep("validator.change_validator_node_account", by(account), {
        new_node_validator_account: node,
      }),
    ],
    [callStep("validator.bond", by(draws.pick([`${account}-stash`, "zoe"])), named)],
    [approved, removed, queryStep("council")],
    [removed, queryStep("council")],
  ]);
};

/** Nodes that make blocks come and go; every so often a session begins. */
const set: Act = (draws, scene) => {
  const { nodes, approved } = scene.state.validatorSet;
  const id = draws.pick([...nodes, ...approved, "val-node", "kim-node"]);
  const call = (name: string, origin: string): Fields =>
    callStep(`validatorset.${name}`, origin, { validator_id: id });
  const added = call("add_validator", ruler(draws));
  const removed = call("remove_validator", ruler(draws));
  const again = call("add_validator_again", mostlyBy(draws, id));
  return [...draws.pick([[added], [added, removed, again], [removed, again]]), eventLast];
};

/** What the council does and what is done with it. */
export const councilActs: readonly Act[] = [
  ...[propose, alone, seats, seats, batch, upgrade, validator, validator, validator, set],
  ...[vote, vote, close, close].map(onMotion),
];
