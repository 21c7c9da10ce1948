/**
 * Effects as rows: the base, the change with its interval, a drawing of both intervals, a reading.
 */
import { type Html, html, nothing, raw } from "./html.ts";
import { meanText } from "./number.ts";
import type { ProposalEffect, ProposalUncertainty, ProposalVariant } from "./proposal-folder.ts";
import { percentInterval, signedPercent } from "./proposal-number.ts";
import {
  alone,
  differenceInterval,
  differenceText,
  readingOf,
  stressReading,
  styleOfEffect,
  titleOf,
  widerHalf,
} from "./proposal-text.ts";

/** What a row needs beside its effect. */
interface Scale {
  /** The largest relative change that is drawn. */
  readonly most: number;
  readonly uncertainty: ProposalUncertainty;
}

/** The table of some effects, drawn on one scale; with both intervals where draws were made. */
export function effectTable(
  effects: readonly ProposalEffect[],
  uncertainty: ProposalUncertainty = null,
): Html {
  const scale = scaleOf(effects, uncertainty);
  const intervals =
    uncertainty === null
      ? html`<th scope="col" class="number">95 % interval</th>`
      : html`<th scope="col" class="number">95 % by chance</th>
<th scope="col" class="number">95 % by assumptions</th>`;
  return html`<div class="scroll"><table class="effects${
    uncertainty === null ? nothing : " drawn"
  }"><thead><tr>
<th scope="col">measure</th><th scope="col" class="number">base</th>
<th scope="col" class="number">change</th>${intervals}
<th scope="col">${scaleText(scale)}</th><th scope="col">reading</th></tr></thead><tbody>
${effects.map((effect) => rowOf(effect, scale))}</tbody></table></div>`;
}

/** The change of an effect and its intervals, with the digits that the wider one leaves. */
export function changeTexts(
  effect: ProposalEffect,
  uncertainty: ProposalUncertainty,
): {
  readonly change: string;
  readonly chance: string;
  /** That of all measures at once, by chance. */
  readonly all: string;
  readonly assumed: string;
} {
  const { name, relative, relative95, ci95, simultaneous95, difference } = effect;
  const half = widerHalf(effect, uncertainty);
  const drawn = uncertainty?.[name];
  const assumed = (text: string): string =>
    drawn === undefined ? "" : drawn.inputs_sd === 0 ? "within chance" : text;
  if (relative === null || styleOfEffect(effect).unit === "%") {
    return {
      change: differenceText(effect, difference, half.own),
      chance: differenceInterval(effect, ci95, half.own),
      all: differenceInterval(effect, simultaneous95, half.own),
      assumed: assumed(differenceInterval(effect, drawn?.inputs95 ?? null, half.own)),
    };
  }
  return {
    change: signedPercent(relative, half.relative),
    chance: percentInterval(relative95, half.relative),
    all: percentInterval(intervalsOf(effect).wide, half.relative),
    assumed: assumed(
      drawn?.relative95 == null
        ? differenceInterval(effect, drawn?.inputs95 ?? null)
        : percentInterval(drawn.relative95, half.relative),
    ),
  };
}

function rowOf(effect: ProposalEffect, scale: Scale): Html {
  const { name, base, n, weight } = effect;
  const { uncertainty } = scale;
  const head = html`<th scope="row">${titleOf(name)}${
    titleOf(name) === name ? nothing : html`<span class="doc"><code>${name}</code></span>`
  }</th>`;
  if (n === 0 || base === null) {
    return html`<tr class="grey">${head}<td class="number" colspan="6">not measured</td></tr>
`;
  }
  const grey = weight === "none" || weight === "small" ? html` class="grey"` : nothing;
  const { change, chance, assumed } = changeTexts(effect, uncertainty);
  const second =
    uncertainty === null
      ? nothing
      : html`<td class="number">${assumed}</td>
`;
  return html`<tr${grey}>${head}
<td class="number">${meanText(alone(base), styleOfEffect(effect))}</td>
<td class="number strong">${weight === "none" ? "0" : change}</td>
<td class="number">${weight === "none" ? "" : chance}</td>
${second}<td class="bar">${drawingOf(effect, scale)}</td>
<td>${readingOf(effect)}</td></tr>
`;
}

/** The two relative intervals of an effect: its own, and that of all effects at once. */
function intervalsOf({ base, relative95, simultaneous95 }: ProposalEffect): {
  readonly own: readonly [number, number] | null;
  readonly wide: readonly [number, number] | null;
} {
  const size = Math.abs(base ?? 0);
  const wide =
    simultaneous95 === null || size === 0
      ? null
      : ([simultaneous95[0] / size, simultaneous95[1] / size] as const);
  return { own: relative95, wide };
}

