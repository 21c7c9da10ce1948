/**
 * What `batch.ts` computes, as WebAssembly: the arithmetic of `philox.ts`, `chance.ts` and `ln.ts`,
 * four words or two doubles at a time.
 *
 * Words are multiplied to 64 bits at once, and doubles are added, multiplied and divided as
 * everywhere, one rounding each and in the order of `ln.ts`; so every bit is the same.
 */
import {
  type Code,
  DOUBLE,
  does,
  doubles,
  forEach,
  get,
  load,
  longs,
  moduleOf,
  pick,
  type Routine,
  set,
  store,
  tee,
  VECTOR,
  WORD,
  word,
  words,
} from "./assembler.ts";

/** Draws of a batch, at most. */
export const ROOM = 1024;
/** Where in memory the low words of causes begin, in bytes. */
export const CAUSES = 0;
/** Where the numbers of draws begin. */
export const NUMBERS = 4 * ROOM;
/** Where the first numbers drawn begin. */
export const FIRST = 8 * ROOM;
/** Where the second numbers drawn begin. */
export const SECOND = 16 * ROOM;

const ROUNDS = 10;
/** The bits of 2^52: with a whole number below in their low bits they are 2^52 and that number. */
const TWO_52_BITS = 0x4330_0000_0000_0000n;
const TWO_52 = 4_503_599_627_370_496;
const BIAS = 1023;

/** The bits of a long, which is below 2^52, as a double with something taken off. */
const toDouble = (less = 0): Code => [
  ...[...longs(TWO_52_BITS), ...does.or],
  ...[...doubles(TWO_52 + less), ...does.subtract],
];

/** `pairs(end, causeHigh, stream, key0, key1)`: two uniforms for each cause and number. */
function pairs(): Routine {
  const [end, causeHigh, stream, key0, key1, at] = [0, 1, 2, 3, 4, 5];
  const [a, b, c, d, lowA, highA, lowC, highC] = [6, 7, 8, 9, 10, 11, 12, 13];
  const product = (of: number, factor: number, low: number, high: number): Code => [
    ...[...get(of), ...words(factor), ...does.multiplyLow, ...set(low)],
    ...[...get(of), ...words(factor), ...does.multiplyHigh, ...set(high)],
  ];
  const HIGHS = pick([1, 3, 5, 7]);
  const LOWS = pick([0, 2, 4, 6]);
  const mixed = (low: number, high: number, other: number, key: number, weyl: number): Code => [
    ...[...get(low), ...get(high), ...HIGHS, ...get(other), ...does.xor],
    ...[...get(key), ...word(weyl), ...does.wordAdd, ...does.wordSplat, ...does.xor],
  ];
  const rounds = Array.from(
    { length: ROUNDS },
    (_, round): Code => [
      ...product(a, 0xd2511f53, lowA, highA),
      ...product(c, 0xcd9e8d57, lowC, highC),
      ...[...mixed(lowC, highC, b, key0, Math.imul(round, 0x9e3779b9)), ...set(a)],
      ...[...get(lowC), ...get(highC), ...LOWS, ...set(b)],
      ...[...mixed(lowA, highA, d, key1, Math.imul(round, 0xbb67ae85)), ...set(c)],
      ...[...get(lowA), ...get(highA), ...LOWS, ...set(d)],
    ],
  );
  const cut = (of: number): Code => [...get(of), ...word(6), ...does.wordsShiftRight, ...set(of)];
  const uniforms = (high: number, low: number, half: Code, column: number): Code => [
    ...[...get(at), ...word(1), ...does.wordShiftLeft],
    ...[...get(high), ...half, ...word(26), ...does.longsShiftLeft],
    ...[...get(low), ...half, ...does.or, ...toDouble()],
    ...[...doubles(0.5), ...does.add, ...doubles(1 / TWO_52), ...does.multiply, ...store(column)],
  ];
  const { longsOfLow, longsOfHigh } = does;
  const body = forEach({ at, end, step: 16 }, [
    ...[...get(at), ...load(NUMBERS), ...set(a), ...get(at), ...load(CAUSES), ...set(b)],
    ...[...get(causeHigh), ...does.wordSplat, ...set(c)],
    ...[...get(stream), ...does.wordSplat, ...set(d)],
    ...rounds.flat(),
    ...[...cut(a), ...cut(b), ...cut(c), ...cut(d)],
    ...[...uniforms(a, b, longsOfLow, FIRST), ...uniforms(a, b, longsOfHigh, FIRST + 16)],
    ...[...uniforms(c, d, longsOfLow, SECOND), ...uniforms(c, d, longsOfHigh, SECOND + 16)],
  ]);
  const parameters = [WORD, WORD, WORD, WORD, WORD];
  const locals = [[1, WORD] as const, [8, VECTOR] as const];
  return { name: "pairs", parameters, locals, body };
}

/** `exponentials(at, end, mean)`: -ln(1 - u) mean in the place of each uniform u. */
function exponentials(): Routine {
  const [at, end, mean, m, s, z, w, exponent, raised] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const series = ([term, ...rest]: readonly number[]): Code =>
    rest.length === 0
      ? doubles(term)
      : [...doubles(term), ...get(w), ...series(rest), ...does.multiply, ...does.add];
  const even = series([1 / 3, 1 / 7, 1 / 11, 1 / 15, 1 / 19, 1 / 23]);
  const odd = series([1 / 5, 1 / 9, 1 / 13, 1 / 17, 1 / 21]);
  const body = forEach({ at, end, step: 16 }, [
    ...[...doubles(1), ...get(at), ...load(0), ...does.subtract, ...tee(m)],
    ...[...word(32), ...does.longsShiftRight, ...longs(0x0009_5f62n), ...does.longsAdd],
    ...[...word(20), ...does.longsShiftRight, ...tee(raised), ...toDouble(BIAS), ...set(exponent)],
    // A power of two is multiplied by taking it from the exponent's bits.
    ...[...get(m), ...get(raised), ...longs(BigInt(BIAS)), ...does.longsSubtract],
    ...[...word(52), ...does.longsShiftLeft, ...does.longsSubtract, ...tee(m)],
    ...[...doubles(1), ...does.subtract, ...get(m), ...doubles(1), ...does.add, ...does.divide],
    ...[...tee(s), ...get(s), ...does.multiply, ...tee(z), ...get(z), ...does.multiply, ...set(w)],
    ...[...get(at), ...get(exponent), ...doubles(0.6931471803691238), ...does.multiply],
    ...[...doubles(2), ...get(s), ...does.multiply, ...tee(s)],
    ...[...get(s), ...get(z), ...does.multiply],
    ...[...even, ...get(z), ...odd, ...does.multiply, ...does.add, ...does.multiply],
    ...[...get(exponent), ...doubles(1.9082149292705877e-10), ...does.multiply],
    ...[...does.add, ...does.add, ...does.add, ...does.negate],
    ...[...get(mean), ...does.doubleSplat, ...does.multiply, ...store(0)],
  ]);
  return { name: "exponentials", parameters: [WORD, WORD, DOUBLE], locals: [[6, VECTOR]], body };
}

/** The bytes of the module. */
export const batchModule = (): Uint8Array<ArrayBuffer> => moduleOf([pairs(), exponentials()]);
