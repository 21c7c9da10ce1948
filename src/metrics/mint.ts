/**
 * Minting: what farmers are paid each month for capacity, what is minted for carbon besides, and
 * how many nodes pass the uptime rule.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { mayMintCarbon } from "../world/era.ts";
import { supplyOf } from "../world/market.ts";
import type { World } from "../world/state.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";

/** The metrics of the mint and of the token. */
export const mintMetrics: MetricGroup = {
  entries: [
    {
      name: "mint.tft",
      unit: "TFT",
      doc: "Minted for farmers, over the whole periods of the run.",
    },
    {
      name: "mint.usd",
      unit: "USD",
      doc: "Worth of it on the market on each payday, over the whole periods of the run.",
    },
    {
      name: "mint.carbon_tft",
      unit: "TFT",
      doc:
        "Minted for carbon, to a wallet that is no farmer's, over the whole periods of the run; " +
        "told where `policy.minting.carbon` is set or changes.",
      onRequest: true,
    },
    {
      name: "mint.paid_share",
      unit: "1",
      doc: "Share of the nodes on the grid in a period that are paid for it, mean over periods.",
    },
    { name: "token.supply_tft", unit: "TFT", doc: "Tokens in existence at the end." },
    {
      name: "token.price_usd",
      unit: "USD",
      doc: "Price of one TFT on the market, mean over the hours of the run.",
    },
  ],
  watch: () => new MintWatcher(),
};

const HOUR = 3600;

class MintWatcher implements Watcher {
  tell({ world }: Sight, telling: Telling): void {
    const { paydays, ledger, setup, token } = world;
    const paid = paydays.length > 0;
    const ends = paydays.map(({ end }) => end);
    if (paid) telling.amount("mint.tft", ledger.minted.value - ledger.carbon.value);
    else telling.value("mint.tft", Number.NaN);
    let usd = 0;
    let share = 0;
    for (const payday of paydays) {
      usd += payday.usd;
      share += payday.paid / payday.nodes;
    }
    telling.value("mint.usd", paid ? usd : Number.NaN);
    telling.value("mint.paid_share", paid ? share / paydays.length : Number.NaN);
    if (mayMintCarbon(setup)) tellCarbon(world, telling);
    const tft = paydays.map((payday) => payday.tft / UNITS_PER_TOKEN);
    telling.over("mint.tft", "", ends, tft);
    telling.over(
      "mint.usd",
      "",
      ends,
      paydays.map((payday) => payday.usd),
    );
    telling.over(
      "mint.paid_share",
      "",
      ends,
      paydays.map((payday) => payday.paid / payday.nodes),
    );
    telling.amount("token.supply_tft", supplyOf(world, world.market));
    const hours = Math.max(1, Math.floor(setup.length / HOUR));
    let sum = 0;
    for (let hour = 0; hour < hours; hour++) sum += token.market[hour];
    telling.value("token.price_usd", sum / hours);
    const days = Math.floor(hours / 24);
    const seconds = Array.from({ length: days }, (_, day) => day * 24 * HOUR);
    telling.over(
      "token.price_usd",
      "",
      seconds,
      seconds.map((second) => token.usdAt(second)),
    );
  }
}

/** Tells the carbon mint, over the run and by payday. */
function tellCarbon({ paydays, ledger }: World, telling: Telling): void {
  const name = "mint.carbon_tft";
  if (paydays.length > 0) telling.amount(name, ledger.carbon.value);
  else telling.value(name, Number.NaN);
  telling.over(
    name,
    "",
    paydays.map(({ end }) => end),
    paydays.map(({ carbon }) => carbon / UNITS_PER_TOKEN),
  );
}
