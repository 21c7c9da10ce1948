/** The table of quirks: that it names what there is, and the quirks that no other file shows. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMPAT, updateNodeContract } from "../../src/protocol/index.ts";
import { periodStart } from "../../src/protocol/period.ts";
import { deploy, power, rent, SECOND, start, tryDeploy } from "./acts.ts";
import { capacity, run, terms, word } from "./grid.ts";
import { uptimeOf } from "./minting-cases.ts";

const page = readFileSync(new URL("../../docs/quirks.md", import.meta.url), "utf8");
const rows = page.split("\n").filter((line) => /^\|.*\]\(\.\.\/src\/protocol/.test(line));

describe("the table of quirks", () => {
  it("names a test for every quirk, and every test is there", () => {
    expect(rows.length).toBeGreaterThan(50);
    const missing = rows.filter((row) => {
      const tests = row.match(/[./a-z-]+\.test\.ts/g) ?? [];
      return (
        tests.length === 0 ||
        tests.some((test) => !existsSync(new URL(`./${test}`, import.meta.url)))
      );
    });
    expect(missing).toEqual([]);
  });

  it("names every switch of the bills", () => {
    for (const name of Object.keys(COMPAT)) expect(page).toContain(`| \`${name}\` |`);
  });
});

const by = terms("reserve");

describe("a quirk", () => {
  it("a deployment is made without funds and without room", () => {
    const poor = deploy(start(), "charlie", { used: capacity(900n, 900n, 9_000n, 0n) });
    expect(word(tryDeploy(poor, "charlie"))).toBe("ok");
  });

  it("an update takes a hash that another contract on the node has", () => {
    const two = deploy(deploy(start(), "bob", { hash: "one" }), "bob", { hash: "two" });
    const call = { account: "bob", contract: SECOND, hash: "one" };
    expect(word(updateNodeContract(two, call))).toBe("ok");
    expect(word(tryDeploy(two, "bob", { hash: "one" }))).toBe("ContractIsNotUnique");
  });

  it("the discount looks at one contract: many have it on what lasts them no month", () => {
    const one = run(deploy(start(), "rich"), { from: 2, to: 11 }, by).bills[0];
    if (one === undefined || "error" in one) throw new Error("the first bill is paid");
    const monthly = 720n * 60n * 121_300n;
    const { free } = start().ledger.accounts.get("rich") ?? { free: 0n };
    expect(free / monthly).toBeGreaterThan(18n);
    let many = start();
    for (let made = 0; made < 400; made++) many = deploy(many, "rich");
    const { bills } = run(many, { from: 2, to: 11 }, by);
    expect(bills.length).toBeGreaterThan(300);
    expect(free / (400n * monthly)).toBe(0n);
    expect(bills.every((each) => !("error" in each) && each.level === "Gold")).toBe(true);
  });

  it("a sleeping node's deployment is billed on, its rent is not", () => {
    const both = deploy(rent(start(), "bob"), "bob", { ips: 1 });
    const { bills } = run(power(both, true), { from: 2, to: 12 }, by);
    expect(bills.map((each) => each.contract)).toEqual([SECOND, SECOND]);
  });

  it("a node that is deleted keeps the uptime it had, which no later silence takes", () => {
    const from = periodStart(74);
    const reports = Array.from({ length: 600 }, (_, k) => ({
      t: "uptime",
      ts: from + 2_400 * (k + 1),
      uptime: 90_000 + 2_400 * k,
    }));
    const { credited, violation } = uptimeOf({ period: 74, events: reports });
    expect({ credited, violation }).toEqual({ credited: 600 * 2_400, violation: null });
  });
});
