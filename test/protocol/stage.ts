/** A chain of a preset on which tests act by the chain's names, one call after the other. */
import { callOfStep } from "../../src/audit/chain-call.ts";
import { chainPresets } from "../../src/audit/chain-presets.ts";
import { chainOfPreset } from "../../src/audit/chain-setting.ts";
import {
  type Call,
  type ChainEvent,
  type ChainState,
  dispatch,
  type Origin,
  root,
  signed,
  turnBlock,
} from "../../src/protocol/index.ts";
import { blocks, seconds } from "../../src/units/index.ts";

const GIB = 2 ** 30;
/** 20 CU and 2 SU: weight 42. */
export const SMALL = { hru: 1024 * GIB, sru: 512 * GIB, cru: 8, mru: 16 * GIB };
/** 40 CU and 7 SU: weight 87. */
export const LARGE = { hru: 4096 * GIB, sru: 1024 * GIB, cru: 16, mru: 64 * GIB };

export const council = (ayes: number, seats: number): Origin => ({ kind: "council", ayes, seats });
export { root };

export class Stage {
  state: ChainState;
  block: number;
  seconds = 1_000;
  events: ChainEvent[] = [];

  constructor(preset = "runtime", config: object = {}) {
    const setting = { ...chainPresets[preset], ...config };
    this.state = chainOfPreset(setting);
    this.block = setting.block;
  }

  /** Makes a call; answers `Yes` or `No` for who pays, or the chain's name of the refusal. */
  act(origin: Origin | string, name: string, args: object = {}): string {
    const call = callOfStep(name, { ...args }, new Map());
    if (!call.ok) throw new Error(call.error);
    return this.make(origin, call.value);
  }

  /** Makes a call; answers what `act` does, and then what the call announced, in order. */
  told(origin: Origin | string, name: string, args: object = {}): readonly unknown[] {
    const before = this.events.length;
    const answer = this.act(origin, name, args);
    return [answer, ...this.events.slice(before)];
  }

  /** Makes a typed call. */
  make(origin: Origin | string, call: Call): string {
    const from = typeof origin === "string" ? signed(origin) : origin;
    const at = { block: blocks(this.block), now: seconds(this.seconds) };
    const answer = dispatch(this.state, call, from, at);
    if (!answer.ok) return answer.error;
    this.state = answer.value.state;
    this.events.push(...answer.value.events);
    return answer.value.pays ? "Yes" : "No";
  }

  /** Block by block up to another, with what the chain does between them. */
  run(to: number): void {
    for (; this.block < to; this.block++) {
      const turn = turnBlock(this.state, blocks(this.block));
      this.state = turn.state;
      this.events.push(...turn.events);
    }
  }

  /** Gives an account a twin. */
  twin(account: string): void {
    this.act(account, "tfgrid.user_accept_tc", { document_link: "l", document_hash: "h" });
    this.act(account, "tfgrid.create_twin");
  }

  /** Gives an account a twin and a farm, and the farm nodes of accounts `name.n0` and on. */
  farm(account: string, nodes: readonly object[] = []): number {
    this.twin(account);
    this.act(account, "tfgrid.create_farm", { name: `farm-${account}`, public_ips: [] });
    const farm = this.state.farms.made;
    nodes.forEach((resources, index) => {
      this.node(`${account}.n${index}`, farm, resources);
    });
    return farm;
  }

  /** Registers a node of an account that may have no twin yet. */
  node(account: string, farm: number, resources: object = SMALL): string {
    this.twin(account);
    return this.act(account, "tfgrid.create_node", { farm_id: farm, resources });
  }

  /** The names of what was announced since the begin. */
  get names(): readonly string[] {
    return this.events.map(({ event }) => event);
  }
}

/** A proposal of a call, with the text that stands for its hash. */
export const proposal = (call: string, args: object = {}) => {
  const action = { call, args };
  return { action, hash: canonical(action) };
};

function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, each]) => `"${name}":${canonical(each)}`).join(",")}}`;
}
