/**
 * DAO: what became of the proposals of a run, and how many farms had a say in it.
 */
import type { ProposalRecord } from "../world/proposal.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";

/** The metrics of proposals and votes. */
export const daoMetrics: MetricGroup = {
  entries: [
    { name: "dao.proposals", unit: "1", doc: "Proposals that were made, refused ones included." },
    { name: "dao.passed", unit: "1", doc: "Proposals that were approved and executed." },
    {
      name: "dao.failed",
      unit: "1",
      doc: "Proposals that were not approved, that the chain did not take, or whose call failed.",
    },
    { name: "dao.vetoed", unit: "1", doc: "Proposals that vetoes of the council removed." },
    {
      name: "dao.turnout_farms",
      unit: "1",
      doc: "Farms that voted, of those that could; mean over votes that were closed.",
    },
    {
      name: "dao.turnout_weight",
      unit: "1",
      doc: "Weight that voted, of that of all farms; mean over votes that were closed.",
    },
    {
      name: "dao.yes_share",
      unit: "1",
      doc: "Weight of the ayes, of what voted; mean over votes that were closed.",
    },
    {
      name: "dao.yes_share_farms",
      unit: "1",
      doc: "Farms that voted aye, of those that voted; mean over votes that were closed.",
    },
    { name: "dao.bribes_usd", unit: "USD", doc: "What was paid for votes." },
  ],
  watch: () => new DaoWatcher(),
};

class DaoWatcher implements Watcher {
  #until = 0;

  end({ until }: Sight): void {
    this.#until = until;
  }

  tell({ world }: Sight, telling: Telling): void {
    const all = world.dao.all.filter(({ proposed }) => proposed < this.#until);
    const over = all.filter(({ closed }) => closed < this.#until);
    const count = (of: (one: ProposalRecord) => boolean): number => over.filter(of).length;
    const passed = count(({ fate, result }) => fate === "approved" && result === "Ok");
    const vetoed = count(({ fate }) => fate === "vetoed");
    telling.value("dao.proposals", all.length);
    telling.value("dao.passed", passed);
    telling.value("dao.failed", over.length - passed - vetoed);
    telling.value("dao.vetoed", vetoed);
    const voted = over.filter(({ fate }) => fate === "approved" || fate === "disapproved");
    for (const [name, of] of SHARES) {
      const shares = voted.map(of).filter((share) => !Number.isNaN(share));
      const sum = shares.reduce((total, share) => total + share, 0);
      telling.value(name, sum / shares.length);
      for (const one of voted.filter((each) => !Number.isNaN(of(each))))
        telling.at(name, `proposal=${world.dao.all.indexOf(one)}`, one.closed, of(one));
    }
    const { bribe } = world.setup.assumptions.voter;
    const bribed = all.reduce((sum, one) => sum + one.bribed, 0);
    telling.value("dao.bribes_usd", bribed * bribe);
  }
}

const SHARES: readonly (readonly [string, (one: ProposalRecord) => number])[] = [
  ["dao.turnout_farms", ({ yes, no, farms }) => (yes + no) / farms],
  [
    "dao.turnout_weight",
    ({ yesWeight, noWeight, weight }) => Number(yesWeight + noWeight) / Number(weight),
  ],
  ["dao.yes_share", ({ yesWeight, noWeight }) => Number(yesWeight) / Number(yesWeight + noWeight)],
  ["dao.yes_share_farms", ({ yes, no }) => yes / (yes + no)],
];
