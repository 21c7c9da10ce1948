/** The words of a policy for earlier rules of bills, each beside what holds today. */
import { describe, expect, it } from "vitest";
import { dueOf } from "../../src/protocol/billing/due.ts";
import { isFixed } from "../../src/protocol/billing/quirk.ts";
import {
  billingBlock,
  billingPolicy,
  billingQuirks,
  COMPAT,
  type Contract,
  discountBlock,
  discountPolicy,
  quirkBlock,
} from "../../src/protocol/index.ts";
import { policyBlocks } from "../../src/protocol/policy.ts";
import { defaults, milliUsd, seconds, tft } from "../../src/units/index.ts";
import { FIRST, start, tryName } from "./acts.ts";
import { terms, value } from "./grid.ts";

const named = value(tryName(start(), "bob", "some_name")).state;
const contract = named.contracts.get(FIRST) as Contract;

const due = (
  word: { hour?: "current" | "inverted"; rounding?: "nearest" | "earlier" },
  elapsed: number,
  balance = 0n,
) => {
  const by = terms("legacy");
  const { standard, level } = value(
    dueOf(named, { contract, elapsed: seconds(elapsed), balance: tft(balance) }, null, {
      ...by,
      price: milliUsd(50n),
      discount: { ...by.discount, hour: word.hour ?? "current" },
      billing: { ...by.billing, rounding: word.rounding ?? "nearest" },
    }),
  );
  return [standard, level];
};

// A name is 13900 a 1e-7 USD an hour: 278000 a 1e-7 TFT at 0.05 USD.
const HOUR = 278_000n;
const MONTH = HOUR * 720n;

describe("the rounding before June 2023", () => {
  it("cuts a name's cost and its amount of TFT, which go to the nearest today", () => {
    // 97 s cost 374.53, which is 375 or 374. The price of a second and the quotient are cut
    // besides, so that of 374 not 7480 remain, and of a whole hour 13899.
    expect(due({}, 97)).toEqual([7_500n, "None"]);
    expect(due({ rounding: "earlier" }, 97)).toEqual([7_479n, "None"]);
    expect(due({ rounding: "earlier" }, 3_600)).toEqual([HOUR - 21n, "None"]);
    expect(due({}, 3_600)).toEqual([HOUR, "None"]);
  });
});

describe("the hour of a discount before 22 January 2024", () => {
  it("was the same for a whole hour, and upside down for any other time", () => {
    const six = MONTH * 6n;
    expect(due({ hour: "inverted" }, 3_600, six)).toEqual(due({}, 3_600, six));
    // Half an hour looks like a quarter of its cost, two hours like four times.
    expect([due({}, 1_800, six)[1], due({ hour: "inverted" }, 1_800, six)[1]]).toEqual([
      "Silver",
      "Gold",
    ]);
    expect([due({}, 7_200, six)[1], due({ hour: "inverted" }, 7_200, six)[1]]).toEqual([
      "Silver",
      "Default",
    ]);
  });
});

describe("the words of a scenario", () => {
  it("are those of today where nothing is said", () => {
    expect(billingPolicy(defaults(billingBlock)).rounding).toBe("nearest");
    expect(discountPolicy(defaults(discountBlock)).hour).toBe("current");
    expect(billingQuirks(defaults(quirkBlock))).toEqual(COMPAT);
  });

  it("leave every quirk as the chain has it, but for those that are mended", () => {
    const words = Object.keys(COMPAT) as (keyof typeof COMPAT)[];
    expect(words.map((word) => COMPAT[word])).toEqual(words.map(() => "compat"));
    expect(words.length).toBe(6);
    for (const word of words) {
      const mended = { quirks: { [word]: "fixed" } };
      expect(words.filter((other) => isFixed(mended, other))).toEqual([word]);
      expect(isFixed({ quirks: COMPAT }, word)).toBe(false);
      expect([isFixed({}, word), isFixed({ quirks: undefined }, word)]).toEqual([false, false]);
    }
    const values = { ...defaults(quirkBlock), childGrace: "fixed" } as const;
    expect(billingQuirks(values)).toEqual({ ...COMPAT, childGrace: "fixed" });
  });

  it("stand in the policy's blocks, in the order in which a reader meets them", () => {
    expect(policyBlocks.map(({ path }) => path.replace("policy.", ""))).toEqual([
      ...["policy", "pricing", "price", "discount", "billing", "block", "quirks", "split"],
      ...["fee", "farming", "minting", "dao"],
    ]);
  });
});
