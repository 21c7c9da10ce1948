/**
 * New texts that the chain has to understand: addresses, degrees and keys, sound ones and those
 * that are wrong in one place.
 */
import { blake2b256 } from "../protocol/blake2b.ts";
import { stellarKeyOf } from "./chain-key.ts";
import type { Draws } from "./draw.ts";
import type { Fields } from "./spot.ts";

/** First and last addresses of networks that are nobody's, which public ones lie beside. */
const EDGES_4 = [
  ...[0x00000000, 0x00ffffff, 0x0a000000, 0x0affffff, 0x64400000, 0x647fffff, 0x7f000000],
  ...[0x7fffffff, 0xa9fe0000, 0xa9feffff, 0xac100000, 0xac1fffff, 0xc0000200, 0xc00002ff],
  ...[0xc0a80000, 0xc0a8ffff, 0xc6120000, 0xc613ffff, 0xc6336400, 0xc63364ff, 0xcb007100],
  ...[0xcb0071ff, 0xe0000000, 0xffffffff, 0xb9ce7a21],
].map(BigInt);
const LAST_4 = 0xffffffffn;

const textOf4 = (bits: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join(".");

/** One of the ways in which a text is nearly right. */
function spoiled(draws: Draws, text: string): string {
  const at = draws.count(0, text.length);
  return draws.pick([
    `${text.slice(0, at)}${text.slice(at + 1)}`,
    `${text.slice(0, at)}0${text.slice(at)}`,
    `${text.slice(0, at)}${draws.pick([".", ":", "/", " ", "x", "-"])}${text.slice(at)}`,
    ` ${text}`,
    `${text}\n`,
    "",
  ]);
}

const oftenSound = (draws: Draws, text: string): string =>
  draws.chance(1, 8) ? spoiled(draws, text) : text;

/** An address and a gateway that differ in the last bit of the network, or in a later one. */
export function drawIp4(draws: Draws): { readonly ip: string; readonly gw: string } {
  const free = draws.whole(1n << 24n, LAST_4);
  const near = draws.near(EDGES_4);
  const bits = draws.pick([free, near, 0xb9ce7a21n]) & LAST_4;
  const mask = draws.pick([0, 1, 8, 16, 23, 24, 24, 29, 30, 31, 32, 33]);
  // Up to the mask nothing may differ; the first case breaks that by one bit.
  const place = draws.pick([mask - 1, mask, draws.count(0, 31), 31]);
  const flip = place < 0 || place > 31 ? 0n : 1n << BigInt(31 - place);
  const digits = draws.chance(1, 12) ? `0${mask}` : String(mask);
  return {
    ip: oftenSound(draws, `${textOf4(bits)}/${digits}`),
    gw: oftenSound(draws, textOf4(bits ^ flip)),
  };
}

const EDGES_6 = [
  ...[0n, 1n, 0x0100n << 112n, 0x01000000_00000001n << 64n, 0xfbffn << 112n, 0xfc00n << 112n],
  ...[0xfdffn << 112n, 0xfe00n << 112n, 0xfe80n << 112n, 0xfec0n << 112n, 0xff00n << 112n],
  ...[0x20010db8n << 96n, 0x2a10b600n << 96n],
];
const LAST_6 = (1n << 128n) - 1n;

/** The address in eight groups, or with its longest row of zeros left out. */
function textOf6(draws: Draws, bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, k) =>
    ((bits >> BigInt(112 - 16 * k)) & 0xffffn).toString(16),
  );
  const full = groups.map((group) => (draws.chance(1, 8) ? group.padStart(4, "0") : group));
  const zeros = /(^|:)0(:0)+(?=:|$)/;
  return draws.chance(1, 2)
    ? full.join(":")
    : groups.join(":").replace(zeros, "::").replace(":::", "::");
}

/** The same of IPv6. */
export function drawIp6(draws: Draws): { readonly ip: string; readonly gw: string } {
  const free = draws.whole(0x2000n << 112n, (0x4000n << 112n) - 1n);
  const bits = draws.pick([free, draws.near(EDGES_6), EDGES_6[12]]) & LAST_6;
  const mask = draws.pick([0, 1, 7, 32, 48, 64, 64, 127, 128, 129]);
  const place = draws.pick([mask - 1, mask, draws.count(0, 127), 127]);
  const flip = place < 0 || place > 127 ? 0n : 1n << BigInt(127 - place);
  const digits = draws.chance(1, 12) ? `0${mask}` : String(mask);
  return {
    ip: oftenSound(draws, `${textOf6(draws, bits)}/${digits}`),
    gw: oftenSound(draws, textOf6(draws, bits ^ flip)),
  };
}

/** A public config with any part of it wrong now and then. */
export function drawPublicConfig(draws: Draws): Fields {
  const sound4 = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
  const sound6 = { ip: "2a10:b600:1::cc4:7a30:65b5/64", gw: "2a10:b600:1::1" };
  const long = "a".repeat(draws.pick([127, 128, 129]));
  return {
    ip4: draws.chance(1, 4) ? drawIp4(draws) : sound4,
    ip6: draws.pick([null, sound6, draws.chance(1, 2) ? drawIp6(draws) : sound6]),
    domain: draws.pick([null, "", "some-domain.org", "some_domain", "a b", "é.be", long]),
  };
}

/** Degrees around the bound, where a 32-bit float rounds them, and what is written otherwise. */
export function drawDegrees(draws: Draws, bound: number): string {
  const digits = (most: number): string =>
    Array.from({ length: draws.count(0, most) }, () => draws.count(0, 9)).join("");
  const sign = draws.pick(["", "", "-", "+"]);
  // A step of the float above the bound is 2^-17 of a degree at 90, twice that at 180.
  const off = draws.pick(["000003", "000003814697265625", "000004", "0000076", "00001", "1", "0"]);
  const number = draws.pick([
    `${bound}`,
    `${bound}.${off}`,
    `${bound - 1}.${"9".repeat(draws.count(1, 12))}`,
    `${draws.count(0, 2 * bound)}.${digits(12)}`,
    `${bound / 10}e1`,
    `${bound}0E-1`,
    `${bound}.`,
    `.${digits(6)}`,
  ]);
  const words = [
    "Unknown",
    "unknown",
    "inf",
    "NaN",
    "-infinity",
    "1e",
    "0x1",
    "1_0",
    "1,5",
    "",
    ".",
  ];
  return draws.chance(1, 5)
    ? draws.pick([...words, ` ${number}`, `${number} `, `1e${draws.pick([1, 2, 3, 40])}`])
    : `${sign}${number}`;
}

/** A public key of Stellar, or one with another version, checksum, length or case. */
export function drawStellarKey(draws: Draws): string {
  const body = blake2b256(new TextEncoder().encode(String(draws.whole(0n, LAST_4))));
  const version = draws.pick([6, 6, 6, 6, 18, 2, 0]) << 3;
  const key = stellarKeyOf([version, ...body]);
  const at = draws.count(1, key.length - 1);
  const other = draws.pick([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]);
  return draws.chance(2, 3)
    ? key
    : draws.pick([
        `${key.slice(0, at)}${other}${key.slice(at + 1)}`,
        `${key.slice(0, at)}${draws.pick(["0", "1", "8", "=", "é"])}${key.slice(at + 1)}`,
        key.slice(0, at),
        `${key}A`,
        key.toLowerCase(),
        "",
      ]);
}
