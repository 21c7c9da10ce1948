/** What is known of the tokens that the dated economics speak of. */
import { describe, expect, it } from "vitest";
import {
  capOf,
  cloudCredit,
  inca,
  type TokenName,
  tftf,
  tokens,
  usdc,
} from "../../../src/protocol/economics/token.ts";

/** Decimals, whether a source gives them, and the most whole tokens that may exist. */
const TOKENS = `
  TFT    7  yes   1000000000
  INCA   7  no    4000000000
  CC     7  no    -
  TFTF   7  no    -
  USDC   6  yes   -
  SPORE  7  no   10000000000
  AUR    7  no    -
`;

describe("a token", () => {
  const rows = TOKENS.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("%s has %s decimals, known: %s, and a cap of %s", (name, decimals, known, most) => {
    const { units, unitsKnown, cap } = tokens[name as TokenName];
    expect([units, unitsKnown]).toEqual([10n ** BigInt(decimals), known === "yes"]);
    expect(cap).toBe(most === "-" ? null : BigInt(most));
    expect(capOf(name as TokenName)).toBe(cap === null ? null : cap * units);
  });

  it("is one of these, each with the source that tells of it", () => {
    expect(Object.keys(tokens)).toEqual(rows.map(([name]) => name));
    for (const { source } of Object.values(tokens)) expect(source).toMatch(/\w{3}/);
  });

  it("is counted in whole units, whatever its name", () => {
    expect([inca(5n), cloudCredit(5n), usdc(5n), tftf(5n)]).toEqual([5n, 5n, 5n, 5n]);
  });
});
