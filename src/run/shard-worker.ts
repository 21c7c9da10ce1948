/** The entry of a thread that lives shards: an order, a report, until there are no more orders. */
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { Shard, type ShardOrder } from "../world/shard.ts";
import { chanceOf } from "./chance.ts";
import { crashOf } from "./crash.ts";
import { awaitCount, type Post, raise, type ShardAnswer, Told } from "./shard.ts";

const { setup, key, replication, antithetic, port, told }: Post = workerData;
const crew: Shard[] = [];

/** Lives an order; the laws are made with the first, so that a fault in them is reported too. */
function answerTo(order: ShardOrder): ShardAnswer {
  try {
    if (crew.length === 0)
      crew.push(new Shard(setup, chanceOf(setup, key, replication, antithetic)));
    return { ok: true, report: crew[0].live(order) };
  } catch (thrown) {
    const time = order.outline.start;
    return { ok: false, crash: crashOf(thrown, { time, event: "fleet" }) };
  }
}

for (let count = 1; ; count++) {
  awaitCount(told, Told.orders, count);
  const received: { message: ShardOrder | null } | undefined = receiveMessageOnPort(port);
  if (received === undefined || received.message === null) break;
  port.postMessage(answerTo(received.message));
  raise(told, Told.reports);
}
port.close();
