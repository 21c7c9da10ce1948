/** Reads the minting cases and puts their inputs into the types of the protocol. */
import { readFileSync } from "node:fs";
import type { Resources } from "../../src/protocol/cost.ts";
import type {
  FarmCertification,
  FarmingPolicy,
  NodeCertification,
  PolicyLimits,
} from "../../src/protocol/farming-policy.ts";
import { blocks, bytes, cores, milliUsd, seconds } from "../../src/units/index.ts";

/** A JSON object of a case; each test knows the kind it reads. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs by kind and is given in a README.
export type Json = any;

export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly input: Json;
  readonly expected: Json;
}

const folder = new URL("../vectors/minting/", import.meta.url);

export const read = (file: string): Json => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

export const casesOf = (kind: string): readonly (readonly [string, Case])[] =>
  (read("generated-public.json").cases as readonly Case[])
    .filter((one) => one.kind === kind)
    .map((one) => [`${one.id} ${one.tags.join(", ")}`, one] as const);

export const resourcesOf = (json: Json): Resources => ({
  cru: cores(BigInt(json.cru)),
  mru: bytes(BigInt(json.mru)),
  sru: bytes(BigInt(json.sru)),
  hru: bytes(BigInt(json.hru)),
});

export const policyOf = (json: Json): FarmingPolicy => ({
  id: json.id,
  cu: milliUsd(BigInt(json.cu)),
  su: milliUsd(BigInt(json.su)),
  nu: milliUsd(BigInt(json.nu)),
  ipv4: milliUsd(BigInt(json.ipv4)),
  minimalUptime: json.minimal_uptime,
  default: json.default,
  immutable: json.immutable,
  nodeCertification: json.node_certification as NodeCertification,
  farmCertification: json.farm_certification as FarmCertification,
  created: blocks(0),
  end: blocks(0),
});

export const limitsOf = (json: Json): PolicyLimits => ({
  policy: json.farming_policy_id,
  cu: json.cu === null || json.cu === undefined ? null : BigInt(json.cu),
  su: json.su === null || json.su === undefined ? null : BigInt(json.su),
  end: json.end === null || json.end === undefined ? null : seconds(json.end),
  nodes: json.node_count ?? null,
});
