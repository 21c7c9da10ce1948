/**
 * From a comparison's folder to what a DAO votes by: `report.html` and `proposal.md` beside it.
 */
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readProposal } from "./proposal-folder.ts";
import { proposalMarkdown } from "./proposal-markdown.ts";
import { proposalPage } from "./proposal-page.ts";

/** Renders a comparison into its folder; answers the paths written, the page first. */
export async function renderProposal(folder: string): Promise<readonly string[]> {
  const read = await readProposal(folder);
  const page = join(folder, "report.html");
  const text = join(folder, "proposal.md");
  await writeWhole(page, proposalPage(read));
  await writeWhole(text, proposalMarkdown(read));
  return [page, text];
}

async function writeWhole(path: string, content: string): Promise<void> {
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}
