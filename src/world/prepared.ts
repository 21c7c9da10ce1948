/**
 * What all replications of one setup share: distributions, and price lists as they are met.
 *
 * It holds no state of a world. Making it costs more than running a small world for a day, so a
 * worker makes it once for all replications of a job; a result does not depend on who made it.
 */
import {
  type ClassBook,
  classBook,
  refresh,
  type Tariff,
  type TariffPolicies,
  tariff,
} from "../protocol/index.ts";
import { type MilliUsd, milliUsd } from "../units/index.ts";
import { type Laws as FleetLaws, fleetLaws } from "./laws.ts";
import type { Setup } from "./setup.ts";
import { type UserLaws, userLaws } from "./user-laws.ts";

/** A setup with everything that can be made from it before any chance is drawn. */
export interface Prepared {
  readonly setup: Setup;
  readonly laws: {
    readonly fleet: FleetLaws;
    /** By country. */
    readonly users: readonly UserLaws[];
  };
  readonly prices: PriceLists;
}

/** Prepares a setup for any number of replications. */
export const prepare = (setup: Setup): Prepared => ({
  setup,
  laws: {
    fleet: fleetLaws(setup),
    users: userLaws(setup),
  },
  prices: new PriceLists(),
});

/** Tariffs by policy and price, and the classes of contracts that they list. */
export class PriceLists {
  readonly book: ClassBook = classBook();
  readonly #lists = new Map<string, (Tariff | undefined)[]>();

  /** The lists under a policy, by price in 1e-3 USD a TFT. */
  under(policies: TariffPolicies): (Tariff | undefined)[] {
    const key = JSON.stringify(policies, (_, value) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    let lists = this.#lists.get(key);
    if (lists === undefined) {
      lists = [];
      this.#lists.set(key, lists);
    }
    return lists;
  }

  /** The list of a price, made or brought up to date with the classes that were met. */
  of(lists: (Tariff | undefined)[], price: MilliUsd, policies: TariffPolicies): Tariff {
    const at = Number(price);
    const known = lists[at];
    if (known === undefined) {
      const made = tariff(this.book, price, policies);
      lists[at] = made;
      return made;
    }
    if (known.count !== this.book.classes.length)
      refresh(known, this.book, milliUsd(price), policies);
    return known;
  }
}
