/**
 * DAO in the world: the council proposes, farms vote, the council vetoes or closes, and what is
 * approved is executed as root and is the live policy from that block on.
 *
 * Everything goes through the chain's own calls. The chain that they see has the live policy, the
 * open proposals and, where a farm votes, that farm with its weight of the second; so nothing is
 * kept twice, and a run without proposals pays nothing.
 */
import {
  type AccountId,
  type Call,
  type ChainEvent,
  type ChainState,
  type ChainTime,
  callOf,
  chainUnder,
  dao,
  dispatch,
  type FarmId,
  memberOf,
  policyAfter,
  proposal,
  signed,
  twinId,
  votingVariant,
} from "../protocol/index.ts";
import { assert, blocks, seconds } from "../units/index.ts";
import { settle } from "./account.ts";
import { Due, Priority } from "./due.ts";
import { electorate, numberOf, planVotes, weightAt } from "./electorate.ts";
import { adoptPolicy } from "./policy.ts";
import type { PlannedVote, ProposalRecord } from "./proposal.ts";
import type { World } from "./state.ts";

/** Puts a proposal of the timeline on the agenda, in the first block from its second on. */
export function scheduleProposal(world: World, entry: number, second: number): void {
  const { secondsPerBlock } = world.terms;
  const block = Math.ceil(second / secondsPerBlock);
  world.agenda.push(block * secondsPerBlock, Priority.policy, entry, Due.propose);
}

/** The chain's clock; the run begins in its block 1, since in block 0 it announces nothing. */
const clock = ({ now, terms, setup }: World): ChainTime => ({
  block: blocks(Math.floor(now / terms.secondsPerBlock) + 1),
  now: seconds(setup.start + now),
});

/** The chain as it stands; judged as the policy has it for a vote in which so much could weigh. */
function chainNow(world: World, weight: bigint): ChainState {
  const { dao: table, policy } = world;
  const chain = table.chain(policy, chainUnder);
  const voting = votingVariant(policy.dao, weight);
  return { ...chain, dao: table.open, runtime: { ...chain.runtime, voting } };
}

const ownerOf = (farm: number): AccountId => `farmer-${farm + 1}`;

/** The chain with one farm registered, its owner and its weight. */
function withVoter(
  chain: ChainState,
  voter: { readonly farm: number; readonly id: FarmId; readonly weight: bigint },
): ChainState {
  const { farm, id, weight } = voter;
  const twin = twinId(farm + 1);
  const owner = {
    id: twin,
    account: ownerOf(farm),
    relay: null,
    pk: null,
    stash: null,
    entities: [],
  };
  const registered = {
    id,
    name: `farm-${id}`,
    twin,
    pricingPolicy: 1,
    certification: "NotCertified",
    ips: [],
    dedicated: false,
    limits: null,
  } as const;
  return {
    ...chain,
    farms: { ...chain.farms, byId: new Map([[id, registered]]) },
    twins: {
      ...chain.twins,
      byId: new Map([[twin, owner]]),
      byAccount: new Map([[owner.account, twin]]),
    },
    weights: new Map([[id, weight]]),
  };
}

/** Makes a call as an account; null where the chain accepts it, else its reason. */
function call(world: World, chain: ChainState, account: AccountId, asked: Call): string | null {
  const answer = dispatch(chain, asked, signed(account), clock(world));
  if (!answer.ok) return answer.error;
  world.dao.open = answer.value.state.dao;
  return null;
}

/** Carries out what is due in governance: an entry of the timeline, or a row of proposals. */
export function govern(world: World, tag: number, entity: number): void {
  if (tag === Due.propose) propose(world, entity);
  if (tag === Due.ballot) goOn(world, entity);
}

/** The council proposes what an entry of the timeline says. */
function propose(world: World, entry: number): void {
  const { setup, policy, terms, now, dao: table } = world;
  const what = setup.timeline[entry];
  assert(what.kind === "propose", "only a proposal is proposed");
  const block = Math.floor(now / terms.secondsPerBlock);
  for (let user = 0; user < world.users.count; user++) settle(world, user, block);
  const voters = electorate(world);
  const action = proposal.actionOf(policy, what.changes);
  const hash = proposal.hashOf(action);
  const threshold = what.threshold ?? setup.assumptions.voter.threshold;
  const duration =
    what.lasts === null ? null : blocks(Math.ceil(what.lasts / terms.secondsPerBlock));
  const by = memberOf(what.by);
  const index = table.open.made;
  const texts = { description: described(what.changes), link: "" };
  const asked = callOf("dao.propose", { action, hash, threshold, duration, ...texts });
  const refusal = call(world, chainNow(world, voters.weight), by, asked);
  const end = refusal === null ? (table.open.open.get(hash)?.end ?? 0) : 0;
  const lasts = refusal === null ? (end - clock(world).block) * terms.secondsPerBlock : 0;
  const place = setup.timeline.slice(0, entry).filter(({ kind }) => kind === "propose").length;
  const proposed = what.changes.reduce(proposal.withValue, policy);
  table.all.push({
    entry,
    action: texts.description,
    by,
    hash,
    index,
    proposed: now,
    ends: now + lasts,
    threshold,
    farms: voters.farms,
    weight: voters.weight,
    votes: refusal === null ? planVotes(world, { place, proposed, lasts, ...voters }) : [],
    cast: 0,
    vetoed: 0,
    bribed: 0,
    fate: refusal === null ? "open" : "refused",
    closed: refusal === null ? Number.POSITIVE_INFINITY : now,
    result: refusal ?? "",
    yes: 0,
    no: 0,
    yesWeight: 0n,
    noWeight: 0n,
  });
  if (refusal === null) goOn(world, table.all.length - 1);
}

