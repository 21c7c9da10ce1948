/**
 * IPv6: which addresses and gateways the chain lets a node have.
 *
 * Source: tfchain 33046d6, support/src/types.rs, `IP6::is_valid`; the crate valip 0.4.0 that it
 * parses with, src/ip6.rs.
 * Quirks: the loopback address and those kept for documentation count as public; an address with
 * an IPv4 address in it is not understood; a mask of 0 contains nothing but the address itself.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import type { AddressPair } from "./ip4.ts";

const GROUPS = 8;
const LENGTH = { least: 2, most: 39 } as const;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const MASK = /^[0-9]{1,3}$/;
const BITS = 128n;

/** Networks that are not public: discarded, private, of one link. */
const PRIVATE: readonly (readonly [bigint, bigint])[] = [
  [0x0100n << 112n, 64n],
  [0xfc00n << 112n, 7n],
  [0xfe80n << 112n, 10n],
];

/** The 128 bits of an address in groups of hexadecimal digits, or null. */
export function parseIp6(text: string): bigint | null {
  if (text.length < LENGTH.least || text.length > LENGTH.most) return null;
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2) return null;
  const groups = halves.flat();
  if (!groups.every((group) => GROUP.test(group))) return null;
  if (halves.length === 1 ? groups.length !== GROUPS : groups.length >= GROUPS) return null;
  const [head, tail = []] = halves;
  const gap = Array.from({ length: GROUPS - groups.length }, () => "0");
  return [...head, ...gap, ...tail].reduce((bits, group) => (bits << 16n) | hex(group), 0n);
}

const hex = (digits: string): bigint => BigInt(`0x${digits}`);

/** An address with a mask of 0 to 128 bits, or null. */
export function parseCidr6(text: string): { readonly bits: bigint; readonly mask: bigint } | null {
  const slash = text.indexOf("/");
  if (slash < 0) return null;
  const bits = parseIp6(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (bits === null || !MASK.test(digits)) return null;
  const mask = BigInt(digits);
  if (mask > BITS || (mask === 0n && digits.length > 1)) return null;
  return { bits, mask };
}

const inNetwork = (bits: bigint, network: bigint, mask: bigint): boolean =>
  (bits ^ network) >> (BITS - mask) === 0n;

const contains = (network: { bits: bigint; mask: bigint }, bits: bigint): boolean =>
  network.mask === 0n ? bits === network.bits : inNetwork(bits, network.bits, network.mask);

const isUsable = (bits: bigint): boolean =>
  bits >> 120n !== 0xffn && !PRIVATE.some(([network, mask]) => inNetwork(bits, network, mask));

/** Why an address with its gateway is refused. */
export type Ip6Fault = "InvalidGw6" | "InvalidIp6" | "InvalidPublicIp";

/** Refuses what is no public address with another public address of its network as gateway. */
export function checkIp6(pair: AddressPair): Outcome<AddressPair, Ip6Fault> {
  const gateway = parseIp6(pair.gw);
  if (gateway === null) return refused("InvalidGw6");
  const address = parseCidr6(pair.ip);
  if (address === null) return refused("InvalidIp6");
  const fits =
    isUsable(gateway) &&
    isUsable(address.bits) &&
    gateway !== address.bits &&
    contains(address, gateway);
  return fits ? accepted(pair) : refused("InvalidPublicIp");
}
