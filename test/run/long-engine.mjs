/**
 * An engine for tests whose tables are longer than a row group, told while it runs. Early
 * replications take longest, so that late ones finish first.
 */
export const metricList = [{ name: "a.share", unit: "1", doc: "A share." }];

const PIECE_ROWS = 65_536;

function tell(sink, name, { first, rows, replication }) {
  const number = Float64Array.from({ length: rows }, (_, row) => first + row);
  sink.add(name, {
    number,
    place: number.map((row) => Math.sqrt(row * (replication + 1))),
    word: Array.from(number, (row) => `a word that is long enough for pages, ${row % 9_973}`),
    count: Array.from(number, (row) => BigInt(row) * 10n ** 9n),
  });
}

export function replicate(_setup, _key, replication, { sink }) {
  const pieces = 1 + Math.max(0, 2 - replication);
  for (let piece = 0; piece < pieces; piece += 1) {
    const first = piece * PIECE_ROWS;
    tell(sink, "long", { first, rows: PIECE_ROWS, replication });
    tell(sink, "short", { first: piece, rows: 1, replication });
  }
  tell(sink, "long", { first: pieces * PIECE_ROWS, rows: 100 + replication, replication });
  const metrics = [{ name: "a.share", value: replication / 4, exact: null }];
  return { replication, metrics, series: [], tables: {}, events: pieces };
}
