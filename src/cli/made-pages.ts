/**
 * Everything in the checkout that is made from the declarations, as it should be.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchema } from "../scenario/index.ts";
import { enter } from "./command-line.ts";
import { protocolPage } from "./protocol-page.ts";
import {
  assumptionPage,
  type CommandHelp,
  commandsIn,
  type ReferencePage,
  referencePages,
} from "./reference.ts";

/** What a command says of itself; for that moment, standard output is ours. */
async function helpOf(...words: readonly string[]): Promise<CommandHelp> {
  let help = "";
  const write = process.stdout.write;
  process.stdout.write = (text: string | Uint8Array) => {
    help += String(text);
    return true;
  };
  try {
    await enter([...words, "--help"]);
  } finally {
    process.stdout.write = write;
  }
  return { words, help };
}

/** The pages of the reference, the tables of the assumptions, and the schema of a scenario. */
export async function madePages(root: string): Promise<readonly ReferencePage[]> {
  const helps = [await helpOf()];
  for (const word of commandsIn(helps[0]?.help ?? "")) helps.push(await helpOf(word));
  const schema = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  const assumptions = readFileSync(join(root, "docs", "assumptions.md"), "utf8");
  return [
    ...referencePages(helps),
    protocolPage(root),
    assumptionPage(assumptions),
    { path: "scenarios/schema.json", text: schema },
  ];
}
