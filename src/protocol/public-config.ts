/**
 * Public config: the addresses and the name by which a node is reached from outside.
 *
 * Source: tfchain 33046d6, support/src/types.rs, `PublicConfig::is_valid`.
 * Quirk: the name is looked at first, and may be empty.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import { type AddressPair, checkIp4, type Ip4Fault } from "./ip4.ts";
import { checkIp6, type Ip6Fault } from "./ip6.ts";
import { byteLength } from "./text.ts";

/** What a farmer sets for a node. */
export interface PublicConfig {
  readonly ip4: AddressPair;
  readonly ip6: AddressPair | null;
  readonly domain: string | null;
}

/** The first thing wrong with a public config. */
export type PublicConfigFault = "InvalidDomain" | Ip4Fault | Ip6Fault;

const DOMAIN = /^[a-zA-Z0-9.-]*$/;
const DOMAIN_MAX = 128;

/** Refuses a config with the first fault that the chain finds. */
export function checkPublicConfig(config: PublicConfig): Outcome<PublicConfig, PublicConfigFault> {
  const { ip4, ip6, domain } = config;
  if (domain !== null && (!DOMAIN.test(domain) || byteLength(domain) > DOMAIN_MAX)) {
    return refused("InvalidDomain");
  }
  const first = checkIp4(ip4);
  if (!first.ok) return first;
  const second = ip6 === null ? null : checkIp6(ip6);
  return second === null || second.ok ? accepted(config) : second;
}
