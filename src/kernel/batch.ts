/**
 * Draws by the batch: as many addresses as are known beforehand, drawn at once in WebAssembly, with
 * the bits that they have one by one. Where an engine has none, they are drawn one by one.
 */
import { batchModule, CAUSES, FIRST, NUMBERS, ROOM, SECOND } from "./batch-code.ts";
import { ln } from "./ln.ts";

/** What the engine's WebAssembly gives of a module. */
interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  pairs(end: number, causeHigh: number, stream: number, key0: number, key1: number): void;
  exponentials(at: number, end: number, mean: number): void;
}

/** The part of the engine's WebAssembly that is used; an engine may be told to have none. */
interface Assembly {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: Machine };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** Columns of addresses and of what is drawn for them. */
export class Batch {
  /** Draws that there is room for. */
  static readonly room = ROOM;
  /** Of each draw the low word of its cause, and its number. */
  readonly causes: Int32Array;
  readonly numbers: Int32Array;
  /** The two numbers of each draw. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly #machine: Machine | null;

  /** With `plain` as on an engine without WebAssembly. */
  constructor(plain = false) {
    this.#machine = plain ? null : machineOf();
    const buffer = this.#machine?.memory.buffer ?? new ArrayBuffer(24 * ROOM);
    this.causes = new Int32Array(buffer, CAUSES, ROOM);
    this.numbers = new Int32Array(buffer, NUMBERS, ROOM);
    this.first = new Float64Array(buffer, FIRST, ROOM);
    this.second = new Float64Array(buffer, SECOND, ROOM);
  }

  /** True where draws are made one by one. */
  get plain(): boolean {
    return this.#machine === null;
  }

  /** Fills the first pairs of uniforms by key; false where they are to be drawn one by one. */
  drawn(
    count: number,
    stream: number,
    causeHigh: number,
    key: { readonly first: number; readonly second: number },
  ): boolean {
    if (!(count <= ROOM)) throw new RangeError(`a batch of ${count} draws is too large`);
    this.#machine?.pairs(4 * count, causeHigh, stream, key.first, key.second);
    return this.#machine !== null;
  }

  /** Turns the first uniforms of a column into waits without memory of a mean above 0. */
  exponentials(column: "first" | "second", count: number, mean: number): void {
    const from = column === "first" ? FIRST : SECOND;
    if (this.#machine !== null) this.#machine.exponentials(from, from + 8 * count, mean);
    else {
      const values = this[column];
      for (let i = 0; i < count; i += 1) values[i] = -ln(1 - values[i]) * mean;
    }
  }
}

function machineOf(): Machine | null {
  const assembly: Assembly | undefined = Reflect.get(globalThis, "WebAssembly");
  const bytes = batchModule();
  if (assembly?.validate(bytes) !== true) return null;
  return new assembly.Instance(new assembly.Module(bytes)).exports;
}