/** The changes in words, as a reader of a table looks for them. */
const described = (changes: proposal.PolicyChanges): string =>
  changes.map(({ key, value }) => `${key} = ${value}`).join(", ");

/** Everything that is due on a proposal at this second; the next moment goes on the agenda. */
function goOn(world: World, row: number): void {
  const { now, agenda, dao: table } = world;
  const record = table.all[row];
  while (record.fate === "open" && (record.votes[record.cast]?.second ?? NEVER) <= now) {
    castVote(world, record, record.votes[record.cast]);
    record.cast += 1;
    closeEarly(world, record);
  }
  closeEarly(world, record);
  while (record.fate === "open" && vetoDue(world, record) <= now) veto(world, record);
  if (record.fate === "open" && closeDue(world, record) <= now) close(world, record);
  if (record.fate !== "open") return;
  const vote = record.votes[record.cast]?.second ?? NEVER;
  const next = Math.min(vote, vetoDue(world, record), closeDue(world, record));
  agenda.push(next, Priority.policy, row, Due.ballot);
}

const NEVER = Number.POSITIVE_INFINITY;

/** The first second of a block from a second on. */
const blockAt = ({ terms }: World, second: number): number =>
  Math.ceil(second / terms.secondsPerBlock) * terms.secondsPerBlock;

/** When the next member of the council vetoes; never where all have that want to. */
function vetoDue(world: World, { proposed, vetoed }: ProposalRecord): number {
  const { vetoing, vetoAfter } = world.setup.assumptions.voter;
  return vetoed >= vetoing ? NEVER : blockAt(world, proposed + (vetoed + 1) * vetoAfter);
}

/** When somebody closes the vote, if that was not done before. */
const closeDue = (world: World, { ends }: ProposalRecord): number =>
  blockAt(world, ends + world.setup.assumptions.voter.closeDelay);

/** A farm votes with what it weighs at this second. */
function castVote(world: World, record: ProposalRecord, planned: PlannedVote): void {
  const { farm, through, aye: approve, bribed } = planned;
  const id = numberOf(farm, through);
  const chain = withVoter(chainNow(world, record.weight), {
    farm,
    id,
    weight: weightAt(world, farm, through),
  });
  const asked = callOf("dao.vote", { farm: id, hash: record.hash, approve });
  if (call(world, chain, ownerOf(farm), asked) !== null) return;
  if (bribed) record.bribed += 1;
  count(world, record);
}

/** How a proposal stands that is open. */
function count(world: World, record: ProposalRecord): void {
  const open = world.dao.open.open.get(record.hash);
  if (open === undefined) return;
  const weightOf = (votes: readonly dao.FarmVote[]): bigint =>
    votes.reduce((sum, { weight }) => sum + weight, 0n);
  record.yes = open.ayes.length;
  record.no = open.nays.length;
  record.yesWeight = weightOf(open.ayes);
  record.noWeight = weightOf(open.nays);
}

/** The next member of the council vetoes. */
function veto(world: World, record: ProposalRecord): void {
  const member = memberOf(record.vetoed + 1);
  record.vetoed += 1;
  const asked = callOf("dao.veto", { hash: record.hash });
  if (call(world, chainNow(world, record.weight), member, asked) !== null) return;
  if (!world.dao.open.open.has(record.hash)) settleFate(world, record, "vetoed", "");
}

/** The council closes before the end, if it does such things and the chain lets it. */
function closeEarly(world: World, record: ProposalRecord): void {
  const { closing } = world.setup.assumptions.voter;
  const open = world.dao.open.open.get(record.hash);
  if (closing === "atEnd" || open === undefined) return;
  const { voting } = chainNow(world, record.weight).runtime;
  const verdict = dao.verdictOf(open, clock(world).block, voting);
  if (!verdict.ok || (closing === "whenLeading" && !verdict.value.approved)) return;
  close(world, record);
}

/** A member of the council closes; what is approved is the policy from here on. */
function close(world: World, record: ProposalRecord): void {
  const { policy } = world;
  const chain = chainNow(world, record.weight);
  const { hash, index } = record;
  const asked = callOf("dao.close", { hash, index });
  const answer = dispatch(chain, asked, signed(memberOf(1)), clock(world));
  assert(answer.ok, "a vote that is over can be closed by a member of the council");
  const { state, events } = answer.value;
  world.dao.open = state.dao;
  const executed = events.map(resultOf).find((result) => result !== null) ?? null;
  settleFate(world, record, executed === null ? "disapproved" : "approved", executed ?? "");
  if (executed === "Ok") adoptPolicy(world, policyAfter(policy, chain, state));
}

const resultOf = (one: ChainEvent): string | null =>
  one.event === "Dao.Executed" ? one.result : null;

function settleFate(
  world: World,
  record: ProposalRecord,
  fate: ProposalRecord["fate"],
  result: string,
): void {
  record.fate = fate;
  record.closed = world.now;
  record.result = result;
}
