/**
 * The look of the page: quiet type, one hue, room; the same for screen, night and paper.
 */
import { properties, repainted, SANS, SERIF } from "./palette.ts";

const LAYOUT = `
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 ${SANS};
font-variant-numeric:lining-nums tabular-nums}
main,header,footer{max-width:1060px;margin:0 auto;padding:0 40px}
header{padding-top:56px}
h1{font:500 clamp(27px,3.7vw,41px)/1.24 ${SERIF};letter-spacing:-.012em;margin:18px 0 18px;
max-width:23em;text-wrap:pretty}
h2{font:500 29px/1.25 ${SERIF};letter-spacing:-.008em;margin:0 0 6px}
h3{font:600 16px/1.4 ${SANS};margin:0 0 2px}
p{margin:0 0 14px;max-width:44em}
a{color:var(--accent);text-underline-offset:3px;text-decoration-thickness:1px}
code{font:.86em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
overflow-wrap:anywhere}
.muted{color:var(--muted)}.small{font-size:14px}
.eyebrow{color:var(--muted);font-size:14.5px;margin:0;display:flex;gap:4px 16px;flex-wrap:wrap;
max-width:none}
.eyebrow b{color:var(--ink);font-weight:600}
.question{font:italic 400 20px/1.5 ${SERIF};color:var(--muted);max-width:38em}
nav{margin:22px 0 0;padding:11px 0;border-top:1px solid var(--line);
border-bottom:1px solid var(--line);display:flex;gap:4px 22px;flex-wrap:wrap;font-size:14.5px}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
section{padding-top:62px}
section>.lead{color:var(--muted);margin-bottom:26px;max-width:46em}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:30px 28px;margin-top:34px}
.tile{border-top:2px solid var(--accent);padding-top:10px;min-width:0}
.tile p{margin:0}
.tile .label{font-size:14px;color:var(--muted)}
.tile .figure{font-size:29px;line-height:1.3;font-weight:600;letter-spacing:-.015em}
.tile .unit{font-size:14px;font-weight:400;letter-spacing:0;color:var(--ink)}
.tile .interval{font-size:13px;color:var(--muted);min-height:1.6em}
.spark{display:block;width:100%;height:28px;margin-top:8px}
.spark path{stroke:var(--middle);stroke-width:1.5;vector-effect:non-scaling-stroke}
.warnings{border-left:3px solid var(--contrast);padding:2px 0 2px 18px;margin:34px 0 0}
.warnings ul{margin:2px 0;padding-left:18px}.warnings p{margin:0}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:44px 40px;margin-top:26px}
figure{margin:0;min-width:0;break-inside:avoid}
figure.wide{grid-column:1/-1}figure.tall{grid-row:span 2}
.chart{margin:10px 0 8px;position:relative}
.chart svg{display:block;max-width:100%;height:auto;overflow:visible}
figcaption{font-size:14px;line-height:1.5;color:var(--muted);max-width:52em}
details summary{cursor:pointer;color:var(--muted);font-size:14px;margin-top:6px;width:fit-content}
details summary:hover{color:var(--accent)}
details[open]>summary{color:var(--ink)}
.block{border-top:1px solid var(--line);padding:7px 0}.block>summary{margin:0;font-size:15px;
color:var(--ink)}
.scroll{overflow-x:auto;margin:8px 0 16px}
figure .scroll{max-height:320px;overflow-y:auto}
table{border-collapse:collapse;font-size:14px;line-height:1.45;width:100%}
th,td{text-align:left;vertical-align:top;padding:7px 18px 7px 0;
border-bottom:1px solid var(--line);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:13px;white-space:nowrap;border-bottom-color:var(--muted)}
.number{text-align:right;white-space:nowrap}.strong{font-weight:600}
.group th{padding-top:20px;font:500 18px/1.3 ${SERIF};border-bottom-color:var(--muted)}
.doc{display:block;color:var(--muted);font-size:13px;max-width:40em}.said{max-width:30em;
display:block}
.metrics th[scope=row]{min-width:270px}.metrics td:last-child{width:132px}
.values th[scope=row]{max-width:340px;min-width:200px}.values td{min-width:76px}
.source{max-width:270px}.try{display:block;white-space:normal}
.facts th{width:160px;color:var(--muted);white-space:nowrap}.hash{font-size:12px}
.grade{display:inline-block;font-size:13px;padding-left:13px;position:relative}
.grade::before{content:"";position:absolute;left:0;top:.42em;width:8px;height:8px;
border-radius:50%;border:1.5px solid var(--accent)}
.grade.set::before{background:var(--accent)}.grade.fitted::before{background:var(--middle);
border-color:var(--middle)}
.grade.ruled::before{background:var(--pale);border-color:var(--middle)}
.grade.assumed::before{border-color:var(--contrast)}
.qualities{display:flex;height:12px;margin:20px 0 10px;max-width:100%;gap:2px}
.counts{list-style:none;margin:0 0 30px;padding:0;display:flex;gap:4px 26px;flex-wrap:wrap;
font-size:14px}
.dot{display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:7px}
.q-seen{background:var(--accent)}.q-fit{background:var(--middle)}
.q-recalled{background:var(--pale)}.q-estimate{background:var(--contrast)}
.command{background:var(--land);padding:15px 18px;overflow-x:auto;border-radius:3px;
margin:10px 0 16px}
footer{padding-top:70px;padding-bottom:60px;color:var(--muted);font-size:14px}
.vega-embed{display:block!important;width:100%;padding:0!important}
.vega-embed details{position:absolute!important;top:-34px!important;right:0;opacity:.0}
.chart:hover .vega-embed details,.vega-embed details:focus-within{opacity:.75}
.vega-embed details summary{margin:0}
#vg-tooltip-element#vg-tooltip-element{background:var(--paper);color:var(--ink);
border:1px solid var(--line);font:13px/1.4 ${SANS};padding:9px 12px;border-radius:3px}
#vg-tooltip-element table{width:auto;font-size:13px;line-height:1.4}
#vg-tooltip-element#vg-tooltip-element td{border:0;padding:1px 0;max-width:none}
#vg-tooltip-element#vg-tooltip-element td.key{color:var(--muted);text-align:left;padding-right:14px}
#vg-tooltip-element#vg-tooltip-element td.value{display:table-cell;text-align:right;
font-weight:600;white-space:nowrap}
`;

