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

/** How many places of a book are looked at, in the mean, to find each of its classes again. */
function looksFor(classes: readonly ResourceClass[]): number {
  const book = classBook();
  for (const cls of classes) classNumber(book, cls);
  let looks = 0;
  book.slots = new Proxy(book.slots, {
    get: (of, key) => {
      if (typeof key === "string" && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(of, key, of);
    },
  });
  for (const [number, cls] of classes.entries()) expect(classNumber(book, cls)).toBe(number);
  return looks / classes.length;
}

describe("the book of classes", () => {
  const GIB = 2 ** 30;
  const many = (each: (at: number) => Partial<ResourceClass>): readonly ResourceClass[] =>
    Array.from({ length: 500 }, (_, at) => ({ ...BASE, ...each(at) }));

  it.each([
    ["cores", many((at) => ({ cores: at }))],
    ["memory", many((at) => ({ memory: at * GIB }))],
    ["an SSD", many((at) => ({ ssd: at * GIB }))],
    ["a disk", many((at) => ({ hdd: at * GIB }))],
    ["traffic", many((at) => ({ trafficPerHour: at * 3_600 }))],
    ["addresses", many((at) => ({ ips: at }))],
    ["a fee", many((at) => ({ extraFee: at }))],
    [
      "flags",
      many((at) => ({ certified: at % 2 === 1, rented: at % 4 > 1, memory: (at >> 2) * GIB })),
    ],
  ])("finds a class by its %s within a few looks", (_, classes) => {
    expect(looksFor(classes)).toBeLessThan(6);
  });

  it("keeps a class as it was when it was met", () => {
    const book = classBook();
    const cls = { ...BASE };
    classNumber(book, cls);
    cls.cores = 99;
    expect(book.classes).toEqual([BASE]);
    expect([classNumber(book, BASE), classNumber(book, cls)]).toEqual([0, 1]);
  });

  it("is never more than half full", () => {
    const book = classBook();
    for (let cores = 0; cores < 1_000; cores++) {
      classNumber(book, { ...BASE, cores });
      expect(2 * book.classes.length).toBeLessThanOrEqual(book.slots.length);
    }
    expect(book.slots.length).toBe(2_048);
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
