/**
 * A comparison's folder as its report reads it: proposal.json, and the manifest of the base.
 *
 * What a later version adds is let through.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Manifest, readManifest, readWith } from "./folder.ts";
import { type MarketNote, readMarket } from "./market-folder.ts";

const bounds = z.tuple([z.number(), z.number()]).nullable();
const number = z.number().nullable();

const effectSchema = z.looseObject({
  name: z.string(),
  unit: z.string(),
  base: number,
  variant: number,
  n: z.number(),
  difference: number,
  ci95: bounds,
  bootstrap95: bounds,
  simultaneous95: bounds,
  p: number,
  pAdjusted: number,
  relative: number,
  relative95: bounds,
  varianceReduction: number,
  identity: z.string().nullable(),
  smallest: z.looseObject({ size: number, text: z.string() }),
  weight: z.enum(["none", "small", "clear", "open"]),
});

const groupSchema = z.looseObject({
  by: z.string(),
  group: z.string(),
  metric: z.string(),
  difference: z.number(),
  better: z.number(),
  worse: z.number(),
  within: z.number(),
});

const netSchema = z.looseObject({
  base: z.number(),
  variant: z.number(),
  difference: z.number(),
  ci95: bounds,
});

const heldSchema = z.looseObject({
  key: z.string(),
  assumption: z.string().nullable(),
  held: z.tuple([z.string(), z.string()]),
  n: z.number(),
  mean: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
});

const uncertaintySchema = z.looseObject({
  draws: z.number(),
  inputs_sd: z.number(),
  inputs95: z.tuple([z.number(), z.number()]),
  relative95: bounds,
  guesses: z.looseObject({ share: z.number() }).nullable(),
  inputs: z.array(z.looseObject({ key: z.string(), share: z.number() })),
  sign: z
    .looseObject({
      sign: z.number(),
      positive: z.number(),
      negative: z.number(),
      reading: z.enum(["found", "all together", "not identified", "none found", "no sign"]),
      reverses: z.array(heldSchema),
      suspects: z.array(heldSchema),
      ends: z.number(),
      other: z.number(),
      follows_from: z.array(z.looseObject({ key: z.string(), assumption: z.string().nullable() })),
    })
    .nullable(),
});

const variantSchema = z.looseObject({
  name: z.string(),
  title: z.string(),
  question: z.string(),
  file: z.string(),
  hash: z.string(),
  changes: z.looseObject({
    values: z.array(
      z.looseObject({
        key: z.string(),
        base: z.string(),
        variant: z.string(),
        doc: z.string(),
        source: z.string(),
      }),
    ),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    keys: z.array(z.string()),
  }),
  effects: z.array(effectSchema),
  groups: z.array(groupSchema),
  guards: z.array(
    z.looseObject({
      guard: z.string(),
      result: z.enum(["pass", "fail", "undecided"]),
      interval: bounds,
      limit: z.number(),
    }),
  ),
  verdict: z.string(),
  drawn: z.string().default(""),
  ledger: z.looseObject({
    connectionPrice: z.number(),
    sum: z.string(),
    sumUsd: z.string(),
    net: netSchema,
    netAtConnection: netSchema,
    lines: z.array(
      z.looseObject({
        line: z.string(),
        base: z.number(),
        variant: z.number(),
        difference: z.number(),
        ci95: bounds,
        cost: z.string(),
        usd: z.number(),
        usdAtConnection: z.number(),
      }),
    ),
  }),
  farms: z
    .looseObject({
      replications: z.number(),
      smallest: z.number(),
      difference: z.number(),
      perNode: z.number(),
      better: z.number(),
      worse: z.number(),
      within: z.number(),
    })
    .nullable(),
  stresses: z.array(
    z.looseObject({ key: z.string(), value: z.string(), effects: z.array(effectSchema) }),
  ),
  response: z.array(effectSchema).nullable(),
  uncertainty: z.record(z.string(), uncertaintySchema).nullable().default(null),
  starts: z.array(z.looseObject({ factor: z.number(), effects: z.array(effectSchema) })),
  equilibria: z.array(
    z.looseObject({
      arm: z.enum(["base", "variant"]),
      measure: z.string(),
      starts: z.array(
        z.looseObject({ factor: z.number(), first: z.number(), last: z.number(), ci95: bounds }),
      ),
      apartAtFirst: z.number(),
      apartAtLast: z.number(),
      reading: z.enum(["agree", "approaching", "apart", "unknown"]),
    }),
  ),
});

const proposalSchema = z.looseObject({
  version: z.string(),
  commit: z.string().nullable(),
  command: z.string(),
  study: z
    .looseObject({
      name: z.string(),
      file: z.string(),
      hash: z.string(),
      title: z.string(),
      question: z.string(),
      departures: z.array(z.string()),
    })
    .nullable(),
  seed: z.string(),
  replications: z.number(),
  primary: z.array(z.string()),
  base: z.looseObject({
    name: z.string(),
    title: z.string(),
    question: z.string(),
    file: z.string(),
    hash: z.string(),
    start: z.number(),
    length: z.number(),
    periods: z.number(),
  }),
  uncertainty: z
    .looseObject({
      draws: z.number(),
      replications: z.number(),
      inputs: z.array(z.looseObject({ key: z.string(), quality: z.string() })),
    })
    .nullable()
    .default(null),
  variants: z.array(variantSchema),
});

/** What a variant does to one metric. */
export type ProposalEffect = z.infer<typeof effectSchema>;
/** What assumptions do to the effects of a variant, by metric; null where none were drawn. */
export type ProposalUncertainty = z.infer<typeof variantSchema>["uncertainty"];
/** Who stands where in a group. */
export type ProposalGroup = z.infer<typeof groupSchema>;
/** A variant and everything that was found of it. */
export type ProposalVariant = z.infer<typeof variantSchema>;
/** A comparison and what it rests on. */
export interface ProposalFolder {
  readonly proposal: z.infer<typeof proposalSchema>;
  /** Of the base's run: its values, warnings and the sentences of the metrics. */
  readonly manifest: Manifest;
  /** What the pool that made the price came to, by arm; empty where the price came from outside. */
  readonly markets: ReadonlyMap<string, MarketNote>;
}

/** Reads a comparison's folder; throws `Unreadable` where a file is missing or malformed. */
export async function readProposal(folder: string): Promise<ProposalFolder> {
  const [proposal, manifest] = await Promise.all([
    readWith(join(folder, "proposal.json"), "the JSON that a comparison writes", async (path) =>
      proposalSchema.parse(JSON.parse(await readFile(path, "utf8"))),
    ),
    readManifest(join(folder, "base")),
  ]);
  const markets = new Map<string, MarketNote>();
  for (const name of ["base", ...proposal.variants.map((variant) => variant.name)]) {
    const note = await readMarket(join(folder, name));
    if (note !== null) markets.set(name, note);
  }
  return { proposal, manifest, markets };
}
