/**
 * IPv4: which addresses and gateways the chain lets a farm or a node have.
 *
 * Source: tfchain 33046d6, support/src/types.rs, `IP4::is_valid`; the crate valip 0.4.0 that it
 * parses with, src/ip4.rs.
 * Quirks: the gateway is looked at before the address; an octet has no leading zero, a mask may
 * have one; a mask of 0 contains every gateway.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";

/** An address in CIDR form with its gateway, as texts. */
export interface AddressPair {
  readonly ip: string;
  readonly gw: string;
}

const OCTET = /^(0|[1-9][0-9]{0,2})$/;
const MASK = /^[0-9]{1,2}$/;
const MULTICAST = 224;

/** Networks that are nobody's in particular: first address, and bits that count. */
const PRIVATE: readonly (readonly [number, number])[] = (
  [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.2.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["255.255.255.255", 32],
  ] as const
).map(([text, mask]) => [parseIp4(text) ?? 0, mask]);

/** The 32 bits of an address of four decimal octets, or null. */
export function parseIp4(text: string): number | null {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet))) return null;
  const values = octets.map(Number);
  if (values.some((value) => value > 255)) return null;
  return values.reduce((bits, value) => bits * 256 + value, 0);
}

/** An address with a mask of 0 to 32 bits, or null. */
export function parseCidr4(text: string): { readonly bits: number; readonly mask: number } | null {
  const slash = text.indexOf("/");
  if (slash < 0) return null;
  const bits = parseIp4(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (bits === null || !MASK.test(digits) || digits === "00" || Number(digits) > 32) return null;
  return { bits, mask: Number(digits) };
}

/** Whether two addresses agree in their first bits; a shift by 32 would do nothing. */
const inNetwork = (bits: number, network: number, mask: number): boolean =>
  mask === 0 || (bits ^ network) >>> (32 - mask) === 0;

const isUsable = (bits: number): boolean =>
  bits >>> 24 < MULTICAST && !PRIVATE.some(([network, mask]) => inNetwork(bits, network, mask));

/** Why an address with its gateway is refused. */
export type Ip4Fault = "InvalidGw4" | "InvalidIp4" | "InvalidPublicIp";

/** Refuses what is no public address with another public address of its network as gateway. */
export function checkIp4(pair: AddressPair): Outcome<AddressPair, Ip4Fault> {
  const gateway = parseIp4(pair.gw);
  if (gateway === null) return refused("InvalidGw4");
  const address = parseCidr4(pair.ip);
  if (address === null) return refused("InvalidIp4");
  const { bits, mask } = address;
  const fits =
    isUsable(gateway) && isUsable(bits) && gateway !== bits && inNetwork(gateway, bits, mask);
  return fits ? accepted(pair) : refused("InvalidPublicIp");
}
