/** New steps of governance: proposals, votes at the end of their time, vetoes, closes. */
import type { dao } from "../protocol/index.ts";
import type { Draws } from "./draw.ts";
import { drawTerms } from "./new-chain-policy.ts";
import {
  type Act,
  aimFarm,
  by,
  callStep,
  mostlyBy,
  ownedFarm,
  queryStep,
  ruler,
  type Scene,
} from "./new-chain-step.ts";
import { type Fields, plain } from "./spot.ts";

/** Proposals have these names; each holds an action of its own. */
const LABELS = ["P", "Q", "R"] as const;

const member = (draws: Draws, { state }: Scene): string => {
  const { members } = state.council;
  return mostlyBy(draws, members.length === 0 ? undefined : draws.pick(members));
};

function drawAction(draws: Draws, scene: Scene): Fields {
  const inner = (call: string, args: object): Fields => ({ call, args: plain(args) });
  const price = draws.count(0, 200);
  return draws.pick([
    inner("system.remark", { remark: draws.pick(["x", "y"]) }),
    inner("tfgrid.set_connection_price", { price }),
    inner("price.set_min_tft_price", { price: draws.pick([20, 1_000, 2_000]) }),
    inner("tfgrid.create_farming_policy", drawTerms(draws)),
    inner("tfgrid.set_farm_dedicated", { farm_id: aimFarm(draws, scene).farm, dedicated: true }),
    inner("membership.add_member", { who: draws.pick(["zoe", ...scene.state.council.members]) }),
    inner("balances.force_transfer", {
      source: "alice",
      dest: "zoe",
      value: draws.count(0, 2_000),
    }),
  ]);
}

const propose: Act = (draws, scene) => {
  const label = draws.pick(LABELS);
  return [
    callStep("dao.propose", member(draws, scene), {
      threshold: draws.pick([0, 1, 1, 2, 2, 3]),
      action: drawAction(draws, scene),
      ...{ label, description: "d", link: "l" },
      duration: draws.pick([null, null, 0, 5, 50, 431_999, 432_000]),
    }),
    queryStep("proposal", label),
  ];
};

/** A proposal by its name, mostly one that is open. */
function aimProposal(draws: Draws, { state, labels }: Scene) {
  const open = LABELS.flatMap((label) => {
    const proposal = state.dao.open.get(labels.get(label) ?? label);
    return proposal === undefined ? [] : [{ label, proposal }];
  });
  const none: { label: string; proposal: dao.Proposal<unknown> | null } = {
    label: draws.pick([...LABELS, "nothing"]),
    proposal: null,
  };
  return open.length === 0 || draws.chance(1, 10) ? none : draws.pick(open);
}

/** The last block of a proposal, or one off it, where that lies ahead. */
function toEnd(draws: Draws, scene: Scene, { proposal }: ReturnType<typeof aimProposal>) {
  if (proposal === null || !draws.chance(1, 4)) return [];
  const block = Number(draws.near([BigInt(proposal.end)]));
  return block <= scene.block ? [] : [{ set_block: block }];
}

/** An act on a proposal; where none is open one is made instead, mostly. */
const onProposal =
  (act: Act): Act =>
  (draws, scene) =>
    scene.state.dao.open.size === 0 && !draws.chance(1, 8)
      ? propose(draws, scene)
      : act(draws, scene);

const vote: Act = (draws, scene) => {
  const aimed = aimProposal(draws, scene);
  const heavy = [...scene.state.weights.keys()];
  const aim = aimFarm(draws, scene);
  const { farm, owner } =
    heavy.length === 0 || draws.chance(1, 8) ? aim : ownedFarm(scene, draws.pick(heavy));
  return [
    ...toEnd(draws, scene, aimed),
    callStep("dao.vote", mostlyBy(draws, owner), {
      ...{ farm_id: farm, proposal: aimed.label },
      approve: draws.chance(2, 3),
    }),
    queryStep("proposal", aimed.label),
  ];
};

const veto: Act = (draws, scene) => {
  const { label } = aimProposal(draws, scene);
  return [callStep("dao.veto", member(draws, scene), { proposal: label })];
};

const close: Act = (draws, scene) => {
  const aimed = aimProposal(draws, scene);
  const index = aimed.proposal?.index ?? 0;
  return [
    ...toEnd(draws, scene, aimed),
    callStep("dao.close", member(draws, scene), {
      proposal: aimed.label,
      proposal_index: draws.chance(1, 12) ? index + 1 : index,
    }),
    queryStep("proposal", aimed.label),
    queryStep("proposal_count"),
  ];
};

/** As many farms as the threshold wants, or one off it, vote before the council closes. */
const carry: Act = (draws, scene) => {
  const { label, proposal } = aimProposal(draws, scene);
  const voted = [...(proposal?.ayes ?? []), ...(proposal?.nays ?? [])].map((each) => each.farm);
  const lacking = Math.max((proposal?.threshold ?? 0) - voted.length, 0);
  const silent = [...scene.state.weights.keys()].filter((farm) => !voted.includes(farm));
  const votes = silent.slice(0, Number(draws.near([BigInt(lacking)]))).map((farm) =>
    callStep("dao.vote", by(ownedFarm(scene, farm).owner ?? "zoe"), {
      ...{ farm_id: farm, proposal: label, approve: draws.chance(3, 4) },
    }),
  );
  const closed = callStep("dao.close", member(draws, scene), {
    ...{ proposal: label, proposal_index: proposal?.index ?? 0 },
  });
  return [...votes, queryStep("proposal", label), closed, queryStep("event_at", -1)];
};

const seats: Act = (draws, { state }) => {
  const who = draws.pick(["zoe", "ann", ...state.council.members]);
  const call = `membership.${draws.pick(["add_member", "remove_member"])}`;
  return [callStep(call, ruler(draws), { who }), queryStep("council")];
};

const validator: Act = (draws, scene) => {
  const account = draws.pick(["zoe", "val"]);
  const asked = scene.state.validators.requests.has(account);
  const steps = [
    [
      callStep("validator.create_validator_request", by(account), {
        ...{ validator_node_account: `${account}-node`, stash_account: `${account}-stash` },
        ...{ description: "", tf_connect_id: "", info: "" },
      }),
    ],
    [
      callStep("validator.approve_validator", member(draws, scene), { validator_account: account }),
      queryStep("council"),
    ],
    [callStep("validator.activate_validator_node", by(account))],
  ];
  return asked || draws.chance(1, 6) ? draws.pick(steps) : steps[0];
};

/** What the council and the farms do; votes most of all. */
export const voteActs: readonly Act[] = [
  ...[propose, vote, vote, vote, veto, veto, close, carry, carry].map(onProposal),
  ...[seats, validator],
];