const NARROW = `
@media (max-width:900px){.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media (max-width:760px){main,header,footer{padding-left:20px;padding-right:20px}
header{padding-top:30px}
.charts{grid-template-columns:minmax(0,1fr)}section{padding-top:46px}
.chart{overflow-x:auto}.wide .chart>svg{min-width:640px}.tile .figure{font-size:25px}}
`;

const PAPER = `
@media print{.tiles{grid-template-columns:repeat(4,minmax(0,1fr));gap:20px}
.metrics th[scope=row]{min-width:190px}.grade{white-space:normal}table{font-size:9pt}
th,td{padding-right:10px}@page{margin:16mm 14mm}body{background:#fff;font-size:10.5pt}
main,header,footer{max-width:none;padding-left:0;padding-right:0}
header{padding-top:0}nav,.vega-embed details,figure details{display:none!important}
section{padding-top:30px}
h1{font-size:25pt}h2{font-size:17pt;break-after:avoid}.lead{break-after:avoid}
h3{break-after:avoid}tr,.metrics tbody{break-inside:avoid}
.wide .chart>svg{min-width:0}
.tile{break-inside:avoid}
.charts{gap:24px 26px;grid-template-columns:repeat(2,minmax(0,1fr))}
.scroll{overflow:visible}a{color:inherit;text-decoration:none}
.qualities,.dot,.grade::before,.command{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;

/** The style sheet of the page. */
export const styleSheet = (): string =>
  `:root{--page:#fdfdfb;${properties("light")}}` +
  LAYOUT +
  NARROW +
  `@media screen and (prefers-color-scheme:dark){:root{--page:#12171a;${properties("dark")}}
${repainted(".chart")}}` +
  PAPER;

/** The style of a drawing that stands alone in a file. */
export const drawingStyle = (): string => `@media (prefers-color-scheme:dark){${repainted("")}}`;
