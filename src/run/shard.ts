/**
 * Shards of one world: threads that live the farms of its fleet, and how many there shall be.
 *
 * A world is made without a turn of the event loop, so neither side waits for events: an order or
 * a report lies at a port before the number that announces it is raised, and who waits sleeps on
 * that number.
 */
import { fileURLToPath } from "node:url";
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import type { Setup } from "../world/setup.ts";
import type { Crew, ShardOrder, ShardReport } from "../world/shard.ts";
import type { Crash } from "./crash.ts";
import type { Key } from "./engine.ts";

/** Whose fleet it is. */
export interface Member {
  readonly setup: Setup;
  readonly key: Key;
  readonly replication: number;
  readonly antithetic: boolean | undefined;
}

/** What a thread begins with. */
export interface Post extends Member {
  readonly port: MessagePort;
  /** Orders given and reports made so far, see `Told`. */
  readonly told: Int32Array;
}

/** Places of the two numbers that threads sleep on. */
export const Told = { orders: 0, reports: 1 } as const;

/** What a thread answers to an order. */
export type ShardAnswer =
  | { readonly ok: true; readonly report: ShardReport }
  | { readonly ok: false; readonly crash: Crash };

/** Sleeps until a number has reached a value. */
export function awaitCount(told: Int32Array, place: number, value: number): void {
  for (let now = Atomics.load(told, place); now < value; now = Atomics.load(told, place))
    Atomics.wait(told, place, now);
}

/** Raises a number by one and wakes who sleeps on it. */
export function raise(told: Int32Array, place: number): void {
  Atomics.add(told, place, 1);
  Atomics.notify(told, place);
}

/**
 * Threads for the fleet of a world: as many as were asked for, and none where nobody asked.
 *
 * None is the rule until a machine shows a gain: `npm run bench -- --only shards` compares on the
 * machine at hand. A fleet is 2 to 3 % of a run of the planet, so that hiding all of it cannot
 * gain more, and two threads of one core lose about that (docs/decisions/0012-shards.md). Engines
 * that are not the world's own may know no shards and get none.
 */
export const shardsOf = (asked: number | undefined, engine: string | undefined): number =>
  engine === undefined ? (asked ?? 0) : 0;

/** One thread: where it gets its orders, and the numbers that both sleep on. */
interface Hired {
  readonly port: MessagePort;
  readonly told: Int32Array;
}

/** A crew of threads; they end when it is dismissed. */
export class ThreadCrew implements Crew {
  readonly count: number;
  readonly #hired: readonly Hired[];
  #begun = 0;

  /** Starts so many threads; they get ready while this one goes on. */
  constructor(member: Member, count: number) {
    this.count = count;
    this.#hired = Array.from({ length: count }, () => hire(member));
  }

  begin(orders: readonly ShardOrder[]): void {
    this.#begun += 1;
    for (const [shard, { port, told }] of this.#hired.entries()) {
      port.postMessage(orders[shard]);
      raise(told, Told.orders);
    }
  }

  end(): readonly ShardReport[] {
    return this.#hired.map(({ port, told }) => {
      awaitCount(told, Told.reports, this.#begun);
      const received: { message: ShardAnswer } | undefined = receiveMessageOnPort(port);
      if (received === undefined) throw new Error("a shard announced a report and sent none");
      const { message: answer } = received;
      if (answer.ok) return answer.report;
      throw thrownAgain(answer.crash);
    });
  }

  /** Lets the threads end, after what they have begun. */
  dismiss(): void {
    for (const { port, told } of this.#hired) {
      port.postMessage(null);
      raise(told, Told.orders);
    }
  }
}

function hire(member: Member): Hired {
  const { port1, port2 } = new MessageChannel();
  const told = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const post: Post = { ...member, port: port2, told };
  const file = fileURLToPath(new URL("./shard-worker.js", import.meta.url));
  const worker = new Worker(file, { workerData: post, transferList: [port2] });
  // A world that crashes does not wait for its shards.
  worker.unref();
  port1.unref();
  return { port: port1, told };
}

/** What a thread threw, with its own story. */
function thrownAgain({ code, message, stack }: Crash): Error {
  return Object.assign(new Error(message), { code, stack });
}
