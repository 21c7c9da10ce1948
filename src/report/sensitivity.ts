/**
 * The pictures of a sensitivity analysis: bars with intervals, the inputs that matter most above.
 */
import { type Chart, CONFIG, HALF, type Layer, type Layered } from "./chart.ts";
import type { SensitivityFolder } from "./experiment-folder.ts";
import { decimalsFor, grouped, type Style, scaledTo, styleOf, withUnit } from "./number.ts";
import { tone } from "./palette.ts";
import { list, short } from "./plot.ts";

type Metric = SensitivityFolder["metrics"][string];

const nameOf = (key: string): string => key.replace(/^\w+\./, "");
const percent = (share: number): number => short(100 * share);
const percentText = (share: number): string => withUnit(grouped(100 * share, 1), "%");
const spanText = ([low, high]: readonly [number, number]): string =>
  `${grouped(100 * low, 1)} to ${grouped(100 * high, 1)}`;

/** The pictures of one metric: shares of variance, and the screening's effects. */
export function sensitivityCharts(folder: SensitivityFolder, metric: string): readonly Chart[] {
  const found = folder.metrics[metric];
  if (found === undefined) return [];
  return [...sharesOf(folder, metric, found), ...effectsOf(folder, metric, found)];
}

function sharesOf(
  { rows, replications }: SensitivityFolder,
  metric: string,
  { sobol, noise }: Metric,
): readonly Chart[] {
  if (sobol === null) return [];
  const ordered = [...sobol].sort((one, other) => other.total - one.total);
  const values = ordered.flatMap((one) => [
    barOf(nameOf(one.key), "in all", one.total, one.total95),
    barOf(nameOf(one.key), "alone", one.first, one.first95),
  ]);
  const luck =
    noise === null ? "" : ` Chance owes ${percentText(noise)} of the variance at every point.`;
  return [
    {
      id: `${metric}-shares`.replaceAll(".", "-"),
      title: `What the variance of ${metric} is owed to`,
      caption:
        "Sobol's indices: the share that an input owes alone, and with everything it takes part " +
        `in, with 95 % bootstrap intervals (${rows} rows, ${replications} replications each).` +
        luck,
      alt: ordered
        .map(({ key, total, total95 }) => {
          return `${nameOf(key)}: ${percentText(total)} in all, ${spanText(total95)}`;
        })
        .join("; "),
      picture: { kind: "plot", spec: barsOf(values, "share of the variance (%)", true) },
      table: {
        heads: ["input", "alone", "95 % interval", "in all", "95 % interval"],
        rows: ordered.map((one) => [
          nameOf(one.key),
          percentText(one.first),
          spanText(one.first95),
          percentText(one.total),
          spanText(one.total95),
        ]),
      },
      half: true,
    },
  ];
}

const barOf = (
  input: string,
  kind: string,
  share: number,
  [low, high]: readonly [number, number],
) => ({ input, kind, mean: percent(share), low: percent(low), high: percent(high), origin: 0 });

