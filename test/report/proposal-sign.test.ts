import { describe, expect, it } from "vitest";
import type { ProposalVariant } from "../../src/report/proposal-folder.ts";
import { signRows } from "../../src/report/proposal-sign.ts";

type Row = readonly string[];
const sign = {
  ...{ sign: 0, positive: 2, negative: 0, ends: 125, other: 0 },
  ...{ reverses: [], suspects: [], follows_from: [] },
};

/** What is said of a measure of this weight and reading. */
function said(weight: string, reading: string): Row[number] | undefined {
  const told = { draws: 8, guesses: null, inputs: [], sign: { ...sign, reading } };
  const name = "contract.availability";
  const variant: unknown = { effects: [{ name, weight }], uncertainty: { [name]: told } };
  const [row] = signRows(variant as ProposalVariant, []);
  return row?.[2];
}

describe("what reverses a sign, in a cell", () => {
  it("is not left open by chance where nothing changes at the defaults", () => {
    expect(said("none", "no sign")).toBe("no change with inputs at their defaults");
    expect(said("open", "no sign")).toBe("chance alone leaves its sign open");
  });

  it("tells how many ends were looked at where none reverses it", () => {
    expect(said("clear", "none found")).toBe("none found at 125 ends");
  });
});
