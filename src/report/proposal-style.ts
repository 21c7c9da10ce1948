/**
 * What the page of a comparison adds to the common look.
 */

/** The rules of the page of a comparison. */
export const proposalStyle = (): string => `
.changes td{vertical-align:top}.changes .now{color:var(--muted)}.changes .then{font-weight:600}
.verdict{font-size:17px;max-width:46em}
.effects td,.effects th{vertical-align:middle}
.effects tr.grey{color:var(--muted)}
section{padding-top:44px}.group-table .group th{padding-top:14px;font-size:16px}
.effects th[scope=row]{min-width:165px}.effects .doc code{overflow-wrap:normal}
.effects td:last-child{min-width:120px}
.effects td,.effects th{padding-right:12px}
h3{margin-top:18px}.effects .bar{width:200px;min-width:200px;padding-right:10px}
.effects.drawn .bar{width:120px;min-width:120px}.effects.drawn .number{white-space:normal}
.effects.drawn th[scope=row]{min-width:120px}
.bar svg{display:block;overflow:visible}
.bar .zero{stroke:var(--muted);stroke-width:1}
.bar .wide{stroke:var(--pale);stroke-width:3}
.bar .own{stroke:var(--accent);stroke-width:3}
.bar .assumed{stroke:var(--contrast);stroke-width:2}
.bar .dot{fill:var(--accent)}
.grey .bar .own{stroke:var(--middle)}.grey .bar .dot{fill:var(--middle)}
.standing{display:flex;height:14px;gap:2px;min-width:180px;border-radius:2px;overflow:hidden}
.standing span{min-width:0}
.s-better{background:var(--accent)}.s-within{background:var(--line)}
.s-worse{background:var(--contrast)}
.standing.tall{height:22px;margin:14px 0 10px}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:7px}
.group-table td,.group-table th{vertical-align:middle}
.group-table td.bar{width:38%}
.pass{color:var(--accent);font-weight:600}.fail{color:var(--contrast);font-weight:600}
.undecided{color:var(--muted);font-weight:600}
.gain{color:var(--accent)}.loss{color:var(--contrast)}
.ledger .sum th,.ledger .sum td{border-top:1px solid var(--muted);font-weight:600}
.rounds{display:grid;grid-template-columns:minmax(0,1fr);gap:20px}
.round h3{margin-bottom:8px}
.arm{border-top:1px solid var(--line);margin-top:54px;padding-top:8px}
.departures{border-left:3px solid var(--contrast);padding-left:18px}
@media (max-width:760px){.rounds{grid-template-columns:minmax(0,1fr)}
.effects .bar{width:auto;min-width:110px}.group-table td.bar{min-width:110px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media print{.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}section{padding-top:20px}
.effects th[scope=row]{min-width:120px}.effects td:last-child{min-width:100px}
.standing span,.key{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.effects .bar{width:150px;min-width:120px}.standing{min-width:100px}
.arm{margin-top:24px}details.more{display:none}}
`;
