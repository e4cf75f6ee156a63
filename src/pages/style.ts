/** The style sheet of pages; colours as custom properties, for light and dark. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#f7f6f3;--card:#fff;--ink:#1d1c1a;--soft:#5a5751;--rule:#dedbd4;--accent:#2a5d9f;--fill:#2a5d9f26;--mark:#fff3c4;
--part-0:#2a5d9f;--part-1:#b5652b;--part-2:#3d7f5d;--part-3:#86569b;--part-4:#8a8780}
@media (prefers-color-scheme:dark){:root{--ground:#131315;--card:#1b1b1e;--ink:#eceae6;--soft:#aaa7a1;--rule:#34343a;--accent:#8fb8f0;--fill:#8fb8f030;--mark:#4a4220;
--part-0:#8fb8f0;--part-1:#e3a06c;--part-2:#86c9a4;--part-3:#c9a1dc;--part-4:#99968f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:70rem;margin:0 auto;padding:0 1rem}
header{padding-top:2.5rem;padding-bottom:.5rem}
h1{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:0}
h2{font-size:1.0625rem;font-weight:650;margin:0 0 .75rem}
p{margin:.375rem 0}
.soft,footer{color:var(--soft)}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
section{background:var(--card);border:1px solid var(--rule);border-radius:.625rem;padding:1.125rem;margin:1rem 0;min-width:0}
.pair{display:grid;gap:1rem;margin:1rem 0;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr))}
.pair>section{margin:0}
.totals{display:grid;gap:1rem 1.5rem;grid-template-columns:repeat(auto-fit,minmax(max(8rem,20%),1fr));margin:0}
.totals div{min-width:0}
.totals dt{color:var(--soft);font-size:.875rem}
.totals dd{margin:0;font-size:1.625rem;font-weight:600;letter-spacing:-.01em;line-height:1.25}
bdi{overflow-wrap:anywhere}
svg{display:block;width:100%}
.chart{height:auto;max-width:30rem}
.grid{stroke:var(--rule);stroke-width:1}
.tick{fill:var(--soft);font-size:13.5px}
.area{fill:var(--fill)}
.line{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}
.bar{height:.25rem;margin:.375rem 0;border-radius:.125rem}
.track{fill:var(--rule)}.fill{fill:var(--accent)}
.stack{height:.875rem;border-radius:.25rem;margin:.75rem 0 .5rem}
.part-0{fill:var(--part-0)}.part-1{fill:var(--part-1)}.part-2{fill:var(--part-2)}.part-3{fill:var(--part-3)}.part-4{fill:var(--part-4)}
.key{list-style:none;margin:0 0 1.25rem;padding:0}
.key:last-child{margin-bottom:0}
.key li{display:flex;align-items:center;gap:.5rem;font-size:.9375rem}
.key svg{flex:none;width:.75rem;height:.75rem}
.key span{margin-left:auto}
.list{list-style:none;margin:0;padding:0}
.list li{padding:.5rem 0;border-top:1px solid var(--rule)}
.list li:first-child{border-top:0;padding-top:0}
.row{display:flex;gap:1rem;justify-content:space-between;align-items:baseline}
.row>:first-child{min-width:0}
.row>:last-child{flex:none}
.small{font-size:.875rem;color:var(--soft)}
label{display:block;font-weight:600;margin-bottom:.25rem}
input[type=search]{font:inherit;width:100%;max-width:30rem;padding:.5rem .75rem;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:.5rem}
table{width:100%;border-collapse:collapse;margin-top:.75rem}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.375rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .5rem;border-top:1px solid var(--rule)}
thead th{border-top:0;border-bottom:1px solid var(--soft);font-size:.875rem;white-space:nowrap}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
.number{text-align:right}
tbody th{font-weight:500}
tbody .small{font-weight:400}
th button,.more{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline;text-decoration-color:var(--rule);text-underline-offset:.2em}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
.more{margin-top:.75rem;padding:.5rem .875rem;border:1px solid var(--soft);border-radius:.5rem;text-decoration:none}
[hidden]{display:none}
footer{padding-top:.5rem;padding-bottom:3rem;font-size:.875rem}
@media (max-width:40rem){header{padding-top:1.5rem}.wide{display:none}.totals{grid-template-columns:1fr 1fr}}
@media print{body{background:#fff}.more,.find{display:none}}
`;
