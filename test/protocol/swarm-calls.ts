/** The calls of the swarm: each draws its own arguments, which are often wrong. */
import {
  addTrafficReports,
  addTwinAdmin,
  approveProvider,
  approveService,
  attachProvider,
  type BillingTerms,
  bill,
  billService,
  type ChainTime,
  type ContractEvent,
  cancelCollective,
  cancelContract,
  cancelService,
  contractId,
  createNameContract,
  createNodeContract,
  createProvider,
  createRentContract,
  createService,
  endContracts,
  type GridState,
  migrateNodeContract,
  nodeId,
  optOutOfBilling,
  providerId,
  raiseFrequency,
  rejectService,
  removeTwinAdmin,
  reportContractResources,
  serviceId,
  setExtraFee,
  setPowerState,
  setPowerTarget,
  setServiceFees,
  setServiceMetadata,
  transferKeepAlive,
  updateNodeContract,
  withLedger,
} from "../../src/protocol/index.ts";
import { blocks, bytes, milliUsd, type Outcome, seconds, tft } from "../../src/units/index.ts";
import { capacity } from "./grid.ts";

/** A whole number below a bound. */
export type Draw = (count: number) => number;

/** What a call leaves: the state, what it told, and the terms where it changed them. */
export interface Done {
  readonly state: GridState;
  readonly events?: readonly ContractEvent[];
  readonly terms?: BillingTerms;
}

/** A call by its name. */
export interface Call {
  readonly name: string;
  readonly act: (
    state: GridState,
    draw: Draw,
    at: ChainTime,
    by: BillingTerms,
  ) => Outcome<Done, string>;
}

const PEOPLE = ["alice", "bob", "charlie", "rich", "dora", "nobody"] as const;
const who = (draw: Draw): string => PEOPLE[draw(PEOPLE.length)];
const node = (draw: Draw) => nodeId(1 + draw(4));
/** One of the contracts that were made last, most of which are still there. */
const contract = (state: GridState, draw: Draw) =>
  contractId(Math.max(1, state.contractsMade - draw(8)) + (draw(10) === 0 ? 5 : 0));
const some = (draw: Draw) =>
  draw(5) === 0
    ? capacity(0n, 0n, 0n, 0n)
    : capacity(BigInt(1 + draw(8)), 4n, 60n, BigInt(draw(2)));
const state = (outcome: Outcome<GridState, string>): Outcome<Done, string> =>
  outcome.ok ? { ok: true, value: { state: outcome.value } } : outcome;
const made = (by: BillingTerms, at: ChainTime) => ({ ...at, rules: by.billing.rules });
/** One of the two services that were made last. */
const service = (grid: GridState, draw: Draw) =>
  serviceId(Math.max(1, grid.servicesMade - draw(2)));
/** One of the two between whom most services are. */
const party = (draw: Draw): string => (draw(6) === 0 ? who(draw) : ["alice", "bob"][draw(2)]);
/** The owner of a contract most of the time, else anybody. */
const owner = (grid: GridState, id: ReturnType<typeof contractId>, draw: Draw): string => {
  const twin = grid.contracts.get(id)?.twin;
  const account = twin === undefined ? undefined : grid.twins.get(twin)?.account;
  return account === undefined || draw(5) === 0 ? who(draw) : account;
};

const deploying: readonly Call[] = [
  {
    name: "create node contract",
    act: (grid, draw, at, by) =>
      createNodeContract(
        grid,
        {
          account: who(draw),
          node: node(draw),
          hash: `hash ${draw(40)}`,
          ips: draw(3) === 0 ? draw(6) : 0,
          provider: draw(6) === 0 ? providerId(1 + draw(3)) : null,
        },
        made(by, at),
      ),
  },
  {
    name: "create rent contract",
    act: (grid, draw, at, by) =>
      createRentContract(
        grid,
        { account: who(draw), node: node(draw), provider: null },
        made(by, at),
      ),
  },
  {
    name: "create name contract",
    act: (grid, draw, at, by) =>
      createNameContract(
        grid,
        { account: who(draw), name: ["ab", "A name", "name-1", "name_2", "x".repeat(70)][draw(5)] },
        made(by, at),
      ),
  },
  {
    name: "update node contract",
    act: (grid, draw) => {
      const id = contract(grid, draw);
      const call = { account: owner(grid, id, draw), contract: id, hash: `hash ${draw(40)}` };
      return state(updateNodeContract(grid, call));
    },
  },
  {
    name: "cancel contract",
    act: (grid, draw, at, by) => {
      const id = contract(grid, draw);
      return cancelContract(grid, { account: owner(grid, id, draw), contract: id }, at, by);
    },
  },
  {
    name: "cancel contract collective",
    act: (grid, draw, at, by) => cancelCollective(grid, contract(grid, draw), at, by),
  },
  {
    name: "migrate node contract",
    act: (grid, draw, at, by) =>
      migrateNodeContract(
        grid,
        { contract: contract(grid, draw), node: node(draw), hash: draw(2) === 0 ? null : "moved" },
        at,
        by,
      ),
  },
  {
    name: "bill contract",
    act: (grid, draw, at, by) => bill(grid, contract(grid, draw), at, by),
  },
];

