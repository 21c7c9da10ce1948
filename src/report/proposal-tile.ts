/**
 * The few figures at the top of a comparison's page.
 */
import { type Html, html } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalEffect, ProposalVariant } from "./proposal-folder.ts";
import { percentInterval, signedAmount, signedPercent } from "./proposal-number.ts";
import { widerHalf } from "./proposal-text.ts";

interface Tile {
  readonly label: string;
  readonly figure: string;
  readonly below: string;
}

/** What a node earns, what users pay, who loses, whether guards hold. */
export function tiles(variant: ProposalVariant): Html {
  const { farms, effects, guards } = variant;
  const relative = (name: string, label: string): readonly Tile[] => {
    const effect = effects.find((each) => each.name === name);
    if (effect === undefined || effect.relative === null) return [];
    return [{ label, figure: told(effect, variant), below: spread(effect, variant) }];
  };
  const all: readonly Tile[] = [
    ...(farms === null
      ? relative("farmer.income_usd", "Income of a farm")
      : [
          {
            label: "A node earns, a month",
            figure: signedAmount(farms.perNode, 2, "USD"),
            below: farmsBelow(variant),
          },
        ]),
    ...relative("user.spend_usd", "Users pay"),
    ...(farms === null
      ? relative("contract.live", "Contracts live")
      : [
          {
            label: "Farms that lose",
            figure: grouped(farms.worse, 0),
            below: `${grouped(farms.better, 0)} gain, for ${grouped(farms.within, 0)} no matter`,
          },
        ]),
    ...(guards.length === 0
      ? relative("contract.availability", "Availability of contracts")
      : [guardTile(guards)]),
  ];
  return html`<div class="tiles">${all.map(
    ({ label, figure, below }) => html`<div class="tile"><p class="label">${label}</p>
<p class="figure">${figure}</p><p class="interval">${below}</p></div>
`,
  )}</div>`;
}

const told = (effect: ProposalEffect, { uncertainty }: ProposalVariant): string =>
  effect.weight === "none"
    ? "no change"
    : signedPercent(effect.relative ?? 0, widerHalf(effect, uncertainty).relative);

function spread(effect: ProposalEffect, { uncertainty }: ProposalVariant): string {
  const { name, weight, relative95 } = effect;
  if (weight === "none" || relative95 === null) return "";
  const half = widerHalf(effect, uncertainty).relative;
  const chance = percentInterval(relative95, half);
  const assumed = uncertainty?.[name]?.relative95 ?? null;
  return assumed === null
    ? `95 %: ${chance}`
    : `95 % by chance: ${chance}; by assumptions: ${percentInterval(assumed, half)}`;
}

function farmsBelow(variant: ProposalVariant): string {
  const income = variant.effects.find(({ name }) => name === "farmer.income_usd");
  return income === undefined || income.relative === null
    ? ""
    : `a farm's income ${told(income, variant)}; ${openText(income)}${spread(income, variant)}`;
}

const openText = ({ weight }: ProposalEffect): string =>
  weight === "open" ? "its sign is open, " : "";

function guardTile(guards: ProposalVariant["guards"]): Tile {
  const held = guards.filter(({ result }) => result === "pass").length;
  const failed = guards.filter(({ result }) => result === "fail").length;
  const open = guards.length - held - failed;
  return {
    label: "Guards",
    figure: `${held} of ${guards.length} hold`,
    below: failed + open === 0 ? "" : `${failed} failed, ${open} undecided`,
  };
}
