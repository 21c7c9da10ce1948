/** Placeholder of this commit's build. */
export async function renderProposal(_folder: string): Promise<readonly string[]> {
  return [];
}
