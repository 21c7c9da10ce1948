import type { Block, Values } from "../units/index.ts";
import { billingBlock } from "./billing.ts";
import { churnBlock } from "./churn.ts";
import { demandBlock } from "./demand.ts";
import { failureBlock } from "./failure.ts";
import { farmerBlock } from "./farmer.ts";
import { fleetBlock } from "./fleet.ts";
import { geographyBlock } from "./geography.ts";
import { hardwareBlock } from "./hardware.ts";
import { lineBlock } from "./line.ts";
import { marketBlock } from "./market.ts";
import { outageBlock } from "./outage.ts";
import { powerBlock } from "./power.ts";
import { priceBlock } from "./price.ts";
import { redeployBlock } from "./redeploy.ts";
import { responseBlock } from "./response.ts";
import { updateBlock } from "./update.ts";
import { voterBlock } from "./voter.ts";
import { walletBlock } from "./wallet.ts";

export * from "./billing.ts";
export * from "./churn.ts";
export * from "./demand.ts";
export * from "./demand-law.ts";
export * from "./drawn.ts";
export * from "./failure.ts";
export * from "./farmer.ts";
export * from "./fleet.ts";
export * from "./geography.ts";
export * from "./hardware.ts";
export * from "./line.ts";
export * from "./market.ts";
export * from "./outage.ts";
export * from "./power.ts";
export * from "./price.ts";
export * from "./redeploy.ts";
export * from "./response.ts";
export * from "./update.ts";
export * from "./voter.ts";
export * from "./wallet.ts";

/** Blocks of assumptions, in the order in which a reader meets them. */
export const assumptionBlocks: readonly Block[] = [
  geographyBlock,
  fleetBlock,
  failureBlock,
  outageBlock,
  hardwareBlock,
  updateBlock,
  powerBlock,
  lineBlock,
  churnBlock,
  demandBlock,
  walletBlock,
  billingBlock,
  redeployBlock,
  priceBlock,
  marketBlock,
  farmerBlock,
  responseBlock,
  voterBlock,
];

/** What is supposed of the outside: one group of values a block, in base units. */
export interface Assumptions {
  readonly geography: Values<typeof geographyBlock>;
  readonly fleet: Values<typeof fleetBlock>;
  readonly failure: Values<typeof failureBlock>;
  readonly outage: Values<typeof outageBlock>;
  readonly hardware: Values<typeof hardwareBlock>;
  readonly update: Values<typeof updateBlock>;
  readonly power: Values<typeof powerBlock>;
  readonly line: Values<typeof lineBlock>;
  readonly churn: Values<typeof churnBlock>;
  readonly demand: Values<typeof demandBlock>;
  readonly wallet: Values<typeof walletBlock>;
  readonly billing: Values<typeof billingBlock>;
  readonly redeploy: Values<typeof redeployBlock>;
  readonly price: Values<typeof priceBlock>;
  readonly market: Values<typeof marketBlock>;
  readonly farmer: Values<typeof farmerBlock>;
  readonly response: Values<typeof responseBlock>;
  readonly voter: Values<typeof voterBlock>;
}