function effectsOf(
  { trajectories }: SensitivityFolder,
  metric: string,
  { morris, unit }: Metric,
): readonly Chart[] {
  if (morris === null) return [];
  const ordered = [...morris].sort((one, other) => other.mu_star - one.mu_star);
  const style: Style = scaledTo(ordered[0]?.mu_star ?? 0, styleOf(metric, unit));
  const values = ordered.map(({ key, mu_star: mean, mu_star95: [low, high] }) => ({
    input: nameOf(key),
    kind: "effect",
    mean: short(mean * style.scale),
    low: short(low * style.scale),
    high: short(high * style.scale),
    origin: 0,
  }));
  const told = (value: number): string => {
    const scaled = value * style.scale;
    return withUnit(
      grouped(scaled, decimalsFor(scaled, 3)),
      style.unit === "%" ? "pp" : style.unit,
    );
  };
  const axis = style.unit === "" ? "" : ` (${style.unit === "%" ? "pp" : style.unit})`;
  return [
    {
      id: `${metric}-effects`.replaceAll(".", "-"),
      title: `How far each input moves ${metric}`,
      caption:
        "Morris's screening: the mean size (mu*) of the effect of crossing an input's whole " +
        `range, with its 95 % bootstrap interval (${trajectories} trajectories). Where the ` +
        "spread sigma is above mu*, the effect is bent or depends on the others.",
      alt: ordered.map((one) => `${nameOf(one.key)}: ${told(one.mu_star)}`).join("; "),
      picture: { kind: "plot", spec: barsOf(values, `size of the effect${axis}`, false) },
      table: {
        heads: ["input", "mu*", "95 % interval", "mu", "sigma"],
        rows: ordered.map((one) => [
          nameOf(one.key),
          told(one.mu_star),
          `${told(one.mu_star95[0])} to ${told(one.mu_star95[1])}`,
          told(one.mu),
          told(one.sigma),
        ]),
      },
      half: true,
    },
  ];
}

const tips = (axis: string) =>
  list(
    { field: "input", type: "nominal", title: "input" } as const,
    { field: "kind", type: "nominal", title: "counted" } as const,
    { field: "mean", type: "quantitative", title: axis, format: ",.3~g" } as const,
    { field: "low", type: "quantitative", title: "95 % interval from", format: ",.3~g" } as const,
    { field: "high", type: "quantitative", title: "to", format: ",.3~g" } as const,
  );

/** Bars with intervals, two a row where there are two kinds. */
function barsOf(
  values: readonly { readonly input: string; readonly kind: string }[],
  axis: string,
  legend: boolean,
): Layered {
  const kinds = [...new Set(values.map(({ kind }) => kind))];
  const inputs = [...new Set(values.map(({ input }) => input))];
  const y = {
    field: "input",
    type: "nominal",
    sort: inputs,
    title: null,
    axis: { labelLimit: 190 },
  } as const;
  const yOffset = { field: "kind", type: "nominal", sort: kinds } as const;
  const color = {
    field: "kind",
    type: "nominal",
    title: null,
    sort: kinds,
    scale: { domain: kinds, range: [tone("pale"), tone("accent")].slice(-kinds.length) },
    ...(legend ? {} : { legend: null }),
  } as const;
  const x = {
    field: "mean",
    type: "quantitative",
    title: axis,
    scale: { zero: true, nice: true },
    axis: { grid: true, domain: false, tickCount: 5 },
  } as const;
  const layer: Layer[] = [
    {
      mark: { type: "bar" },
      encoding: { y, yOffset, color, x: { ...x, field: "origin" }, x2: { field: "mean" } },
    },
    {
      mark: { type: "rule", color: tone("ink"), strokeWidth: 1.5 },
      encoding: {
        y,
        yOffset,
        x: { ...x, field: "low" },
        x2: { field: "high" },
        tooltip: tips(axis),
      },
    },
  ];
  return {
    width: HALF,
    height: (kinds.length > 1 ? 40 : 28) * Math.max(1, inputs.length),
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: [...values] },
    layer,
  };
}

/** The sentence of a metric: which input owes most of its variance, or moves it farthest. */
export function sensitivitySentence(folder: SensitivityFolder, metric: string): string {
  const found = folder.metrics[metric];
  if (found === undefined) return "";
  const [share] = [...(found.sobol ?? [])].sort((one, other) => other.total - one.total);
  if (share !== undefined) {
    const most = `${percentText(share.total)} (95 % interval ${spanText(share.total95)})`;
    return `Of the variance of ${metric}, ${nameOf(share.key)} owes most, ${most}.`;
  }
  const [effect] = [...(found.morris ?? [])].sort((one, other) => other.mu_star - one.mu_star);
  return effect === undefined ? "" : `${nameOf(effect.key)} moves ${metric} farthest.`;
}
