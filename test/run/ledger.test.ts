import { describe, expect, it } from "vitest";
import { type Book, ledgerOf } from "../../src/run/ledger.ts";

const book = (lines: Readonly<Record<string, readonly bigint[]>>): Book =>
  new Map(
    Object.entries(lines).map(([line, units]) => [
      line,
      units.map((each) => ({ units: each, usd: Number(each) * 2e-9 })),
    ]),
  );

const BASE = { users: [-100n, -120n], farmers: [60n, 70n], foundation: [40n, 50n] };

describe("the ledger of who pays", () => {
  it("tells what each gains by a variant, and adds up to nothing", () => {
    const variant = { users: [-50n, -60n], farmers: [30n, 36n], foundation: [20n, 24n] };
    const { lines, sum } = ledgerOf(book(BASE), book(variant), 0.08);
    expect(lines.map(({ line, units }) => [line, units])).toEqual([
      ["users", "110"],
      ["farmers", "-64"],
      ["foundation", "-46"],
    ]);
    expect(sum).toBe("0");
    // 110 units over two runs are 55e-7 TFT each, at 0.08 USD.
    expect(lines[0]?.difference).toBeCloseTo(55e-7, 15);
    expect(lines[0]?.usdAtConnection).toBeCloseTo(55e-7 * 0.08, 15);
    expect(lines[0]?.usd).toBeCloseTo(55 * 2e-9, 15);
  });

  it("stops where a token is lost or made", () => {
    const leaky = { ...BASE, farmers: [60n, 69n] };
    expect(() => ledgerOf(book(BASE), book(leaky), 0.08)).toThrow("what one party gains");
  });
});
