/** Classes of contracts: one number for whatever is billed alike, and another for all else. */
import { describe, expect, it } from "vitest";
import {
  billableOf,
  classBook,
  classNumber,
  type ResourceClass,
} from "../../src/protocol/resource-class.ts";
import { usd } from "../../src/units/index.ts";

const BASE: ResourceClass = {
  ...{ kind: "node", cores: 2, memory: 3, ssd: 5, hdd: 7, ips: 11, trafficPerHour: 13 },
  ...{ certified: false, rented: false, extraFee: 17 },
};

/** Classes that differ from each other in one thing or two. */
const DIFFERENT: readonly Partial<ResourceClass>[] = [
  {},
  { kind: "rent" },
  { kind: "name" },
  { certified: true },
  { rented: true },
  { certified: true, rented: true },
  { kind: "rent", certified: true },
  { kind: "rent", rented: true },
  { kind: "name", certified: true, rented: true },
  { cores: 0 },
  { cores: 1 },
  { cores: 3, ips: 0 },
  { cores: 2, ips: 0 },
  { ips: 12 },
  { ips: 27 },
  { ips: 1_023 },
  { cores: 1_026, ips: 10 },
  { cores: 3, ips: 11 },
  { memory: 5, ssd: 3 },
  { memory: 4 },
  { ssd: 6 },
  { hdd: 8 },
  { ssd: 7, hdd: 5 },
  { trafficPerHour: 0 },
  { trafficPerHour: 17, extraFee: 13 },
  { extraFee: 0 },
];

describe("the number of a class", () => {
  it("is that of its first meeting, and the same at every other", () => {
    const book = classBook();
    const classes = DIFFERENT.map((one): ResourceClass => ({ ...BASE, ...one }));
    const numbers = classes.map((cls) => classNumber(book, cls));
    expect(numbers).toEqual([...classes.keys()]);
    expect(classes.map((cls) => classNumber(book, { ...cls }))).toEqual(numbers);
    expect(book.classes).toEqual(classes);
    expect(classNumber(classBook(), classes[5])).toBe(0);
  });
});

describe("what a class is billed for", () => {
  const resources = { cru: 2n, mru: 3n, sru: 5n, hru: 7n };

  it("is a deployment's resources, addresses and traffic", () => {
    expect(billableOf({ ...BASE, rented: true }, usd(19n))).toEqual({
      ...{ kind: "node", resources, ips: 11n, rented: true, unbilled: 19n },
    });
    expect(billableOf(BASE, usd(0n))).toMatchObject({ rented: false, unbilled: 0n });
  });

  it("is of a rent the node's capacity, and of a name nothing but itself", () => {
    expect(billableOf({ ...BASE, kind: "rent" }, usd(19n))).toEqual({
      ...{ kind: "rent", capacity: resources },
    });
    expect(billableOf({ ...BASE, kind: "name" }, usd(19n))).toEqual({ kind: "name" });
  });
});
