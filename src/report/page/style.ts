/** The page's look: one column that fits a phone and paper, dark where the reader's screen is. No font is loaded. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --paper: #ffffff; --ink: #1c1f23; --quiet: #5b626b; --rule: #dcdcd5; --accent: #1d5a8f;
  --good: #1c7045; --mixed: #8a5a00; --bad: #b3261e;
  --ok: #2e8b57; --warned: #d9a21b; --rejected: #c9362c; --failed: #8e44ad; --invalid: #e0713a; --skipped: #9aa1a9; --open: #5b8dbf;
  --band-paused: #8a919a33; --band-throttled: #d9a21b55; --band-outage: #c9362c40; --code: #f0f0ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --paper: #1d2125; --ink: #e8eaec; --quiet: #a3abb4; --rule: #343a41; --accent: #7fb8ea;
    --good: #6fd09c; --mixed: #efbf56; --bad: #ff8d84;
    --ok: #3fa66d; --warned: #dfae3a; --rejected: #e05a50; --failed: #b07ad0; --invalid: #ea8a58; --skipped: #7d868f; --open: #6ea0d2;
    --band-paused: #a3abb433; --band-throttled: #efbf5655; --band-outage: #ff6b6040; --code: #14171a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 60rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
header { margin: 0 .25rem 1.75rem; }
header p { margin: 0; }
.run { color: var(--quiet); font-size: .9rem; }
.run b { font-weight: 600; }
h1 { margin: .25rem 0 .5rem; font-size: clamp(1.5rem, 1.1rem + 2.2vw, 2.4rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h1.good, h2 .good { color: var(--good); } h1.mixed, h2 .mixed { color: var(--mixed); } h1.bad, h2 .bad { color: var(--bad); }
.lead { color: var(--quiet); }
.lead .name { color: var(--ink); font-weight: 600; }
.bar { display: flex; gap: 2px; height: 1rem; margin-top: 1.1rem; border-radius: .5rem; overflow: hidden; }
.bar i { flex: 0 1 0; min-width: 3px; }
.ok { background: var(--ok); } .warned { background: var(--warned); } .rejected { background: var(--rejected); }
.failed { background: var(--failed); } .invalid { background: var(--invalid); } .skipped { background: var(--skipped); } .open { background: var(--open); }
section { margin: 0 0 1rem; padding: 1.1rem 1.25rem 1.25rem; background: var(--paper); border: 1px solid var(--rule); border-radius: .75rem; }
h2 { margin: 0 0 .75rem; font-size: 1.15rem; line-height: 1.3; }
h3 { margin: 1.1rem 0 .4rem; font-size: 1rem; line-height: 1.4; }
section p { margin: .35rem 0; }
.next { border-left: .3rem solid var(--accent); padding-left: calc(1.25rem - .3rem + 1px); }
pre { margin: .4rem 0 .8rem; padding: .6rem .8rem; background: var(--code); border: 1px solid var(--rule); border-radius: .4rem; overflow-x: auto; }
pre:last-child { margin-bottom: 0; }
a { color: var(--accent); }
pre code { user-select: all; }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .88rem; }
pre code { white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { padding: .45rem .75rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-weight: 500; font-size: .85rem; white-space: nowrap; }
tbody th, tfoot th { font-weight: 600; overflow-wrap: normal; }
tbody tr:last-child > * { border-bottom: 0; }
tfoot > tr > * { border-top: 1px solid var(--rule); border-bottom: 0; font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
td p { margin: 0; }
.wide th:nth-child(1) { width: 5.5rem; } .wide th:nth-child(2) { width: 4.5rem; }
.dot { display: inline-block; width: .65rem; height: .65rem; margin-right: .5rem; border-radius: 50%; }
.meaning { margin-left: .6rem; color: var(--quiet); font-weight: 400; }
.quiet, .tags, .rows, .said, .more { color: var(--quiet); }
.tags, .rows, .said { font-size: .9rem; }
.cards { list-style: none; margin: 0; padding: 0; }
.card { padding: .9rem 0; border-bottom: 1px solid var(--rule); }
.card:first-child { padding-top: 0; } .card:last-child { border-bottom: 0; padding-bottom: 0; }
.card h3 { margin: 0; }
.card .count { font-variant-numeric: tabular-nums; font-size: 1.15rem; margin-right: .35rem; }
.card .code { padding: .1rem .4rem; border: 1px solid var(--rule); border-radius: .35rem; background: var(--code); font-weight: 500; }
.row { display: inline-block; max-width: 100%; }
.row b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.chart { margin: .75rem 0 .5rem; }
.panel { display: grid; grid-template-columns: 3rem 1fr; column-gap: .5rem; margin-bottom: .6rem; }
.axis { grid-column: 2; margin: 0 0 .2rem; font-size: .8rem; color: var(--quiet); }
.scale { white-space: nowrap; overflow-wrap: normal; display: flex; flex-direction: column; justify-content: space-between; text-align: right; font-size: .72rem; line-height: 1; color: var(--quiet); font-variant-numeric: tabular-nums; margin: -.36rem 0; }
.panel svg { display: block; width: 100%; height: 8rem; border-bottom: 1px solid var(--quiet); overflow: visible; }
.panel path { fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.panel .grid { stroke: var(--rule); stroke-width: 1; }
.panel .line { stroke: var(--accent); stroke-width: 2; }
.panel .area { fill: var(--accent); opacity: .14; }
.panel .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 6 4; }
rect.paused { fill: var(--band-paused); } rect.throttled { fill: var(--band-throttled); } rect.outage { fill: var(--band-outage); }
.times { display: flex; justify-content: space-between; margin: -.2rem 0 .4rem 3.5rem; font-size: .75rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin-left: 3.5rem; font-size: .85rem; color: var(--quiet); }
.swatch { display: inline-block; width: 1rem; height: .7rem; margin-right: .4rem; vertical-align: baseline; border-radius: 2px; }
.swatch.line, .swatch.limit { width: 1.4rem; }
.swatch.line { height: 0; border-top: 2px solid var(--accent); vertical-align: .25em; } .swatch.limit { height: 0; border-top: 2px dashed var(--bad); vertical-align: .25em; }
.swatch.paused { background: var(--band-paused); } .swatch.throttled { background: var(--band-throttled); } .swatch.outage { background: var(--band-outage); }
.spans { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9rem; color: var(--quiet); }
dl { margin: 0; }
dl div { display: grid; grid-template-columns: 11rem 1fr; column-gap: 1rem; padding: .35rem 0; border-bottom: 1px solid var(--rule); }
dl div:last-child { border-bottom: 0; }
dt { color: var(--quiet); } dd { margin: 0; }
footer { margin: 1.5rem .25rem 0; font-size: .85rem; color: var(--quiet); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 34rem) {
  body { padding: 1rem .6rem 2rem; }
  section { padding: .9rem .9rem 1rem; }
  .next { padding-left: calc(.9rem - .3rem + 1px); }
  .meaning { display: block; margin-left: 1.15rem; font-size: .9rem; }
  dl div { grid-template-columns: 7rem 1fr; }
  th, td { padding-right: .4rem; } thead th { font-size: .72rem; } thead th.number { white-space: normal; overflow-wrap: anywhere; hyphens: auto; }
  .panel { grid-template-columns: 2.4rem 1fr; } .times, figcaption { margin-left: 2.9rem; }
  .panel svg { height: 6.5rem; }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --accent: #1d5a8f; --good: #145a36; --mixed: #6e4800; --bad: #9c1c15;
    --ok: #2e8b57; --warned: #d9a21b; --rejected: #c9362c; --failed: #8e44ad; --invalid: #e0713a; --skipped: #9aa1a9; --open: #5b8dbf;
    --band-paused: #8a919a33; --band-throttled: #d9a21b55; --band-outage: #c9362c40; --code: #f4f4f1;
  }
  @page { margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding: .8rem 0; }
  .next { border-left: 0; }
  .card, tr, figure, .panel, dl div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
