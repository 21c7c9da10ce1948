/**
 * The page of an experiment with many points: a sentence, a picture a metric, the numbers.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawn } from "./chart.ts";
import { readExperiment, type SensitivityFolder, type SweepFolder } from "./experiment-folder.ts";
import { type Html, html, nothing } from "./html.ts";
import { type Part, partOf, shell } from "./page.ts";
import { writeDrawings } from "./render.ts";
import { sensitivityCharts, sensitivitySentence } from "./sensitivity.ts";
import { sweepCharts, sweepSentence } from "./sweep.ts";

type Experiment = SweepFolder | SensitivityFolder;

/** Renders the page of an experiment's folder for some metrics; answers the paths written. */
export async function renderExperiment(
  folder: string,
  metrics: readonly string[],
): Promise<string[]> {
  const experiment = readExperiment(folder);
  const parts = metrics.map((metric) => partFor(experiment, metric));
  const shown = parts.filter(({ charts }) => charts.length > 0);
  const charts = shown.flatMap((part) => part.charts);
  const drawings = new Map<string, string>();
  for (const chart of charts) drawings.set(chart.id, await drawn(chart));
  const { title, name } = experiment.scenario;
  const body = html`${top(experiment, metrics, shown)}
<main>${shown.map((part) => partOf(part, drawings))}
${reproduce(experiment)}</main>`;
  const page = shell({
    title: title || name,
    description: sentenceOf(experiment, metrics),
    version: experiment.version,
    body,
    charts,
  });
  await mkdir(folder, { recursive: true });
  const path = join(folder, "report.html");
  await writeFile(path, page);
  return [path, ...(await writeDrawings(join(folder, "charts"), charts, drawings))];
}

function partFor(experiment: Experiment, metric: string): Part {
  const isSweep = experiment.schema === "gridbench-sweep/1";
  const charts = isSweep ? sweepCharts(experiment, metric) : sensitivityCharts(experiment, metric);
  const lead = isSweep
    ? sweepSentence(experiment, metric)
    : `${experiment.docs[metric] ?? ""} ${sensitivitySentence(experiment, metric)}`;
  return { id: metric.replaceAll(".", "-"), title: metric, lead: lead.trim(), charts };
}

/** The first sentence that says something. */
function sentenceOf(experiment: Experiment, metrics: readonly string[]): string {
  const told = metrics.map((metric) =>
    experiment.schema === "gridbench-sweep/1"
      ? sweepSentence(experiment, metric)
      : sensitivitySentence(experiment, metric),
  );
  const first = told.find((sentence) => sentence !== "");
  if (first === undefined) return "This experiment measured too little for a sentence.";
  return `${first.slice(0, 1).toUpperCase()}${first.slice(1)}`;
}

function sizeOf(experiment: Experiment): string {
  const each =
    experiment.replications === 1 ? "1 replication" : `${experiment.replications} replications`;
  const points =
    experiment.schema === "gridbench-sweep/1" ? experiment.points.length : experiment.evaluations;
  return `${points} points, ${each} each`;
}

function top(experiment: Experiment, metrics: readonly string[], parts: readonly Part[]): Html {
  const { scenario, axes, seed } = experiment;
  const isSweep = experiment.schema === "gridbench-sweep/1";
  const facts = [
    isSweep ? "sweep" : "sensitivity",
    scenario.title || scenario.name,
    sizeOf(experiment),
  ];
  const links = parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`);
  const varied = axes.map(({ typed }) => html`<li><code>${typed}</code></li>`);
  return html`<header>
<p class="eyebrow"><b>gridbench</b>${facts.map((text) => html`<span>${text}</span>`)}</p>
<h1>${sentenceOf(experiment, metrics)}</h1>
${scenario.question === "" ? nothing : html`<p class="question">${scenario.question}</p>`}
<p class="muted">All points share the chance of seed <code>${seed}</code>. Intervals hold the play
of chance; what is not varied here is taken as certain. Varied:</p>
<ul class="muted">${varied}</ul>
<nav aria-label="Parts of this page">${links}<a href="#reproduce">Reproduce</a></nav>
</header>`;
}

function reproduce({ command, version, commit, scenario, seed }: Experiment): Html {
  const made = commit === null ? version : `${version} (commit ${commit})`;
  return html`<section id="reproduce"><h2>Reproduce</h2>
${command === "" ? nothing : html`<pre class="command"><code>${command}</code></pre>`}
<table class="facts"><tbody><tr><th scope="row">gridbench</th><td>${made}</td></tr>
<tr><th scope="row">scenario</th><td>${scenario.name}</td></tr>
<tr><th scope="row">seed</th><td>${seed}</td></tr></tbody></table></section>`;
}
