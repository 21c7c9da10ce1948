/**
 * Effects as rows: the base, the change with its interval, a drawing of both intervals, a reading.
 */
import { type Html, html, nothing, raw } from "./html.ts";
import { meanText } from "./number.ts";
import type { ProposalEffect, ProposalVariant } from "./proposal-folder.ts";
import {
  alone,
  differenceInterval,
  differenceText,
  percentInterval,
  readingOf,
  signedPercent,
  stressReading,
  styleOfEffect,
  titleOf,
} from "./proposal-text.ts";

/** What a row needs beside its effect. */
interface Scale {
  /** The largest relative change that is drawn. */
  readonly most: number;
}

/** The table of some effects, drawn on one scale. */
export function effectTable(effects: readonly ProposalEffect[]): Html {
  const scale = scaleOf(effects);
  return html`<div class="scroll"><table class="effects"><thead><tr>
<th scope="col">measure</th><th scope="col" class="number">base</th>
<th scope="col" class="number">change</th><th scope="col" class="number">95 % interval</th>
<th scope="col">${scaleText(scale)}</th><th scope="col">reading</th></tr></thead><tbody>
${effects.map((effect) => rowOf(effect, scale))}</tbody></table></div>`;
}

function rowOf(effect: ProposalEffect, scale: Scale): Html {
  const { name, base, n, relative, relative95, weight } = effect;
  const head = html`<th scope="row">${titleOf(name)}${
    titleOf(name) === name ? nothing : html`<span class="doc"><code>${name}</code></span>`
  }</th>`;
  if (n === 0 || base === null) {
    return html`<tr class="grey">${head}<td class="number" colspan="5">not measured</td></tr>
`;
  }
  const grey = weight === "none" || weight === "small" ? html` class="grey"` : nothing;
  const points = relative === null || styleOfEffect(effect).unit === "%";
  const change = points ? differenceText(effect, effect.difference) : signedPercent(relative);
  const interval = points ? differenceInterval(effect) : percentInterval(relative95);
  return html`<tr${grey}>${head}
<td class="number">${meanText(alone(base), styleOfEffect(effect))}</td>
<td class="number strong">${weight === "none" ? "0" : change}</td>
<td class="number">${weight === "none" ? "" : interval}</td>
<td class="bar">${drawingOf(effect, scale)}</td>
<td>${readingOf(effect)}</td></tr>
`;
}

/** The two relative intervals of an effect: its own, and that of all effects at once. */
export function intervalsOf({ base, relative95, simultaneous95 }: ProposalEffect): {
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

function scaleOf(effects: readonly ProposalEffect[]): Scale {
  const ends = effects.flatMap((effect) => {
    const { own, wide } = intervalsOf(effect);
    return [...(own ?? []), ...(wide ?? []), effect.relative ?? 0].map(Math.abs);
  });
  return { most: Math.max(0.001, ...ends) };
}

const scaleText = ({ most }: Scale): string => `${signedPercent(-most)} to ${signedPercent(most)}`;

const WIDTH = 190;

function drawingOf(effect: ProposalEffect, { most }: Scale): Html {
  const { relative } = effect;
  const x = (share: number): string => (WIDTH / 2 + (share / most) * (WIDTH / 2 - 6)).toFixed(1);
  const { own, wide } = intervalsOf(effect);
  const line = (kind: string, pair: readonly [number, number] | null): string =>
    pair === null
      ? ""
      : `<line class="${kind}" x1="${x(pair[0])}" x2="${x(pair[1])}" y1="11" y2="11"/>`;
  const dot = relative === null ? "" : `<circle class="dot" cx="${x(relative)}" cy="11" r="4.5"/>`;
  const zero = `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="22"/>`;
  return raw(
    `<svg viewBox="0 0 ${WIDTH} 22" width="${WIDTH}" height="22" aria-hidden="true">${zero}` +
      `${line("wide", wide)}${line("own", own)}${dot}</svg>`,
  );
}

/** What the rows mean, and what pairing the runs was worth. */
export function effectNote({ effects }: ProposalVariant): Html {
  const factors = effects
    .filter(({ weight, varianceReduction }) => weight !== "none" && varianceReduction !== null)
    .map(({ name, varianceReduction }) => ({ name, times: Math.sqrt(varianceReduction ?? 1) }));
  const first = factors.find(({ name }) => name === "billing.charged_tft") ?? factors[0];
  const worth =
    first === undefined
      ? nothing
      : html` Because both arms share their chance, the interval of <code>${first.name}</code> is
${first.times.toPrecision(3)} times narrower than that of as many independent runs.`;
  return html`<p class="muted small">The dark line is the 95 % interval of the row alone, the pale
one that of all measures at once (bootstrap); both hold chance alone. That of a change in percent is
the interval of a ratio of means (delta method); <code>comparison.json</code> has that of the
difference (Student) beside it. What is grey is nothing, or surely less
than would matter. <i>Arithmetic</i> could not have come out otherwise.${worth}</p>`;
}

/** What the same change does with one assumption at another value. */
export function stressTable({ stresses, effects }: ProposalVariant): Html {
  if (stresses.length === 0) {
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
