/**
 * Interface: a network card of a node, with the addresses that it has.
 *
 * Source: tfchain, pallet-tfgrid/src/interface.rs and `get_interfaces` in src/node.rs; the crate
 * valip 0.4.0, src/mac.rs. The bounds are those of the last revision before 33046d6 that is
 * publicly stored.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import { parseIp4 } from "./ip4.ts";
import { parseIp6 } from "./ip6.ts";
import { lengthFault } from "./text.ts";

/** One card. */
export interface NetworkInterface {
  readonly name: string;
  readonly mac: string;
  readonly ips: readonly string[];
}

/** Why an interface is refused. */
export type InterfaceFault =
  | "InterfaceNameTooShort"
  | "InterfaceNameTooLong"
  | "InvalidInterfaceName"
  | "InterfaceMacTooShort"
  | "InterfaceMacTooLong"
  | "InvalidMacAddress"
  | "InterfaceIpTooShort"
  | "InterfaceIpTooLong"
  | "InvalidInterfaceIP";

const NAME_LENGTH = { least: 3, most: 20 } as const;
const MAC_LENGTH = { least: 17, most: 17 } as const;
const IP_LENGTH = { least: 7, most: 42 } as const;
const IPS_MAX = 10;
const NAME = /^[a-z0-9_-]*$/;
const MAC = /^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/;

/** Refuses the first interface that is wrong, with its first fault. */
export function checkInterfaces(
  interfaces: readonly NetworkInterface[],
): Outcome<readonly NetworkInterface[], InterfaceFault> {
  for (const one of interfaces) {
    const fault = nameFault(one.name) ?? macFault(one.mac) ?? ipsFault(one.ips);
    if (fault !== null) return refused(fault);
  }
  return accepted(interfaces);
}

function nameFault(name: string): InterfaceFault | null {
  const length = lengthFault(name, NAME_LENGTH);
  if (length !== null) return length === "short" ? "InterfaceNameTooShort" : "InterfaceNameTooLong";
  return NAME.test(name) ? null : "InvalidInterfaceName";
}

function macFault(mac: string): InterfaceFault | null {
  const length = lengthFault(mac, MAC_LENGTH);
  if (length !== null) return length === "short" ? "InterfaceMacTooShort" : "InterfaceMacTooLong";
  return MAC.test(mac) ? null : "InvalidMacAddress";
}

function ipsFault(ips: readonly string[]): InterfaceFault | null {
  for (const ip of ips) {
    const length = lengthFault(ip, IP_LENGTH);
    if (length !== null) return length === "short" ? "InterfaceIpTooShort" : "InterfaceIpTooLong";
    if (parseIp4(ip) === null && parseIp6(ip) === null) return "InvalidInterfaceIP";
  }
  return ips.length > IPS_MAX ? "InvalidInterfaceIP" : null;
}