const reporting: readonly Call[] = [
  ...[0, 1, 2].map(
    (turn): Call => ({
      name: "report contract resources",
      act: (grid, draw) => {
        const entries = [0, 1].map(() => ({ contract: contract(grid, draw), used: some(draw) }));
        const account = draw(6) === 0 ? who(draw) : "alice";
        return reportContractResources(
          grid,
          { account, entries },
          turn === 0 ? "refuse" : "passOver",
        );
      },
    }),
  ),
  {
    name: "add traffic reports",
    act: (grid, draw, at, by) => {
      const entry = {
        contract: contract(grid, draw),
        traffic: bytes(BigInt(draw(1_000)) * 10_000_000n),
        window: seconds(60 * draw(60)),
        until: seconds(at.now - 60 * draw(3)),
      };
      return addTrafficReports(
        grid,
        { account: "alice", entries: [entry] },
        by.pricing,
        "passOver",
      );
    },
  },
];

const farming: readonly Call[] = [
  {
    name: "set dedicated node extra fee",
    act: (grid, draw) =>
      state(
        setExtraFee(grid, {
          account: draw(2) === 0 ? "alice" : who(draw),
          node: node(draw),
          fee: milliUsd(BigInt(draw(3)) * 50_000n),
        }),
      ),
  },
  {
    name: "change power state",
    act: (grid, draw, at) => state(setPowerState(grid, node(draw), draw(2) === 0, at.now)),
  },
  {
    name: "change power target",
    act: (grid, draw) => state(setPowerTarget(grid, node(draw), draw(3) === 0)),
  },
  {
    name: "opt out of billing",
    act: (grid, draw) =>
      draw(6) === 0
        ? state(optOutOfBilling(grid, { account: who(draw), node: node(draw) }))
        : { ok: false, error: "not tried" },
  },
  { name: "add twin admin", act: (grid, draw) => state(addTwinAdmin(grid, who(draw))) },
  { name: "remove twin admin", act: (grid, draw) => state(removeTwinAdmin(grid, who(draw))) },
  {
    name: "delete node's contracts",
    act: (grid, draw, at, by) =>
      draw(5) === 0
        ? { ok: true, value: endContracts(grid, node(draw), at, by) }
        : { ok: false, error: "not tried" },
  },
];

const paying: readonly Call[] = [
  ...[0, 1].map(
    (): Call => ({
      name: "transfer",
      act: (grid, draw) => {
        const order = {
          from: draw(3) === 0 ? who(draw) : "rich",
          to: ["bob", "charlie", "dora", "newcomer"][draw(4)],
          amount: tft(BigInt(draw(100)) * BigInt([1, 10_000, 1_000_000][draw(3)])),
        };
        const paid = transferKeepAlive(grid.ledger, order);
        return paid.ok ? { ok: true, value: { state: withLedger(grid, paid.value) } } : paid;
      },
    }),
  ),
  {
    name: "create solution provider",
    act: (grid, draw) =>
      createProvider(grid, [
        { account: "alice", take: BigInt(draw(40)) },
        { account: draw(2) === 0 ? "rich" : "stranger", take: BigInt(draw(40)) },
      ]),
  },
  {
    name: "approve solution provider",
    act: (grid, draw) => state(approveProvider(grid, providerId(1 + draw(3)), draw(3) > 0)),
  },
  {
    name: "attach solution provider",
    act: (grid, draw) => {
      const id = contract(grid, draw);
      const provider = providerId(1 + draw(3));
      return state(
        attachProvider(grid, { account: owner(grid, id, draw), contract: id, provider }),
      );
    },
  },
  {
    name: "change billing frequency",
    act: (grid, draw, _at, by) => {
      if (draw(8) > 0) return { ok: false, error: "not tried" };
      const next = raiseFrequency(grid, by.billing, blocks(5 + draw(12)));
      if (!next.ok) return next;
      const terms = { ...by, billing: next.value.policy };
      return { ok: true, value: { state: next.value.state, terms } };
    },
  },
];

const serving: readonly Call[] = [
  {
    name: "create service contract",
    act: (grid, draw) => {
      if (grid.services.size > 0 && draw(4) > 0) return { ok: false, error: "not tried" };
      return createService(grid, {
        account: party(draw),
        service: party(draw),
        consumer: party(draw),
      });
    },
  },
  {
    name: "set service metadata",
    act: (grid, draw) =>
      state(
        setServiceMetadata(grid, {
          account: party(draw),
          id: service(grid, draw),
          metadata: draw(5) === 0 ? "y".repeat(65) : "told",
        }),
      ),
  },
  {
    name: "set service fees",
    act: (grid, draw) =>
      state(
        setServiceFees(grid, {
          account: party(draw),
          id: service(grid, draw),
          baseFee: milliUsd(BigInt(draw(1_000))),
          variableFee: milliUsd(BigInt(draw(1_000))),
        }),
      ),
  },
  {
    name: "approve service",
    act: (grid, draw, at) =>
      state(approveService(grid, { account: party(draw), id: service(grid, draw) }, at.now)),
  },
  {
    name: "reject service",
    act: (grid, draw) =>
      draw(4) === 0
        ? state(rejectService(grid, { account: party(draw), id: service(grid, draw) }))
        : { ok: false, error: "not tried" },
  },
  {
    name: "cancel service",
    act: (grid, draw) =>
      draw(8) === 0
        ? state(cancelService(grid, { account: party(draw), id: service(grid, draw) }))
        : { ok: false, error: "not tried" },
  },
  {
    name: "bill service",
    act: (grid, draw, at, by) =>
      billService(
        grid,
        {
          account: party(draw),
          id: service(grid, draw),
          variableAmount: milliUsd(BigInt(draw(3))),
          metadata: "",
        },
        at.now,
        by,
      ),
  },
];

/** All calls; those that make contracts and use them stand here more often. */
export const CALLS: readonly Call[] = [
  ...deploying,
  ...deploying.slice(0, 3),
  ...deploying.slice(0, 1),
  ...reporting,
  ...farming,
  ...paying,
  ...serving,
  ...serving,
];