function scaleOf(effects: readonly ProposalEffect[], uncertainty: ProposalUncertainty): Scale {
  // What could not have come out otherwise is often far larger than what was to be found out.
  const found = effects.filter(({ identity }) => identity === null);
  const ends = (found.length === 0 ? effects : found).flatMap((effect) => {
    const { own, wide } = intervalsOf(effect);
    const assumed = uncertainty?.[effect.name]?.relative95 ?? [];
    return [...(own ?? []), ...(wide ?? []), ...assumed, effect.relative ?? 0].map(Math.abs);
  });
  return { most: Math.max(0.001, ...ends), uncertainty };
}

const scaleText = ({ most }: Scale): string => `${signedPercent(-most)} to ${signedPercent(most)}`;

const WIDTH = 190;

function drawingOf(effect: ProposalEffect, { most, uncertainty }: Scale): Html {
  const { relative } = effect;
  const at = (share: number): number => Math.max(-1, Math.min(1, share / most));
  const x = (share: number): string => (WIDTH / 2 + at(share) * (WIDTH / 2 - 6)).toFixed(1);
  const { own, wide } = intervalsOf(effect);
  const line = (kind: string, pair: readonly [number, number] | null, y = 11): string =>
    pair === null
      ? ""
      : `<line class="${kind}" x1="${x(pair[0])}" x2="${x(pair[1])}" y1="${y}" y2="${y}"/>`;
  const assumed = line("assumed", uncertainty?.[effect.name]?.relative95 ?? null, 18);
  const dot =
    relative === null
      ? ""
      : Math.abs(relative) > most
        ? `<path class="dot" d="M${x(relative)} 5v12l${relative > 0 ? 6 : -6} -6z"/>`
        : `<circle class="dot" cx="${x(relative)}" cy="11" r="4.5"/>`;
  const zero = `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="22"/>`;
  return raw(
    `<svg viewBox="0 0 ${WIDTH} 22" width="100%" height="22" aria-hidden="true">${zero}` +
      `${line("wide", wide)}${line("own", own)}${assumed}${dot}</svg>`,
  );
}

/** What the rows mean, and what pairing the runs was worth. */
export function effectNote({ effects, uncertainty }: ProposalVariant): Html {
  const factors = effects
    .filter(({ weight, varianceReduction }) => weight !== "none" && varianceReduction !== null)
    .map(({ name, varianceReduction }) => ({ name, times: Math.sqrt(varianceReduction ?? 1) }));
  const first = factors.find(({ name }) => name === "billing.charged_tft") ?? factors[0];
  const worth =
    first === undefined
      ? nothing
      : html` Because both arms share their chance, the interval of <code>${first.name}</code> is
${first.times.toPrecision(3)} times narrower than that of as many independent runs.`;
  const drawn =
    uncertainty === null
      ? nothing
      : html` The line below them holds the middle 95 % of the draws of what is not known; no number
of a row has more digits than the wider of the two leaves.`;
  return html`<p class="muted small">The dark line is the 95 % interval of the row alone, the pale
one that of all measures at once (bootstrap); both hold chance alone. That of a change in percent is
the interval of a ratio of means (delta method); <code>comparison.json</code> has that of the
difference (Student) beside it. What is grey is nothing, or surely less
than would matter. <i>Arithmetic</i> could not have come out otherwise; an arrow lies beyond the
scale.${drawn}${worth}</p>`;
}

/** What the same change does with one assumption at another value. */
export function stressTable({ stresses, effects, uncertainty }: ProposalVariant): Html {
  if (stresses.length === 0) {
    if (uncertainty !== null) return nothing;
    return html`<p>No other value of the outside was tried here. A study can <code>vary</code>
assumptions and show whether the answer stands; those below are the widest.</p>`;
  }
  const names = stresses[0]?.effects.map(({ name }) => name) ?? [];
  return html`<div class="scroll"><table class="values"><thead><tr><th scope="col">if instead</th>
${names.map((name) => html`<th scope="col">${titleOf(name)}</th>`)}</tr></thead><tbody>
${stresses.map(
  (stress) => html`<tr><th scope="row"><code>${stress.key}</code> = ${stress.value}</th>
${stress.effects.map((effect) => html`<td>${stressCell(effect, effects)}</td>`)}</tr>
`,
)}</tbody></table></div>`;
}

function stressCell(effect: ProposalEffect, first: readonly ProposalEffect[]): Html {
  if (effect.weight === "none") return html`0`;
  const before = first.find(({ name }) => name === effect.name);
  const reading = stressReading(before, effect);
  const told = effect.relative === null ? "" : signedPercent(effect.relative);
  const kind = reading === "reversed" ? html` class="loss"` : nothing;
  return html`<span${kind}>${told}</span><span class="doc">${percentInterval(effect.relative95)}
${reading === "same sign" ? "" : `(${reading})`}</span>`;
}
