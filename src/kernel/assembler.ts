/**
 * Bytes of WebAssembly, as far as the code of `batch-code.ts` needs them: functions without results
 * over 32-bit words, doubles and vectors of 128 bits, all of which share one page of memory.
 *
 * Source: WebAssembly Core Specification 2.0, section 5 (binary format).
 */

/** A stretch of instructions or of a module. */
export type Code = readonly number[];

/** The type of a 32-bit word. */
export const WORD = 0x7f;
/** The type of a double. */
export const DOUBLE = 0x7c;
/** The type of a vector of four words or two doubles. */
export const VECTOR = 0x7b;

/** A function: its name, its parameters' types, and how many locals of each type it has. */
export interface Routine {
  readonly name: string;
  readonly parameters: Code;
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: Code;
}

/** A whole number from 0, in as few bytes as it needs. */
function whole(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...whole(value >>> 7)];
}

/** A signed 32-bit number, in as few bytes as it needs. */
function signed(value: number): Code {
  const last = value >= -64 && value < 64;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const vector = (parts: readonly Code[]): Code => [...whole(parts.length), ...parts.flat()];
const sized = (bytes: Code): Code => [...whole(bytes.length), ...bytes];
const nameOf = (text: string): Code => sized(Array.from(text, (letter) => letter.charCodeAt(0)));
const bytesOf = (numbers: Float64Array | Int32Array | BigInt64Array): Code =>
  Array.from(new Uint8Array(numbers.buffer));
const wide = (opcode: number): Code => [0xfd, ...whole(opcode)];

/** Reads a parameter or a local; locals are counted on behind the parameters. */
export const get = (local: number): Code => [0x20, ...whole(local)];
/** Writes a local. */
export const set = (local: number): Code => [0x21, ...whole(local)];
/** Writes a local and keeps what was written. */
export const tee = (local: number): Code => [0x22, ...whole(local)];

/** A word that does not change. */
export const word = (value: number): Code => [0x41, ...signed(value | 0)];
const lanes = (of: Parameters<typeof bytesOf>[0]): Code => [...wide(0x0c), ...bytesOf(of)];
/** A vector of four equal words. */
export const words = (value: number): Code => lanes(new Int32Array(4).fill(value));
/** A vector of two equal longs. */
export const longs = (value: bigint): Code => lanes(new BigInt64Array(2).fill(value));
/** A vector of two equal doubles. */
export const doubles = (value: number): Code => lanes(new Float64Array(2).fill(value));

/** Reads a vector at an address plus a distance in bytes. */
export const load = (distance: number): Code => [...wide(0x00), 4, ...whole(distance)];
/** Writes a vector at an address, which is below it, plus a distance in bytes. */
export const store = (distance: number): Code => [...wide(0x0b), 4, ...whole(distance)];
/** A vector of words picked from two, those of the second counted from 4. */
export const pick = (places: readonly number[]): Code => [
  ...wide(0x0d),
  ...places.flatMap((place) => [4 * place, 4 * place + 1, 4 * place + 2, 4 * place + 3]),
];

/** Single instructions, by what they do to words (32 bits), longs (64 bits) and doubles. */
export const does = {
  wordAdd: [0x6a],
  wordLess: [0x48],
  wordShiftLeft: [0x74],
  wordSplat: wide(0x11),
  doubleSplat: wide(0x14),
  or: wide(0x50),
  xor: wide(0x51),
  wordsShiftRight: wide(0xad),
  longsOfLow: wide(0xc9),
  longsOfHigh: wide(0xca),
  longsShiftLeft: wide(0xcb),
  longsShiftRight: wide(0xcd),
  longsAdd: wide(0xce),
  longsSubtract: wide(0xd1),
  multiplyLow: wide(0xde),
  multiplyHigh: wide(0xdf),
  negate: wide(0xed),
  add: wide(0xf0),
  subtract: wide(0xf1),
  multiply: wide(0xf2),
  divide: wide(0xf3),
} as const;

/** Does `body` again and again while the address in a local is below another, then moves it on. */
export const forEach = (
  { at, end, step }: { readonly at: number; readonly end: number; readonly step: number },
  body: Code,
): Code => [
  ...[0x03, 0x40, ...get(at), ...get(end), ...does.wordLess, 0x04, 0x40],
  ...body,
  ...[...get(at), ...word(step), ...does.wordAdd, ...set(at), 0x0c, 1, 0x0b, 0x0b],
];

/** The bytes of a module that exports its routines, and one page of memory as `memory`. */
export function moduleOf(routines: readonly Routine[]): Uint8Array<ArrayBuffer> {
  const section = (number: number, bytes: Code): Code => [number, ...sized(bytes)];
  const types = routines.map(({ parameters }) => [0x60, ...sized(parameters), 0]);
  const exported = routines.map(({ name }, at) => [...nameOf(name), 0, at]);
  const code = routines.map(({ locals, body }) => {
    const declared = locals.map(([count, type]) => [...whole(count), type]);
    return sized([...vector(declared), ...body, 0x0b]);
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(3, vector(routines.map((_, at) => whole(at)))),
    ...section(5, [1, 0, 1]),
    ...section(7, vector([...exported, [...nameOf("memory"), 2, 0]])),
    ...section(10, vector(code)),
  ]);
}
