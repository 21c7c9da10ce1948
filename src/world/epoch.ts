/**
 * Epoch: a stretch of time that the fleet lives ahead, farm by farm and node by node.
 *
 * What strikes many at once is drawn first, since it asks nobody: power outages of each country,
 * rollouts, outages of the timeline, arrivals. Then each farm's line is laid out, and each of its
 * nodes lives through the whole epoch by itself, while all it needs is at hand.
 */

/** Something that begins at a second, has a number, and for an outage an end. */
export interface Strike {
  readonly second: number;
  readonly number: number;
  readonly until: number;
  /** Where on its country's grid the struck arc begins. */
  readonly from: number;
}

/** A node that joined or left. */
export interface Change {
  readonly second: number;
  readonly kind: number;
  readonly node: number;
}

/** What is laid out of an epoch before its nodes live. */
export interface Outline
  extends Pick<Epoch, "start" | "end" | "firstNew" | "strikes" | "rollouts" | "imposed"> {}

/** What is known of an epoch before its nodes live, and what they tell of it. */
export class Epoch {
  start = 0;
  end = 0;
  /** First row of the nodes that join within it. */
  firstNew = 0;
  /** Power outages by country. */
  strikes: Strike[][] = [];
  /** Rollouts that may still reboot a node within it. */
  rollouts: { readonly second: number; readonly number: number }[] = [];
  /** Entries of the timeline that strike within it. */
  imposed: number[] = [];
  /** Joinings and leavings, in the order of time once the epoch has been lived. */
  changes: Change[] = [];

  /** Whether the farm at hand begins with its line dead, and the seconds at which that turns. */
  lineDead = false;
  line = new Float64Array(64);
  lineTurns = 0;
  /** Begins and ends of the blackouts of the farm at hand. */
  blackout = new Float64Array(64);
  blackouts = 0;

  /** Opens the epoch. */
  open(start: number, end: number, firstNew: number): void {
    this.start = start;
    this.end = end;
    this.firstNew = firstNew;
    this.changes = [];
  }

  /** What is laid out of it, as plain data. */
  outline(): Outline {
    const { start, end, firstNew, strikes, rollouts, imposed } = this;
    return { start, end, firstNew, strikes, rollouts, imposed };
  }

  /** Stands where another thread has laid it out. */
  stand(outline: Outline): void {
    Object.assign(this, outline);
    this.changes = [];
  }

  /** A node joins or leaves. */
  note(second: number, kind: number, node: number): void {
    this.changes.push({ second, kind, node });
  }

  /** Brings the changes into the order of time. */
  close(): void {
    this.changes.sort((a, b) => a.second - b.second || a.kind - b.kind || a.node - b.node);
  }

  /** Clears what is known of a farm; its line is dead or works. */
  meetFarm(lineDead: boolean): void {
    this.lineDead = lineDead;
    this.lineTurns = 0;
    this.blackouts = 0;
  }

  /** The line of the farm at hand turns at a second. */
  turnLine(second: number): void {
    if (this.lineTurns === this.line.length) this.line = doubled(this.line);
    this.line[this.lineTurns++] = second;
  }

  /** The farm at hand has no power between two seconds. */
  blackOut(second: number, until: number): void {
    if (this.blackouts * 2 === this.blackout.length) this.blackout = doubled(this.blackout);
    this.blackout[this.blackouts * 2] = second;
    this.blackout[this.blackouts * 2 + 1] = until;
    this.blackouts += 1;
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(column.length * 2);
  longer.set(column);
  return longer;
}
