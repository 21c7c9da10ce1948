/**
 * Placement: a place for a deployment among many nodes, beside a scan of all of them.
 *
 * The scan asks every node every filter and keeps the one with the lowest lot, which is what a
 * choice comes to. Both must find a place for the same wishes, and one that passes the filters.
 */
import { Chance, philox4x32 } from "../../dist/kernel/index.js";
import { GIB } from "../../dist/units/index.js";
import { build, prepare } from "../../dist/world/index.js";
import { choose } from "../../dist/world/placement.js";
import { compare, rate } from "./row.mjs";
import { baseline } from "./scenario.mjs";

const NONE = -1;
const PLAIN = {
  cores: 1,
  memory: GIB,
  ssd: GIB,
  hdd: 0,
  ips: 0,
  rent: false,
  gpu: false,
  gateway: false,
  certified: false,
  country: NONE,
  not: NONE,
};

/** Wishes as users have them: most are small, few are large or rare. */
const WISHES = [
  PLAIN,
  { ...PLAIN, memory: 4 * GIB, ssd: 50 * GIB },
  { ...PLAIN, memory: 8 * GIB, ssd: 100 * GIB },
  { ...PLAIN, memory: 16 * GIB, ssd: 250 * GIB },
  { ...PLAIN, memory: 2 * GIB, ssd: 25 * GIB, ips: 1 },
  { ...PLAIN, hdd: 1_000 * GIB },
  { ...PLAIN, rent: true },
  { ...PLAIN, memory: 64 * GIB, ssd: 500 * GIB },
];

/** The world of so many nodes as it is in its first hour. */
function worldOf(nodes) {
  const { setup } = baseline({ set: [`fleet.nodes=${nodes}`], run: { days: "1" } });
  const simulation = build(prepare(setup), new Chance([1, 1], 0));
  simulation.local(setup.window);
  simulation.judge(setup.window);
  return simulation.world;
}

/** Whether a node passes every filter of a wish. */
function fits({ view, fleet }, node, wish) {
  const { nodes, farms } = fleet;
  const farm = nodes.farm[node];
  const { room } = nodes;
  if (!view.reaches(node) || room.rentedBy(node) !== NONE) return false;
  const whole = nodes.gpu[node] === 1 || farms.dedicated[farm] === 1;
  if (wish.rent ? room.contracts(node) > 0 : whole) return false;
  if (wish.ips > farms.ips[farm] - farms.ipsUsed[farm]) return false;
  return (
    wish.memory <= room.freeMru(node) &&
    wish.ssd <= room.freeSru(node) &&
    wish.hdd <= room.freeHru(node)
  );
}

const block = new Uint32Array(4);

/** The node that fits and drew the lowest lot, or -1. */
function scan(world, wish, ordinal) {
  const { count } = world.fleet.nodes;
  let least = Number.POSITIVE_INFINITY;
  let chosen = NONE;
  for (let node = 0; node < count; node += 1) {
    if (!fits(world, node, wish)) continue;
    philox4x32(block, node, ordinal, 0, 0, 1, 1);
    if (block[0] >= least) continue;
    least = block[0];
    chosen = node;
  }
  return chosen;
}

/** Chooses so many times and tells for which wishes there was a place. */
function place(world, way, times, told) {
  const found = new Set();
  for (let ordinal = 0; ordinal < times; ordinal += 1) {
    const at = ordinal % WISHES.length;
    const node = way(world, WISHES[at], ordinal);
    if (node < 0) continue;
    if (!found.has(at) && !fits(world, node, WISHES[at]))
      throw new Error(`node ${node} does not fit wish ${at}`);
    found.add(at);
  }
  told.add([...found].sort((a, b) => a - b).join());
  if (told.size > 1) throw new Error(`wishes met differ: ${[...told].join(" and ")}`);
  return times;
}

const drawn = (world, wish, ordinal) => choose(world, wish, { user: 1, ordinal, number: 0 });

/** Choices a second among a thousand and a hundred thousand nodes. */
export function measurePlacement({ runs = 5, tiny = false } = {}) {
  const cases = [
    ["placement-1e3", 1_000, 400_000, 8_000],
    ["placement-1e5", 100_000, 400_000, 80],
  ];
  const chosen = tiny ? [["placement-tiny", 100, 80, 16]] : cases;
  return chosen.map(([name, nodes, many, few]) => {
    const world = worldOf(nodes);
    const told = new Set();
    return compare({
      name,
      unit: "choices/s",
      reference: "scan",
      runs,
      ours: () => rate(() => place(world, drawn, many, told)),
      theirs: () => rate(() => place(world, scan, few, told)),
    });
  });
}
