import { describe, expect, test } from "vitest";
import { GIB } from "../../src/units/index.ts";
import { offered, RENTABLE, RoomTable, WITH_ADDRESS } from "../../src/world/room.ts";
import { Told } from "../../src/world/told.ts";

const NODE = 3;
const EMPTY = { mru: 64 * GIB, sru: 1024 * GIB, hru: 2048 * GIB };

/** A node in the fourth row, of a farm with so many addresses. */
function made(addresses = 1, dedicated = false) {
  const room = new RoomTable();
  room.grow(8);
  const traits = { certified: false, gpu: false, gateway: false, dedicated, addressed: true };
  room.add(NODE, { farm: 0, country: 2, ...traits });
  room.free(NODE, EMPTY);
  const told = new Told();
  told.grow(8);
  const kinds = (): number => offered(room, NODE, { freeIps: () => addresses });
  return {
    room,
    take: (part: Partial<typeof EMPTY>) =>
      room.reserve(NODE, { cru: 1, mru: 0, sru: 0, hru: 0, ...part }),
    give: (part: Partial<typeof EMPTY>) =>
      room.release(NODE, { cru: 1, mru: 0, sru: 0, hru: 0, ...part }),
    tell: () => told.add(NODE, room, kinds()),
    forget: () => told.forget(NODE, room, kinds()),
    covers: (of = kinds()) => told.covers(NODE, room, of),
    kinds,
  };
}

describe("what tables were told of a node", () => {
  test("is nothing at first, and then stands while the node offers no more", () => {
    const of = made();
    expect(of.covers()).toBe(false);
    of.tell();
    expect(of.covers()).toBe(true);
    of.take({ mru: 8 * GIB, sru: 100 * GIB });
    expect(of.covers()).toBe(true);
    of.give({ mru: 8 * GIB, sru: 100 * GIB });
    expect(of.covers()).toBe(true);
  });

  test.each(["mru", "sru", "hru"] as const)("does not stand where more %s is free", (what) => {
    const of = made();
    // So small that the kind of room is the same with it and without.
    of.take({ [what]: GIB / 4 });
    of.take({});
    of.tell();
    of.give({ [what]: GIB / 4 });
    expect(of.covers()).toBe(false);
    of.tell();
    expect(of.covers()).toBe(true);
  });

  test("does not stand where a node that was in use is not any more", () => {
    const of = made();
    of.take({});
    of.tell();
    expect(of.kinds() & RENTABLE).toBe(0);
    of.give({});
    expect(of.covers()).toBe(false);
  });

  test("does not stand where its farm has addresses that it had not", () => {
    const of = made(0);
    of.tell();
    expect(of.covers(of.kinds() | WITH_ADDRESS)).toBe(false);
  });

  test("does not stand for memory and disk at once that were told one after the other", () => {
    const of = made();
    of.take({ mru: 60 * GIB });
    of.tell();
    of.take({ sru: 1000 * GIB });
    of.give({ mru: 60 * GIB });
    of.tell();
    of.give({ sru: 1000 * GIB });
    of.take({});
    expect(of.covers()).toBe(false);
  });

  test("of a node that is let as a whole asks for no share of it", () => {
    const of = made(1, true);
    of.tell();
    expect(of.covers()).toBe(true);
  });

  test("is forgotten down to what it offers when a stretch is tightened", () => {
    const of = made();
    of.tell();
    of.take({ mru: 8 * GIB });
    of.forget();
    expect(of.covers()).toBe(true);
    of.give({ mru: 8 * GIB });
    expect(of.covers()).toBe(false);
  });
});
