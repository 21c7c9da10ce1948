import { describe, expect, it } from "vitest";
import { type Book, type Entry, ledgerOf } from "../../src/run/ledger.ts";

const book = (lines: Readonly<Record<string, readonly bigint[]>>): Map<string, readonly Entry[]> =>
  new Map(
    Object.entries(lines).map(([line, units]) => [
      line,
      units.map((each) => ({ units: each, usd: Number(each) * 2e-7, cost: 0n })),
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
    expect(lines[0]?.usd).toBeCloseTo(55 * 2e-7, 15);
  });

  it("stops where a token is lost or made", () => {
    const leaky = { ...BASE, farmers: [60n, 69n] };
    expect(() => ledgerOf(book(BASE), book(leaky), 0.08)).toThrow("what one party gains");
  });

  it("closes in dollars net of costs, which have one worth whatever the token has", () => {
    const paid = (power: readonly bigint[]): Book => {
      const book = new Map(costless);
      const entries = (sign: bigint) =>
        power.map((each) => ({ units: 0n, usd: 0, cost: sign * each }));
      return book.set("farmers, power", entries(-1n)).set("sellers of power", entries(1n));
    };
    const costless = book({ users: [-100n, -120n], "farmers, from users": [100n, 120n] });
    const { lines, sum, sumUsd, net, netAtConnection } = ledgerOf(
      paid([7n, 9n]),
      paid([17n, 29n]),
      0.08,
    );
    expect([sum, sumUsd]).toEqual(["0", "0"]);
    const power = lines.find(({ line }) => line === "farmers, power");
    // 10 and 20 units of 1e-7 USD more: 15 in the mean, on the market and at any other price.
    expect(power).toMatchObject({ units: "0", cost: "-30" });
    expect(power?.usd).toBeCloseTo(-15e-7, 15);
    expect(power?.usdAtConnection).toBeCloseTo(-15e-7, 15);
    // (100 + 120) units are worth 2 each on the market, 0.08 each where nodes connect.
    expect(net.base).toBeCloseTo((440 - 16) / 2 / 1e7, 15);
    expect(netAtConnection.base).toBeCloseTo((17.6 - 16) / 2 / 1e7, 15);
    expect(net.difference).toBeCloseTo(-15e-7, 15);
  });

  it("stops where a dollar is lost or made", () => {
    const leaky = book({ users: [0n] }).set("farmers, power", [{ units: 0n, usd: 0, cost: -1n }]);
    expect(() => ledgerOf(leaky, leaky, 0.08)).toThrow("-1 of 1e-7 USD");
  });
});
