/** Arguments of calls that consist of several values. */
import type {
  AddressPair,
  AttachedLimits,
  FarmingTerms,
  Location,
  NodeSheet,
  PricingTerms,
  PublicConfig,
  Resources,
  UnitPrice,
} from "../protocol/index.ts";
import { blocks, bytes, cores, milliUsd, seconds, usd } from "../units/index.ts";
import { nameAt, type Reader } from "./chain-reader.ts";

/** What stands for a place where a case names none. */
const SOMEWHERE: Location = {
  city: "Ghent",
  country: "Belgium",
  latitude: "50.9",
  longitude: "3.7",
};

/** A node's hardware. */
export const readResources = (read: Reader): Resources => ({
  hru: bytes(read.big("hru")),
  sru: bytes(read.big("sru")),
  cru: cores(read.big("cru")),
  mru: bytes(read.big("mru")),
});

/** An address with its gateway. */
export const readPair = (read: Reader): AddressPair => ({
  ip: read.text("ip", "address", "cidr"),
  gw: read.text("gw", "gateway"),
});

/** A node's public config. */
export const readPublicConfig = (read: Reader): PublicConfig => ({
  ip4: readPair(read.inner("ip4")),
  ip6: read.has("ip6") ? readPair(read.inner("ip6")) : null,
  domain: read.textOrNull("domain"),
});

function readLocation(read: Reader): Location {
  if (!read.has("location")) return SOMEWHERE;
  const location = read.inner("location");
  return {
    city: location.text("city"),
    country: location.text("country"),
    latitude: location.text("latitude"),
    longitude: location.text("longitude"),
  };
}

/** What a node tells of itself. */
export const readSheet = (read: Reader): NodeSheet => ({
  resources: readResources(read.inner("resources")),
  location: readLocation(read),
  interfaces: read.rows("interfaces", (one) => ({
    name: one.text("name"),
    mac: one.text("mac"),
    ips: one.items("ips", nameAt),
  })),
  secureBoot: read.flag("secure_boot"),
  virtualized: read.flag("virtualized"),
  serial: read.textOrNull("serial_number", "serial"),
});

/** The limits of a policy attached to a farm. */
export const readLimits = (read: Reader): AttachedLimits => {
  const end = read.countOrNull("end");
  return {
    policy: read.count("farming_policy_id"),
    cu: read.bigOrNull("cu"),
    su: read.bigOrNull("su"),
    end: end === null ? null : seconds(end),
    nodes: read.countOrNull("node_count"),
    certifiedOnly: read.flag("node_certification"),
  };
};

/** The terms of a farming policy. */
export const readFarming = (read: Reader): FarmingTerms => ({
  name: read.text("name"),
  su: milliUsd(read.big("su")),
  cu: milliUsd(read.big("cu")),
  nu: milliUsd(read.big("nu")),
  ipv4: milliUsd(read.big("ipv4")),
  minimalUptime: read.count("minimal_uptime"),
  end: blocks(read.count("policy_end")),
  immutable: read.flag("immutable"),
  default: read.flag("default"),
  nodeCertification: read.word("node_certification", ["Diy", "Certified"]),
  farmCertification: read.word("farm_certification", ["NotCertified", "Gold"]),
});

const UNITS = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"] as const;

const readPrice = (read: Reader, name: string): UnitPrice => {
  const price = read.inner(name);
  return { value: usd(price.big("value")), unit: price.word("unit", UNITS) };
};

/** The terms of a pricing policy. */
export const readPricing = (read: Reader): PricingTerms => ({
  name: read.text("name"),
  su: readPrice(read, "su"),
  cu: readPrice(read, "cu"),
  nu: readPrice(read, "nu"),
  ipu: readPrice(read, "ipu"),
  uniqueName: readPrice(read, "unique_name"),
  domainName: readPrice(read, "domain_name"),
  foundation: read.text("foundation_account"),
  sales: read.text("certified_sales_account"),
  dedicatedPercent: read.big("discount_for_dedication_nodes"),
});
