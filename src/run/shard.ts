/**
 * Shards of one world: threads that live the farms of its fleet, and how many there shall be.
 *
 * A world is made without a turn of the event loop, so neither side waits for events: an order or
 * a report lies at a port before the number that announces it is raised, and who waits sleeps on
 * that number. Where a thread has ended, a third one that watches over it puts the number beyond
 * all that is awaited (`shard-watch.ts`).
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

/** A thread as it is watched over: what it begins with, and where to say what ended it. */
export interface Watched {
  readonly post: Post;
  readonly fate: MessagePort;
}

/** Places of the two numbers that threads sleep on. */
export const Told = { orders: 0, reports: 1 } as const;

/** Reports of a thread that has ended: more than anybody waits for. */
const ENDED = 0x7fffffff;

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

/** Wakes who waits for a report of a thread that has ended. */
export function endWaits(told: Int32Array): void {
  Atomics.store(told, Told.reports, ENDED);
  Atomics.notify(told, Told.reports);
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

/** One thread: where it gets its orders, what ended it, and the numbers that both sleep on. */
interface Hired {
  readonly port: MessagePort;
  readonly fate: MessagePort;
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
    this.#hired = hire(member, count);
  }

  begin(orders: readonly ShardOrder[]): void {
    this.#begun += 1;
    for (const [shard, { port, told }] of this.#hired.entries()) {
      port.postMessage(orders[shard]);
      raise(told, Told.orders);
    }
  }

  end(): readonly ShardReport[] {
    return this.#hired.map(({ port, fate, told }) => {
      awaitCount(told, Told.reports, this.#begun);
      const received: { message: ShardAnswer } | undefined = receiveMessageOnPort(port);
      if (received === undefined) throw endOf(fate);
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

/** Starts so many threads, and the one that watches over them. */
function hire(member: Member, count: number): Hired[] {
  const hired: Hired[] = [];
  const watched: Watched[] = [];
  for (let shard = 0; shard < count; shard++) {
    const orders = new MessageChannel();
    const fate = new MessageChannel();
    const told = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    watched.push({ post: { ...member, port: orders.port2, told }, fate: fate.port2 });
    hired.push({ port: orders.port1, fate: fate.port1, told });
    orders.port1.unref();
    fate.port1.unref();
  }
  const worker = new Worker(fileURLToPath(new URL("./shard-watch.js", import.meta.url)), {
    workerData: watched,
    transferList: watched.flatMap(({ post, fate }) => [post.port, fate]),
  });
  // A world that crashes does not wait for its shards.
  worker.unref();
  return hired;
}

/** What a thread threw, with its own story. */
function thrownAgain({ code, message, stack }: Crash): Error {
  return Object.assign(new Error(message), { code, stack });
}

/** Why a thread owes its report, as far as it is known. */
function endOf(fate: MessagePort): Error {
  const received: { message: Crash } | undefined = receiveMessageOnPort(fate);
  const why = received?.message.message ?? "it announced a report and sent none";
  const error = new Error(`a thread that lives shards of the fleet has ended: ${why}`);
  return Object.assign(error, { code: received?.message.code ?? "Ended" });
}
